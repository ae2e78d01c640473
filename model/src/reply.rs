//! The reply of chat completions. Servers that call themselves compatible differ in what surrounds the text, so whatever
//! has a text is read.
//!
//! Source: <https://platform.openai.com/docs/api-reference/chat/object>.

use crate::{
    fault::{CallError, Reason},
    refusal,
};
use serde_json::Value;

/// More tokens than this in one call are a mistake of the server: no model has such a context.
const MOST_TOKENS: f64 = 1e7;

/// A reply that has a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What the model wrote.
    pub(crate) content: String,
    /// Whether it was cut off at its token limit. What is there may be enough.
    pub(crate) is_cut: bool,
}

/// The tokens of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Tokens of the prompt.
    pub(crate) input: u64,
    /// Tokens of the reply, with those of reasoning.
    pub(crate) output: u64,
}

/// Reads the body of a response with status 200: what it holds, and the tokens that it says were spent.
pub(crate) fn read(body: &[u8]) -> (Result<Completion, CallError>, Option<Usage>) {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => (completion(&value), usage(&value["usage"])),
        // An error of syntax quotes nothing.
        Err(error) => (Err(CallError::caused_by(Reason::NotJson, error)), None),
    }
}

fn completion(reply: &Value) -> Result<Completion, CallError> {
    if let Some(error) = refusal::error_in(reply) {
        return Err(error);
    }
    let choices = reply["choices"].as_array().ok_or(Reason::WrongShape)?;
    if choices.is_empty() {
        return Err(Reason::NoChoices.into());
    }
    let mut failure = Reason::WrongShape;
    for choice in choices {
        match choice_text(choice) {
            Ok(completion) => return Ok(completion),
            Err(reason) => failure = reason,
        }
    }
    Err(failure.into())
}

fn choice_text(choice: &Value) -> Result<Completion, Reason> {
    let finish = choice["finish_reason"].as_str().unwrap_or_default();
    let is_cut = matches!(finish, "length" | "max_tokens");
    if finish == "content_filter" {
        return Err(Reason::ContentFilter);
    }
    let message = &choice["message"];
    if !message.is_object() {
        return Err(Reason::WrongShape);
    }
    match &message["refusal"] {
        Value::String(words) if !words.trim().is_empty() => return Err(Reason::Refusal),
        Value::Bool(true) => return Err(Reason::Refusal),
        _ => {}
    }
    let content = text(&message["content"]);
    if !content.trim().is_empty() {
        return Ok(Completion { content, is_cut });
    }
    Err(if is_cut {
        Reason::Length
    } else {
        Reason::Empty
    })
}

/// A content's text: a string, or an array of parts of which some have a text.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text).collect(),
        // The thoughts of some models are a part of their own.
        Value::Object(part) if part.get("type").is_some_and(|kind| kind == "thinking") => {
            String::new()
        }
        Value::Object(part) => part.get("text").map(text).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The tokens, if both numbers can be true.
fn usage(usage: &Value) -> Option<Usage> {
    let tokens = |name: &str| {
        let number = usage[name].as_f64()?;
        (0.0..=MOST_TOKENS)
            .contains(&number)
            .then_some(number as u64)
    };
    Some(Usage {
        input: tokens("prompt_tokens")?,
        output: tokens("completion_tokens")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;
    use serde_json::json;

    fn content(body: &str) -> Result<(String, bool), Reason> {
        let completion = read(body.as_bytes()).0.map_err(|error| error.reason)?;
        Ok((completion.content, completion.is_cut))
    }

    #[test]
    fn a_text_is_found_whatever_surrounds_it() {
        let hello = |choice: Value| json!({"choices": [choice]}).to_string();
        let message = json!({"content": "Hello"});
        let whole = [
            hello(json!({"message": message})),
            hello(json!({"message": message, "finish_reason": 1})),
            hello(json!({"message": message, "finish_reason": null, "logprobs": {}})),
            hello(json!({"message": {"content": "Hello", "refusal": false}})),
            hello(json!({"message": {"content": "Hello", "refusal": ""}})),
            hello(
                json!({"message": {"content": [{"type": "text", "text": "He"}, {"type": "text", "text": "llo"}]}}),
            ),
            hello(
                json!({"message": {"content": [{"type": "thinking", "text": "Hm"}, {"text": "Hello"}]}}),
            ),
            hello(json!({"message": {"content": ["Hello"]}})),
            format!("\u{feff}{}", hello(json!({"message": message}))),
            json!({"error": null, "choices": [{"message": message}]}).to_string(),
            json!({"choices": [{"message": {"content": null}}, {"message": message}]}).to_string(),
            json!({"choices": [{"message": message}], "usage": "free"}).to_string(),
        ];
        for body in whole {
            assert_eq!(content(&body), Ok(("Hello".to_owned(), false)), "{body}");
        }
        let cut = hello(json!({"message": message, "finish_reason": "length"}));
        assert_eq!(content(&cut), Ok(("Hello".to_owned(), true)));
    }

    #[test]
    fn a_reply_without_a_text_says_why() {
        let cases = [
            ("<html>", Reason::NotJson),
            ("", Reason::NotJson),
            ("[]", Reason::WrongShape),
            ("{}", Reason::WrongShape),
            (r#"{"choices":[]}"#, Reason::NoChoices),
            (r#"{"choices":["Hello"]}"#, Reason::WrongShape),
            (
                r#"{"choices":[{"message":{"content":" "}}]}"#,
                Reason::Empty,
            ),
            (r#"{"choices":[{"message":{"content":7}}]}"#, Reason::Empty),
            (
                r#"{"choices":[{"message":{"content":"No","refusal":true}}]}"#,
                Reason::Refusal,
            ),
            (
                r#"{"choices":[{"message":{"content":""},"finish_reason":"length"}]}"#,
                Reason::Length,
            ),
            (
                r#"{"choices":[{"message":{"content":"x"},"finish_reason":"content_filter"}]}"#,
                Reason::ContentFilter,
            ),
            (
                r#"{"error":{"message":"overloaded","code":503}}"#,
                Reason::ServerError,
            ),
        ];
        for (body, reason) in cases {
            assert_eq!(content(body), Err(reason), "{body}");
        }
    }

    #[test]
    fn only_numbers_that_can_be_true_are_tokens() {
        let read = |usage: &str| {
            let body = format!(r#"{{"choices":[],"usage":{usage}}}"#);
            read(body.as_bytes())
                .1
                .map(|usage| (usage.input, usage.output))
        };
        let both = |input: &str, output: &str| {
            read(&format!(
                r#"{{"prompt_tokens":{input},"completion_tokens":{output}}}"#
            ))
        };
        assert_eq!(both("7", "1"), Some((7, 1)));
        assert_eq!(both("7.0", "1.9"), Some((7, 1)));
        for (input, output) in [
            ("-1", "1"),
            ("1", "18446744073709551615"),
            ("null", "1"),
            ("\"7\"", "1"),
        ] {
            assert_eq!(both(input, output), None, "{input} {output}");
        }
        for usage in ["null", "7", "[]", "{}"] {
            assert_eq!(read(usage), None, "{usage}");
        }
    }

    #[test]
    fn an_error_in_a_reply_does_not_quote_it() {
        for body in ["secret", r#"{"choices":"secret"}"#, r#"{"error":"secret"}"#] {
            let error = read(body.as_bytes()).0.unwrap_err();
            for shown in [Chain(&error).to_string(), format!("{error:?}")] {
                assert!(!shown.contains("secret"), "{shown}");
            }
        }
    }
}
