//! Request and reply of chat completions, as far as they are used.
//!
//! Source: <https://platform.openai.com/docs/api-reference/chat>.

use super::abilities::{Abilities, Reasoning};
use crate::relay::fault::Reason;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{borrow::Cow, sync::LazyLock};

/// `POST chat/completions`.
#[derive(Debug, Serialize)]
pub struct ChatRequest<'a> {
    model: &'a str,
    messages: &'a [Message<'a>],
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

/// One message of the conversation.
#[derive(Debug, Clone, Serialize)]
pub struct Message<'a> {
    /// `system`, `user` or `assistant`.
    pub role: &'static str,
    /// Its text.
    pub content: Cow<'a, str>,
}

impl<'a> ChatRequest<'a> {
    /// A request with what the model can do, for a reply of at most `tokens`.
    #[must_use]
    pub(super) fn new(
        model: &'a str,
        messages: &'a [Message<'a>],
        schema: &'a Value,
        abilities: Abilities,
        tokens: u32,
    ) -> Self {
        Self {
            model,
            messages,
            max_completion_tokens: (!abilities.old_limit).then_some(tokens),
            max_tokens: abilities.old_limit.then_some(tokens),
            // The likeliest question is the best one, and the same for every cache.
            temperature: abilities.temperature.then_some(0.0),
            reasoning_effort: match abilities.reasoning {
                Reasoning::Unsaid => None,
                Reasoning::None => Some("none"),
                Reasoning::Minimal => Some("minimal"),
                Reasoning::Low => Some("low"),
            },
            response_format: abilities.schema.then_some(schema),
        }
    }
}

/// The JSON schema of a [`Proposal`]; strict, so every field is required.
pub static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    json!({"type": "json_schema", "json_schema": {"name": "move", "strict": true, "schema": {
        "type": "object",
        "properties": {
            "candidates": {"type": "array", "items": {"type": "string"}},
            "kind": {"type": "string", "enum": ["question", "guess"]},
            "text": {"type": "string"}
        },
        "required": ["candidates", "kind", "text"],
        "additionalProperties": false
    }}})
});

/// What the model wants to do, unchecked. The candidates are there to make it think; nobody reads
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Proposal {
    /// `question` or `guess`.
    pub kind: Kind,
    /// The question, or the name of the thing.
    pub text: String,
}

/// What kind of move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A yes/no question.
    Question,
    /// The name of a thing.
    Guess,
}

/// A reply that has a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the model wrote.
    pub content: String,
    /// Tokens of the prompt.
    pub tokens_in: u64,
    /// Tokens of the reply.
    pub tokens_out: u64,
}

#[derive(Deserialize)]
struct ChatReply {
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: ReplyMessage,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct ReplyMessage {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Default, Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

/// Reads a reply of status 200. The tokens count even where the text is of no use.
///
/// # Errors
/// A [`Reason`] that asks for a repair, and the tokens that were spent all the same.
pub fn read_reply(body: &[u8]) -> Result<Completion, (Reason, u64, u64)> {
    let value: Value = serde_json::from_slice(body).map_err(|_| (Reason::NotJson, 0, 0))?;
    let reply = ChatReply::deserialize(value).map_err(|_| (Reason::WrongShape, 0, 0))?;
    let Usage {
        prompt_tokens,
        completion_tokens,
    } = reply.usage.unwrap_or_default();
    let fault = |reason| (reason, prompt_tokens, completion_tokens);
    let choice = reply.choices.into_iter().next();
    let choice = choice.ok_or(fault(Reason::NoChoices))?;
    match choice.finish_reason.as_deref() {
        Some("length") => return Err(fault(Reason::Length)),
        Some("content_filter") => return Err(fault(Reason::ContentFilter)),
        _ => {}
    }
    if choice
        .message
        .refusal
        .is_some_and(|words| !words.is_empty())
    {
        return Err(fault(Reason::Refusal));
    }
    let content = choice.message.content.unwrap_or_default();
    if content.trim().is_empty() {
        return Err(fault(Reason::Empty));
    }
    Ok(Completion {
        content,
        tokens_in: prompt_tokens,
        tokens_out: completion_tokens,
    })
}

/// Finds the move in what the model wrote: JSON, which a model without a schema may wrap in words
/// or in a fence.
#[must_use]
pub fn read_proposal(content: &str) -> Option<Proposal> {
    let (from, to) = (content.find('{')?, content.rfind('}')?);
    serde_json::from_str(content.get(from..=to)?).ok()
}

/// What an error reply says: the code to branch on, and words to learn from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ErrorReply {
    /// `error.code`, else `error.type`.
    pub code: String,
    /// All that the error says, in lower case.
    pub words: String,
}

/// Reads an error reply of any server: OpenAI's, or one that only looks like it.
#[must_use]
pub fn read_error(body: &[u8]) -> ErrorReply {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return ErrorReply::default();
    };
    let error = value.get("error").unwrap_or(&value);
    let field = |name: &str| error.get(name).and_then(Value::as_str);
    ErrorReply {
        code: field("code")
            .or(field("type"))
            .unwrap_or_default()
            .to_owned(),
        words: error.to_string().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_found_in_what_models_write() {
        let fly = Some(Proposal {
            kind: Kind::Question,
            text: "Can it fly?".to_owned(),
        });
        let cases = [
            (
                r#"{"candidates":["a bat"],"kind":"question","text":"Can it fly?"}"#,
                fly.clone(),
            ),
            (
                "```json\n{\"kind\":\"question\",\"text\":\"Can it fly?\"}\n```",
                fly.clone(),
            ),
            (
                "Sure! {\"text\":\"Can it fly?\",\"kind\":\"question\",\"why\":1} Good luck.",
                fly,
            ),
            ("Can it fly?", None),
            ("{\"kind\":\"answer\",\"text\":\"Can it fly?\"}", None),
            ("} {", None),
            ("", None),
        ];
        for (content, expected) in cases {
            assert_eq!(read_proposal(content), expected, "{content}");
        }
    }

    #[test]
    fn errors_of_several_servers_are_read() {
        let openai = br#"{"error":{"message":"Unsupported parameter","type":"invalid_request_error","param":"temperature","code":"unsupported_parameter"}}"#;
        assert_eq!(read_error(openai).code, "unsupported_parameter");
        assert!(read_error(openai).words.contains("temperature"));
        let typed = br#"{"error":{"message":"model \"x\" not found","type":"not_found_error","code":null}}"#;
        assert_eq!(read_error(typed).code, "not_found_error");
        assert!(
            read_error(br#"{"error":"max_tokens is too big"}"#)
                .words
                .contains("max_tokens")
        );
        assert_eq!(
            read_error(b"<html>Bad gateway</html>"),
            ErrorReply::default()
        );
    }
}
