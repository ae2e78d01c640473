//! A router and a client for it: shared by the tests of the endpoint.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses only a part of it"
)]

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header::CONTENT_SECURITY_POLICY},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use game::wire::{Problem, Reply};
use http_body_util::BodyExt;
use server::{
    config::Config, http::headers::SECURITY_HEADERS, http::router::router, metrics::Metrics,
};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tower::ServiceExt;
use tracing::Subscriber;

/// A router with these environment variables.
pub fn server(variables: &[(&str, &str)]) -> Router {
    let lookup = |name: &str| {
        let set = variables.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| (*value).to_owned())
    };
    let config = Config::read(lookup).expect("a good configuration");
    let metrics = Arc::new(Metrics::new(false));
    router(&config, metrics).expect("a client")
}

/// A response with its whole body.
#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header of ASCII"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of UTF-8")
    }

    pub fn reply(&self) -> Reply {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        serde_json::from_slice(&self.body).expect("a reply")
    }

    /// The problem document; checks what every one must have in common.
    pub fn problem(&self) -> Problem {
        assert!(!self.status.is_success(), "{self:?}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        assert_eq!(self.header("cache-control"), "no-store", "{self:?}");
        let problem: Problem = serde_json::from_slice(&self.body).expect("a problem document");
        assert_eq!(problem.status, self.status.as_u16());
        problem
    }
}

/// Sends a request; checks what every response must have in common.
pub async fn send(router: &Router, request: Request<Body>) -> Response {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .expect("a router doesn't fail");
    let (parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .expect("a whole body")
        .to_bytes()
        .to_vec();
    for (name, value) in &*SECURITY_HEADERS {
        // Development has a policy of its own.
        if name != CONTENT_SECURITY_POLICY {
            assert_eq!(parts.headers[name], value);
        }
    }
    assert!(parts.headers.contains_key(CONTENT_SECURITY_POLICY));
    Response {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

pub async fn get(router: &Router, path: &str) -> Response {
    send(
        router,
        Request::get(path).body(Body::empty()).expect("a request"),
    )
    .await
}

/// The path for a game in JSON.
pub fn path(json: &str) -> String {
    format!(
        "/api/next?game={}",
        Base64UrlUnpadded::encode_string(json.as_bytes())
    )
}

/// A subscriber for log lines of every level, and the buffer that it writes to.
pub fn logs() -> (impl Subscriber + Send + Sync, Arc<Mutex<Vec<u8>>>) {
    #[derive(Clone)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0
                .lock()
                .expect("no writer panics")
                .extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines(Arc::default());
    let buffer = Arc::clone(&lines.0);
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || lines.clone())
        .finish();
    (subscriber, buffer)
}
