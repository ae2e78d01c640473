//! The questions so far.

use crate::session::Game;
use game::{Answer, Turn};
use leptos::prelude::*;

/// The answered moves, the last one on top: it is what the player may want to take back.
pub(super) fn history(game: &Game) -> AnyView {
    let turns = game.transcript.turns().iter().enumerate();
    let answered = turns.filter_map(|(index, turn)| Some((index + 1, turn, turn.answer?)));
    let line = |(number, turn, answer): (usize, &Turn, Answer)| {
        view! {
            <li class=mark(turn, answer) value=number.to_string()>
                <span class="asked">{turn.asked.to_string()}</span>
                " "
                <b class="said">{answer.to_string()}</b>
            </li>
        }
    };
    view! {
        <section class="history" aria-label="The questions so far" tabindex="0">
            <ol reversed>{answered.rev().map(line).collect::<Vec<_>>()}</ol>
        </section>
    }
    .into_any()
}

fn mark(turn: &Turn, answer: Answer) -> &'static str {
    match (turn.asked.is_guess(), answer) {
        (true, Answer::Yes) => "is-right",
        (true, _) => "is-refused",
        (false, Answer::Yes) => "is-yes",
        (false, Answer::No) => "is-no",
        (false, Answer::Unsure) => "is-unsure",
    }
}
