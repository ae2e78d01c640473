//! The security headers.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_SECURITY_POLICY},
    middleware::Next,
    response::Response,
};
use std::{collections::BTreeMap, sync::LazyLock};

/// The headers of every response. They come from `headers.json`, which `infra/` gives to CloudFront too.
///
/// The content security policy allows only our own files: no other origin, no frame around the page, and one inline
/// script and style sheet by their hashes (`app/src/inline.js`, `style/first.css`). A release keeps the hashes of the one
/// before, whose pages caches may still hold. So the policy is the same in every build. WebAssembly needs
/// `wasm-unsafe-eval`.
pub static SECURITY_HEADERS: LazyLock<HeaderMap> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the file is embedded, and tests read it"
    )]
    let pairs: BTreeMap<&str, &str> =
        serde_json::from_str(include_str!("../../headers.json")).expect("an object of strings");
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

/// `cargo leptos watch` reloads the page with an inline script and a websocket.
const DEVELOPMENT_POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; connect-src 'self' ws:";

/// Adds the headers.
pub(crate) async fn secure(
    State(is_development): State<bool>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &*SECURITY_HEADERS {
        headers.insert(name, value.clone());
    }
    if is_development {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(DEVELOPMENT_POLICY),
        );
    }
    response
}
