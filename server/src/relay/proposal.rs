//! What a model wants to play, before anybody has checked it.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IntoDeserializer},
};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The JSON schema of a [`Proposal`]. It is strict, so every field is required.
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

/// A move as a model proposes it. The candidates of the schema only make the model think; nobody reads them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Proposal {
    /// `question` or `guess`.
    #[serde(deserialize_with = "kind")]
    pub kind: Kind,
    /// The question, or the name of the thing.
    pub text: String,
}

/// The kind of a proposed move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A yes/no question.
    Question,
    /// The name of a thing.
    Guess,
}

impl Proposal {
    /// The last proposal in a reply. Models may think aloud first, draft moves, or wrap the JSON in words or a code fence.
    #[must_use]
    pub(crate) fn read(reply: &str) -> Option<Self> {
        last_in(reply)
    }
}

/// The last JSON object of this form in a text.
pub(crate) fn last_in<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut last = None;
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        rest = rest.get(start..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let object = values.next().and_then(Result::ok);
        let end = values.byte_offset();
        match object.and_then(|object| serde_json::from_value(object).ok()) {
            Some(found) => {
                last = Some(found);
                rest = rest.get(end..)?;
            }
            // It may hold one.
            None => rest = rest.get(1..)?,
        }
    }
    last
}

/// Reads a kind in any case.
fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    let word = String::deserialize(deserializer)?;
    let word = word.trim().to_lowercase();
    Kind::deserialize(word.as_str().into_deserializer())
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
                fly.clone(),
            ),
            (
                "<think>Perhaps {\"kind\": \"guess\", \"text\": \"a bat\"} or {that}.</think>\n{\"kind\":\"question\",\"text\":\"Can it fly?\"}",
                fly.clone(),
            ),
            (
                r#"{"kind":"guess","text":"a bat"}{"kind":"question","text":"Can it fly?"}"#,
                fly.clone(),
            ),
            (r#"{"kind":"question","text":"Can it fly?"}}}"#, fly.clone()),
            (r#"{{"kind":"question","text":"Can it fly?"}"#, fly.clone()),
            (
                r#"[{"move":{"kind":" Question","text":"Can it fly?"}}]"#,
                fly.clone(),
            ),
            (
                "\u{feff}{\"kind\":\"QUESTION\",\"text\":\"Can it fly?\"}",
                fly.clone(),
            ),
            (
                r#"{"kind":"question","text":"Can it fly?"} {"kind":"question","te"#,
                fly,
            ),
            (r#"{"kind":"question","text":"Can it"#, None),
            (r#"{"kind":"question","text":null}"#, None),
            ("Can it fly?", None),
            ("{\"kind\":\"answer\",\"text\":\"Can it fly?\"}", None),
            ("} {", None),
            ("", None),
        ];
        for (content, expected) in cases {
            assert_eq!(Proposal::read(content), expected, "{content}");
        }
    }

    #[test]
    fn a_long_reply_full_of_braces_is_read_in_linear_time() {
        for part in ["{", "{\"a\":", "{\"", "}{", "{\"a\":[{\"b\":\""] {
            let reply = part.repeat(64 * 1024 / part.len());
            // In quadratic time this takes minutes.
            assert_eq!(Proposal::read(&reply), None, "{part}");
        }
    }
}
