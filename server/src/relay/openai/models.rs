//! Which model is asked: the first of the list that the key has.

use super::{abilities::Abilities, client::Client};
use crate::config::{ModelConfig, Price};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// How often a model's shutdown date is asked for.
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

/// A shutdown that is nearer than this is worth a warning.
const WARN_DAYS: i32 = 90;

/// The models in order of preference, and which of them it is now.
#[derive(Debug)]
pub(super) struct Models {
    models: Vec<Model>,
    current: AtomicUsize,
    shutdown: Arc<Mutex<Shutdown>>,
}

/// A model, and what was learnt about it.
#[derive(Debug)]
pub(super) struct Model {
    /// Its name.
    pub(super) name: String,
    /// Its price, if it is known.
    pub(super) price: Option<Price>,
    abilities: Mutex<Abilities>,
}

#[derive(Debug, Default)]
struct Shutdown {
    asked: Option<Instant>,
    date: Option<Date>,
}

impl Models {
    /// At least one model.
    #[must_use]
    pub(super) fn new(configs: &[ModelConfig]) -> Self {
        let models = configs.iter().map(|config| Model {
            name: config.name.clone(),
            price: config.price,
            abilities: Mutex::new(Abilities::of(&config.name)),
        });
        Self {
            models: models.collect(),
            current: AtomicUsize::new(0),
            shutdown: Arc::default(),
        }
    }

    /// The model to ask.
    #[must_use]
    pub(super) fn current(&self) -> &Model {
        &self.models[self.current.load(Ordering::Relaxed)]
    }

    /// Goes on to the next model after this one, which isn't there; `false` if it was the last. Then
    /// it begins anew, since the operator may mend what is wrong without a restart.
    pub(super) fn retire(&self, gone: &Model) -> bool {
        let index = self
            .models
            .iter()
            .position(|model| std::ptr::eq(model, gone));
        let index = index.unwrap_or_default();
        let next = (index + 1) % self.models.len();
        // Of several requests that find it gone, one moves on and says so.
        let moved =
            self.current
                .compare_exchange(index, next, Ordering::Relaxed, Ordering::Relaxed);
        if next == 0 {
            let names: Vec<&str> = self
                .models
                .iter()
                .map(|model| model.name.as_str())
                .collect();
            tracing::error!(
                "none of the models {} exists for this key, so the guesser plays: set OPENAI_MODEL to models that do",
                names.join(", ")
            );
            return false;
        }
        if moved.is_ok() {
            *self.shutdown() = Shutdown::default();
            tracing::warn!(
                "the model {} does not exist for this key: {} plays instead; set OPENAI_MODEL to get rid of this line",
                gone.name,
                self.models[next].name
            );
        }
        true
    }

    /// The current model and the days until it is shut down, if that is announced; negative: since then.
    #[must_use]
    pub(super) fn days_left(&self) -> Option<(&str, i32)> {
        let days = days_until(self.shutdown().date?);
        Some((&self.current().name, days))
    }

    /// Asks when the current model is shut down, once a day and in nobody's way.
    pub(super) fn watch(&self, client: &Arc<Client>) {
        let mut shutdown = self.shutdown();
        if shutdown.asked.is_some_and(|asked| asked.elapsed() < DAILY) {
            return;
        }
        shutdown.asked = Some(Instant::now());
        drop(shutdown);
        let (client, name) = (Arc::clone(client), self.current().name.clone());
        let shutdown = Arc::clone(&self.shutdown);
        tokio::spawn(async move {
            let date = client.shutdown_date(&name).await;
            shutdown.lock().unwrap_or_else(PoisonError::into_inner).date = date;
            match date.map(|date| (date, days_until(date))) {
                Some((date, ..=-1)) => tracing::warn!(
                    "the model {name} was to be shut down on {date}: set OPENAI_MODEL to another"
                ),
                Some((date, days @ ..=WARN_DAYS)) => tracing::warn!(
                    "the model {name} is shut down on {date}, in {days} days: set OPENAI_MODEL in time"
                ),
                _ => {}
            }
        });
    }

    fn shutdown(&self) -> std::sync::MutexGuard<'_, Shutdown> {
        self.shutdown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Model {
    /// What it can do, as far as is known.
    #[must_use]
    pub(super) fn abilities(&self) -> Abilities {
        *self.lock()
    }

    /// Remembers what a successful request has shown.
    pub(super) fn remember(&self, abilities: Abilities) {
        let mut known = self.lock();
        if *known != abilities {
            *known = abilities;
            tracing::info!(model = self.name, ?abilities, "learnt what the model takes");
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Abilities> {
        self.abilities
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn days_until(date: Date) -> i32 {
    let today = Zoned::now().with_time_zone(TimeZone::UTC).date();
    date.duration_since(today).as_hours() as i32 / 24
}
