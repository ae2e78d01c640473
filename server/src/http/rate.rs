//! The rate limit: how many requests a client may make, so that nobody runs up the operator's bill.
//!
//! Lambda doesn't use it: there every request comes from CloudFront, and the web application firewall
//! counts.

use crate::{
    config::Rate,
    http::{network::Network, problem::ApiError},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    nanos::Nanos,
    state::StateStore,
};
use lru::LruCache;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::{NonZeroU32, NonZeroUsize},
    sync::{Mutex, PoisonError},
};

/// How many clients the limiter remembers, in at most 8 MB.
const MAX_CLIENTS: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// Counts the requests of each client.
#[derive(Debug)]
pub(crate) struct Limiter {
    limiter: RateLimiter<Network, Clients, DefaultClock>,
    trusted_proxies: usize,
}

/// What the limiter remembers of its clients. When it is full, it forgets the client that has been quiet for the longest
/// time, and a new one is always let in.
///
/// To refuse new clients instead would let a flood lock out everybody. Being forgotten is worth little: it takes requests
/// from 65,536 other networks, and whoever has these may make a minute's requests with each of them anyway.
#[derive(Debug)]
struct Clients(Mutex<LruCache<Network, Nanos>>);

impl StateStore for Clients {
    type Key = Network;

    fn measure_and_replace<T, F, E>(&self, client: &Network, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        // Nothing in here panics half-way, so what a panic leaves is whole.
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (value, state) = measure(clients.get(client).copied())?;
        clients.put(*client, state);
        Ok(value)
    }
}

impl Limiter {
    /// A limiter of this rate. A client that was quiet may make a whole minute's requests at once.
    pub(crate) fn new(rate: Rate) -> Self {
        let per_minute = NonZeroU32::new(rate.per_minute).unwrap_or(NonZeroU32::MIN);
        let clients = Clients(Mutex::new(LruCache::new(MAX_CLIENTS)));
        Self {
            limiter: RateLimiter::new(
                Quota::per_minute(per_minute),
                clients,
                DefaultClock::default(),
            ),
            trusted_proxies: rate.trusted_proxies,
        }
    }

    /// The seconds that the client has to wait; `None` if it may go on.
    fn wait(&self, request: &Request) -> Option<u64> {
        let refusal = self.limiter.check_key(&self.client(request)).err()?;
        let wait = refusal.wait_time_from(self.limiter.clock().now());
        Some(wait.as_secs() + 1)
    }

    /// The client: the peer of the connection or, with `n` trusted proxies, the `n`th entry from the end of
    /// X-Forwarded-For. The client may have forged the entries before that.
    fn client(&self, request: &Request) -> Network {
        // `serve` adds it to every request.
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let peer = Network::of(peer);
        let Some(nth) = self.trusted_proxies.checked_sub(1) else {
            return peer;
        };
        let headers = request.headers().get_all("x-forwarded-for");
        let lines: Vec<&str> = headers
            .iter()
            .filter_map(|line| line.to_str().ok())
            .collect();
        let entry = lines
            .iter()
            .rev()
            .flat_map(|line| line.rsplit(','))
            .nth(nth);
        entry.and_then(Network::forwarded).unwrap_or(peer)
    }
}

/// Refuses requests above the limit.
pub(crate) async fn limit(
    State(limiter): State<std::sync::Arc<Limiter>>,
    request: Request,
    next: Next,
) -> Response {
    match limiter.wait(&request) {
        Some(seconds) => ApiError::TooMany(seconds).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn wait(limiter: &Limiter, peer: &str, forwarded: &[&str]) -> Option<u64> {
        let mut request = Request::builder();
        for line in forwarded {
            request = request.header("x-forwarded-for", *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        limiter.wait(&request)
    }

    fn limiter(trusted_proxies: usize) -> Limiter {
        Limiter::new(Rate {
            per_minute: 2,
            trusted_proxies,
        })
    }

    #[test]
    fn clients_are_counted_separately() {
        let limiter = limiter(0);
        for _ in 0..2 {
            assert_eq!(wait(&limiter, "10.0.0.1:5", &[]), None);
        }
        let seconds = wait(&limiter, "10.0.0.1:6", &[]);
        assert!(seconds.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert_eq!(wait(&limiter, "10.0.0.2:5", &[]), None);
        for port in 1..=2 {
            let peer = format!("[2001:db8::{port}]:5");
            assert_eq!(wait(&limiter, &peer, &[]), None);
        }
        assert!(
            wait(&limiter, "[2001:db8::3]:5", &[]).is_some(),
            "one network"
        );
    }

    #[test]
    fn only_addresses_from_trusted_proxies_are_used() {
        let direct = limiter(0);
        for n in 0..2 {
            let forged = format!("1.1.1.{n}");
            assert_eq!(wait(&direct, "10.0.0.1:5", &[&forged]), None);
        }
        assert!(wait(&direct, "10.0.0.1:5", &["1.1.1.9"]).is_some());

        let proxied = limiter(1);
        for n in 0..2 {
            let chain = format!("forged {n}, 1.1.1.1");
            assert_eq!(wait(&proxied, "10.0.0.1:5", &[&chain]), None);
        }
        assert!(wait(&proxied, "10.0.0.1:5", &["2.2.2.2", "1.1.1.1"]).is_some());
        assert_eq!(
            wait(&proxied, "10.0.0.1:5", &["1.1.1.1, 2.2.2.2"]),
            None,
            "the last entry is the client"
        );
    }

    #[test]
    fn clients_of_a_dual_stack_socket_and_of_any_proxy_are_told_apart() {
        let direct = limiter(0);
        let proxied = limiter(1);
        let peers = ["[::ffff:10.0.0.1]:5", "[::ffff:10.0.0.2]:5"];
        let entries = ["10.0.0.1:567", "[2001:db8::1]:443", "[2001:db8:0:1::1]"];
        for _ in 0..2 {
            for peer in peers {
                assert_eq!(wait(&direct, peer, &[]), None, "{peer}");
            }
            for entry in entries {
                assert_eq!(wait(&proxied, "10.0.0.9:5", &[entry]), None, "{entry}");
            }
        }
        assert!(wait(&direct, "10.0.0.1:6", &[]).is_some());
        for entry in [
            "10.0.0.1",
            "::ffff:10.0.0.1",
            "2001:db8::2",
            "[2001:db8:0:1::]:1",
        ] {
            assert!(wait(&proxied, "10.0.0.9:5", &[entry]).is_some(), "{entry}");
        }
    }

    #[test]
    fn a_million_clients_are_let_in_and_65_536_of_them_remembered() {
        let limiter = limiter(0);
        let network = |number: u32| Network::of(IpAddr::V4(Ipv4Addr::from_bits(number)));
        let refused = network(0xffff_ffff);
        let is_let_in = |client| limiter.limiter.check_key(&client).is_ok();
        assert!(is_let_in(refused) && is_let_in(refused));
        for number in 0..1_000_000 {
            assert!(is_let_in(network(number)), "{number}");
            // It stays refused in a flood as long as it goes on.
            assert!(number % 10_000 > 0 || !is_let_in(refused), "{number}");
        }
        let client = network(999_999 - 65_000);
        assert!(is_let_in(client) && !is_let_in(client), "it was forgotten");
        let clients = limiter.limiter.into_state_store().0.into_inner().unwrap();
        assert_eq!(clients.len(), MAX_CLIENTS.get());
    }
}
