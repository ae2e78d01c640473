//! Decides who makes the next move.
//!
//! A move comes from the `cache`, from the model, or from the built-in guesser if the model fails. A model's move
//! passes the [`checks`] first; one that fails them is sent back once.
//!
//! - [`prompt`]: everything that the model is told
//! - [`proposal`]: what the model wants to play
//! - [`checks`]: which proposals can be played
//! - [`likeness`]: whether two questions ask the same in other words
//! - `model_move`: asks the model, checks, repairs
//! - `cache`: remembers checked moves
//! - `built_in`: the built-in guesser
//! - `fingerprint`: changes whenever prompt or checks do
//! - `wordings`: recognises the guesser's questions in a model's words

mod built_in;
mod cache;
pub mod checks;
mod fingerprint;
pub mod likeness;
mod model_move;
pub mod prompt;
pub mod proposal;
mod wordings;

pub use built_in::BuiltInGuesser;
pub(crate) use fingerprint::FINGERPRINT;

use crate::config::Config;
use cache::Cache;
use game::{AttributedMove, Mover, Origin, Transcript};
use model::{Chain, ClientError, Effort, Model, Reason};
use model_move::{ModelMove, Spent};

/// A move of the relay, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Relayed {
    /// The move and who made it.
    pub attributed: AttributedMove,
    /// What was spent on the model for it; nothing if another request paid for it.
    pub effort: Effort,
    /// Requests that told the model what was wrong with its last reply.
    pub repairs: u32,
    /// Replies of the model that repeated a question or a guess.
    pub repeats: u32,
    /// Why the guesser moved although there is a model.
    pub fallback: Option<Reason>,
    /// Whether the cache held it, or another request was already asking for it.
    pub is_cached: bool,
}

/// Everything that can make a move. The guesser comes last and never fails, so a game always goes on.
pub struct Relay {
    cache: Cache,
    model: Option<Model>,
    guesser: &'static BuiltInGuesser,
}

impl Relay {
    /// The relay of this configuration.
    ///
    /// # Errors
    /// [`ClientError`], for example on a system without certificates.
    pub fn new(config: &Config) -> Result<Self, ClientError> {
        Ok(Self {
            cache: Cache::new(config.question_ttl),
            model: config.upstream.as_ref().map(Model::new).transpose()?,
            guesser: BuiltInGuesser::shared(),
        })
    }

    /// The built-in guesser.
    pub(crate) fn guesser(&self) -> &BuiltInGuesser {
        self.guesser
    }

    /// The model and the days until it is shut down, if its server has announced a date.
    #[must_use]
    pub fn days_left(&self) -> Option<(&str, i32)> {
        self.model.as_ref()?.days_left()
    }

    /// The next move of a game.
    pub async fn relay(&self, transcript: &Transcript) -> Relayed {
        let Some(model) = &self.model else {
            return self.by_guesser(transcript, Spent::default(), None);
        };
        // It stays empty if another request asks, or the cache holds the move.
        let mut spent = Spent::default();
        let ask = self.by_model(model, transcript, &mut spent);
        match self.cache.get_or_ask(transcript, ask).await {
            Ok(found) => Relayed {
                attributed: found.attributed,
                effort: spent.effort,
                repairs: spent.repairs,
                repeats: spent.repeats,
                fallback: None,
                is_cached: found.is_cached,
            },
            Err(reason) => self.by_guesser(transcript, spent, Some(reason)),
        }
    }

    async fn by_model(
        &self,
        model: &Model,
        transcript: &Transcript,
        spent: &mut Spent,
    ) -> Result<AttributedMove, Reason> {
        let moved = model_move::next_move(model, self.guesser, transcript, spent).await;
        let ModelMove { mv, model } = moved.map_err(|error| {
            // The circuit breaker warns of what lasts; this is for whoever looks for the cause of one failure.
            tracing::debug!(error = %Chain(&error), "no move from the model, so the guesser moves");
            error.reason
        })?;
        let known_as = self.guesser.known_as(&mv);
        let by = Mover::Model(model);
        Ok(AttributedMove {
            mv,
            origin: Origin { by, known_as },
        })
    }

    fn by_guesser(
        &self,
        transcript: &Transcript,
        spent: Spent,
        fallback: Option<Reason>,
    ) -> Relayed {
        Relayed {
            attributed: AttributedMove {
                mv: self.guesser.next_move(transcript),
                origin: Origin::GUESSER,
            },
            effort: spent.effort,
            repairs: spent.repairs,
            repeats: spent.repeats,
            fallback,
            is_cached: false,
        }
    }
}
