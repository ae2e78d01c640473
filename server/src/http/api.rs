//! `GET /api/next`: the next move of a game. `GET /api/settings`: what a page has to know of the server.

use crate::{http::problem::ApiError, keys::rotation::Rotation};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use game::wire::Request;
use std::sync::Arc;
use tokio::time::Instant;

/// Caches keep the settings for so long.
const SETTINGS_CACHE: &str = "public, max-age=60";

/// Responds with the next move, sealed, or with the outcome of a finished game.
///
/// # Errors
/// [`ApiError`] if this server can't continue the game.
pub(crate) async fn next(
    State(rotation): State<Arc<Rotation>>,
    uri: Uri,
) -> Result<Response, ApiError> {
    // Waiting for the keys takes time from the move.
    let start = Instant::now();
    let Parameters { v, game } =
        Parameters::read(uri.query().unwrap_or_default()).ok_or(ApiError::Query)?;
    let request = Request::decode(game)?;
    let endpoint = rotation.current().await.ok_or(ApiError::NoKeys)?;
    let reply = endpoint.reply(&request, start).await?;
    let headers = [(header::CACHE_CONTROL, endpoint.cache_control(&reply, v))];
    Ok((headers, Json(reply)).into_response())
}

/// Responds with the settings.
///
/// # Errors
/// [`ApiError::Status`] if there is a query: caches would keep the settings once for each.
pub(crate) async fn settings(
    State(rotation): State<Arc<Rotation>>,
    uri: Uri,
) -> Result<Response, ApiError> {
    if uri.query().is_some() {
        return Err(ApiError::Status(StatusCode::BAD_REQUEST));
    }
    let endpoint = rotation.current().await.ok_or(ApiError::NoKeys)?;
    let settings = endpoint.settings();
    // Keys that can't be read may have changed, and another instance may have budget left.
    let cache = if rotation.is_unread() || settings.is_resting {
        "no-store"
    } else {
        SETTINGS_CACHE
    };
    let headers = [(header::CACHE_CONTROL, cache)];
    Ok((headers, Json(settings)).into_response())
}

/// The query of `/api/next`.
struct Parameters<'a> {
    /// [`Settings::v`](game::wire::Settings::v). Earlier pages don't send it.
    v: Option<&'a str>,
    game: &'a str,
}

impl<'a> Parameters<'a> {
    /// Reads `game=...` or `v=...&game=...`; `None` for anything else.
    ///
    /// A parser of forms would accept other orders and escapes, but caches keep a move for each spelling of its request.
    /// All pages end theirs with `&`, as their HTTP client does, except for the first move.
    fn read(query: &'a str) -> Option<Self> {
        let query = query.strip_suffix('&').unwrap_or(query);
        let (v, game) = match query.strip_prefix("v=") {
            Some(rest) => {
                let (v, game) = rest.split_once("&game=")?;
                (Some(v), game)
            }
            None => (None, query.strip_prefix("game=")?),
        };
        // The alphabet of base64url. `v` is empty if the page has no settings yet.
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        (v.is_none_or(is_plain) && is_plain(game)).then_some(Self { v, game })
    }
}
