//! What went wrong, and what the player can do about it.

use super::{button::Button, words::words};
use crate::{
    play::Play,
    session::Step,
    state::{Notice, Press, State},
};
use leptos::prelude::*;

/// Why there is no question. Nothing while all is well.
pub(super) fn outage(play: Play, state: &State) -> AnyView {
    let error = state.outage.as_ref();
    let mut sentences = match error {
        Some(error) => format!("{error} Your game is safe."),
        None if state.is_slow => "This takes longer than usual.".to_owned(),
        None => String::new(),
    };
    let mut buttons = Vec::new();
    if error.is_some_and(|error| !error.is_final()) {
        buttons.push(Button::new("button is-primary", "Try again", Press::TryAgain).view(play));
    }
    if !sentences.is_empty() && state.offers_guesser() {
        sentences.push_str(" I can go on without the server, here in your browser.");
        let take_over = Press::Step(Step::TakeOver);
        buttons.push(Button::new("button", "Go on without it", take_over).view(play));
    }
    let card = (!sentences.is_empty()).then(|| {
        view! {
            <div class="outage">
                {words("", sentences)}
                <div class="row">{buttons}</div>
            </div>
        }
    });
    view! { <div role="alert">{card}</div> }.into_any()
}

/// What couldn't be stored, or what became of a file.
pub(super) fn notice(state: &State) -> AnyView {
    let text = match state.notice {
        _ if state.unsaved.is_any() => {
            "I couldn't save this on your device: its storage is full or switched off. It is lost when you close the page."
        }
        Some(Notice::BadFile) => {
            "That file holds no lessons. Choose one that was saved here, on this or another device."
        }
        Some(Notice::Loaded) => "I have read the file.",
        None => "",
    };
    let card = (!text.is_empty()).then(|| words("notice", text.to_owned()));
    view! { <div role="status">{card}</div> }.into_any()
}
