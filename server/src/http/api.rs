//! `GET /api/next`: the next move of a game.

use crate::{http::problem::ApiError, keys::rotation::Rotation};
use axum::{
    Json,
    extract::{Query, State},
    http::{Uri, header},
    response::{IntoResponse, Response},
};
use game::wire::Request;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    game: String,
}

/// Responds with the next move, sealed, or with the outcome of a finished game.
///
/// # Errors
/// [`ApiError`] if this server can't continue the game.
pub(crate) async fn next(
    State(rotation): State<Arc<Rotation>>,
    uri: Uri,
) -> Result<Response, ApiError> {
    let Query(Parameters { game }) = Query::try_from_uri(&uri)?;
    let request = Request::decode(&game)?;
    let endpoint = rotation.current().await;
    let reply = endpoint.reply(&request).await?;
    let headers = [(header::CACHE_CONTROL, endpoint.cache_control(&reply))];
    Ok((headers, Json(reply)).into_response())
}
