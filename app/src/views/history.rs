//! The questions so far.

use super::board::of_game;
use game::{Answer, Turn};
use leptos::prelude::*;

/// The answered moves, the last one on top: it is what the player may want to take back.
#[component]
pub(super) fn History() -> impl IntoView {
    let turns = of_game(|game| {
        let turns = game.transcript.turns().iter().enumerate();
        let answered = turns.filter_map(|(index, turn)| Some((index + 1, turn.clone(), turn.answer?)));
        answered.rev().collect::<Vec<_>>()
    });
    view! {
        <section class="history" aria-label="The questions so far" tabindex="0">
            <ol reversed>
                <For each=move || turns.get() key=|turn| turn.clone() let((number, turn, answer))>
                    <li class=mark(&turn, answer) value=number>
                        <span class="asked">{turn.asked.to_string()}</span>
                        <span class="said">{answer.to_string()}</span>
                    </li>
                </For>
            </ol>
        </section>
    }
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
