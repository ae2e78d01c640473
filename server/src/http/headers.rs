//! The security headers, in one place.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_SECURITY_POLICY},
    middleware::Next,
    response::Response,
};
use std::{collections::BTreeMap, sync::LazyLock};

/// What every answer carries, of this server and of CloudFront: `headers.json`, which `infra/` reads too.
///
/// The content security policy lets only our own files run: no inline script, no other origin, nobody's
/// frame. WebAssembly needs a word of its own. The page has no inline script, so that it needs no hash.
pub static SECURITY_HEADERS: LazyLock<HeaderMap> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a test reads the embedded file")]
    let pairs: BTreeMap<&str, &str> =
        serde_json::from_str(include_str!("../../headers.json")).expect("an object of texts");
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect()
});

/// `cargo leptos watch` reloads the page by an inline script and a websocket.
const DEVELOPMENT_POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; connect-src 'self' ws:";

/// Adds them; the state says whether this is development.
pub async fn secure(State(development): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &*SECURITY_HEADERS {
        headers.insert(name, value.clone());
    }
    if development {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(DEVELOPMENT_POLICY),
        );
    }
    response
}
