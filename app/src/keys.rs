//! The keyboard.

use crate::{
    play::Play,
    session::{Screen, Step},
    state::{Press, State},
};
use game::Answer;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// What a key does, by the name that the browser gives it.
#[must_use]
pub fn meaning(key: &str, state: &State) -> Option<Press> {
    let screen = state.session.screen();
    let has_outage = state.outage.is_some();
    Some(match (key, screen) {
        ("y" | "Y", Screen::Board) => Press::Answer(Answer::Yes),
        ("n" | "N", Screen::Board) => Press::Answer(Answer::No),
        ("s" | "S", Screen::Board) => Press::Answer(Answer::Unsure),
        ("z" | "Z" | "Backspace", Screen::Board | Screen::Ending) => Press::Step(Step::Undo),
        ("Enter", Screen::Board) if has_outage => Press::TryAgain,
        ("Enter", Screen::Rules | Screen::Ending) => Press::Start,
        _ => return None,
    })
}

/// Listens as long as the page lives.
pub fn listen(play: Play) {
    window_event_listener(ev::keydown, move |event| {
        // A key that is held down would answer one question after the other.
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
            return;
        }
        let key = event.key();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_handled = target.is_some_and(|element| match element.tag_name().as_str() {
            "INPUT" => true,
            // The browser itself follows the link and presses the button with the focus.
            "A" | "BUTTON" => key == "Enter" && !element.has_attribute("aria-disabled"),
            _ => false,
        });
        if is_handled {
            return;
        }
        if let Some(press) = play.state.with_untracked(|state| meaning(&key, state)) {
            event.prevent_default();
            play.press(press);
        }
    });
}
