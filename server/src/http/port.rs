//! Accepts the connections of a port, and closes those that only take its places.
//!
//! `axum::serve` limits neither connections nor their times, so a few slow clients could hold all of them.

#[cfg(test)]
mod tests;

use super::{
    activity::{Activity, Answering},
    connections::{Connections, Place},
    stream::Stream,
};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::SockRef;
use std::{future::poll_fn, io, net::SocketAddr, pin::pin, sync::Arc, task::Poll, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::ServiceExt;

/// How long a client may take to send the head of a request. hyper counts from the start of the connection or the end of
/// the response before, so it is also how long a connection may idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a write may make no progress. A socket takes more only once a third of its buffer is free, so a client must
/// read about 40 KB in this time, which is a hundredth of what slow 3G manages.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest head of a request, in bytes, of which its address may have 8 KB.
const MAX_HEAD: usize = 32 * 1024;

/// How much of a response the kernel keeps for a client who doesn't read. Linux doubles it; by itself it would grow to 4
/// MB for each connection. The first load has 110 KB, so it takes one round trip more.
const SEND_BUFFER: usize = 64 * 1024;

/// How much the kernel keeps of what a client sends: a head.
const RECEIVE_BUFFER: usize = MAX_HEAD;

/// A port, and what is served there.
#[derive(Debug)]
pub(super) struct Port {
    listener: TcpListener,
    router: Router,
    connections: Connections,
    patience: Patience,
}

/// How long the server waits for a client.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// For a head.
    head: Duration,
    /// For a write.
    write: Duration,
}

/// The connections that were open when the server stopped accepting others.
#[derive(Debug)]
pub(super) struct Open(watch::Sender<()>);

impl Port {
    /// Serves this router there.
    ///
    /// # Errors
    /// If the system doesn't take the limits of the sockets.
    pub(super) fn new(
        listener: TcpListener,
        router: Router,
        connections: Connections,
    ) -> io::Result<Self> {
        let patience = Patience {
            head: HEAD_TIMEOUT,
            write: WRITE_TIMEOUT,
        };
        // The sockets of connections inherit all of it.
        let socket = SockRef::from(&listener);
        socket.set_send_buffer_size(SEND_BUFFER)?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        // A reply is one small write, which must not wait for another.
        socket.set_tcp_nodelay(true)?;
        // Else Linux keeps for minutes what is left of a response when its connection is closed.
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(patience.write))?;
        Ok(Self {
            listener,
            router,
            connections,
            patience,
        })
    }

    /// Accepts connections until `stop` is over.
    pub(super) async fn serve(self, stop: impl Future<Output = ()>) -> Open {
        let open = Open(watch::Sender::new(()));
        let accept = async {
            loop {
                match self.connections.accept(&self.listener).await {
                    Ok((socket, peer, place)) => {
                        let router = self.router.clone();
                        let stop = open.0.subscribe();
                        tokio::spawn(talk(socket, peer, place, router, self.patience, stop));
                    }
                    Err(error) => {
                        // Most likely no file descriptor is free. Some will be closed soon.
                        tracing::warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        };
        tokio::select! {
            () = accept => {}
            () = stop => {}
        }
        open
    }
}

impl Open {
    /// Closes the connections that wait for a request, and waits for the others to finish theirs.
    pub(super) async fn finish(self) {
        // It fails if no connection is open.
        let _ = self.0.send(());
        self.0.closed().await;
    }
}

/// Answers the requests of a connection until it ends or, once the server has to stop, the open one is answered.
async fn talk(
    socket: TcpStream,
    peer: SocketAddr,
    _place: Place,
    router: Router,
    patience: Patience,
    mut stop: watch::Receiver<()>,
) {
    let activity = Arc::new(Activity::default());
    let stream = Stream::new(socket, patience.write, Arc::clone(&activity));
    let service = service_fn(|mut request: Request<Incoming>| {
        let answering = Answering::new(&activity);
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = router.clone().oneshot(request);
        async {
            Ok::<_, std::convert::Infallible>(
                response.await?.map(|body: Body| answering.until_sent(body)),
            )
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        // A buffer may hold a little more than its limit.
        .max_header_size(MAX_HEAD)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let is_over = tokio::select! {
        result = connection.as_mut() => Some(result),
        _ = stop.changed() => None,
    };
    let result = match is_over {
        Some(result) => result,
        None => {
            // hyper closes a connection on which nothing has come, but waits for the rest of a head.
            connection.as_mut().graceful_shutdown();
            poll_fn(|cx| match connection.as_mut().poll(cx) {
                Poll::Pending if activity.is_quiet() => Poll::Ready(Ok(())),
                polled => polled,
            })
            .await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early");
    }
}
