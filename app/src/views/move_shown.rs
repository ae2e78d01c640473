//! The open move, or what the player is waiting for.

use super::words::words;
use crate::{fetch::FetchError, session::Game, state::State};
use leptos::prelude::*;

/// Questions of at least this many bytes are set in smaller type.
const LONG: usize = 60;

/// The open move, and the move once more for screen readers, with how many things are left.
pub(super) fn move_shown(state: &State, game: &Game, number: usize, left: &str) -> AnyView {
    let text = match (game.open_move(), &state.outage) {
        (Some(mv), _) => mv.to_string(),
        (None, None) => "Let me think".to_owned(),
        (None, Some(FetchError::Unreachable)) => "I lost the connection.".to_owned(),
        (None, Some(_)) => "I am stuck.".to_owned(),
    };
    let (class, kicker, kind) = match game.open_move() {
        Some(mv) if mv.is_guess() => ("move is-guess", "I think I know …", "A guess, number"),
        Some(_) => ("move", "", "Question"),
        None if state.outage.is_some() => ("move", "", ""),
        None => ("move is-thinking", "", ""),
    };
    let limit = game.transcript.limit();
    let spoken = match (kind, left) {
        ("", _) => String::new(),
        (kind, left) => {
            let left = if left.is_empty() {
                String::new()
            } else {
                format!(" {left}.")
            };
            format!("{kind} {number} of {limit}. {text}{left}")
        }
    };
    let heading = if text.len() < LONG {
        "question"
    } else {
        "question is-long"
    };
    // Not by the number, which goes up already when the AI begins to think.
    let is_even = game.transcript.turns().len().is_multiple_of(2);
    view! {
        <div class=class data-even=is_even.then_some("")>
            {words("kicker", kicker.to_owned())}
            <h1 class=heading id="heading">{words("", text)}</h1>
            <p class="unseen" aria-live="polite">{words("", spoken)}</p>
        </div>
    }
    .into_any()
}
