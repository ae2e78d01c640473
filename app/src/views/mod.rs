//! What the player sees: functions from the state to a view, which dispatch and decide nothing.
//!
//! The whole page is one reactive closure. When the state changes it is computed anew, and what
//! keeps its type keeps its elements, and with them the focus. A signal or an effect of its
//! own for each part made the bundle a quarter larger.

mod board;
mod button;
mod debrief;
mod ending;
mod history;
mod lessons;
mod list;
mod rules;
mod thought;
mod trouble;

use crate::{
    keys,
    play::{Asking, Play, Press},
    session::Screen,
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let play = Play::new();
    // Effects run in the browser only.
    Effect::new(move || {
        keys::listen(play);
        window_event_listener(ev::online, move |_| {
            if play.state.with_untracked(|state| state.failure.is_some()) {
                play.press(Press::TryAgain);
            }
        });
        play.wake();
    });
    Effect::new(move |before: Option<(Screen, Option<Asking>)>| {
        let now = play
            .state
            .with(|state| (state.session.screen(), state.asking));
        if before.is_some_and(|before| before != now) {
            // The button that was pressed is gone, and the focus with it.
            request_animation_frame(move || {
                focus(match now.1 {
                    None => "heading",
                    Some(Asking::Leave) => "leave",
                    Some(Asking::Thing) => "thing",
                    Some(Asking::Lessons) => "lessons",
                });
            });
        }
        now
    });
    move || {
        play.state.with(
            |state| match (&state.session.game, state.session.screen()) {
                (Some(game), Screen::Board) => board::board(play, state, game),
                (Some(game), Screen::Ending) => ending::ending(play, state, game),
                _ => rules::rules(play, state),
            },
        )
    }
}

/// Focuses the element with this id.
fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}
