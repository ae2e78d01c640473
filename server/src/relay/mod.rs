//! Who makes the next move.
//!
//! A move of the model goes a long way before a player sees it: [`cache`], then [`openai`] (the
//! circuit, the prompt, calls within a deadline, [`checks`], one repair), and where that ends
//! without a move, the [`house`].

pub mod cache;
pub mod checks;
pub mod effort;
pub mod fault;
pub mod house;
pub mod likeness;
pub mod openai;

pub use house::House;

use crate::config::Config;
use cache::{Cache, Checked};
use effort::Effort;
use fault::Reason;
use game::{Move, Text, Transcript};
use openai::{ClientError, OpenAi};
use std::{convert::Infallible, future::Future};

/// Somebody who plays the AI's side.
pub trait Asker {
    /// Why no move came.
    type Error;

    /// The next move of a game in which it is the AI's turn.
    fn next_move(
        &self,
        transcript: &Transcript,
    ) -> impl Future<Output = Result<Asked, Self::Error>> + Send;
}

/// A move, who made it, and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The move.
    pub asked: Move,
    /// The name of a model, or [`game::wire::HOUSE`].
    pub by: String,
    /// What was spent on it.
    pub effort: Effort,
}

/// A move of the relay, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Relayed {
    /// The move. Its effort is empty when another request has paid for it.
    pub asked: Asked,
    /// Why it is the house's, where a model was meant to move.
    pub fallback: Option<Reason>,
    /// Whether the cache had it, or another request was just asking for it.
    pub is_cached: bool,
    /// A model's question in the house's words, if the house knows it.
    pub known_as: Option<Text>,
}

/// Composes those who can play. The house is the last and never fails, so that a game always goes on.
#[derive(Debug)]
pub struct Relay {
    cache: Cache,
    openai: Option<OpenAi>,
    house: House,
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
            house: House,
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
            return self.by_house(transcript, Effort::default(), None).await;
        };
        // The effort is this request's only if it is the one that asks.
        let mut effort = Effort::default();
        let asking = async {
            match openai.next_move(transcript).await {
                Ok(asked) => {
                    effort = asked.effort;
                    Ok(Checked {
                        known_as: self.house.known_as(&asked.asked),
                        asked: asked.asked,
                        by: asked.by,
                    })
                }
                Err(failure) => {
                    effort = failure.effort;
                    Err(failure.reason)
                }
            }
        };
        match self.cache.get_or_ask(transcript, asking).await {
            Ok((checked, is_cached)) => Relayed {
                asked: Asked {
                    asked: checked.asked,
                    by: checked.by,
                    effort,
                },
                fallback: None,
                is_cached,
                known_as: checked.known_as,
            },
            Err(reason) => self.by_house(transcript, effort, Some(reason)).await,
        }
    }

    async fn by_house(
        &self,
        transcript: &Transcript,
        effort: Effort,
        fallback: Option<Reason>,
    ) -> Relayed {
        let moved: Result<Asked, Infallible> = self.house.next_move(transcript).await;
        let Ok(asked) = moved;
        Relayed {
            asked: Asked { effort, ..asked },
            fallback,
            is_cached: false,
            known_as: None,
        }
    }
}

impl Asker for Relay {
    type Error = Infallible;

    async fn next_move(&self, transcript: &Transcript) -> Result<Asked, Infallible> {
        Ok(self.relay(transcript).await.asked)
    }
}
