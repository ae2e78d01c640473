//! `GET /api/next`: the next move of a game. `GET /api/settings`: what a page has to know of the server.

use crate::{http::problem::ApiError, keys::rotation::Rotation};
use axum::{
    Json,
    extract::{Query, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use game::wire::Request;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    game: String,
    /// [`Settings::v`](game::wire::Settings::v). Earlier pages don't send it.
    v: Option<String>,
}

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
    let Query(Parameters { game, v }) = Query::try_from_uri(&uri)?;
    let request = Request::decode(&game)?;
    let endpoint = rotation.current().await;
    let reply = endpoint.reply(&request).await?;
    let headers = [(
        header::CACHE_CONTROL,
        endpoint.cache_control(&reply, v.as_deref()),
    )];
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
    let endpoint = rotation.current().await;
    // Until the keys can be read, the settings are those of a server without a model.
    let cache = if rotation.is_unread() {
        "no-store"
    } else {
        SETTINGS_CACHE
    };
    let headers = [(header::CACHE_CONTROL, cache)];
    Ok((headers, Json(endpoint.settings())).into_response())
}
