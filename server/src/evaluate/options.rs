//! What `server evaluate` takes.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Who plays a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The embedded guesser.
    Guesser,
    /// The model.
    OpenAi,
}

impl Side {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Guesser => "guesser",
            Self::OpenAi => "openai",
        }
    }
}

/// What is evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// A file with a thing a line.
    pub things: PathBuf,
    /// Who asks.
    pub questioner: Side,
    /// Who answers.
    pub answerer: Side,
    /// How many games; `None`: one for each thing.
    pub games: Option<usize>,
    /// Where the games are written, and taken up again.
    pub out: PathBuf,
}

/// The text of `server evaluate --help`.
pub const USAGE: &str = "\
server evaluate --things FILE [--questioner openai|guesser] [--answerer guesser|openai] [--games N] [--out FILE]

Plays games without a player and prints how well the questioner plays.

  --things      a file with a thing a line, like `a dog`; lines with # are passed over
  --questioner  who asks: openai (the model of OPENAI_MODEL), or guesser [guesser]
  --answerer    who answers for the player: guesser (by its knowledge; not sure where it has none),
                or openai [guesser]
  --games       how many games; the things are gone through in turn [one for each thing]
  --out         where the games are written, a line of JSON each [evaluation.jsonl]. Started again
                after an interrupt, the same command goes on where it was.
";

/// An option that can't be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOption {
    /// Not one of them, or without a value.
    #[error("`server evaluate` doesn't take `{0}`")]
    Unknown(String),
    /// A value that the option doesn't take.
    #[error("{0} is `{1}`, but it takes {2}")]
    Value(&'static str, String, &'static str),
    /// Nothing to play with.
    #[error("`server evaluate` needs --things FILE")]
    NoThings,
}

impl Options {
    /// Reads the words after `server evaluate`.
    ///
    /// # Errors
    /// [`BadOption`] says which is wrong and what it takes.
    pub fn read(words: &[&str]) -> Result<Self, BadOption> {
        let mut things = None;
        let mut options = Self {
            things: PathBuf::new(),
            questioner: Side::Guesser,
            answerer: Side::Guesser,
            games: None,
            out: "evaluation.jsonl".into(),
        };
        for option in words.chunks(2) {
            match *option {
                ["--things", file] => things = Some(file.into()),
                ["--out", file] => options.out = file.into(),
                ["--questioner", who] => options.questioner = side("--questioner", who)?,
                ["--answerer", who] => options.answerer = side("--answerer", who)?,
                ["--games", count] => {
                    let games = count
                        .parse()
                        .ok()
                        .filter(|games| (1..=1_000_000).contains(games));
                    let bad =
                        || BadOption::Value("--games", count.into(), "a number from 1 to 1000000");
                    options.games = Some(games.ok_or_else(bad)?);
                }
                _ => return Err(BadOption::Unknown(option.join(" "))),
            }
        }
        options.things = things.ok_or(BadOption::NoThings)?;
        Ok(options)
    }
}

fn side(option: &'static str, word: &str) -> Result<Side, BadOption> {
    [Side::Guesser, Side::OpenAi]
        .into_iter()
        .find(|side| side.word() == word)
        .ok_or_else(|| BadOption::Value(option, word.to_owned(), "openai or guesser"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_options_are_named() {
        let cases: [(&[&str], &str); 5] = [
            (&[], "`server evaluate` needs --things FILE"),
            (&["--things"], "`server evaluate` doesn't take `--things`"),
            (
                &["--thing", "x"],
                "`server evaluate` doesn't take `--thing x`",
            ),
            (
                &["--things", "x", "--games", "0"],
                "--games is `0`, but it takes a number from 1 to 1000000",
            ),
            (
                &["--things", "x", "--questioner", "me"],
                "--questioner is `me`, but it takes openai or guesser",
            ),
        ];
        for (words, expected) in cases {
            assert_eq!(Options::read(words).unwrap_err().to_string(), expected);
        }
        let options = Options::read(&["--things", "x", "--questioner", "openai", "--games", "7"]);
        let options = options.unwrap();
        assert_eq!((options.questioner, options.games), (Side::OpenAi, Some(7)));
    }
}
