//! What a connection is doing, so that the server can stop without cutting a response and without waiting for a head.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

/// What a connection is doing.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    /// The requests whose response isn't made yet.
    requests: AtomicUsize,
    /// Whether a write waits for the client.
    is_writing: AtomicBool,
}

/// A request that is being answered, until it is dropped.
#[derive(Debug)]
pub(crate) struct Answering(Arc<Activity>);

impl Activity {
    /// Whether the connection only waits for a request.
    pub(crate) fn is_quiet(&self) -> bool {
        let requests = self.requests.load(Ordering::Relaxed);
        requests == 0 && !self.is_writing.load(Ordering::Relaxed)
    }

    /// Notes whether a write waits.
    pub(crate) fn write(&self, is_waiting: bool) {
        self.is_writing.store(is_waiting, Ordering::Relaxed);
    }
}

impl Answering {
    pub(crate) fn new(activity: &Arc<Activity>) -> Self {
        activity.requests.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(activity))
    }

    /// The body, with which the request ends.
    pub(crate) fn until_sent(self, body: Body) -> Body {
        Body::new(Sent {
            body,
            _answering: self,
        })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.requests.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A body that hyper drops once it has taken all of it.
struct Sent {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
