//! A move of the AI and the player's answer.

use crate::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A move of the AI. Each costs one of the twenty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Move {
    /// A yes/no question, with its question mark: "Is it alive?"
    Question(Text),
    /// The name of a thing, with its article: "a dog".
    Guess(Text),
}

impl Move {
    /// The question or the name, without the words around a guess.
    #[must_use]
    pub fn text(&self) -> &Text {
        match self {
            Self::Question(text) | Self::Guess(text) => text,
        }
    }

    /// Whether the move names a thing.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        matches!(self, Self::Guess(_))
    }

    /// Whether the rules allow the answer: a guess is right or wrong, never in between.
    #[must_use]
    pub fn takes(&self, answer: Answer) -> bool {
        !(self.is_guess() && answer == Answer::Unsure)
    }
}

/// The move as it is put to the player: "Is it alive?", "Is it a dog?".
impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(text) => write!(f, "{text}"),
            Self::Guess(name) => write!(f, "Is it {name}?"),
        }
    }
}

/// What the player says to a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It is so; to a guess: the AI has won.
    Yes,
    /// It is not so.
    No,
    /// Neither is true, or the player can't tell. Not an answer to a guess.
    Unsure,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unsure];

    /// The answer as it is written: `yes`, `no`, `unsure`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }

    /// The answer that is written so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// The answer as it is read: `yes`, `no`, `not sure`.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "not sure",
        })
    }
}
