//! Request and reply of chat completions, as far as this crate uses them.
//!
//! Source: <https://platform.openai.com/docs/api-reference/chat>.

use crate::{
    abilities::{Abilities, Reasoning},
    fault::{CallError, Reason},
};
use serde::{Deserialize, Serialize};
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
            messages: prompt.messages,
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

/// A reply that has a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What the model wrote.
    pub(crate) content: String,
    /// What it cost.
    pub(crate) usage: Usage,
}

/// The tokens of one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Usage {
    /// Tokens of the prompt.
    #[serde(default, rename = "prompt_tokens")]
    pub(crate) input: u64,
    /// Tokens of the reply.
    #[serde(default, rename = "completion_tokens")]
    pub(crate) output: u64,
}

/// A reply with status 200 but without a usable text. Its tokens were spent all the same.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct ReplyError {
    /// Why; its remedy is a repair.
    pub(crate) reason: Reason,
    /// What it cost.
    pub(crate) usage: Usage,
    /// Set for errors of syntax only: errors of shape quote the reply.
    source: Option<serde_json::Error>,
}

impl From<ReplyError> for CallError {
    fn from(error: ReplyError) -> Self {
        match error.source {
            Some(source) => Self::caused_by(error.reason, source),
            None => error.reason.into(),
        }
    }
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

/// Reads a reply with status 200.
///
/// # Errors
/// [`ReplyError`] if it has no text.
pub(crate) fn read_reply(body: &[u8]) -> Result<Completion, ReplyError> {
    let error = |reason, usage| ReplyError {
        reason,
        usage,
        source: None,
    };
    let value: Value = serde_json::from_slice(body).map_err(|source| ReplyError {
        source: Some(source),
        ..error(Reason::NotJson, Usage::default())
    })?;
    let reply =
        ChatReply::deserialize(value).map_err(|_| error(Reason::WrongShape, Usage::default()))?;
    let usage = reply.usage.unwrap_or_default();
    let choice = reply.choices.into_iter().next();
    let choice = choice.ok_or_else(|| error(Reason::NoChoices, usage))?;
    match choice.finish_reason.as_deref() {
        Some("length") => return Err(error(Reason::Length, usage)),
        Some("content_filter") => return Err(error(Reason::ContentFilter, usage)),
        _ => {}
    }
    if choice
        .message
        .refusal
        .is_some_and(|words| !words.is_empty())
    {
        return Err(error(Reason::Refusal, usage));
    }
    let content = choice.message.content.unwrap_or_default();
    if content.trim().is_empty() {
        return Err(error(Reason::Empty, usage));
    }
    Ok(Completion { content, usage })
}

/// What an error reply says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorReply {
    /// `error.code`, or else `error.type`.
    pub(crate) code: String,
    /// The whole error in lower case, to learn from.
    pub(crate) words: String,
}

/// Reads an error reply of OpenAI, or of a server that only looks like it.
#[must_use]
pub(crate) fn read_error(body: &[u8]) -> ErrorReply {
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
    use crate::chain::Chain;

    #[test]
    fn a_reply_without_text_still_counts_its_tokens() {
        let body = br#"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":1}}"#;
        let error = read_reply(body).unwrap_err();
        assert_eq!(error.reason, Reason::NoChoices);
        assert_eq!((error.usage.input, error.usage.output), (7, 1));
    }

    #[test]
    fn an_error_in_a_reply_does_not_quote_it() {
        for body in ["secret", r#"{"choices":"secret"}"#] {
            let error = CallError::from(read_reply(body.as_bytes()).unwrap_err());
            let shown = Chain(&error).to_string();
            assert!(!shown.contains("secret"), "{shown}");
        }
    }

    #[test]
    fn errors_of_different_servers_are_read() {
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
