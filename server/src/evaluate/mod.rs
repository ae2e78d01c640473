//! `server evaluate`: plays whole games without a player, and reports how well the questioner plays.
//!
//! The figures are those of the Entity-Deduction Arena: Zhang, Lu and Jaitly, "Probing the
//! Multi-turn Planning Capabilities of LLMs via 20 Question Games" (Apple, 2023).

mod answerer;
mod judge;
mod options;
mod record;
mod report;

pub use options::{Command, Options, OptionsError, USAGE};

use crate::{config::Config, relay::Relay};
use answerer::Answerer;
use game::{Answer, AttributedMove, Event, Mover, Opening, Outcome, Phase, RuleError, Transcript};
use model::{Budget, CallError, ClientError, Effort, Model};
use options::Side;
use record::{Journal, JournalError, Record};
use report::Report;
use std::{io, path::PathBuf, sync::Arc, time::Duration};
use tokio::time::Instant;

/// Why an evaluation can't go on.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The file of things can't be read.
    #[error("{0} can't be read")]
    Things(PathBuf, #[source] io::Error),
    /// The file of things is empty.
    #[error("{0} has no thing: it should have one per line, like `a dog`")]
    NoThings(PathBuf),
    /// The guesser should answer for a thing that it doesn't know.
    #[error(
        "the guesser doesn't know {0}, so it can't answer for it: leave it out, or use --answerer openai"
    )]
    Unknown(String),
    /// The model should play, but none is configured.
    #[error("--{0} openai needs OPENAI_API_KEY or OPENAI_BASE_URL")]
    NoModel(&'static str),
    /// The file of games can't be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The model can't be made ready.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The model should answer for the player, but fails.
    #[error(
        "the model that answers for the player fails; the games so far are kept, and the same command continues"
    )]
    NoAnswer(#[source] CallError),
    /// Can't happen: the relay only makes legal moves.
    #[error("the relay made an illegal move")]
    Rule(#[from] RuleError),
}

/// Plays the games that the file doesn't hold yet, and reports on all that the options ask for. `stop` ends it
/// between two moves; finished games are kept.
///
/// # Errors
/// [`EvaluateError`]; finished games are kept.
pub async fn run(
    options: &Options,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> Result<String, EvaluateError> {
    let things = things(options)?;
    let games = options.games.unwrap_or(things.len());
    let table = Table::new(options, config)?;
    table.expect_known(&things)?;
    let mut journal = Journal::open(&options.out, options)?;
    let mut stop = std::pin::pin!(stop);
    for number in journal.games()..games {
        let thing = &things[number % things.len()];
        let opening = Opening((number % usize::from(config.openings)) as u8);
        let record = tokio::select! {
            // Games between guessers never yield, so an unbiased select might not poll the stop.
            biased;
            () = &mut stop => {
                eprintln!("stopped after {} of {games} games; the same command continues", journal.games());
                break;
            }
            record = table.play(number, thing, opening) => record?,
        };
        eprintln!("game {} of {games}: {}", number + 1, record.summary());
        journal.add(record)?;
    }
    Ok(Report::new(options, journal.records(), games).to_string())
}

fn things(options: &Options) -> Result<Vec<String>, EvaluateError> {
    let path = || options.things.clone();
    let text = std::fs::read_to_string(&options.things)
        .map_err(|error| EvaluateError::Things(path(), error))?;
    let lines = text.lines().map(str::trim);
    let things: Vec<String> = lines
        .filter(|line| !(line.is_empty() || line.starts_with('#')))
        .map(str::to_owned)
        .collect();
    if things.is_empty() {
        return Err(EvaluateError::NoThings(path()));
    }
    Ok(things)
}

/// Both sides of a game.
struct Table {
    questioner: Relay,
    answerer: Answerer,
    /// The time for one move.
    deadline: Duration,
}

/// An evaluation costs what it costs: its operator waits for it and reads the bill.
fn unlimited() -> Arc<Budget> {
    Arc::new(Budget::new(f64::INFINITY))
}

impl Table {
    fn new(options: &Options, config: &Config) -> Result<Self, EvaluateError> {
        // With a cache, later games would seem cheaper than they are.
        let mut config = Config {
            question_ttl: Duration::ZERO,
            ..config.clone()
        };
        let answerer = match (options.answerer, &config.upstream) {
            (Side::Guesser, _) => Answerer::Guesser,
            (Side::OpenAi, Some(upstream)) => {
                Answerer::Model(Box::new(Model::new(upstream, unlimited())?))
            }
            (Side::OpenAi, None) => return Err(EvaluateError::NoModel("answerer")),
        };
        match (options.questioner, &config.upstream) {
            (Side::Guesser, _) => config.upstream = None,
            (Side::OpenAi, Some(_)) => {}
            (Side::OpenAi, None) => return Err(EvaluateError::NoModel("questioner")),
        }
        Ok(Self {
            questioner: Relay::new(&config, unlimited(), Box::new(|_| {}))?,
            answerer,
            deadline: config.deadline(),
        })
    }

    /// Checks that the guesser knows all things that it has to answer for.
    fn expect_known(&self, things: &[String]) -> Result<(), EvaluateError> {
        if matches!(self.answerer, Answerer::Model(_)) {
            return Ok(());
        }
        let knowledge = self.questioner.guesser().knowledge();
        let is_unknown = |thing: &&String| knowledge.find_thing(thing).is_none();
        match things.iter().find(is_unknown) {
            Some(thing) => Err(EvaluateError::Unknown(thing.clone())),
            None => Ok(()),
        }
    }

    async fn play(
        &self,
        number: usize,
        thing: &str,
        opening: Opening,
    ) -> Result<Record, EvaluateError> {
        let mut transcript = Transcript::new(opening);
        let mut effort = Effort::default();
        let (mut guesser_moves, mut yes, mut repairs, mut repeats) = (0, 0, 0, 0);
        loop {
            if let Phase::Over(Outcome { winner, moves }) = transcript.phase() {
                return Ok(Record {
                    game: number,
                    thing: thing.to_owned(),
                    winner,
                    moves,
                    yes,
                    guesser_moves,
                    calls: effort.calls,
                    repairs,
                    repeats,
                    tokens_in: effort.tokens_in,
                    tokens_out: effort.tokens_out,
                    dollars: effort.dollars,
                    transcript,
                });
            }
            let until = Instant::now() + self.deadline;
            let relayed = self.questioner.relay(&transcript, until).await;
            effort += &relayed.effort;
            repairs += relayed.repairs;
            repeats += relayed.repeats;
            let AttributedMove { mv, origin } = relayed.attributed;
            guesser_moves += u8::from(origin.by == Mover::Guesser);
            let answer = self
                .answerer
                .answer(self.questioner.guesser(), thing, &mv)
                .await
                .map_err(EvaluateError::NoAnswer)?;
            yes += u8::from(answer == Answer::Yes);
            transcript.apply(Event::Move(mv))?;
            transcript.apply(Event::Answer(answer))?;
        }
    }
}
