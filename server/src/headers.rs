//! The security headers, in one place.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

/// Lets only our own files run: no inline script, no other origin, nobody's frame. WebAssembly
/// needs a word of its own. The page has no inline script, so that the policy needs no hash.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `cargo leptos watch` reloads the page by an inline script and a websocket.
const DEVELOPMENT_POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; connect-src 'self' ws:";

/// What every answer carries, beside the content security policy.
pub const SECURITY_HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
];

/// Adds them; the state says whether this is development.
pub async fn secure(State(development): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = if development {
        DEVELOPMENT_POLICY
    } else {
        CONTENT_SECURITY_POLICY
    };
    for (name, value) in SECURITY_HEADERS
        .into_iter()
        .chain([("content-security-policy", policy)])
    {
        let headers = response.headers_mut();
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}
