//! Makes the replies of `GET /api/next`, with one set of keys.

use crate::{
    config::Config,
    http::problem::ApiError,
    keys::seal::SealKey,
    metrics::{Metrics, Observation, ObservedMove},
    relay::{FINGERPRINT, Relay},
};
use axum::http::HeaderValue;
use base64ct::{Base64UrlUnpadded, Encoding};
use game::{
    Mover, Phase, Transcript,
    opening::MAX_OPENINGS,
    wire::{Next, Reply, Request, Settings},
};
use model::{Budget, ClientError};
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// How many seconds a browser keeps a move; shared caches keep it as long as they may.
const BROWSER_TTL: u64 = 600;

/// Checks the seal of a request, lets the relay move, and seals the move.
pub struct Endpoint {
    relay: Relay,
    seal_key: SealKey,
    /// What pages have to know while the budget lasts.
    settings: Settings,
    budget: Arc<Budget>,
    /// The time for one move.
    deadline: Duration,
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
        Self::sharing(config, metrics, Arc::new(Budget::new(config.model_budget)))
    }

    /// The endpoint of this configuration, with the first keys that could be read.
    ///
    /// # Errors
    /// [`ClientError`] if no HTTP client can be made for the model.
    pub(crate) fn begin(&self, config: &Config) -> Result<Self, ClientError> {
        Self::sharing(config, Arc::clone(&self.metrics), Arc::clone(&self.budget))
    }

    /// The endpoint of this configuration and of other keys. It accepts the seals of this one, and they share a budget.
    ///
    /// # Errors
    /// [`ClientError`] if no HTTP client can be made for the model.
    pub(crate) fn succeed(&self, config: &Config) -> Result<Self, ClientError> {
        let mut endpoint =
            Self::sharing(config, Arc::clone(&self.metrics), Arc::clone(&self.budget))?;
        endpoint.seal_key.accept(&self.seal_key);
        Ok(endpoint)
    }

    fn sharing(
        config: &Config,
        metrics: Arc<Metrics>,
        budget: Arc<Budget>,
    ) -> Result<Self, ClientError> {
        let seal_key = SealKey::new(config);
        let settings = Settings {
            openings: config.openings,
            timeout: config.request_timeout.as_secs() as u32,
            ponder: config.ponder,
            model: config.upstream.is_some(),
            is_resting: false,
            v: v(config, &seal_key),
        };
        let observer = Arc::clone(&metrics);
        let observe = Box::new(move |spent: &_| observer.observe(&Observation::Asked(spent)));
        Ok(Self {
            relay: Relay::new(config, Arc::clone(&budget), observe)?,
            budget,
            deadline: config.deadline(),
            seal_key,
            settings,
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

    /// What pages have to know.
    #[must_use]
    pub(crate) fn settings(&self) -> Settings {
        let is_resting = self.settings.model && self.budget.is_spent();
        Settings {
            model: self.settings.model && !is_resting,
            is_resting,
            ..self.settings.clone()
        }
    }

    /// The next move, sealed, or the outcome of a finished game. The request came at `start`.
    ///
    /// # Errors
    /// [`ApiError`] if this server can't continue the game.
    pub(crate) async fn reply(&self, request: &Request, start: Instant) -> Result<Reply, ApiError> {
        let transcript = self.admit(request)?;
        match transcript.phase() {
            Phase::Open(_) => Err(ApiError::Unanswered(transcript.turns().len())),
            Phase::Over(outcome) => {
                self.metrics.observe(&if transcript.is_overtime() {
                    Observation::Overtime {
                        is_found: transcript.is_found(),
                    }
                } else {
                    Observation::End(outcome)
                });
                Ok(Reply::End { outcome })
            }
            Phase::Thinking => Ok(Reply::Next(self.next(transcript, start).await)),
        }
    }

    /// The transcript of the request, if this server made all its moves.
    fn admit<'a>(&self, request: &'a Request) -> Result<&'a Transcript, ApiError> {
        let transcript = &request.transcript;
        let opening = transcript.opening().0;
        if opening >= MAX_OPENINGS {
            return Err(ApiError::Opening(opening));
        }
        match (&request.seal, transcript.turns()) {
            (None, []) => Ok(transcript),
            (Some(seal), [_, ..]) if !self.seal_key.is_broken(transcript, seal) => Ok(transcript),
            _ => Err(ApiError::BrokenSeal),
        }
    }

    /// Makes a move, seals it and records it.
    async fn next(&self, transcript: &Transcript, start: Instant) -> Next {
        let relayed = self.relay.relay(transcript, start + self.deadline).await;
        self.metrics.observe(&Observation::Move(ObservedMove {
            relayed: &relayed,
            latency: start.elapsed(),
            days_left: self.relay.days_left(),
            is_keyless: self.is_keyless,
            budget_used: self.settings.model.then(|| self.budget.percent()),
        }));
        Next {
            seal: self.seal_key.seal(transcript, &relayed.attributed.mv),
            attributed: relayed.attributed,
            ponder: self.settings.ponder,
        }
    }

    /// The `cache-control` of a reply to a request with this `v`. Only a model's move may be cached: after a move of
    /// the guesser the model may be available again, and an outcome must reach the server to be counted. A move whose
    /// request doesn't name the present keys and models would stay in caches when they change.
    pub(crate) fn cache_control(&self, reply: &Reply, v: Option<&str>) -> HeaderValue {
        let seconds = self.question_ttl.as_secs();
        let is_models =
            matches!(reply, Reply::Next(next) if next.attributed.origin.by != Mover::Guesser);
        if !is_models || seconds == 0 || v != Some(&*self.settings.v) {
            return HeaderValue::from_static("no-store");
        }
        let browser = seconds.min(BROWSER_TTL);
        HeaderValue::try_from(format!("public, max-age={browser}, s-maxage={seconds}"))
            .unwrap_or(HeaderValue::from_static("no-store"))
    }
}

/// A short hash of what moves depend on besides the game: the key of the seals, the models, the prompt and the checks.
fn v(config: &Config, seal_key: &SealKey) -> String {
    let mut digest = Sha256::new();
    digest.update(seal_key.id());
    digest.update(FINGERPRINT.to_be_bytes());
    if let Some(upstream) = &config.upstream {
        digest.update(upstream.base_url.as_str());
        for model in &upstream.models {
            digest.update("\n");
            digest.update(&model.name);
        }
    }
    Base64UrlUnpadded::encode_string(&digest.finalize()[..8])
}
