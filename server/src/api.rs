//! `GET /api/next`: the next move of a game.

use crate::{
    problem::ApiError,
    relay::{Asker, Relay},
    seal::SealKey,
};
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use game::{
    Phase,
    wire::{Next, Reply, Request},
};
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc};

/// What the endpoint works with.
pub struct Api {
    /// Who makes the moves.
    pub relay: Relay,
    /// Makes and checks the seals.
    pub seal_key: SealKey,
    /// How many openings there are.
    pub openings: u8,
    /// Whether pages may fetch ahead.
    pub ponder: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    game: String,
}

/// Answers with the next move, sealed, or with the outcome of a game that is over.
///
/// # Errors
/// [`ApiError`], for a request that isn't a game of this server.
pub async fn next(State(api): State<Arc<Api>>, uri: Uri) -> Result<Response, ApiError> {
    let Query(Parameters { game }) =
        Query::try_from_uri(&uri).map_err(|rejection| ApiError::Query(rejection.body_text()))?;
    let request = Request::decode(&game)?;
    let transcript = api.admit(&request)?;
    let reply = match transcript.phase() {
        Phase::Asked(_) => return Err(ApiError::Unanswered(transcript.turns().len())),
        Phase::Over(outcome) => Reply::End { outcome },
        Phase::Thinking => {
            let asked: Result<_, Infallible> = api.relay.next_move(transcript).await;
            let Ok(asked) = asked;
            Reply::Next(Next {
                seal: api.seal_key.seal(transcript, &asked.asked),
                asked: asked.asked,
                by: asked.by,
                ponder: api.ponder,
            })
        }
    };
    // The house is a stand-in, and an outcome is counted: neither may be answered from a cache.
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((headers, Json(reply)).into_response())
}

impl Api {
    /// Only what this server asked itself goes any further.
    fn admit<'a>(&self, request: &'a Request) -> Result<&'a game::Transcript, ApiError> {
        let transcript = &request.transcript;
        let opening = transcript.opening().0;
        if opening >= self.openings {
            return Err(ApiError::Opening(opening, self.openings));
        }
        match (&request.seal, transcript.turns()) {
            (None, []) => Ok(transcript),
            (Some(seal), [_, ..]) if !self.seal_key.is_broken(transcript, seal) => Ok(transcript),
            _ => Err(ApiError::BrokenSeal),
        }
    }
}
