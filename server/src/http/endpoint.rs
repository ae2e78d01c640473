//! Makes the replies of `GET /api/next`, with one set of keys.

use crate::{
    config::Config,
    http::problem::ApiError,
    keys::seal::SealKey,
    metrics::{Metrics, Observation, ObservedMove},
    relay::Relay,
};
use axum::http::HeaderValue;
use game::{
    Mover, Phase, Transcript,
    wire::{Next, Reply, Request},
};
use model::ClientError;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Checks the seal of a request, lets the relay move, and seals the move.
pub struct Endpoint {
    relay: Relay,
    seal_key: SealKey,
    /// The number of openings.
    openings: u8,
    /// Whether pages may fetch ahead.
    ponder: bool,
    /// How long caches may keep a model's move.
    question_ttl: Duration,
    /// Whether the secret lacks the model's key.
    is_keyless: bool,
    /// Who plays the side of the AI, for the log.
    ai: String,
    metrics: Arc<Metrics>,
}

impl Endpoint {
    /// The endpoint of this configuration.
    ///
    /// # Errors
    /// [`ClientError`] if no HTTP client can be made for the model.
    pub fn new(config: &Config, metrics: Arc<Metrics>) -> Result<Self, ClientError> {
        Ok(Self {
            relay: Relay::new(config)?,
            seal_key: SealKey::new(config),
            openings: config.openings,
            ponder: config.ponder,
            question_ttl: config.question_ttl,
            is_keyless: config.secret_arn.is_some() && config.upstream.is_none(),
            ai: config.ai(),
            metrics,
        })
    }

    /// Who plays the side of the AI: the names of the models, or the guesser.
    #[must_use]
    pub fn ai(&self) -> &str {
        &self.ai
    }

    /// The next move, sealed, or the outcome of a finished game.
    ///
    /// # Errors
    /// [`ApiError`] if this server can't continue the game.
    pub(crate) async fn reply(&self, request: &Request) -> Result<Reply, ApiError> {
        let transcript = self.admit(request)?;
        match transcript.phase() {
            Phase::Open(_) => Err(ApiError::Unanswered(transcript.turns().len())),
            Phase::Over(outcome) => {
                self.metrics.observe(&Observation::End(outcome));
                Ok(Reply::End { outcome })
            }
            Phase::Thinking => Ok(Reply::Next(self.next(transcript).await)),
        }
    }

    /// The transcript of the request, if this server made all its moves.
    fn admit<'a>(&self, request: &'a Request) -> Result<&'a Transcript, ApiError> {
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

    /// Makes a move, seals it and records it.
    async fn next(&self, transcript: &Transcript) -> Next {
        let start = Instant::now();
        let relayed = self.relay.relay(transcript).await;
        self.metrics.observe(&Observation::Move(ObservedMove {
            relayed: &relayed,
            latency: start.elapsed(),
            days_left: self.relay.days_left(),
            is_keyless: self.is_keyless,
        }));
        Next {
            seal: self.seal_key.seal(transcript, &relayed.attributed.mv),
            attributed: relayed.attributed,
            ponder: self.ponder,
        }
    }

    /// The `cache-control` of a reply. Only a model's move may be cached: after a move of the guesser the
    /// model may be available again, and an outcome must reach the server to be counted.
    pub(crate) fn cache_control(&self, reply: &Reply) -> HeaderValue {
        let seconds = self.question_ttl.as_secs();
        match reply {
            Reply::Next(next) if next.attributed.origin.by != Mover::Guesser && seconds > 0 => {
                HeaderValue::try_from(format!("public, max-age={seconds}"))
                    .unwrap_or(HeaderValue::from_static("no-store"))
            }
            _ => HeaderValue::from_static("no-store"),
        }
    }
}
