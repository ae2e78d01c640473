//! What the player sees: functions from the state to a view, which dispatch and decide nothing.
//!
//! The whole page is one reactive closure. When the state changes it is computed anew, and what
//! stays the same type keeps its elements, and with them the focus. A signal or an effect of its
//! own for each part made the bundle twice as large.

mod board;
mod button;
mod ending;
mod history;
mod rules;
mod trouble;

use crate::{keys, play::Play, session::Screen};
use leptos::{ev, prelude::*};

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let play = Play::new();
    // Effects run in the browser only.
    Effect::new(move || {
        keys::listen(play);
        window_event_listener(ev::online, move |_| {
            if play.state.with_untracked(|state| state.failure.is_some()) {
                play.press(crate::play::Press::TryAgain);
            }
        });
        play.wake();
    });
    Effect::new(move |before: Option<(Screen, bool)>| {
        let now = play.state.with(|state| (state.session.screen(), state.asking.is_some()));
        if before.is_some_and(|before| before != now) {
            // Its buttons are gone, and the focus with them.
            request_animation_frame(focus);
        }
        now
    });
    move || {
        play.state.with(|state| match (&state.session.game, state.session.screen()) {
            (Some(game), Screen::Board) => board::board(play, state, game),
            (Some(game), Screen::Ending) => ending::ending(play, state, game),
            _ => rules::rules(play, state),
        })
    }
}

/// Focuses what is marked for it: the heading of a new screen, or the first element of a form.
fn focus() {
    let marked = |mark: &str| document().get_element_by_id(mark);
    if let Some(element) = marked("form").or_else(|| marked("heading")) {
        use leptos::wasm_bindgen::JsCast;
        if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
    }
}
