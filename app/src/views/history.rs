//! The questions so far.

use super::list::{line, list};
use crate::session::Game;
use game::{Answer, Turn};
use leptos::prelude::*;

/// The answered moves, the last one on top: it is what the player may want to take back.
pub(super) fn history(game: &Game) -> AnyView {
    let turns = game.transcript.turns().iter().enumerate();
    let answered = turns.filter_map(|(index, turn)| {
        let answer = turn.answer?;
        let (mv, said) = (turn.mv.to_string(), answer.to_string());
        Some(line(mark(turn, answer), index + 1, mv, said))
    });
    list("history", "The questions so far", answered.rev().collect())
}

fn mark(turn: &Turn, answer: Answer) -> &'static str {
    match (turn.mv.is_guess(), answer) {
        (true, Answer::Yes) => "is-right",
        (true, _) => "is-refused",
        (false, Answer::Yes) => "is-yes",
        (false, Answer::No) => "is-no",
        (false, Answer::Unsure) => "is-unsure",
    }
}
