//! Logging. No log line holds a question, an answer or a key.

use crate::config::{Config, LogFormat};
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, time::Instant};
use tracing_subscriber::{Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging, to stderr.
pub fn start(config: &Config) {
    let lines = match config.log_format {
        LogFormat::Human => fmt::layer().with_writer(std::io::stderr).boxed(),
        LogFormat::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(config.log.clone()))
        .init();
}

/// Logs each request without its query, which holds the game.
pub(crate) async fn request(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let (status, microseconds) = (
        response.status().as_u16(),
        start.elapsed().as_micros() as u64,
    );
    tracing::info!(%method, path, status, microseconds, "request");
    response
}

/// Logs that a handler has panicked, which is a bug. The standard library has already printed where.
pub(crate) fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
