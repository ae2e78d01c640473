//! Lets the model answer in place of the player.

use crate::relay::proposal::last_in;
use game::{Answer, Move};
use model::{CallError, Effort, Message, Model, Prompt, Reason};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;
use tokio::time::Instant;

/// Tokens that a reply may have. It needs about ten.
const TOKENS: u32 = 400;

#[derive(Deserialize)]
struct Verdict {
    answer: Answer,
}

/// What a player who thinks of this thing would answer.
///
/// # Errors
/// Why the model doesn't say.
pub(super) async fn answer(model: &Model, thing: &str, mv: &Move) -> Result<Answer, CallError> {
    let rule = if mv.is_guess() {
        "Say yes only if the guess names that very thing, if in other words; else no."
    } else {
        "Say yes or no as most people would, unsure if it truly depends."
    };
    let content = format!(
        "In a game of Twenty Questions the thing is: {thing}. Answer for the player.\n\
         The question: {mv}\n{rule}\n\
         Reply with JSON only: {{\"answer\": \"yes\" or \"no\" or \"unsure\"}}"
    );
    let prompt = Prompt {
        messages: &[Message::user(content)],
        schema: &SCHEMA,
        tokens: TOKENS,
    };
    // Not supervised: an evaluation stops at the first failure, so there is nothing for a circuit breaker to save.
    let until = Instant::now() + model.deadline();
    // Not reported: the cost of a game is that of the questioner alone.
    let mut effort = Effort::default();
    let reply = model.ask(&prompt, until, &mut effort).await?;
    let Verdict { answer } = last_in(&reply.content).ok_or(Reason::Unusable)?;
    Ok(match answer {
        Answer::Unsure if mv.is_guess() => Answer::No,
        answer => answer,
    })
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    json!({"type": "json_schema", "json_schema": {"name": "verdict", "strict": true, "schema": {
        "type": "object",
        "properties": {"answer": {"type": "string", "enum": ["yes", "no", "unsure"]}},
        "required": ["answer"],
        "additionalProperties": false
    }}})
});
