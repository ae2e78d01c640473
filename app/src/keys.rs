//! The keyboard.

use crate::{
    play::Play,
    session::{Screen, Step},
    state::{Press, State},
};
use game::Answer;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// What a key does. `key` is what it types, `code` where it is on the keyboard, both in the browser's names.
#[must_use]
pub fn meaning(key: &str, code: &str, state: &State) -> Option<Press> {
    // What is open over the question or beside it takes the keys.
    if state.sheet.is_some() || state.changing.is_some() || state.is_naming {
        return None;
    }
    let screen = state.session.screen();
    if key == "Enter" {
        return match screen {
            Screen::First => Some(Press::Start),
            Screen::Board if state.outage.is_some() => Some(Press::TryAgain),
            _ => None,
        };
    }
    if screen == Screen::First || !state.preferences.has_keys {
        return None;
    }
    Some(match letter(key, code) {
        'z' => Press::Step(Step::Undo),
        // An end isn't lost by Backspace that was held too long.
        _ if screen == Screen::Ending => return None,
        _ if key == "Backspace" => Press::Step(Step::Undo),
        'y' => Press::Answer(Answer::Yes),
        'n' => Press::Answer(Answer::No),
        's' => Press::Answer(Answer::Unsure),
        _ => return None,
    })
}

/// The Latin letter of a key, in lower case; ' ' if it has none. Keyboards for other scripts have Latin letters
/// in the same places.
fn letter(key: &str, code: &str) -> char {
    let mut characters = key.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => letter.to_ascii_lowercase(),
        (Some(letter), None) if !letter.is_ascii() => code
            .strip_prefix("Key")
            .and_then(|letter| letter.chars().next())
            .unwrap_or(' ')
            .to_ascii_lowercase(),
        _ => ' ',
    }
}

/// Listens as long as the page lives.
pub fn listen(play: Play) {
    window_event_listener(ev::keydown, move |event| {
        let key = event.key();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let tag = target.as_ref().map(web_sys::Element::tag_name);
        let is_pressable = matches!(tag.as_deref(), Some("A" | "BUTTON"));
        if event.repeat() {
            // A key that is held down would press the button, or the one in its place, again and again.
            if is_pressable && key == "Enter" {
                event.prevent_default();
            }
            return;
        }
        if event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
            || tag.as_deref() == Some("INPUT")
        {
            return;
        }
        // The browser itself follows the link and presses the button with the focus.
        let is_disabled = target.is_some_and(|element| element.has_attribute("aria-disabled"));
        if is_pressable && key == "Enter" && !is_disabled {
            return;
        }
        let press = play
            .state
            .with_untracked(|state| meaning(&key, &event.code(), state));
        if let Some(press) = press {
            event.prevent_default();
            play.press(press);
        }
    });
}
