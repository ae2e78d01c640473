//! Which model to ask: the first of the list that the key has access to. And when it will be shut down.

use crate::{
    abilities::Abilities,
    client::{Client, ClientError},
    config::{ModelConfig, Price},
};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// How often to look up a model's shutdown date.
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

/// A shutdown in fewer days than this is worth a warning.
const WARN_DAYS: i32 = 90;

/// The models in order of preference, and which of them is current.
#[derive(Debug)]
pub(crate) struct Models {
    models: Vec<ListedModel>,
    current: AtomicUsize,
    shutdown: Arc<Mutex<Shutdown>>,
}

/// A model, and what was learnt about it.
#[derive(Debug)]
pub(crate) struct ListedModel {
    /// Its name.
    pub(crate) name: String,
    /// Its price, if known.
    pub(crate) price: Option<Price>,
    abilities: Mutex<Abilities>,
}

/// When the current model will be shut down.
#[derive(Debug, Default)]
struct Shutdown {
    looked_up: Option<Instant>,
    date: Option<Date>,
}

impl Models {
    /// The first model is current.
    ///
    /// # Errors
    /// [`ClientError::NoModels`].
    pub(crate) fn new(configs: &[ModelConfig]) -> Result<Self, ClientError> {
        if configs.is_empty() {
            return Err(ClientError::NoModels);
        }
        let models = configs.iter().map(|config| ListedModel {
            name: config.name.clone(),
            price: config.price,
            abilities: Mutex::new(Abilities::of(&config.name)),
        });
        Ok(Self {
            models: models.collect(),
            current: AtomicUsize::new(0),
            shutdown: Arc::default(),
        })
    }

    /// The model to ask.
    #[must_use]
    pub(crate) fn current(&self) -> &ListedModel {
        &self.models[self.current.load(Ordering::Relaxed)]
    }

    /// Gives up a model that doesn't exist and returns the one to ask instead, or `None` if this was the
    /// last. Then the list begins anew, since the operator may fix the account without a restart.
    pub(crate) fn retire(&self, gone: &ListedModel) -> Option<&ListedModel> {
        let index = self
            .models
            .iter()
            .position(|model| std::ptr::eq(model, gone));
        let index = index.unwrap_or_default();
        let next = (index + 1) % self.models.len();
        // Of several tasks that find the model gone, only one moves on and says so.
        let moved =
            self.current
                .compare_exchange(index, next, Ordering::Relaxed, Ordering::Relaxed);
        if next == 0 {
            let names = self.models.iter().map(|model| model.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            tracing::error!(
                "none of the models {names} exists for this key: set OPENAI_MODEL to models that do"
            );
            return None;
        }
        if moved.is_ok() {
            *self.shutdown() = Shutdown::default();
            tracing::warn!(
                "the model {} does not exist for this key, so {} is asked instead: set OPENAI_MODEL to avoid this warning",
                gone.name,
                self.models[next].name
            );
        }
        Some(self.current())
    }

    /// The current model and the days until it is shut down, if a date is announced; negative if that
    /// day has passed.
    #[must_use]
    pub(crate) fn days_left(&self) -> Option<(&str, i32)> {
        let days = days_until(self.shutdown().date?);
        Some((&self.current().name, days))
    }

    /// Looks up the shutdown date of the current model, once a day and in the background.
    pub(crate) fn watch(&self, client: &Arc<Client>) {
        let mut shutdown = self.shutdown();
        let is_recent = |at: Instant| at.elapsed() < DAILY;
        if shutdown.looked_up.is_some_and(is_recent) {
            return;
        }
        shutdown.looked_up = Some(Instant::now());
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
                    "the model {name} is shut down on {date}, in {days} days: set OPENAI_MODEL to another before then"
                ),
                _ => {}
            }
        });
    }

    fn shutdown(&self) -> MutexGuard<'_, Shutdown> {
        self.shutdown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ListedModel {
    /// What it accepts, as far as is known.
    #[must_use]
    pub(crate) fn abilities(&self) -> Abilities {
        *self.lock()
    }

    /// Remembers what a successful request has shown.
    pub(crate) fn remember(&self, abilities: Abilities) {
        let mut known = self.lock();
        if *known != abilities {
            *known = abilities;
            tracing::info!(
                model = self.name,
                ?abilities,
                "learnt which parameters the model accepts"
            );
        }
    }

    fn lock(&self) -> MutexGuard<'_, Abilities> {
        self.abilities
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn days_until(date: Date) -> i32 {
    let today = Zoned::now().with_time_zone(TimeZone::UTC).date();
    date.duration_since(today).as_hours() as i32 / 24
}
