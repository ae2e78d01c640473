//! What a model wants to play, before anybody has checked it.

use serde::Deserialize;
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
    /// Finds the proposal in a reply. A model without a schema may wrap the JSON in words or in a code fence.
    #[must_use]
    pub(crate) fn read(reply: &str) -> Option<Self> {
        serde_json::from_str(json_in(reply)?).ok()
    }
}

/// The part of a reply that may be a JSON object: from the first brace to the last.
pub(crate) fn json_in(reply: &str) -> Option<&str> {
    reply.get(reply.find('{')?..=reply.rfind('}')?)
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
            assert_eq!(Proposal::read(content), expected, "{content}");
        }
    }
}
