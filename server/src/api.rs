//! `GET /api/next`: the next move of a game.

use crate::{
    config::Config,
    metrics::{Metrics, Observation},
    problem::ApiError,
    relay::{Relay, Relayed, openai::ClientError},
    rotation::Rotation,
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
    wire::{HOUSE, Next, Reply, Request},
};
use serde::Deserialize;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

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
    /// How long a question of the model may be answered from caches.
    pub question_ttl: Duration,
    /// Whether there is no key where there should be one.
    pub is_keyless: bool,
    /// Where the figures go.
    pub metrics: Arc<Metrics>,
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
pub async fn next(State(rotation): State<Arc<Rotation>>, uri: Uri) -> Result<Response, ApiError> {
    let Query(Parameters { game }) =
        Query::try_from_uri(&uri).map_err(|rejection| ApiError::Query(rejection.body_text()))?;
    let request = Request::decode(&game)?;
    let api = rotation.current().await;
    let transcript = api.admit(&request)?;
    let reply = match transcript.phase() {
        Phase::Asked(_) => return Err(ApiError::Unanswered(transcript.turns().len())),
        Phase::Over(outcome) => {
            api.metrics.observe(&Observation::End(outcome));
            Reply::End { outcome }
        }
        Phase::Thinking => Reply::Next(api.next(transcript).await),
    };
    let headers = [(header::CACHE_CONTROL, api.cached(&reply))];
    Ok((headers, Json(reply)).into_response())
}

impl Api {
    /// The endpoint by this configuration.
    ///
    /// # Errors
    /// [`ClientError`], if there is no way to speak to the model.
    pub fn new(config: &Config, metrics: Arc<Metrics>) -> Result<Self, ClientError> {
        Ok(Self {
            relay: Relay::new(config)?,
            seal_key: SealKey::new(config),
            openings: config.openings,
            ponder: config.ponder,
            question_ttl: config.question_ttl,
            is_keyless: config.secret_arn.is_some() && config.upstream.is_none(),
            metrics,
        })
    }

    /// The sealed move, counted.
    async fn next(&self, transcript: &game::Transcript) -> Next {
        let start = Instant::now();
        let relayed = self.relay.relay(transcript).await;
        self.metrics.observe(&Observation::Move {
            relayed: &relayed,
            latency: start.elapsed(),
            days_left: self.relay.days_left(),
            is_keyless: self.is_keyless,
        });
        let Relayed {
            asked, known_as, ..
        } = relayed;
        Next {
            seal: self.seal_key.seal(transcript, &asked.asked),
            asked: asked.asked,
            by: asked.by,
            ponder: self.ponder,
            known_as,
        }
    }

    /// A question of the model may be kept. The house is a stand-in, and an outcome is counted:
    /// neither may be answered from a cache.
    fn cached(&self, reply: &Reply) -> HeaderValue {
        let seconds = self.question_ttl.as_secs();
        match reply {
            Reply::Next(next) if next.by != HOUSE && seconds > 0 => {
                HeaderValue::try_from(format!("public, max-age={seconds}"))
                    .unwrap_or(HeaderValue::from_static("no-store"))
            }
            _ => HeaderValue::from_static("no-store"),
        }
    }

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
