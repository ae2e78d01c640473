//! How many connections may be open, in all and for each client.

use super::network::Network;
use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// How many connections one client may have. A browser opens six.
const MAX_PER_CLIENT: usize = 64;

/// The open connections of a port.
#[derive(Debug)]
pub(crate) struct Connections {
    /// A permit for each connection that may still be opened.
    free: Arc<Semaphore>,
    max_per_client: usize,
    clients: Arc<Clients>,
}

/// How many connections each client has; only clients with one are in it.
#[derive(Debug, Default)]
struct Clients(Mutex<HashMap<Network, usize>>);

/// The place of an open connection, free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    client: Network,
    clients: Arc<Clients>,
    _permit: OwnedSemaphorePermit,
}

impl Connections {
    /// At most `max` connections. Behind a proxy all are the proxy's, so a client isn't limited then.
    pub(crate) fn new(max: usize, is_proxied: bool) -> Self {
        Self {
            free: Arc::new(Semaphore::new(max)),
            max_per_client: if is_proxied { max } else { MAX_PER_CLIENT },
            clients: Arc::default(),
        }
    }

    /// The next connection, once there is a place for it. That of a client who has too many is closed at once.
    ///
    /// If all places are taken, connections wait in the kernel's queue instead of being closed: the timeouts of silent
    /// clients free places within seconds, and then it is everybody's turn in order of arrival. So a flood delays players
    /// but doesn't turn them away.
    ///
    /// # Errors
    /// If the system can't accept one, most likely because it has no file descriptor left.
    pub(crate) async fn accept(
        &self,
        listener: &TcpListener,
    ) -> io::Result<(TcpStream, SocketAddr, Place)> {
        let permit = Arc::clone(&self.free).acquire_owned().await;
        // It fails only if the semaphore is closed, and nobody closes it.
        let permit = permit.map_err(io::Error::other)?;
        loop {
            let (stream, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                // The client left while it waited.
                Err(error) if is_clients(&error) => continue,
                Err(error) => return Err(error),
            };
            let client = Network::of(peer.ip());
            if self.clients.add(client, self.max_per_client) {
                let place = Place {
                    client,
                    clients: Arc::clone(&self.clients),
                    _permit: permit,
                };
                return Ok((stream, peer, place));
            }
            tracing::debug!(%peer, "a client has too many connections");
        }
    }
}

/// Whether the error concerns only the connection that was to be accepted.
fn is_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

impl Clients {
    /// Counts a connection of this client, unless it has `max` already.
    fn add(&self, client: Network, max: usize) -> bool {
        let mut clients = self.lock();
        let open = clients.get(&client).copied().unwrap_or_default();
        let is_free = open < max;
        if is_free {
            clients.insert(client, open + 1);
        }
        is_free
    }

    fn remove(&self, client: Network) {
        let mut clients = self.lock();
        match clients.get_mut(&client) {
            Some(open) if *open > 1 => *open -= 1,
            _ => {
                clients.remove(&client);
            }
        }
    }

    /// Nothing in here panics half-way, so what a panic leaves is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.clients.remove(self.client);
    }
}

#[cfg(test)]
mod tests {
    use super::{Clients, Connections, MAX_PER_CLIENT, Network};
    use std::net::IpAddr;

    #[test]
    fn each_client_has_its_own_count_and_leaves_nothing() {
        let clients = Clients::default();
        let network = |address: &str| Network::of(address.parse::<IpAddr>().unwrap());
        let steps = [
            ("1.2.3.4", true),
            ("1.2.3.4", true),
            ("1.2.3.4", false),
            ("::ffff:1.2.3.4", false),
            ("1.2.3.5", true),
            ("2001:db8::1", true),
            ("2001:db8::2", true),
            ("2001:db8::3", false),
            ("2001:db8:0:1::1", true),
        ];
        for (address, is_free) in steps {
            assert_eq!(clients.add(network(address), 2), is_free, "{address}");
        }
        for (address, is_free) in steps {
            if is_free {
                clients.remove(network(address));
            }
        }
        assert!(clients.lock().is_empty());
    }

    #[test]
    fn a_proxy_may_have_all_connections() {
        assert_eq!(Connections::new(1000, true).max_per_client, 1000);
        assert_eq!(Connections::new(1000, false).max_per_client, MAX_PER_CLIENT);
    }
}
