//! Games and lessons as lines of text: the form in which the page hands them to its guesser, which is a program of
//! its own. A text has no line breaks, so nothing needs quoting.

use crate::{
    moves::{Answer, MOVES, Move},
    opening::Opening,
    text::{Text, visible},
    transcript::{Event, Transcript},
};

/// Stands for the answer of an open move.
const OPEN: &str = "open";

/// The line before the first move of overtime.
const OVERTIME: &str = "overtime";

/// The opening, then a line for each move: answer, kind and text, as in `yes question Is it a living thing?`. A line
/// `overtime` follows the twentieth if the player has granted it.
#[must_use]
pub fn write(transcript: &Transcript) -> String {
    let mut lines = transcript.opening().0.to_string();
    for (index, turn) in transcript.turns().iter().enumerate() {
        if index == MOVES {
            lines.push('\n');
            lines.push_str(OVERTIME);
        }
        lines.push('\n');
        lines.push_str(turn.answer.map_or(OPEN, Answer::word));
        lines.push(' ');
        lines.push_str(&write_move(&turn.mv));
    }
    if transcript.is_overtime() && transcript.turns().len() == MOVES {
        lines.push('\n');
        lines.push_str(OVERTIME);
    }
    lines
}

/// Reads them; `None` for anything else.
#[must_use]
pub fn read(lines: &str) -> Option<Transcript> {
    let mut lines = lines.split('\n');
    let mut transcript = Transcript::new(Opening(lines.next()?.parse().ok()?));
    for line in lines {
        if line == OVERTIME {
            transcript.apply(Event::Overtime).ok()?;
            continue;
        }
        let (answer, mv) = line.split_once(' ')?;
        transcript.apply(Event::Move(read_move(mv)?)).ok()?;
        if answer != OPEN {
            let answer = Answer::from_word(answer)?;
            transcript.apply(Event::Answer(answer)).ok()?;
        }
    }
    Some(transcript)
}

/// A move: kind and text, as in `guess a dog`.
#[must_use]
pub fn write_move(mv: &Move) -> String {
    [mv.kind(), mv.text().as_str()].join(" ")
}

/// Reads it, without invisible characters in it, which an older page may have put into a link; `None` for anything else.
#[must_use]
pub fn read_move(line: &str) -> Option<Move> {
    let (kind, text) = line.split_once(' ')?;
    let text = Text::new(visible(text)).ok()?;
    match kind {
        "question" => Some(Move::Question(text)),
        "guess" => Some(Move::Guess(text)),
        _ => None,
    }
}

/// A line for each question: answer and text, as in `yes Is it a living thing?`.
#[must_use]
pub fn write_answers(answers: &[(Text, Answer)]) -> String {
    let lines = answers
        .iter()
        .map(|(text, answer)| [answer.word(), text.as_str()].join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads them, without the lines that say anything else.
#[must_use]
pub fn read_answers(lines: &str) -> Vec<(Text, Answer)> {
    let read = |line: &str| {
        let (answer, text) = line.split_once(' ')?;
        Some((Text::new(text).ok()?, Answer::from_word(answer)?))
    };
    lines.split('\n').filter_map(read).collect()
}
