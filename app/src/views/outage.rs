//! Why there is no question, and what the player can do about it.

use super::button::Button;
use crate::{
    fetch::FetchError,
    play::Play,
    session::Step,
    state::{Press, State},
};
use leptos::prelude::*;

/// Nothing while all is well.
pub(super) fn outage(play: Play, state: &State) -> AnyView {
    let card = state.outage.as_ref().map(|error| {
        let mut sentences = format!("{error} Your game is safe.");
        let mut buttons = Vec::new();
        if !FetchError::is_final(error) {
            buttons.push(Button::new("button is-primary", "Try again", Press::TryAgain).view(play));
        }
        if state.offers_guesser() {
            sentences.push_str(" I can go on without the server, here in your browser.");
            let take_over = Press::Step(Step::TakeOver);
            buttons.push(Button::new("button", "Go on without it", take_over).view(play));
        }
        view! {
            <div class="outage">
                <p>{sentences}</p>
                <div class="row">{buttons}</div>
            </div>
        }
    });
    view! { <div role="alert">{card}</div> }.into_any()
}
