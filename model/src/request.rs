//! The request of chat completions, with the parameters that a model accepts.
//!
//! Source: <https://platform.openai.com/docs/api-reference/chat/create>.

use crate::abilities::{Abilities, Reasoning};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// What to ask.
#[derive(Debug, Clone, Copy)]
pub struct Prompt<'a> {
    /// The conversation so far.
    pub messages: &'a [Message<'a>],
    /// The `response_format`, such as a strict JSON schema. Some models are asked without it because they don't accept
    /// it, so the messages have to ask for JSON in words as well.
    pub schema: &'a Value,
    /// How many tokens the reply may have, without the model's reasoning.
    pub tokens: u32,
}

/// `POST chat/completions`.
#[derive(Debug, Serialize)]
pub(crate) struct ChatRequest<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<&'a Value>,
}

/// One message of a conversation.
#[derive(Debug, Clone, Serialize)]
pub struct Message<'a> {
    /// `system`, `user` or `assistant`.
    pub role: &'static str,
    /// Its text.
    pub content: Cow<'a, str>,
}

impl<'a> Message<'a> {
    /// Instructions for the model.
    #[must_use]
    pub fn system(content: impl Into<Cow<'a, str>>) -> Self {
        let (role, content) = ("system", content.into());
        Self { role, content }
    }

    /// What the model should reply to.
    #[must_use]
    pub fn user(content: impl Into<Cow<'a, str>>) -> Self {
        let (role, content) = ("user", content.into());
        Self { role, content }
    }

    /// An earlier reply of the model.
    #[must_use]
    pub fn assistant(content: impl Into<Cow<'a, str>>) -> Self {
        let (role, content) = ("assistant", content.into());
        Self { role, content }
    }
}

impl<'a> ChatRequest<'a> {
    /// A request with the parameters that the model accepts.
    #[must_use]
    pub(crate) fn new(model: &'a str, prompt: &Prompt<'a>, abilities: Abilities) -> Self {
        let limit = abilities.token_limit(prompt.tokens);
        Self {
            model,
            messages: conversation(prompt.messages, abilities),
            max_completion_tokens: (!abilities.old_limit).then_some(limit),
            max_tokens: abilities.old_limit.then_some(limit),
            // The likeliest reply, and the same one each time, which suits caches.
            temperature: abilities.temperature.then_some(0.0),
            reasoning_effort: match abilities.reasoning {
                Reasoning::Unsaid => None,
                Reasoning::None => Some("none"),
                Reasoning::Minimal => Some("minimal"),
                Reasoning::Low => Some("low"),
            },
            response_format: abilities.schema.then_some(prompt.schema),
        }
    }
}

impl ChatRequest<'_> {
    /// How many tokens the reply may have.
    pub(crate) fn tokens(&self) -> u32 {
        let limit = self.max_completion_tokens.or(self.max_tokens);
        limit.unwrap_or_default()
    }
}

/// The messages with the roles that the model accepts. Many local models want user and assistant to alternate, so
/// neighbours of one role become one message; some have no system role, so instructions go to the user's message.
fn conversation<'a>(messages: &'a [Message<'a>], abilities: Abilities) -> Vec<Message<'a>> {
    let mut conversation: Vec<Message<'a>> = Vec::with_capacity(messages.len());
    for message in messages {
        let role = match message.role {
            "system" if !abilities.system => "user",
            role => role,
        };
        match conversation.last_mut().filter(|last| last.role == role) {
            Some(last) => {
                let content = last.content.to_mut();
                content.push_str("\n\n");
                content.push_str(&message.content);
            }
            None => conversation.push(Message {
                role,
                content: Cow::Borrowed(&*message.content),
            }),
        }
    }
    conversation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_alternate_and_a_model_without_a_system_role_gets_none() {
        let messages = [
            Message::system("Play."),
            Message::user("Move 1."),
            Message::user("That can't be used."),
            Message::assistant("{}"),
            Message::user("Nor that."),
        ];
        let shown = |abilities| {
            let conversation = conversation(&messages, abilities);
            let lines = conversation
                .iter()
                .map(|message| format!("{}: {}", message.role, message.content));
            lines.collect::<Vec<_>>()
        };
        let all = Abilities::of("gpt-4.1");
        let two = "user: Move 1.\n\nThat can't be used.";
        assert_eq!(
            shown(all),
            ["system: Play.", two, "assistant: {}", "user: Nor that."]
        );
        let without = Abilities {
            system: false,
            ..all
        };
        let three = "user: Play.\n\nMove 1.\n\nThat can't be used.";
        assert_eq!(shown(without), [three, "assistant: {}", "user: Nor that."]);
    }
}
