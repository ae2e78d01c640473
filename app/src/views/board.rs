//! The game on the table: the sky, the open move, the answers and what went before.

use super::{
    button::Button,
    history::history,
    move_shown::move_shown,
    outage::{notice, outage},
    sky::{left, sky},
    words::words,
};
use crate::{
    play::Play,
    session::{Game, Opponent, Step},
    state::{Press, Server, Sheet, State},
};
use game::{Answer, Mover, Turn};
use leptos::prelude::*;

/// The screen of a game that goes on.
pub(super) fn board(play: Play, state: &State, game: &Game) -> AnyView {
    let answers = game.transcript.turns().iter();
    let answers = answers.filter(|turn| turn.answer.is_some()).count();
    let left = left(state, answers);
    let caption = match (left.is_empty(), game.by()) {
        // The model may know more than the guesser does.
        (false, Some(Mover::Model(_))) => format!("about {left}, as far as I know"),
        (false, _) => format!("about {left}"),
        (true, _) => String::new(),
    };
    let is_waiting = game.is_ai_to_move() && state.outage.is_none();
    view! {
        <main class="page board" data-waiting=is_waiting.then_some("")>
            {count(state, game)}
            {sky(caption.clone())}
            <div class="play">
                {move_shown(state, game, number(game), &caption)}
                {answer_buttons(play, state, game)}
                {outage(play, state)}
                {notice(state, false)}
                {footer(play, game)}
                {history(play, state, game)}
            </div>
        </main>
    }
    .into_any()
}

/// The number of the open move, or of the one that the AI thinks about.
fn number(game: &Game) -> usize {
    let turns = game.transcript.turns().len();
    turns + usize::from(game.open_move().is_none())
}

/// "7 of 20", who asks, and a line with a part for each move.
fn count(state: &State, game: &Game) -> AnyView {
    let turns = game.transcript.turns();
    let limit = game.transcript.limit();
    let pips = (0..limit).map(|index| view! { <i class=pip(turns.get(index))></i> });
    view! {
        <header class="count">
            <p class="number"><b>{words("", number(game).to_string())}</b>{words("", format!(" of {limit}"))}</p>
            {words("by aside", asked_by(state, game))}
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

/// Who made the last move.
fn asked_by(state: &State, game: &Game) -> String {
    match (game.opponent, game.by()) {
        (_, None) => String::new(),
        (Opponent::Server, Some(Mover::Model(model))) => format!("asked by {model}"),
        (opponent, _) => {
            let why = match &state.server {
                Server::Known(settings) if settings.is_resting => {
                    "; the model rests until midnight UTC"
                }
                Server::Known(settings) if settings.model && opponent == Opponent::Guesser => {
                    ", without the server"
                }
                _ => "",
            };
            ["asked by the built-in guesser", why].concat()
        }
    }
}

/// Yes, No, Not sure. They stay where they are while the AI thinks, so that the focus does too.
fn answer_buttons(play: Play, state: &State, game: &Game) -> AnyView {
    let choice = |class, label, answer: Answer, key| {
        let takes = game.open_move().is_some_and(|mv| mv.takes(answer));
        Button::new(class, label, Press::Answer(answer))
            .key(state.preferences.has_keys.then_some(key))
            .enabled(takes)
            .view(play)
    };
    view! {
        <div class="answers" role="group" aria-label="Your answer">
            {choice("button answer is-yes", "Yes", Answer::Yes, "Y")}
            {choice("button answer is-no", "No", Answer::No, "N")}
            {choice("button answer is-unsure", "Not sure", Answer::Unsure, "S")}
        </div>
    }
    .into_any()
}

/// What else the player can do in the middle of a game.
fn footer(play: Play, game: &Game) -> AnyView {
    let plain = |class, label, press| Button::new(class, label, press);
    let undo = plain("button is-plain", "Undo", Press::Step(Step::Undo)).enabled(game.can_undo());
    let answers = plain(
        "button is-plain opens-answers",
        "Your answers",
        Press::Open(Sheet::Answers),
    );
    let menu = plain("button is-plain", "Menu", Press::Open(Sheet::Menu));
    view! {
        <nav class="footer" aria-label="Game">
            {undo.view(play)}
            {answers.view(play)}
            {menu.view(play)}
        </nav>
    }
    .into_any()
}
