//! The entry point: a model to ask.

use crate::{
    abilities::Learnt,
    chain::Chain,
    chat::{ChatRequest, Prompt},
    circuit::{Circuit, Position},
    client::{Client, ClientError},
    config::Upstream,
    effort::Effort,
    fault::{CallError, Reason, Remedy},
    models::Models,
};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};

/// A model behind an OpenAI-compatible server, or the first of several that the key has access to.
#[derive(Debug)]
pub struct Model {
    client: Arc<Client>,
    models: Models,
    circuit: Circuit,
    deadline: Duration,
}

/// What the model wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply<'a> {
    /// Its text, never empty. A model that accepts no schema may wrap the JSON in words.
    pub content: String,
    /// The name of the model.
    pub model: &'a str,
}

impl Model {
    /// Creates the model. Sends nothing yet.
    ///
    /// # Errors
    /// [`ClientError`], for example on a system without certificates.
    pub fn new(upstream: &Upstream) -> Result<Self, ClientError> {
        Ok(Self {
            client: Arc::new(Client::new(upstream)?),
            models: Models::new(&upstream.models)?,
            circuit: Circuit::default(),
            deadline: upstream.deadline,
        })
    }

    /// The longest time that a task may take: [`Upstream::deadline`].
    #[must_use]
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// The current model and the days until it is shut down, if the server has announced a date.
    #[must_use]
    pub fn days_left(&self) -> Option<(&str, i32)> {
        self.models.days_left()
    }

    /// Runs a task that [asks](Self::ask) this model once or several times, unless the circuit breaker is open. The
    /// task is given the deadline and is dropped when that has passed. Its result decides whether the breaker opens:
    /// if the replies can't be used, it should fail with [`Reason::Unusable`], which tells that the server works.
    ///
    /// # Errors
    /// What the task failed with; [`Reason::CircuitOpen`] if it wasn't run at all;
    /// [`Reason::Deadline`] if it was too slow.
    pub async fn supervise<T>(
        &self,
        task: impl AsyncFnOnce(Instant) -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        if !self.circuit.admits(self.deadline) {
            return Err(Reason::CircuitOpen.into());
        }
        self.models.watch(&self.client);
        let until = Instant::now() + self.deadline;
        let result = timeout_at(until, task(until))
            .await
            .unwrap_or_else(|_| Err(Reason::Deadline.into()));
        match &result {
            Err(error) if !error.reason.is_from_a_working_server() => self.fail(error),
            _ => self.circuit.close(),
        }
        result
    }

    fn fail(&self, error: &CallError) {
        if self.circuit.fail(error.reason, error.retry_after) == Position::Closed {
            return;
        }
        let (reason, error) = (error.reason, Chain(error).to_string());
        if reason.remedy() == Remedy::Alarm {
            tracing::error!(
                error,
                "the model can't be used; the next attempt is in a minute"
            );
        } else {
            tracing::warn!(
                error,
                "the model keeps failing; it is left alone for a while"
            );
        }
    }

    /// Asks the first model that the key has access to, with the parameters that it accepts. Retries until the given
    /// instant. Adds everything that was spent to the effort.
    ///
    /// # Errors
    /// The last [`CallError`]; the reasons of all are in the effort.
    pub async fn ask(
        &self,
        prompt: &Prompt<'_>,
        until: Instant,
        effort: &mut Effort,
    ) -> Result<Reply<'_>, CallError> {
        let mut model = self.models.current();
        let mut abilities = model.abilities();
        loop {
            let request = ChatRequest::new(&model.name, prompt, abilities);
            let completion = self.client.complete(&request, until, model.price, effort);
            let error = match completion.await {
                Ok(content) => {
                    model.remember(abilities);
                    let model = &model.name;
                    return Ok(Reply { content, model });
                }
                Err(error) => error,
            };
            match error.reason {
                Reason::BadRequest if abilities.learn(error.words()) == Learnt::Something => {}
                Reason::ModelNotFound => match self.models.retire(model) {
                    Some(next) => {
                        model = next;
                        abilities = next.abilities();
                    }
                    None => return Err(error),
                },
                _ => return Err(error),
            }
        }
    }
}
