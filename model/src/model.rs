//! The entry point: a model to ask.

use crate::{
    abilities::Learnt,
    budget::Budget,
    chain::Chain,
    circuit::{Circuit, Position},
    client::{Client, ClientError},
    config::Upstream,
    effort::Effort,
    fault::{CallError, Reason, Remedy},
    models::{ListedModel, Models},
    request::{ChatRequest, Prompt},
    shutdown::Shutdown,
};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};

/// A model behind an OpenAI-compatible server, or the first of several that the key has access to.
#[derive(Debug)]
pub struct Model {
    client: Arc<Client>,
    models: Models,
    shutdown: Shutdown,
    circuit: Circuit,
    budget: Arc<Budget>,
    deadline: Duration,
}

/// What the model wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply<'a> {
    /// Its text, never empty. A model that accepts no schema may wrap the JSON in words.
    pub content: String,
    /// The name of the model.
    pub model: &'a str,
    /// Whether it was cut off at its token limit. If it can't be used, [`Reason::Length`] says why.
    pub is_cut: bool,
}

impl Model {
    /// Creates the model. Sends nothing yet. The budget may be shared with other models.
    ///
    /// # Errors
    /// [`ClientError`], for example on a system without certificates.
    pub fn new(upstream: &Upstream, budget: Arc<Budget>) -> Result<Self, ClientError> {
        Ok(Self {
            client: Arc::new(Client::new(upstream)?),
            models: Models::new(&upstream.models)?,
            shutdown: Shutdown::default(),
            circuit: Circuit::default(),
            budget,
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
        let model = self.models.current();
        Some((model, self.shutdown.days_left(model)?))
    }

    /// Whether a text holds a part of the key, even if other characters separate its letters. Check what a player will
    /// see, after all clean-up.
    #[must_use]
    pub fn is_key_in(&self, text: &str) -> bool {
        self.client.is_key_in(text)
    }

    /// Runs a task that [asks](Self::ask) this model once or several times, unless the circuit breaker is open or the
    /// budget is spent. The task is given an instant, `until` or the end of [`Upstream::deadline`], and is dropped when
    /// that has passed. Its result decides whether the breaker opens: if the replies can't be used, it should fail with
    /// [`Reason::Unusable`], which tells that the server works.
    ///
    /// # Errors
    /// What the task failed with; [`Reason::CircuitOpen`] or [`Reason::Budget`] if it wasn't run at all;
    /// [`Reason::Deadline`] if it was too slow.
    pub async fn supervise<T>(
        &self,
        until: Instant,
        task: impl AsyncFnOnce(Instant) -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        if self.budget.is_spent() {
            return Err(Reason::Budget.into());
        }
        if !self.circuit.admits(self.deadline) {
            return Err(Reason::CircuitOpen.into());
        }
        self.shutdown.watch(self.models.current(), &self.client);
        let until = until.min(Instant::now() + self.deadline);
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

    /// Asks the first model that the key has access to, with what it accepts. Retries until the given instant. Adds
    /// everything that was spent to the effort.
    ///
    /// # Errors
    /// The last [`CallError`]; the reasons of all are in the effort.
    pub async fn ask(
        &self,
        prompt: &Prompt<'_>,
        until: Instant,
        effort: &mut Effort,
    ) -> Result<Reply<'_>, CallError> {
        let mut candidates = self.models.candidates().peekable();
        let mut failure = CallError::from(Reason::ModelNotFound);
        while let Some(model) = candidates.next() {
            let before = effort.dollars;
            let result = self.ask_one(model, prompt, until, effort).await;
            self.budget.spend(effort.dollars - before);
            match result {
                Err(error) if error.reason == Reason::ModelNotFound => {
                    model.miss(candidates.peek().copied());
                    failure = error;
                }
                result => return result,
            }
        }
        self.models.none_exists();
        Err(failure)
    }

    /// Asks this model, and again without what it turns out not to accept.
    async fn ask_one<'a>(
        &self,
        model: &'a ListedModel,
        prompt: &Prompt<'_>,
        until: Instant,
        effort: &mut Effort,
    ) -> Result<Reply<'a>, CallError> {
        let mut abilities = model.abilities();
        let mut is_guess = false;
        // Servers may contradict themselves; what was refused before isn't sent again.
        let mut tried = vec![abilities];
        loop {
            let request = ChatRequest::new(&model.name, prompt, abilities);
            let completion = self.client.complete(&request, until, model.price, effort);
            let error = match completion.await {
                Ok(completion) => {
                    if completion.is_cut {
                        model.cut();
                    } else {
                        model.succeed(is_guess.then_some(abilities));
                    }
                    return Ok(Reply {
                        content: completion.content,
                        model: &model.name,
                        is_cut: completion.is_cut,
                    });
                }
                Err(error) => error,
            };
            match error.reason {
                Reason::BadRequest => match abilities.learn(error.words()) {
                    _ if tried.contains(&abilities) => return Err(error),
                    Learnt::Named if is_guess => {}
                    Learnt::Named => model.change(abilities),
                    Learnt::Guessed => is_guess = true,
                    Learnt::Nothing => return Err(error),
                },
                Reason::Length => {
                    model.cut();
                    return Err(error);
                }
                _ => return Err(error),
            }
            tried.push(abilities);
        }
    }
}
