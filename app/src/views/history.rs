//! The answers so far.

use super::list::{line, list};
use crate::session::Game;
use game::{Answer, Turn};
use leptos::prelude::*;

/// The answered moves, the last one on top: it is the one that Undo takes back.
pub(super) fn history(game: &Game) -> AnyView {
    let turns = game.transcript.turns().iter().enumerate();
    let answered = turns.filter_map(|(index, turn)| {
        let answer = turn.answer?;
        let (mv, said) = (turn.mv.to_string(), answer.to_string());
        Some(line(kind(turn, answer), index + 1, mv, said))
    });
    list("history", "Your answers", answered.rev().collect())
}

fn kind(turn: &Turn, answer: Answer) -> &'static str {
    match (turn.mv.is_guess(), answer) {
        (true, Answer::Yes) => "is-right",
        (true, _) => "is-refused",
        (false, Answer::Yes) => "is-yes",
        (false, Answer::No) => "is-no",
        (false, Answer::Unsure) => "is-unsure",
    }
}
