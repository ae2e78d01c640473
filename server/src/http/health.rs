//! Checks the health of another server.

use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long a healthy server may take to say so.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(2);

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

/// Asks the server at this address for its health.
///
/// # Errors
/// [`HealthError`] if it isn't healthy.
pub async fn check(addr: SocketAddr) -> Result<(), HealthError> {
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
