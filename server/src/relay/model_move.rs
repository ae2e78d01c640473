//! Asks the model for a move, checks it, and gives the model one chance to repair it.

use super::{
    built_in::BuiltInGuesser,
    checks::{self, Objection},
    prompt,
    proposal::{Proposal, SCHEMA},
};
use game::{Move, Transcript};
use model::{CallError, Effort, Model, Prompt, Reason, Remedy};
use tokio::time::Instant;

/// Tokens that a reply may have. A move needs about a hundred.
const TOKENS: u32 = 400;

/// Tokens of the repair. The first reply may have been cut off after long reasoning.
const REPAIR_TOKENS: u32 = 4 * TOKENS;

/// A checked move.
pub(super) struct ModelMove {
    pub(super) mv: Move,
    /// The name of the model.
    pub(super) model: String,
}

/// What was spent on a move, whether one came of it or not.
#[derive(Debug, Default)]
pub(super) struct Spent {
    pub(super) effort: Effort,
    /// Requests that told the model what was wrong with its last reply.
    pub(super) repairs: u32,
    /// Replies that repeated a question or a guess.
    pub(super) repeats: u32,
}

/// A checked move of the model, after at most one repair.
///
/// # Errors
/// Why there is none; [`Reason::Unusable`] if the repair can't be played either.
pub(super) async fn next_move(
    model: &Model,
    guesser: &BuiltInGuesser,
    transcript: &Transcript,
    spent: &mut Spent,
) -> Result<ModelMove, CallError> {
    model
        .supervise(async |until| ask(model, guesser, transcript, until, spent).await)
        .await
}

async fn ask(
    model: &Model,
    guesser: &BuiltInGuesser,
    transcript: &Transcript,
    until: Instant,
    spent: &mut Spent,
) -> Result<ModelMove, CallError> {
    let mut messages = prompt::messages(transcript);
    loop {
        let prompt = Prompt {
            messages: &messages,
            schema: &SCHEMA,
            tokens: if spent.repairs > 0 {
                REPAIR_TOKENS
            } else {
                TOKENS
            },
        };
        let (reply, objection, error) = match model.ask(&prompt, until, &mut spent.effort).await {
            Ok(reply) => match read(&reply.content, guesser, transcript) {
                Ok(mv) => {
                    let model = reply.model.to_owned();
                    return Ok(ModelMove { mv, model });
                }
                Err(objection) => (Some(reply.content), objection, Reason::Unusable.into()),
            },
            Err(error) if error.reason.remedy() == Remedy::Repair => {
                (None, Objection::NoReply, error)
            }
            Err(error) => return Err(error),
        };
        spent.repeats += u32::from(objection.is_repeat());
        if spent.repairs > 0 {
            return Err(error);
        }
        spent.repairs += 1;
        messages.extend(prompt::repair(reply, &objection));
    }
}

/// The move in a reply, if it can be played.
fn read(reply: &str, guesser: &BuiltInGuesser, transcript: &Transcript) -> Result<Move, Objection> {
    let proposal = Proposal::read(reply).ok_or(Objection::NotJson)?;
    checks::check(&proposal, transcript, guesser.knowledge())
}
