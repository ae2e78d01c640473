//! A move of the AI, who made it, and the player's answer.

use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many moves the AI has, questions and guesses together.
pub const MOVES: usize = 20;

/// How many more moves the player may grant after those.
pub const OVERTIME: usize = 5;

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
    /// The question, or the bare name of a guess: "a dog".
    #[must_use]
    pub fn text(&self) -> &Text {
        match self {
            Self::Question(text) | Self::Guess(text) => text,
        }
    }

    /// What it is called in JSON: `question` or `guess`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Guess(_) => "guess",
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

/// As the player reads it: "Is it alive?", "Is it a dog?".
impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(text) => write!(f, "{text}"),
            Self::Guess(name) => write!(f, "Is it {name}?"),
        }
    }
}

/// Who made a move.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Mover {
    /// The built-in guesser, in the server or in the page.
    Guesser,
    /// A language model, by its name.
    Model(String),
}

/// The name of [`Mover::Guesser`] on the wire.
const GUESSER: &str = "guesser";

/// Its name in the games that earlier pages stored.
const OLD_GUESSER: &str = "house";

impl Mover {
    /// `guesser`, or the model's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Guesser => GUESSER,
            Self::Model(name) => name,
        }
    }
}

impl From<String> for Mover {
    fn from(name: String) -> Self {
        match name.as_str() {
            GUESSER | OLD_GUESSER => Self::Guesser,
            _ => Self::Model(name),
        }
    }
}

impl From<Mover> for String {
    fn from(mover: Mover) -> Self {
        match mover {
            Mover::Guesser => GUESSER.to_owned(),
            Mover::Model(name) => name,
        }
    }
}

/// Where a move came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Who made it.
    pub by: Mover,
    /// A model's question in the guesser's own words, if the guesser has the same question. With it,
    /// the guesser in the page can use the answer when it takes the game over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_as: Option<Text>,
}

impl Origin {
    /// The origin of the guesser's own moves.
    pub const GUESSER: Self = Self {
        by: Mover::Guesser,
        known_as: None,
    };
}

/// A move and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributedMove {
    /// The move. Code says `mv` because `move` is a Rust keyword.
    #[serde(rename = "move")]
    pub mv: Move,
    /// Where it came from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What the player says to a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// True. If the move is a guess, the AI has won.
    Yes,
    /// False.
    No,
    /// Neither, or the player can't tell. A guess doesn't take it.
    Unsure,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unsure];

    /// The answer in JSON: `yes`, `no`, `unsure`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }

    /// The inverse of [`Self::word`].
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// As people read it: `yes`, `no`, `not sure`.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "not sure",
        })
    }
}
