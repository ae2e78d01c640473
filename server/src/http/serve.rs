//! Listens, on a socket or for Lambda.

use crate::http::rate::Peer;
use axum::Router;
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
use tower::ServiceExt;

/// How long a client may take to send its request's head, and a connection may idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long open requests may go on once the server has been told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Why the server can't start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error("{0} is in use: another server may be running; set {1} to listen elsewhere")]
    InUse(SocketAddr, &'static str),
    /// Any other trouble with the address.
    #[error("can't listen at {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The system refuses signals.
    #[error("can't listen for signals: {0}")]
    Signals(io::Error),
    /// The Lambda runtime has gone.
    #[error("the Lambda runtime: {0}")]
    Lambda(lambda_http::Error),
}

/// Serves until SIGINT or SIGTERM. `axum::serve` has no time limit for a request's head, so that a
/// few slow clients could hold all connections; hence the loop of our own.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn on_socket(router: Router, addr: SocketAddr) -> Result<(), ServeError> {
    let listener = bind(addr, "ADDR").await?;
    let addr = listener
        .local_addr()
        .map_err(|error| ServeError::Listen(addr, error))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    println!("Twenty Questions is at http://{addr}");

    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: others will be closed in time.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
        };
        // A reply is one small write; it must not wait for another.
        let _ = stream.set_nodelay(true);
        let noted = router
            .clone()
            .map_request(move |mut request: hyper::Request<_>| {
                request.extensions_mut().insert(Peer(peer));
                request
            });
        let service = TowerToHyperService::new(noted);
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
        tracing::warn!("some requests were still open");
    }
    Ok(())
}

/// Serves the metrics for as long as the program runs.
///
/// # Errors
/// [`ServeError`] if it can't listen.
pub async fn metrics_on_socket(router: Router, addr: SocketAddr) -> Result<(), ServeError> {
    let listener = bind(addr, "METRICS_ADDR").await?;
    let addr = listener
        .local_addr()
        .map_err(|error| ServeError::Listen(addr, error))?;
    tracing::info!(%addr, "metrics are at /metrics");
    tokio::spawn(axum::serve(listener, router).into_future());
    Ok(())
}

/// Whether a server at this address says that it is well, within two seconds.
pub async fn is_well(addr: SocketAddr) -> bool {
    let exchange = async {
        let mut stream = TcpStream::connect(addr).await?;
        let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await?;
        let mut status = [0; 12];
        stream.read_exact(&mut status).await?;
        io::Result::Ok(&status == b"HTTP/1.1 200")
    };
    let answer = tokio::time::timeout(Duration::from_secs(2), exchange).await;
    matches!(answer, Ok(Ok(true)))
}

async fn bind(addr: SocketAddr, variable: &'static str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(addr)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse(addr, variable),
            _ => ServeError::Listen(addr, error),
        })
}

/// Answers the invocations of a Lambda function.
///
/// # Errors
/// [`ServeError::Lambda`] when the runtime can't be reached.
pub async fn on_lambda(router: Router) -> Result<(), ServeError> {
    lambda_http::run(router).await.map_err(ServeError::Lambda)
}
