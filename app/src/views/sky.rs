//! The place of the sky, which `public/sky.js` draws.

use super::words::words;
use crate::state::State;
use game::count::rounded;
use leptos::prelude::*;

/// The canvas and its caption. Screen readers hear the caption's number with the question.
pub(super) fn sky(caption: String) -> AnyView {
    view! {
        <div class="sky">
            <canvas id="sky" aria-hidden="true"></canvas>
            {words("caption", caption)}
        </div>
    }
    .into_any()
}

/// "99 left" after so many answers; empty before the first one, when nothing is out yet, and until the guesser is here.
pub(super) fn left(state: &State, answers: usize) -> String {
    let left = state.insight.left.get(answers).filter(|_| answers > 0);
    left.map(|&left| rounded(left) + " left")
        .unwrap_or_default()
}
