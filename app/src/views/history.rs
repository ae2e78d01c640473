//! The answers so far.

use super::{
    button::Button,
    list::{line, list},
    sky::left,
    words::words,
};
use crate::{
    play::Play,
    session::{Game, Screen, Step},
    state::{Press, State},
};
use game::{Answer, Turn};
use leptos::prelude::*;

/// The answered moves, the last one on top: it is the one that Undo takes back. During a game, each line is a
/// button that changes its answer.
pub(super) fn history(play: Play, state: &State, game: &Game) -> AnyView {
    let turns = game.transcript.turns().iter().enumerate();
    let is_open = state.session.screen() == Screen::Board;
    let answered = turns.filter_map(|(index, turn)| {
        let answer = turn.answer?;
        let left = left(state, index + 1);
        if !is_open {
            let (mv, said) = (turn.mv.to_string(), answer.to_string());
            return Some(line(kind(turn, answer), index + 1, mv, said));
        }
        let is_changing = state.changing == Some(index);
        let button = view! {
            <li class=kind(turn, answer) value=(index + 1).to_string()>
                <button
                    class="line"
                    aria-expanded=is_changing.to_string()
                    on:click=move |_| {
                        play.press(Press::ChooseAnswer((!is_changing).then_some(index)));
                    }
                >
                    {words("subject", turn.mv.to_string())}
                    " "
                    <span class="reply">
                        <b class="said">{words("", answer.to_string())}</b>
                        {words("left", left)}
                    </span>
                </button>
                {is_changing.then(|| choices(play, turn, index))}
            </li>
        };
        Some(button.into_any())
    });
    let answered: Vec<_> = answered.rev().collect();
    let hint = is_open && !answered.is_empty();
    view! {
        {hint.then(|| words("aside history-hint", "Choose an answer to change it.".to_owned()))}
        {list("history", "Your answers", answered)}
    }
    .into_any()
}

/// The answers that the move could have instead.
fn choices(play: Play, turn: &Turn, index: usize) -> AnyView {
    let choice = |(label, answer)| {
        let is_other = turn.mv.takes(answer) && turn.answer != Some(answer);
        let press = Press::Step(Step::Change(index, answer));
        is_other.then(|| Button::new("button", label, press).view(play))
    };
    let labels = [
        ("Yes", Answer::Yes),
        ("No", Answer::No),
        ("Not sure", Answer::Unsure),
    ];
    view! {
        <div class="row" role="group" aria-label="Change it to">
            <span class="aside">"Change it to"</span>
            {labels.into_iter().filter_map(choice).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
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
