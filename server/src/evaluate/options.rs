//! The options of `server evaluate`.

use lexopt::{
    Arg::{Long, Short, Value},
    Parser, ValueExt,
};
use serde::{Deserialize, Serialize};
use std::{ffi::OsString, path::PathBuf};

/// Who plays a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    /// The built-in guesser. Files of earlier versions call it "house".
    #[serde(alias = "house")]
    Guesser,
    /// The model.
    OpenAi,
}

impl Side {
    /// Its name as an option's value.
    #[must_use]
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Guesser => "guesser",
            Self::OpenAi => "openai",
        }
    }
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Print [`USAGE`].
    Help,
    /// Play games.
    Play(Options),
}

/// What to evaluate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// A file with one thing per line.
    pub(super) things: PathBuf,
    /// Who asks.
    pub(super) questioner: Side,
    /// Who answers.
    pub(super) answerer: Side,
    /// How many games; `None`: one for each thing.
    pub(super) games: Option<usize>,
    /// The file that the games are appended to.
    pub(super) out: PathBuf,
}

/// The text of `server evaluate --help`.
pub const USAGE: &str = "\
server evaluate --things FILE [--questioner openai|guesser] [--answerer guesser|openai] [--games N] [--out FILE]

Plays games without a player and prints how well the questioner plays.

  --things      a file with one thing per line, like `a dog`; lines that begin with # are skipped
  --questioner  who asks: openai (the model of OPENAI_MODEL) or guesser (the built-in one) [guesser]
  --answerer    who answers for the player: guesser (by its knowledge; not sure where that says nothing)
                or openai [guesser]
  --games       how many games; the things take turns [one for each thing]
  --out         the file for the games, one line of JSON each [evaluation.jsonl]. After an interrupt, the
                same command continues where it stopped.
";

/// The accepted options, for error messages.
const ACCEPTED: &str = "--things, --questioner, --answerer, --games, --out and --help";

/// Options that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// No such option.
    #[error("`server evaluate` has no option {0}; it accepts {ACCEPTED}")]
    Unknown(String),
    /// An option without its value, for example.
    #[error(transparent)]
    Syntax(#[from] lexopt::Error),
    /// A value that the option doesn't accept.
    #[error("{0} is `{1}`, but must be {2}")]
    Value(&'static str, String, &'static str),
    /// No things to play with.
    #[error("`server evaluate` needs --things FILE")]
    NoThings,
}

impl Options {
    /// Reads the words after `server evaluate`.
    ///
    /// # Errors
    /// [`OptionsError`] says what is wrong and what is accepted.
    pub fn read(
        words: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Result<Command, OptionsError> {
        let mut things = None;
        let mut options = Self {
            things: PathBuf::new(),
            questioner: Side::Guesser,
            answerer: Side::Guesser,
            games: None,
            out: "evaluation.jsonl".into(),
        };
        let mut parser = Parser::from_args(words);
        while let Some(option) = parser.next()? {
            match option {
                Long("help") | Short('h') => return Ok(Command::Help),
                Long("things") => things = Some(parser.value()?.into()),
                Long("out") => options.out = parser.value()?.into(),
                Long("questioner") => options.questioner = side("--questioner", &mut parser)?,
                Long("answerer") => options.answerer = side("--answerer", &mut parser)?,
                Long("games") => options.games = Some(games(&mut parser)?),
                Long(name) => return Err(OptionsError::Unknown(format!("--{name}"))),
                Short(name) => return Err(OptionsError::Unknown(format!("-{name}"))),
                Value(word) => return Err(OptionsError::Unknown(word.display().to_string())),
            }
        }
        options.things = things.ok_or(OptionsError::NoThings)?;
        Ok(Command::Play(options))
    }
}

fn side(option: &'static str, parser: &mut Parser) -> Result<Side, OptionsError> {
    let word = parser.value()?.string()?;
    [Side::Guesser, Side::OpenAi]
        .into_iter()
        .find(|side| side.word() == word)
        .ok_or(OptionsError::Value(option, word, "openai or guesser"))
}

fn games(parser: &mut Parser) -> Result<usize, OptionsError> {
    let word = parser.value()?.string()?;
    word.parse()
        .ok()
        .filter(|games| (1..=1_000_000).contains(games))
        .ok_or(OptionsError::Value(
            "--games",
            word,
            "a number from 1 to 1000000",
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_is_accepted() {
        let accepted = "it accepts --things, --questioner, --answerer, --games, --out and --help";
        let cases: [(&[&str], &str); 7] = [
            (&[], "`server evaluate` needs --things FILE"),
            (
                &["--thing", "x"],
                &format!("`server evaluate` has no option --thing; {accepted}"),
            ),
            (
                &["dogs.txt"],
                &format!("`server evaluate` has no option dogs.txt; {accepted}"),
            ),
            (
                &["-x"],
                &format!("`server evaluate` has no option -x; {accepted}"),
            ),
            (
                &["--things", "x", "--games", "0"],
                "--games is `0`, but must be a number from 1 to 1000000",
            ),
            (
                &["--things", "x", "--questioner", "me"],
                "--questioner is `me`, but must be openai or guesser",
            ),
            (
                &["--things", "x", "--questioner", "house"],
                "--questioner is `house`, but must be openai or guesser",
            ),
        ];
        for (words, expected) in cases {
            assert_eq!(Options::read(words).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn an_option_without_its_value_is_named() {
        let error = Options::read(["--things"]).unwrap_err();
        assert_eq!(error.to_string(), "missing argument for option '--things'");
    }

    #[test]
    fn values_are_read_in_both_forms_and_help_wins() {
        let words = ["--things", "x", "--questioner=openai", "--games", "7"];
        let Ok(Command::Play(options)) = Options::read(words) else {
            panic!("good options")
        };
        assert_eq!((options.questioner, options.games), (Side::OpenAi, Some(7)));
        for words in [vec!["--help"], vec!["--things", "x", "-h"]] {
            assert_eq!(Options::read(words).unwrap(), Command::Help);
        }
    }
}
