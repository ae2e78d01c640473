//! Logging. No log line holds a question, an answer or a key.

use crate::config::{Config, LogFormat};
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, panic, time::Instant};
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
    // The standard library would print the panic's text, which may quote a question.
    panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a bug: the program has panicked");
    }));
}

/// The longest method or path in a log line, in characters. The longest ones of our own have 60; a client may send 32 KB,
/// of either.
const MAX_LOGGED: usize = 200;

/// Logs each request without its query, which holds the game.
pub(crate) async fn request(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (method, path) = (cut(request.method().as_str()), cut(request.uri().path()));
    let response = next.run(request).await;
    let (status, microseconds) = (
        response.status().as_u16(),
        start.elapsed().as_micros() as u64,
    );
    tracing::info!(method, path, status, microseconds, "request");
    response
}

/// Responds for a handler that has panicked, which the hook has logged.
pub(crate) fn panicked(_: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The text, or its beginning and an ellipsis.
fn cut(text: &str) -> String {
    let mut rest = text.chars();
    let mut cut: String = rest.by_ref().take(MAX_LOGGED).collect();
    if rest.next().is_some() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let cases = [
            (String::new(), String::new()),
            ("/api/next".to_owned(), "/api/next".to_owned()),
            ("/".repeat(200), "/".repeat(200)),
            ("/".repeat(201), "/".repeat(200) + "…"),
            ("é".repeat(8_000), "é".repeat(200) + "…"),
            (
                "x".to_owned() + &"🦜".repeat(300),
                "x".to_owned() + &"🦜".repeat(199) + "…",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(&text), expected);
        }
    }
}
