//! The file of finished games, so that no game is played twice.

use super::options::{Options, Side};
use game::{Transcript, Winner};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A finished game.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) game: usize,
    pub(super) thing: String,
    pub(super) winner: Winner,
    pub(super) moves: u8,
    pub(super) yes: u8,
    /// Moves of the guesser. Files of earlier versions call it "house".
    #[serde(alias = "house_moves")]
    pub(super) guesser_moves: u8,
    pub(super) calls: u32,
    pub(super) repairs: u32,
    pub(super) repeats: u32,
    pub(super) tokens_in: u64,
    pub(super) tokens_out: u64,
    pub(super) dollars: f64,
    pub(super) transcript: Transcript,
}

impl Record {
    pub(super) fn is_won(&self) -> bool {
        self.winner == Winner::Ai
    }

    pub(super) fn summary(&self) -> String {
        let Self { thing, moves, .. } = self;
        if self.is_won() {
            format!("{thing}, found with move {moves}")
        } else {
            format!("{thing}, not found")
        }
    }
}

/// The first line of a journal. It keeps the games of different evaluations apart.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Heading {
    questioner: Side,
    answerer: Side,
    things: PathBuf,
}

/// Why a journal can't be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file can't be read or written.
    #[error("{0} can't be read or written")]
    Io(PathBuf, #[source] io::Error),
    /// The file has other settings, or is no journal at all.
    #[error(
        "{0} holds the games of another evaluation: name another file with --out, or remove it"
    )]
    Foreign(PathBuf),
}

/// The file and its games.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    records: Vec<Record>,
}

impl Journal {
    /// Continues a journal or begins one. Drops half a line at its end, which an interrupt leaves behind.
    pub(super) fn open(path: &Path, options: &Options) -> Result<Self, JournalError> {
        let io = |error| JournalError::Io(path.to_owned(), error);
        let heading = Heading {
            questioner: options.questioner,
            answerer: options.answerer,
            things: options.things.clone(),
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(io(error)),
        };
        let whole = text.trim_end_matches(|c| c != '\n');
        let mut lines = whole.lines();
        let foreign = || JournalError::Foreign(path.to_owned());
        if let Some(first) = lines.next() {
            let known: Heading = serde_json::from_str(first).map_err(|_| foreign())?;
            if known != heading {
                return Err(foreign());
            }
        } else if !text.is_empty() {
            return Err(foreign());
        }
        let records: Vec<Record> = lines
            .map(|line| serde_json::from_str(line).map_err(|_| foreign()))
            .collect::<Result<_, _>>()?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(io)?;
        file.set_len(whole.len() as u64).map_err(io)?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            records,
        };
        if whole.is_empty() {
            journal.write(&heading)?;
        }
        Ok(journal)
    }

    pub(super) fn games(&self) -> usize {
        self.records.len()
    }

    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    pub(super) fn add(&mut self, record: Record) -> Result<(), JournalError> {
        self.write(&record)?;
        self.records.push(record);
        Ok(())
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), JournalError> {
        let io = |error| JournalError::Io(self.path.clone(), error);
        let mut line = serde_json::to_string(line).map_err(|error| io(error.into()))?;
        line.push('\n');
        self.file.write_all(line.as_bytes()).map_err(io)
    }
}
