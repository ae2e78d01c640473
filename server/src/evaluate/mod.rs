//! `server evaluate`: plays whole games without a player and says how well.
//!
//! The figures are those of the Entity-Deduction Arena: Zhang, Lu and Jaitly, "Probing the
//! Multi-turn Planning Capabilities of LLMs via 20 Question Games" (Apple, 2023).

mod answerer;
mod options;
mod record;
mod report;

pub use options::{BadOption, Options, Side, USAGE};

use crate::{
    config::Config,
    relay::{
        Relay,
        effort::Effort,
        openai::{ClientError, OpenAi},
        wordings,
    },
};
use answerer::Answerer;
use game::{Answer, AttributedMove, Event, Mover, Opening, Outcome, Phase, RuleError, Transcript};
use record::{Journal, JournalError, Record};
use report::Report;
use std::{io, path::PathBuf, time::Duration};

/// Why an evaluation can't go on.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The file of things.
    #[error("{0} can't be read: {1}")]
    Things(PathBuf, io::Error),
    /// Nothing in it.
    #[error("{0} has no thing: it takes one a line, like `a dog`")]
    NoThings(PathBuf),
    /// The guesser can't answer for it.
    #[error(
        "the guesser doesn't know {0}, so it can't answer for it: leave it out, or use --answerer openai"
    )]
    Unknown(String),
    /// The model is meant to play, but there is none.
    #[error("--{0} openai needs OPENAI_API_KEY or OPENAI_BASE_URL")]
    NoModel(&'static str),
    /// The games played so far.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// No way to speak to the model.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The model that answers doesn't.
    #[error(
        "the model that answers for the player fails ({0}); the games so far are kept, and the same command goes on"
    )]
    NoAnswer(crate::relay::fault::Reason),
    /// Can't happen: the relay only makes legal moves.
    #[error("an illegal move: {0}")]
    RuleError(#[from] RuleError),
}

/// Plays the games that the journal doesn't have yet, and reports on all of them. `stop` ends it
/// between two moves; what was finished is kept.
///
/// # Errors
/// [`EvaluateError`]; the games that were finished are kept.
pub async fn run(
    options: &Options,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> Result<String, EvaluateError> {
    let things = things(options)?;
    let games = options.games.unwrap_or(things.len());
    let table = Table::new(options, config)?;
    let mut journal = Journal::open(&options.out, options)?;
    let mut stop = std::pin::pin!(stop);
    for number in journal.games()..games {
        let thing = &things[number % things.len()];
        let opening = Opening((number % usize::from(config.openings)) as u8);
        let record = tokio::select! {
            // Games of the guesser never wait, so chance would let another one go by.
            biased;
            () = &mut stop => {
                eprintln!("stopped after {} of {games} games; the same command goes on", journal.games());
                break;
            }
            record = table.play(number, thing, opening) => record?,
        };
        eprintln!("game {} of {games}: {}", number + 1, record.summary());
        journal.add(record)?;
    }
    Ok(Report::new(options, journal.records()).to_string())
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
    if options.answerer == Side::Guesser {
        let is_unknown = |thing: &&String| wordings::knowledge().find_thing(thing).is_none();
        if let Some(thing) = things.iter().find(is_unknown) {
            return Err(EvaluateError::Unknown(thing.clone()));
        }
    }
    Ok(things)
}

/// Who sits at it.
struct Table {
    questioner: Relay,
    answerer: Answerer,
}

impl Table {
    fn new(options: &Options, config: &Config) -> Result<Self, EvaluateError> {
        // A cache would make later games cheaper than they are.
        let mut config = Config {
            question_ttl: Duration::ZERO,
            ..config.clone()
        };
        let answerer = match (options.answerer, &config.upstream) {
            (Side::Guesser, _) => Answerer::Guesser,
            (Side::OpenAi, Some(upstream)) => Answerer::Model(Box::new(OpenAi::new(upstream)?)),
            (Side::OpenAi, None) => return Err(EvaluateError::NoModel("answerer")),
        };
        match (options.questioner, &config.upstream) {
            (Side::Guesser, _) => config.upstream = None,
            (Side::OpenAi, Some(_)) => {}
            (Side::OpenAi, None) => return Err(EvaluateError::NoModel("questioner")),
        }
        Ok(Self {
            questioner: Relay::new(&config)?,
            answerer,
        })
    }

    async fn play(
        &self,
        number: usize,
        thing: &str,
        opening: Opening,
    ) -> Result<Record, EvaluateError> {
        let mut transcript = Transcript::new(opening);
        let (mut effort, mut guesser_moves, mut yes) = (Effort::default(), 0, 0);
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
                    repairs: effort.repairs,
                    repeats: effort.repeats,
                    tokens_in: effort.tokens_in,
                    tokens_out: effort.tokens_out,
                    dollars: effort.dollars,
                    transcript,
                });
            }
            let relayed = self.questioner.relay(&transcript).await;
            effort += &relayed.effort;
            let AttributedMove { mv, origin } = relayed.attributed;
            guesser_moves += u8::from(origin.by == Mover::Guesser);
            let answer = self
                .answerer
                .answer(thing, &mv)
                .await
                .map_err(EvaluateError::NoAnswer)?;
            yes += u8::from(answer == Answer::Yes);
            transcript.apply(Event::Move(mv))?;
            transcript.apply(Event::Answer(answer))?;
        }
    }
}
