//! What happened when no question came, and what to do about it.

use super::button::Button;
use crate::{
    play::{Play, Press, State},
    session::Step,
};
use leptos::prelude::*;

/// Says what went wrong; nothing is shown while all is well.
pub(super) fn trouble(play: Play, state: &State) -> AnyView {
    let card = state.failure.as_ref().map(|failure| {
        let mut sentence = format!("{} Your game is safe.", failure.trouble.sentence());
        let mut buttons = Vec::new();
        if !failure.trouble.is_final() {
            buttons.push(Button::new("button is-primary", "Try again", Press::TryAgain).view(play));
        }
        if failure.offers_guesser() {
            sentence.push_str(" Or the guesser takes over: a guesser that needs no server and plays here, in your browser.");
            buttons.push(Button::new("button", "Go on with the guesser", Press::Step(Step::TakeOver)).view(play));
        }
        view! {
            <div class="trouble">
                <p>{sentence}</p>
                <div class="row">{buttons}</div>
            </div>
        }
    });
    view! { <div role="alert">{card}</div> }.into_any()
}
