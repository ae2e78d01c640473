//! What the guesser thinks in the middle of a game.

use super::list::{line, list};
use crate::{
    session::Game,
    slim::{one_decimal, percent},
    state::State,
};
use leptos::prelude::*;

/// Its best candidates, how certain it is of each, and how much the last answer told it. Empty until
/// the guesser is loaded.
pub(super) fn thought(state: &State, game: &Game) -> AnyView {
    let mut lines = Vec::new();
    if let Some(guesser) = state.guesser() {
        let thought = guesser.thought(&game.in_own_words());
        for (index, (name, certainty)) in thought.candidates.iter().enumerate() {
            let certainty = percent(*certainty);
            lines.push(line("is-thought", index + 1, name.to_string(), certainty));
        }
        let told = "Your last answer told me".to_owned();
        let bits = format!("{} bits", one_decimal(thought.bits));
        lines.push(line("is-aside", 0, told, bits));
    }
    list("history", "What I think", lines)
}
