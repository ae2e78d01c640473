//! The game on the table: the open move, the answers and what went before.

use super::{button::Button, card::card, history::history, outage::outage, thought::thought};
use crate::{
    play::Play,
    session::{Game, Opponent, Step},
    state::{Form, Press, State},
};
use game::{Answer, MOVES, Mover, Turn};
use leptos::prelude::*;

/// The screen of a game that goes on.
pub(super) fn board(play: Play, state: &State, game: &Game) -> AnyView {
    view! {
        <main class="page board">
            {count(game)}
            {card(state, game, number(game))}
            {answers(play, game)}
            {outage(play, state)}
            {if state.shows_thought { thought(state, game) } else { history(game) }}
            {footer(play, state, game)}
        </main>
    }
    .into_any()
}

/// The number of the open move, or of the one that the AI thinks about.
fn number(game: &Game) -> usize {
    let turns = game.transcript.turns().len();
    turns + usize::from(game.open_move().is_none())
}

/// "Question 7 of 20", and a pip for each of the twenty.
fn count(game: &Game) -> AnyView {
    let turns = game.transcript.turns();
    let pips = (0..MOVES).map(|index| view! { <i class=pip(turns.get(index))></i> });
    view! {
        <header class="count">
            <p class="number">"Question " <b>{number(game).to_string()}</b> " of 20"</p>
            <div class="pips" aria-hidden="true">{pips.collect::<Vec<_>>()}</div>
        </header>
    }
    .into_any()
}

fn pip(turn: Option<&Turn>) -> &'static str {
    match turn.map(|turn| (turn.mv.is_guess(), turn.answer)) {
        None => "pip",
        Some((_, None)) => "pip is-open",
        Some((true, Some(_))) => "pip is-refused",
        Some((false, Some(Answer::Yes))) => "pip is-yes",
        Some((false, Some(Answer::No))) => "pip is-no",
        Some((false, Some(Answer::Unsure))) => "pip is-unsure",
    }
}

/// Yes, No, Not sure. They stay where they are while the AI thinks, so that the focus does too.
fn answers(play: Play, game: &Game) -> AnyView {
    let choice = |class, label, answer: Answer, key| {
        let takes = game.open_move().is_some_and(|mv| mv.takes(answer));
        Button::new(class, label, Press::Answer(answer))
            .key(key)
            .enabled(takes)
            .view(play)
    };
    view! {
        <div class="answers" role="group" aria-label="Your answer">
            {choice("button answer is-yes", "Yes", Answer::Yes, "Y")}
            {choice("button answer is-no", "No", Answer::No, "N")}
            {choice("button answer", "Not sure", Answer::Unsure, "S")}
        </div>
    }
    .into_any()
}

/// What else the player can do in the middle of a game.
fn footer(play: Play, state: &State, game: &Game) -> AnyView {
    let plain = |label, press| Button::new("button is-plain", label, press);
    let buttons = if state.open_form == Some(Form::Leave) {
        vec![
            plain("Throw this game away", Press::Step(Step::Leave))
                .id("leave")
                .view(play),
            plain("Keep playing", Press::Close).view(play),
        ]
    } else {
        let thought = if state.shows_thought {
            "Your answers"
        } else {
            "What I think"
        };
        // A model doesn't tell what it thinks.
        let is_guesser_playing =
            game.by() == Some(&Mover::Guesser) || game.opponent == Opponent::Guesser;
        vec![
            plain(thought, Press::ToggleThought)
                .enabled(is_guesser_playing || state.shows_thought)
                .view(play),
            plain("Undo", Press::Step(Step::Undo))
                .enabled(game.can_undo())
                .view(play),
            plain("End game", Press::Step(Step::GiveUp)).view(play),
            plain("Start again", Press::Open(Form::Leave)).view(play),
        ]
    };
    view! { <footer class="footer row">{buttons}</footer> }.into_any()
}
