//! The keyboard.

use crate::{play::Play, session::{Screen, Step}};
use game::Answer;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// `Y`, `N`, `S`.
    Answer(Answer),
    /// `Z` or Backspace.
    Undo,
    /// Enter: whatever the screen's main button does.
    Enter,
}

impl Key {
    /// The meaning of a key by the name that the browser gives it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "y" | "Y" => Self::Answer(Answer::Yes),
            "n" | "N" => Self::Answer(Answer::No),
            "s" | "S" => Self::Answer(Answer::Unsure),
            "z" | "Z" | "Backspace" => Self::Undo,
            "Enter" => Self::Enter,
            _ => return None,
        })
    }
}

/// Listens for the life of the page.
pub fn listen(play: Play) {
    let handle = window_event_listener(ev::keydown, move |event| {
        // A key held down would answer one question after the other.
        let chord = event.ctrl_key() || event.meta_key() || event.alt_key();
        if chord || event.repeat() || event.default_prevented() {
            return;
        }
        let Some(key) = Key::named(&event.key()) else {
            return;
        };
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let tag = target.map(|element| element.tag_name()).unwrap_or_default();
        let typing = matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT");
        // The browser itself presses the button that has the focus.
        let pressing = key == Key::Enter && matches!(tag.as_str(), "BUTTON" | "A" | "SUMMARY");
        if !typing && !pressing {
            event.prevent_default();
            press(play, key);
        }
    });
    on_cleanup(move || handle.remove());
}

fn press(play: Play, key: Key) {
    let screen = play.session.with_untracked(|session| session.screen());
    match (key, screen) {
        (Key::Answer(answer), Screen::Board) => play.answer(answer),
        (Key::Undo, Screen::Board | Screen::Ending) => play.step(Step::Undo),
        (Key::Enter, Screen::Board) if play.trouble.with_untracked(Option::is_some) => play.try_again(),
        (Key::Enter, Screen::Rules | Screen::Ending) => play.start(),
        _ => {}
    }
}
