//! The model as the player: for evaluations only.

use super::{OpenAi, wire::Message};
use crate::relay::{effort::Effort, fault::Reason};
use game::{Answer, Move};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{borrow::Cow, sync::LazyLock};
use tokio::time::Instant;

#[derive(Deserialize)]
struct Verdict {
    answer: Answer,
}

impl OpenAi {
    /// What a player who thinks of this thing would answer.
    ///
    /// # Errors
    /// The [`Reason`] why the model doesn't say.
    pub async fn judge(&self, thing: &str, mv: &Move) -> Result<Answer, Reason> {
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
        let messages = [Message {
            role: "user",
            content: Cow::Owned(content),
        }];
        let until = Instant::now() + self.deadline;
        // The cost of a player isn't that of a game.
        let mut effort = Effort::default();
        let (completion, _) = self
            .complete(&messages, &SCHEMA, until, &mut effort)
            .await
            .map_err(|fault| fault.reason)?;
        let content = completion.content;
        let json = content
            .find('{')
            .zip(content.rfind('}'))
            .and_then(|(from, to)| content.get(from..=to))
            .ok_or(Reason::Unusable)?;
        let verdict: Verdict = serde_json::from_str(json).map_err(|_| Reason::Unusable)?;
        Ok(match verdict.answer {
            Answer::Unsure if mv.is_guess() => Answer::No,
            answer => answer,
        })
    }
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    json!({"type": "json_schema", "json_schema": {"name": "verdict", "strict": true, "schema": {
        "type": "object",
        "properties": {"answer": {"type": "string", "enum": ["yes", "no", "unsure"]}},
        "required": ["answer"],
        "additionalProperties": false
    }}})
});
