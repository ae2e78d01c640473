//! The keyboard.

use crate::{
    play::{Play, Press, State},
    session::{Screen, Step},
};
use game::Answer;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// What a key does, by the name that the browser gives it.
#[must_use]
pub fn meaning(key: &str, state: &State) -> Option<Press> {
    let screen = state.session.screen();
    let failed = state.failure.is_some();
    Some(match (key, screen) {
        ("y" | "Y", Screen::Board) => Press::Answer(Answer::Yes),
        ("n" | "N", Screen::Board) => Press::Answer(Answer::No),
        ("s" | "S", Screen::Board) => Press::Answer(Answer::Unsure),
        ("z" | "Z" | "Backspace", Screen::Board | Screen::Ending) => Press::Step(Step::Undo),
        ("Enter", Screen::Board) if failed => Press::TryAgain,
        ("Enter", Screen::Rules | Screen::Ending) => Press::Start,
        _ => return None,
    })
}

/// Listens for the life of the page.
pub fn listen(play: Play) {
    window_event_listener(ev::keydown, move |event| {
        // A key held down would answer one question after the other.
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
            return;
        }
        let key = event.key();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_taken = target.is_some_and(|element| match element.tag_name().as_str() {
            "INPUT" => true,
            // The browser itself presses the button that has the focus.
            "BUTTON" => key == "Enter" && !element.has_attribute("aria-disabled"),
            _ => false,
        });
        if is_taken {
            return;
        }
        if let Some(press) = play.state.with_untracked(|state| meaning(&key, state)) {
            event.prevent_default();
            play.press(press);
        }
    });
}
