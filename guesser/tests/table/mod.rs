//! A table to play at, for tests and examples.
#![allow(dead_code, reason = "each test and example uses only some of it")]

#[path = "../../../knowledge/tests/knowledge/files.rs"]
pub(crate) mod files;
pub(crate) mod player;

use game::{Answer, Event, Move, Opening, Outcome, Phase, Transcript};
use knowledge::{Knowledge, Panel, QuestionId, Source, ThingId};
use std::{
    env,
    path::{Path, PathBuf},
    process,
};

/// Plays a game to its end.
pub(crate) fn play(
    opening: Opening,
    mut mover: impl FnMut(&Transcript) -> Move,
    mut answer: impl FnMut(&Move) -> Answer,
) -> Transcript {
    let mut transcript = Transcript::new(opening);
    loop {
        let event = match transcript.phase() {
            Phase::Over(_) => return transcript,
            Phase::Thinking => Event::Move(mover(&transcript)),
            Phase::Open(mv) => Event::Answer(answer(mv)),
        };
        if let Err(error) = transcript.apply(event) {
            panic!("{error} in {}", shown(&transcript));
        }
    }
}

/// The answers of a player who thinks of a thing: yes to a guess that names it, and what `answer` says to
/// a question. `None` stands for a thing that the knowledge doesn't have.
pub(crate) fn thinking_of(
    knowledge: &Knowledge,
    thing: Option<ThingId>,
    mut answer: impl FnMut(QuestionId) -> Answer,
) -> impl FnMut(&Move) -> Answer {
    move |mv| match mv {
        Move::Guess(name) if thing.is_some_and(|thing| name == knowledge.name(thing)) => {
            Answer::Yes
        }
        Move::Guess(_) => Answer::No,
        Move::Question(text) => {
            let question = knowledge.find_question(text.as_str());
            answer(question.expect("a question of the knowledge"))
        }
    }
}

/// How a game that is over ended.
pub(crate) fn outcome(transcript: &Transcript) -> Outcome {
    match transcript.phase() {
        Phase::Over(outcome) => outcome,
        _ => panic!("not over: {}", shown(transcript)),
    }
}

/// A game to read in the message of a failed test.
pub(crate) fn shown(transcript: &Transcript) -> String {
    let turns = transcript.turns().iter();
    let lines = turns.map(|turn| format!("\n  {} {:?}", turn.mv, turn.answer));
    format!(
        "game {}:{}",
        transcript.opening(),
        lines.collect::<String>()
    )
}

/// The number of games on the command line of an example, or else `usual`.
pub(crate) fn games_argument(usual: u64) -> u64 {
    env::args().nth(1).map_or(usual, |argument| {
        argument.parse().unwrap_or_else(|_| {
            eprintln!("{argument:?} is not a number of games");
            process::exit(2)
        })
    })
}

/// The knowledge as text.
pub(crate) fn source() -> Source {
    let source = Source::read(texts("questions"), texts("things"));
    source.unwrap_or_else(|error| panic!("{error}"))
}

/// The panel's answers that the rates of the questions are estimated from.
pub(crate) fn panel() -> Panel {
    let panel = Panel::read(files::in_folder(
        &knowledge_folder().join("panel/calibration"),
    ));
    panel.unwrap_or_else(|error| panic!("{error}"))
}

/// Names and texts of the files of questions or things, ordered by name.
pub(crate) fn texts(folder: &str) -> Vec<(String, String)> {
    files::in_folder(&knowledge_folder().join("text").join(folder))
}

fn knowledge_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge")
}
