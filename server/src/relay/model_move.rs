//! Asks the model for a move, checks it, and gives the model one chance to repair it.

use super::{
    built_in::BuiltInGuesser,
    checks::{self, Objection},
    contradiction::Contradictions,
    prompt,
    proposal::{Proposal, SCHEMA},
};
use game::{Move, Transcript};
use jiff::civil::Date;
use model::{CallError, Effort, Model, Prompt, Reason, Remedy};
use std::time::Duration;
use tokio::time::Instant;

/// Tokens that a reply may have. A move needs about a hundred.
const TOKENS: u32 = 400;

/// Tokens of the repair. The first reply may have been cut off after long reasoning.
const REPAIR_TOKENS: u32 = 4 * TOKENS;

/// With less time left than this, a repair isn't worth its cost.
const WORTHWHILE: Duration = Duration::from_secs(1);

/// A checked move.
pub(super) struct ModelMove {
    pub(super) mv: Move,
    /// The name of the model.
    pub(super) model: String,
}

/// The game in which the model has to move.
pub(super) struct Game<'a> {
    pub(super) transcript: &'a Transcript,
    /// The date, since a model knows only that of its training.
    pub(super) today: Date,
    pub(super) guesser: &'a BuiltInGuesser,
}

/// What was spent on a move, whether one came of it or not.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    /// What the model has cost.
    pub(crate) effort: Effort,
    /// Requests that told the model what was wrong with its last reply.
    pub(crate) repairs: u32,
    /// Replies that repeated a question or a guess.
    pub(crate) repeats: u32,
}

/// A checked move of the model, after at most one repair.
///
/// # Errors
/// Why there is none; [`Reason::Unusable`] if the repair can't be played either.
pub(super) async fn next_move(
    model: &Model,
    game: &Game<'_>,
    until: Instant,
    spent: &mut Spent,
) -> Result<ModelMove, CallError> {
    model
        .supervise(until, async |until| ask(model, game, until, spent).await)
        .await
}

async fn ask(
    model: &Model,
    game: &Game<'_>,
    until: Instant,
    spent: &mut Spent,
) -> Result<ModelMove, CallError> {
    let mut messages = prompt::messages(game.transcript, game.today);
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
            Ok(reply) => {
                let proposal = Proposal::read(&reply.content);
                // Here no escape and no invisible character is left that would hide a key.
                if proposal
                    .as_ref()
                    .is_some_and(|proposal| model.is_key_in(&proposal.text))
                {
                    spent.effort.faults.push(Reason::KeyInReply);
                    return Err(Reason::KeyInReply.into());
                }
                match game.check(proposal, spent.repairs > 0) {
                    Ok(mv) => {
                        let model = reply.model.to_owned();
                        return Ok(ModelMove { mv, model });
                    }
                    Err(_) if reply.is_cut => {
                        spent.effort.faults.push(Reason::Length);
                        (None, Objection::NoReply, Reason::Length.into())
                    }
                    Err(objection) => (Some(reply.content), objection, Reason::Unusable.into()),
                }
            }
            Err(error) if error.reason.remedy() == Remedy::Repair => {
                (None, Objection::NoReply, error)
            }
            Err(error) => return Err(error),
        };
        spent.repeats += u32::from(objection.is_repeat());
        let is_late = until.saturating_duration_since(Instant::now()) < WORTHWHILE;
        if spent.repairs > 0 || is_late {
            return Err(error);
        }
        spent.repairs += 1;
        messages.extend(prompt::repair(reply, &objection));
    }
}

impl Game<'_> {
    /// The move of a proposal, if it can be played. In a repair, the model may insist on a guess that answers
    /// contradict: it may know better than the guesser.
    fn check(&self, proposal: Option<Proposal>, is_repair: bool) -> Result<Move, Objection> {
        let proposal = proposal.ok_or(Objection::NotJson)?;
        let mv = checks::check(&proposal, self.transcript, self.guesser.knowledge())?;
        match Contradictions::find(&mv, self.transcript, self.guesser) {
            Some(contradictions) if !is_repair => Err(Objection::Contradicted(contradictions)),
            _ => Ok(mv),
        }
    }
}
