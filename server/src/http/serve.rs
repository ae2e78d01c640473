//! Listens on a socket or for Lambda, and checks the health of another server.

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{future::IntoFuture, io, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
};
use tower::Layer;

/// How long a client may take to send the head of a request, and how long a connection may idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long open requests may take to finish once the server has to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long a healthy server may take to say so.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(2);

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

/// Why a server isn't healthy.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// There is no connection, or it ends early.
    #[error("it can't be reached")]
    Unreachable(#[from] io::Error),
    /// There is no response in time.
    #[error("it doesn't respond within {} s", HEALTH_TIMEOUT.as_secs())]
    Timeout,
    /// The response isn't 200.
    #[error("it responds with an error")]
    Status,
}

/// Serves until SIGINT or SIGTERM; calls `announce` with its address once it listens.
///
/// `axum::serve` can't limit the time for a request's head, so a few slow clients could hold all
/// connections. Hence this loop.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn on_socket(
    router: Router,
    addr: SocketAddr,
    announce: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let (listener, addr) = bind(addr, "ADDR").await?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    announce(addr);

    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Most likely no file descriptor is free. Some will be closed soon.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
        };
        // A reply is one small write, which must not wait for another. A failure only makes it slower.
        let _ = stream.set_nodelay(true);
        let service = Extension(ConnectInfo(peer)).layer(router.clone());
        let service = TowerToHyperService::new(service);
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tracing::info!("stopping");
    if tokio::time::timeout(GRACE, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("stopped while requests were still open");
    }
    Ok(())
}

/// Serves the metrics for as long as the program runs.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn metrics_on_socket(router: Router, addr: SocketAddr) -> Result<(), ServeError> {
    let (listener, addr) = bind(addr, "METRICS_ADDR").await?;
    tracing::info!(%addr, "metrics are at /metrics");
    tokio::spawn(axum::serve(listener, router).into_future());
    Ok(())
}

/// Handles the invocations of a Lambda function.
///
/// # Errors
/// [`ServeError::Lambda`] if the runtime can't be reached.
pub async fn on_lambda(router: Router) -> Result<(), ServeError> {
    lambda_http::run(router).await.map_err(ServeError::Lambda)
}

/// Asks the server at this address for its health.
///
/// # Errors
/// [`HealthError`] if it isn't healthy.
pub async fn check_health(addr: SocketAddr) -> Result<(), HealthError> {
    let exchange = async {
        let mut stream = TcpStream::connect(addr).await?;
        let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await?;
        let mut status = [0; 12];
        stream.read_exact(&mut status).await?;
        io::Result::Ok(status)
    };
    let status = tokio::time::timeout(HEALTH_TIMEOUT, exchange)
        .await
        .map_err(|_| HealthError::Timeout)??;
    if &status == b"HTTP/1.1 200" {
        Ok(())
    } else {
        Err(HealthError::Status)
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
