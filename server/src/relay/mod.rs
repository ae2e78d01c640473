//! Who makes the next move.
//!
//! A move of the model goes a long way before a player sees it: [`cache`], then [`openai`] (the
//! circuit, the prompt, calls within a deadline, [`checks`], one repair), and where that ends
//! without a move, the [`guesser`].

pub mod cache;
pub mod checks;
pub mod effort;
pub mod fault;
pub mod likeness;
pub mod openai;
pub mod wordings;

pub use wordings::Guesser;

use crate::config::Config;
use cache::Cache;
use effort::Effort;
use fault::Reason;
use game::{AttributedMove, Mover, Origin, Transcript};
use openai::{ClientError, OpenAi};

/// A move of the relay, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Relayed {
    /// The move and who made it.
    pub attributed: AttributedMove,
    /// What was spent on it; empty when another request has paid for it.
    pub effort: Effort,
    /// Why the guesser moved although a model is configured.
    pub fallback: Option<Reason>,
    /// Whether the cache had it, or another request was already asking for it.
    pub is_cached: bool,
}

/// Composes those who can play. The guesser is the last and never fails, so that a game always goes on.
#[derive(Debug)]
pub struct Relay {
    cache: Cache,
    openai: Option<OpenAi>,
    guesser: Guesser,
}

impl Relay {
    /// Who plays by this configuration.
    ///
    /// # Errors
    /// [`ClientError`], where the system has no certificates, for example.
    pub fn new(config: &Config) -> Result<Self, ClientError> {
        Ok(Self {
            cache: Cache::new(config.question_ttl),
            openai: config.upstream.as_ref().map(OpenAi::new).transpose()?,
            guesser: Guesser,
        })
    }

    /// The model and the days until it is shut down, if that is announced.
    #[must_use]
    pub fn days_left(&self) -> Option<(&str, i32)> {
        self.openai.as_ref()?.days_left()
    }

    /// The next move, and how it came about.
    pub async fn relay(&self, transcript: &Transcript) -> Relayed {
        let Some(openai) = &self.openai else {
            return self.by_guesser(transcript, Effort::default(), None);
        };
        // The effort is this request's only if it is the one that asks.
        let mut effort = Effort::default();
        let asking = async {
            match openai.next_move(transcript).await {
                Ok((mv, by, spent)) => {
                    effort = spent;
                    let known_as = self.guesser.known_as(&mv);
                    let by = Mover::Model(by);
                    Ok(AttributedMove {
                        mv,
                        origin: Origin { by, known_as },
                    })
                }
                Err(failure) => {
                    effort = failure.effort;
                    Err(failure.reason)
                }
            }
        };
        match self.cache.get_or_ask(transcript, asking).await {
            Ok((attributed, is_cached)) => Relayed {
                attributed,
                effort,
                fallback: None,
                is_cached,
            },
            Err(reason) => self.by_guesser(transcript, effort, Some(reason)),
        }
    }

    fn by_guesser(
        &self,
        transcript: &Transcript,
        effort: Effort,
        fallback: Option<Reason>,
    ) -> Relayed {
        Relayed {
            attributed: AttributedMove {
                mv: self.guesser.play(transcript),
                origin: Origin::GUESSER,
            },
            effort,
            fallback,
            is_cached: false,
        }
    }
}
