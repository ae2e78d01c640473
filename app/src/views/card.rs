//! The card with the open move.

use crate::{
    fetch::FetchError,
    session::{Game, Opponent},
    state::State,
};
use game::Mover;
use leptos::prelude::*;

/// Questions of at least this many bytes are set in smaller type.
const LONG: usize = 60;

/// The open move, who made it, and both once more for screen readers. While there is no open move, the
/// card says what the player is waiting for.
pub(super) fn card(state: &State, game: &Game, number: usize) -> AnyView {
    let words = match (game.open_move(), &state.outage) {
        (Some(mv), _) => mv.to_string(),
        (None, None) => "Let me think".to_owned(),
        (None, Some(FetchError::Unreachable)) => "I lost the connection".to_owned(),
        (None, Some(_)) => "I am stuck".to_owned(),
    };
    let (class, kicker, kind) = match game.open_move() {
        Some(mv) if mv.is_guess() => ("card is-guess", "I think I know …", "A guess, number"),
        Some(_) => ("card", "", "Question"),
        None if state.outage.is_some() => ("card", "", ""),
        None => ("card is-thinking", "", ""),
    };
    let (by, spoken) = match kind {
        "" => (String::new(), String::new()),
        kind => (asked_by(game), format!("{kind} {number} of 20. {words}")),
    };
    let heading = if words.len() < LONG {
        "question"
    } else {
        "question is-long"
    };
    view! {
        <div class=class>
            <p class="kicker">{kicker}</p>
            <h1 class=heading id="heading" tabindex="-1">{words}</h1>
            <p class="by aside">{by}</p>
            <p class="unseen" aria-live="polite">{spoken}</p>
        </div>
    }
    .into_any()
}

/// Who made the last move.
fn asked_by(game: &Game) -> String {
    match (game.opponent, game.by()) {
        (Opponent::Guesser, _) => "asked by the built-in guesser, in your browser".to_owned(),
        (Opponent::Server, Some(Mover::Model(model))) => format!("asked by {model}"),
        (Opponent::Server, _) => "asked by the built-in guesser".to_owned(),
    }
}
