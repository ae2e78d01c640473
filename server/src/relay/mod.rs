//! Decides who makes the next move.
//!
//! A move comes from the `cache`, from the model, or from the built-in guesser if the model fails. A model's move
//! passes the [`checks`] first; one that fails them is sent back once.
//!
//! - [`prompt`]: everything that the model is told
//! - [`proposal`]: what the model wants to play
//! - [`checks`]: which proposals can be played
//! - [`tidy`]: removes what models put around a text
//! - [`suitable`]: whether everybody may read a text
//! - [`personal`]: addresses, and questions about the player
//! - [`names`]: which questions are guesses
//! - [`likeness`]: whether two questions ask the same in other words
//! - `yes_no`: whether yes and no answer a question
//! - `vocabulary`: what words mean, for `likeness` and `names`
//! - `words`: the words of a question
//! - [`contradiction`]: the answers that speak against a guess
//! - `asker`: asks the model, for whoever waits
//! - `model_move`: asks the model, checks, repairs
//! - `cache`: remembers checked moves
//! - `built_in`: the built-in guesser
//! - `fallbacks`: warns when it keeps moving in the model's stead
//! - `fingerprint`: changes whenever prompt or checks do
//! - `wordings`: recognises the guesser's questions in a model's words

mod asker;
mod built_in;
mod cache;
pub mod checks;
pub mod contradiction;
mod fallbacks;
mod fingerprint;
pub mod likeness;
mod model_move;
pub mod names;
pub mod personal;
pub mod prompt;
pub mod proposal;
pub mod suitable;
pub mod tidy;
mod vocabulary;
mod wordings;
mod words;
mod yes_no;

pub use built_in::BuiltInGuesser;
pub(crate) use fingerprint::FINGERPRINT;

use crate::config::Config;
use asker::Asker;
use cache::Cache;
use fallbacks::Fallbacks;
use game::{AttributedMove, Origin, Transcript};
use model::{Budget, ClientError, Effort, Model, Reason};
pub(crate) use model_move::Spent;
use std::sync::Arc;
use tokio::time::Instant;

/// What is told of everything that was spent on the model.
pub(crate) type Observe = dyn Fn(&Spent) + Send + Sync;

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
    asker: Option<Arc<Asker>>,
    guesser: &'static BuiltInGuesser,
    fallbacks: Fallbacks,
}

impl Relay {
    /// The relay of this configuration. It tells `observe` what every call has cost, also if nobody waits for the move
    /// any more.
    ///
    /// # Errors
    /// [`ClientError`], for example on a system without certificates.
    pub(crate) fn new(
        config: &Config,
        budget: Arc<Budget>,
        observe: Box<Observe>,
    ) -> Result<Self, ClientError> {
        let guesser = BuiltInGuesser::shared();
        let asker = match &config.upstream {
            None => None,
            Some(upstream) => Some(Arc::new(Asker {
                model: Model::new(upstream, budget)?,
                cache: Cache::new(config.question_ttl),
                guesser,
                observe,
            })),
        };
        Ok(Self {
            asker,
            guesser,
            fallbacks: Fallbacks::default(),
        })
    }

    /// The built-in guesser.
    pub(crate) fn guesser(&self) -> &BuiltInGuesser {
        self.guesser
    }

    /// The model and the days until it is shut down, if its server has announced a date.
    #[must_use]
    pub(crate) fn days_left(&self) -> Option<(&str, i32)> {
        self.asker.as_ref()?.model.days_left()
    }

    /// The next move of a game: the model's if it comes until then, else the guesser's.
    pub(crate) async fn relay(&self, transcript: &Transcript, until: Instant) -> Relayed {
        let Some(asker) = &self.asker else {
            return self.by_guesser(transcript, Spent::default(), None);
        };
        let (found, spent) = asker.next_move(transcript, until).await;
        match found {
            Ok(found) => {
                if !found.is_cached {
                    self.fallbacks.end();
                }
                Relayed {
                    attributed: found.attributed,
                    effort: spent.effort,
                    repairs: spent.repairs,
                    repeats: spent.repeats,
                    fallback: None,
                    is_cached: found.is_cached,
                }
            }
            Err(reason) => {
                self.fallbacks.count(reason);
                self.by_guesser(transcript, spent, Some(reason))
            }
        }
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
