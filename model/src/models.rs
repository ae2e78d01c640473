//! Which model to ask: the first of the list that the key has access to, and what is known of each.

use crate::{
    abilities::Abilities,
    client::ClientError,
    config::{ModelConfig, Price},
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// What was observed so often in a row is believed; less may be a stray.
const BELIEVED: u32 = 2;

/// What is believed is checked again after this time: the operator may have fixed it, or the server was updated.
const RECHECK: Duration = Duration::from_secs(60 * 60);

/// The models in order of preference.
#[derive(Debug)]
pub(crate) struct Models(Vec<ListedModel>);

/// A model, and what was learnt about it.
#[derive(Debug)]
pub(crate) struct ListedModel {
    /// Its name.
    pub(crate) name: String,
    /// Its price, if known.
    pub(crate) price: Option<Price>,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    abilities: Abilities,
    /// When they were last changed.
    changed_at: Option<Instant>,
    /// When a reply was last cut off.
    cut_at: Option<Instant>,
    /// How often in a row only the plainest request was accepted, although no refusal said why.
    guesses: u32,
    /// How often in a row the server didn't have it.
    misses: u32,
    /// Until when it isn't asked.
    gone_until: Option<Instant>,
}

impl Models {
    /// # Errors
    /// [`ClientError::NoModels`].
    pub(crate) fn new(configs: &[ModelConfig]) -> Result<Self, ClientError> {
        if configs.is_empty() {
            return Err(ClientError::NoModels);
        }
        let models = configs.iter().map(|config| ListedModel {
            name: config.name.clone(),
            price: config.price,
            known: Mutex::new(Known {
                abilities: Abilities::of(&config.name),
                changed_at: None,
                cut_at: None,
                guesses: 0,
                misses: 0,
                gone_until: None,
            }),
        });
        Ok(Self(models.collect()))
    }

    /// The models to ask one after the other, until one exists: all that aren't believed to be gone, or all if all are.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = &ListedModel> {
        let all_gone = self.0.iter().all(ListedModel::is_gone);
        self.0
            .iter()
            .filter(move |model| all_gone || !model.is_gone())
    }

    /// The name of the first one.
    #[must_use]
    pub(crate) fn current(&self) -> &str {
        self.candidates().next().map_or("", |model| &model.name)
    }

    /// Tells the operator that the server has none of them.
    pub(crate) fn none_exists(&self) {
        let names = self.0.iter().map(|model| model.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        tracing::error!(
            "none of the models {names} exists for this key: set OPENAI_MODEL to models that do"
        );
    }
}

impl ListedModel {
    /// What it accepts, as far as is known.
    #[must_use]
    pub(crate) fn abilities(&self) -> Abilities {
        let mut known = self.known();
        if known.changed_at.is_some_and(|at| at.elapsed() >= RECHECK) {
            known.abilities = Abilities::of(&self.name);
            known.changed_at = None;
        }
        known.abilities
    }

    /// A refusal has named what the model doesn't accept.
    pub(crate) fn change(&self, abilities: Abilities) {
        let mut known = self.known();
        if known.abilities != abilities {
            known.abilities = abilities;
            known.changed_at = Some(Instant::now());
            tracing::info!(
                model = self.name,
                ?abilities,
                "learnt what the model accepts and needs"
            );
        }
    }

    /// A reply was cut off. If that happens twice within an hour, the model needs room for reasoning. Whole replies in
    /// between say nothing: a repair has more room.
    pub(crate) fn cut(&self) {
        let mut known = self.known();
        let before = known.cut_at.replace(Instant::now());
        let abilities = Abilities {
            needs_room: true,
            ..known.abilities
        };
        drop(known);
        if before.is_some_and(|before| before.elapsed() < RECHECK) {
            self.change(abilities);
        }
    }

    /// A whole reply has come; `guess` is the plainest one, if only that was accepted.
    pub(crate) fn succeed(&self, guess: Option<Abilities>) {
        let mut known = self.known();
        known.misses = 0;
        known.gone_until = None;
        known.guesses = guess.map_or(0, |_| known.guesses + 1);
        let believed = guess.filter(|_| known.guesses >= BELIEVED);
        drop(known);
        if let Some(abilities) = believed {
            self.change(abilities);
        }
    }

    /// The server doesn't have it, and the next one is asked instead, if there is one.
    pub(crate) fn miss(&self, next: Option<&Self>) {
        let mut known = self.known();
        known.misses += 1;
        if known.misses < BELIEVED {
            return;
        }
        known.gone_until = Some(Instant::now() + RECHECK);
        if let Some(next) = next {
            tracing::warn!(
                "the model {} does not exist for this key, so {} is asked instead: set OPENAI_MODEL to avoid this warning",
                self.name,
                next.name
            );
        }
    }

    fn is_gone(&self) -> bool {
        let until = self.known().gone_until;
        until.is_some_and(|until| Instant::now() < until)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn models() -> Models {
        let configs = ["first", "second"].map(|name| ModelConfig {
            name: name.to_owned(),
            price: None,
        });
        Models::new(&configs).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_model_is_gone_only_after_two_misses_in_a_row_and_is_tried_again() {
        let models = models();
        let [first, second] = &models.0[..] else {
            panic!("two models")
        };
        first.miss(Some(second));
        first.succeed(None);
        first.miss(Some(second));
        assert_eq!(models.current(), "first");
        first.miss(Some(second));
        assert_eq!(models.current(), "second");
        second.miss(None);
        second.miss(None);
        assert_eq!(
            models.candidates().count(),
            2,
            "all are gone, so all are tried"
        );
        tokio::time::advance(RECHECK).await;
        assert_eq!(models.current(), "first");
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_refusal_names_is_believed_for_an_hour_and_a_guess_needs_two() {
        let models = models();
        let [first, second] = &models.0[..] else {
            panic!("two models")
        };
        let all = first.abilities();
        let without = Abilities {
            temperature: false,
            ..all
        };
        first.change(without);
        first.cut();
        assert_eq!(first.abilities(), without);
        first.cut();
        assert_eq!(
            first.abilities(),
            Abilities {
                needs_room: true,
                ..without
            }
        );
        tokio::time::advance(RECHECK).await;
        assert_eq!(first.abilities(), all);

        let plainest = Abilities {
            schema: false,
            temperature: false,
            ..all
        };
        for guess in [Some(plainest), None, Some(plainest)] {
            second.succeed(guess);
            assert_eq!(second.abilities(), all);
        }
        second.succeed(Some(plainest));
        assert_eq!(second.abilities(), plainest);
    }
}
