//! Entity tags by content, for files whose names stay the same.
//!
//! The modification time alone would keep a withdrawn page alive: after a rollback, the older file is no news to a
//! browser that has seen the newer one.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH,
            IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE, VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

/// Larger files keep their modification time; the site has none that must be asked for again.
const MOST_BYTES: usize = 1 << 20;

/// How much of the hash is in the tag, in bytes.
const TAG_BYTES: usize = 12;

/// Answers by content: 304 if the browser has just this content. Dates and ranges of the request are ignored.
pub(super) async fn by_content(mut request: Request, next: Next) -> Response {
    let seen = request.headers_mut().remove(IF_NONE_MATCH);
    for header in [IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, IF_RANGE, RANGE] {
        request.headers_mut().remove(header);
    }
    // The tag of a HEAD is that of the GET.
    let is_head = request.method() == Method::HEAD;
    if is_head {
        *request.method_mut() = Method::GET;
    }
    let response = next.run(request).await;
    let length = number(response.headers());
    if response.status() != StatusCode::OK || length.is_none_or(|length| length > MOST_BYTES) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(content) = to_bytes(body, MOST_BYTES).await else {
        // The file can't be read to its end.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let digest = Sha256::digest(&content);
    let tag = Base64UrlUnpadded::encode_string(&digest[..TAG_BYTES]);
    let tag = format!("\"{tag}\"");
    let is_seen = seen.is_some_and(|seen| lists(&seen, &tag));
    for header in [LAST_MODIFIED, ACCEPT_RANGES] {
        parts.headers.remove(header);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(ETAG, tag);
    }
    if is_seen {
        let kept = [CACHE_CONTROL, ETAG, VARY];
        let headers: HeaderMap = kept
            .into_iter()
            .filter_map(|name| parts.headers.remove(&name).map(|value| (name, value)))
            .collect();
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let body = if is_head {
        Body::empty()
    } else {
        content.into()
    };
    Response::from_parts(parts, body)
}

fn number(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether an `If-None-Match` lists the tag, or any. Weak tags count: a proxy that compresses makes tags weak.
fn lists(seen: &HeaderValue, tag: &str) -> bool {
    let tags = seen.to_str().unwrap_or_default().split(',');
    tags.map(str::trim)
        .any(|seen| seen == "*" || seen.trim_start_matches("W/") == tag)
}
