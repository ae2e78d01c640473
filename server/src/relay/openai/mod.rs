//! A model of OpenAI, or of any server that speaks its chat completions.

mod abilities;
mod circuit;
mod client;
mod judge;
mod models;
pub mod prompt;
pub mod wire;

pub use client::ClientError;

use super::{
    checks::{self, Objection},
    effort::Effort,
    fault::{Fault, Reason, Remedy},
};
use crate::config::Upstream;
use circuit::Circuit;
use client::Client;
use game::{Move, Transcript};
use models::{Model, Models};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};
use wire::{ChatRequest, Completion, Message};

/// Asks the model, checks what it says, and has one mistake put right.
#[derive(Debug)]
pub struct OpenAi {
    client: Arc<Client>,
    models: Models,
    circuit: Circuit,
    deadline: Duration,
}

/// No move came of it.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Why.
    pub reason: Reason,
    /// What was spent in vain.
    pub effort: Effort,
}

impl OpenAi {
    /// Ready to ask this server.
    ///
    /// # Errors
    /// [`ClientError`], where the system has no certificates, for example.
    pub fn new(upstream: &Upstream) -> Result<Self, ClientError> {
        Ok(Self {
            client: Arc::new(Client::new(upstream)?),
            models: Models::new(&upstream.models),
            circuit: Circuit::default(),
            deadline: upstream.deadline,
        })
    }

    /// The model and the days until it is shut down, if that is announced.
    #[must_use]
    pub fn days_left(&self) -> Option<(&str, i32)> {
        self.models.days_left()
    }

    /// A checked move, after at most one repair.
    async fn play(
        &self,
        transcript: &Transcript,
        until: Instant,
        effort: &mut Effort,
    ) -> Result<(Move, String), Fault> {
        let mut messages = prompt::messages(transcript);
        loop {
            let completed = self.complete(&messages, &wire::SCHEMA, until, effort).await;
            let (reply, objection, reason) = match completed {
                Ok((completion, model)) => match propose(&completion, transcript) {
                    Ok(mv) => return Ok((mv, model.name.clone())),
                    Err(objection) => (Some(completion.content), objection, Reason::Unusable),
                },
                Err(fault) if fault.reason.remedy() == Remedy::Repair => {
                    (None, Objection::NoReply, fault.reason)
                }
                Err(fault) => return Err(fault),
            };
            effort.repeats += u32::from(objection.is_repeat());
            if effort.repairs > 0 {
                return Err(reason.into());
            }
            effort.repairs += 1;
            messages.extend(prompt::repair(reply, &objection));
        }
    }

    /// A reply of the first model that the key has, in the terms that it takes.
    async fn complete(
        &self,
        messages: &[Message<'_>],
        schema: &Value,
        until: Instant,
        effort: &mut Effort,
    ) -> Result<(Completion, &Model), Fault> {
        let mut model = self.models.current();
        let mut abilities = model.abilities();
        loop {
            // A reply that was cut may have been thought over for long.
            let tokens = abilities.tokens() * if effort.repairs > 0 { 4 } else { 1 };
            let request = ChatRequest::new(&model.name, messages, schema, abilities, tokens);
            match self.client.ask(&request, until, model.price, effort).await {
                Ok(completion) => {
                    model.remember(abilities);
                    return Ok((completion, model));
                }
                Err(fault)
                    if fault.reason == Reason::BadRequest && abilities.learn(&fault.words) => {}
                Err(fault)
                    if fault.reason == Reason::ModelNotFound && self.models.retire(model) =>
                {
                    model = self.models.current();
                    abilities = model.abilities();
                }
                Err(fault) => return Err(fault),
            }
        }
    }
}

/// The move in a reply, if it can be played.
fn propose(completion: &Completion, transcript: &Transcript) -> Result<Move, Objection> {
    let proposal = wire::read_proposal(&completion.content).ok_or(Objection::NotJson)?;
    checks::check(&proposal, transcript)
}

impl OpenAi {
    pub(super) async fn next_move(
        &self,
        transcript: &Transcript,
    ) -> Result<(Move, String, Effort), Failure> {
        let mut effort = Effort::default();
        if !self.circuit.admits(self.deadline) {
            let reason = Reason::CircuitOpen;
            return Err(Failure { reason, effort });
        }
        self.models.watch(&self.client);
        let until = Instant::now() + self.deadline;
        let played = timeout_at(until, self.play(transcript, until, &mut effort))
            .await
            .unwrap_or_else(|_| Err(Reason::Deadline.into()));
        match played {
            Ok((mv, by)) => {
                self.circuit.close();
                Ok((mv, by, effort))
            }
            Err(Fault { reason, after, .. }) => {
                // A reply that can't be used comes from a server that is well.
                if matches!(reason.remedy(), Remedy::Repair) || reason == Reason::Unusable {
                    self.circuit.close();
                } else if self.circuit.fail(reason, after) {
                    if reason.remedy() == Remedy::Alarm {
                        tracing::error!(%reason, "the model can't be asked; the guesser plays, and it is tried again in a minute");
                    } else {
                        tracing::warn!(%reason, "the model fails; it is left alone for a while, and the guesser plays");
                    }
                }
                Err(Failure { reason, effort })
            }
        }
    }
}
