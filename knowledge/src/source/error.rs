//! What can be wrong with the text, and where.

use game::text::TextError;
use std::{error::Error, fmt};

/// A line of a file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, as it was given to [`Source::read`](super::Source::read).
    pub file: String,
    /// The line on which the entry starts.
    pub line: usize,
}

impl Place {
    pub(crate) fn error(&self, problem: Problem) -> SourceError {
        SourceError {
            place: self.clone(),
            problem,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Why the text can't be read: place and problem in one message, as compilers print them.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceError {
    pub(super) place: Place,
    pub(super) problem: Problem,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl Error for SourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problem.source()
    }
}

/// What is wrong with an entry.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("a question is written `id: Text?`")]
    NoQuestion,
    #[error("opposites are written `~ id id`")]
    NoOpposites,
    #[error("`{0}` doesn't end with a question mark")]
    NoQuestionMark(String),
    #[error("`[` has no `]`")]
    OpenBracket,
    #[error("`{0}` is not a valid fame: write *1 to *9")]
    Fame(String),
    #[error("`{0}` is not a valid answer: write +id, +?id, ?id, -?id, -id or &category")]
    NoAnswer(String),
    #[error("`{0}` is answered twice")]
    AnsweredTwice(String),
    #[error("the thing has an empty name")]
    NoName,
    #[error("`{0}` can't be part of a move")]
    NoText(String, #[source] TextError),
    #[error("the name `{0}` is already taken")]
    NameTaken(String),
    #[error("the id `{0}` is already taken")]
    IdTaken(String),
    #[error("the question `{0}` already exists")]
    QuestionExists(String),
    #[error("the category `{0}` already exists")]
    CategoryExists(String),
    #[error("there is no question `{0}`")]
    UnknownQuestion(String),
    #[error("there is no category `{0}`")]
    UnknownCategory(String),
    #[error("the category `{0}` is its own ancestor")]
    OwnAncestor(String),
    #[error(
        "`{0}` is not an answer of the panel: write `> Question?`, then `yes`, `no` or `unsure` and a thing"
    )]
    NoPanelAnswer(String),
    #[error("no question reads `{0}` today: if it was reworded, remove the answers to it")]
    UnknownWording(String),
    #[error("there is no thing `{0}`")]
    UnknownThing(String),
    #[error("there is only room for {0} questions and as many things")]
    TooMany(usize),
}
