//! Serves on sockets until a signal comes, or for Lambda.

use super::{connections::Connections, port::Port};
use crate::config::Config;
use axum::Router;
use std::{future::pending, io, net::SocketAddr, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

/// How much longer than a request may take the server waits for open requests once it has to stop: their responses have
/// to be sent too.
const GRACE_MARGIN: Duration = Duration::from_secs(3);

/// Why the server can't start or continue.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error("{0} is in use: another server may be running; set {1} to listen elsewhere")]
    InUse(SocketAddr, &'static str),
    /// The system doesn't let it listen.
    #[error("can't listen at {0}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The system doesn't let it handle signals.
    #[error("can't handle signals")]
    Signals(#[source] io::Error),
    /// The Lambda runtime is gone.
    #[error("the Lambda runtime failed")]
    Lambda(#[source] lambda_http::Error),
}

/// Serves until SIGINT or SIGTERM; calls `announce` with its address once it listens. It then lets open requests finish,
/// unless a second signal comes.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn on_socket(
    router: Router,
    addr: SocketAddr,
    config: &Config,
    announce: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let (listener, addr) = bind(addr, "ADDR").await?;
    let connections = Connections::new(config.max_connections, config.trusted_proxies > 0);
    let port = Port::new(listener, router, connections)
        .map_err(|error| ServeError::Listen(addr, error))?;
    let mut signals = Signals::new().map_err(ServeError::Signals)?;
    raise_file_limit(config.max_connections);
    announce(addr);
    let open = port.serve(signals.next()).await;
    tracing::info!("stopping");
    let grace = tokio::time::sleep(grace(config.request_timeout));
    tokio::select! {
        () = open.finish() => {}
        () = grace => tracing::warn!("stopped while requests were still open"),
        () = signals.next() => tracing::warn!("stopped at once"),
    }
    Ok(())
}

/// Serves the metrics for as long as the program runs. They have connections of their own, so that they can be read while
/// players or a flood take all others.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn metrics_on_socket(
    router: Router,
    addr: SocketAddr,
    config: &Config,
) -> Result<(), ServeError> {
    let (listener, addr) = bind(addr, "METRICS_ADDR").await?;
    let connections = Connections::new(config.max_connections, false);
    let port = Port::new(listener, router, connections)
        .map_err(|error| ServeError::Listen(addr, error))?;
    tracing::info!(%addr, "metrics are at /metrics");
    tokio::spawn(port.serve(pending()));
    Ok(())
}

/// Handles the invocations of a Lambda function.
///
/// # Errors
/// [`ServeError::Lambda`] if the runtime can't be reached.
pub async fn on_lambda(router: Router) -> Result<(), ServeError> {
    lambda_http::run(router).await.map_err(ServeError::Lambda)
}

/// How long open requests may take to finish.
fn grace(request_timeout: Duration) -> Duration {
    request_timeout + GRACE_MARGIN
}

/// A connection takes a file descriptor, and another one while it gets a file. Many systems allow a process 1,024 unless
/// it asks for more.
fn raise_file_limit(max_connections: usize) {
    let wanted = 2 * max_connections as u64 + 100;
    let is_enough = rlimit::Resource::NOFILE
        .get_soft()
        .is_ok_and(|limit| limit >= wanted);
    if is_enough {
        return;
    }
    match rlimit::increase_nofile_limit(wanted) {
        Ok(limit) if limit >= wanted => {}
        Ok(limit) => tracing::warn!(limit, wanted, "few files may be open for MAX_CONNECTIONS"),
        Err(error) => tracing::warn!(%error, "the limit of open files can't be raised"),
    }
}

/// The signals that stop the server.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// A listener and its address, in which a port of 0 is resolved.
async fn bind(
    addr: SocketAddr,
    variable: &'static str,
) -> Result<(TcpListener, SocketAddr), ServeError> {
    let explain = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(addr, variable),
        _ => ServeError::Listen(addr, error),
    };
    let listener = TcpListener::bind(addr).await.map_err(explain)?;
    let addr = listener.local_addr().map_err(explain)?;
    Ok((listener, addr))
}

#[cfg(test)]
mod tests {
    use super::grace;
    use std::time::Duration;

    #[test]
    fn a_request_may_take_all_its_time_when_the_server_stops() {
        for seconds in [1, 22, 120] {
            let request_timeout = Duration::from_secs(seconds);
            assert!(grace(request_timeout) > request_timeout);
        }
    }
}
