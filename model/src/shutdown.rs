//! When a model will be shut down, as its server announces.

use crate::{budget::today, client::Client};
use jiff::civil::Date;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How often to look up the date.
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

/// How soon to try again after a lookup that failed.
const RETRY: Duration = Duration::from_secs(60 * 60);

/// A shutdown in fewer days than this is worth a warning.
const WARN_DAYS: i32 = 90;

/// The shutdown date of the model that is asked.
#[derive(Debug, Default)]
pub(crate) struct Shutdown(Arc<Mutex<Option<Lookup>>>);

#[derive(Debug)]
struct Lookup {
    model: String,
    /// When to look it up again.
    due: Instant,
    date: Option<Date>,
}

impl Shutdown {
    /// The days until this model is shut down, if a date is announced; negative if that day has passed.
    #[must_use]
    pub(crate) fn days_left(&self, model: &str) -> Option<i32> {
        let lookup = self.lookup();
        let lookup = lookup.as_ref().filter(|lookup| lookup.model == model)?;
        lookup.date.map(days_until)
    }

    /// Looks up the date of this model, once a day and in the background.
    pub(crate) fn watch(&self, model: &str, client: &Arc<Client>) {
        let mut lookup = self.lookup();
        let is_recent = |lookup: &Lookup| lookup.model == model && Instant::now() < lookup.due;
        if lookup.as_ref().is_some_and(is_recent) {
            return;
        }
        let model = model.to_owned();
        *lookup = Some(Lookup {
            model: model.clone(),
            due: Instant::now() + RETRY,
            date: None,
        });
        drop(lookup);
        let (client, lookups) = (Arc::clone(client), Arc::clone(&self.0));
        tokio::spawn(async move {
            let Some(date) = client.shutdown_date(&model).await else {
                return;
            };
            let mut lookup = lookups.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(lookup) = lookup.as_mut().filter(|lookup| lookup.model == model) {
                lookup.date = date;
                lookup.due = Instant::now() + DAILY;
            }
            drop(lookup);
            match date.map(|date| (date, days_until(date))) {
                Some((date, ..=-1)) => tracing::warn!(
                    "the model {model} was to be shut down on {date}: set OPENAI_MODEL to another"
                ),
                Some((date, days @ ..=WARN_DAYS)) => tracing::warn!(
                    "the model {model} is shut down on {date}, in {days} days: set OPENAI_MODEL to another before then"
                ),
                _ => {}
            }
        });
    }

    fn lookup(&self) -> MutexGuard<'_, Option<Lookup>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn days_until(date: Date) -> i32 {
    date.duration_since(today()).as_hours() as i32 / 24
}
