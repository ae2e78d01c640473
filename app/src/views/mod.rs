//! What the player sees: functions of the state.
//!
//! All of them run in one reactive closure. Whenever the state changes, it computes the page anew;
//! a part that keeps its type keeps its elements, and with them the focus. With a signal or an effect
//! for each part the bundle was a quarter larger.

mod board;
mod button;
mod debrief;
mod ending;
mod first;
mod history;
mod list;
mod move_shown;
mod name_form;
mod number;
mod outage;
mod sheet;
mod sky;
mod stars;
mod words;

use crate::{keys, play::Play, session::Screen, sky::draw, state::Sheet};
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// After these events another tab may have stored something, or the network may be back.
const WAKING: [&str; 3] = ["storage", "visibilitychange", "online"];

/// The page of a guesser that knows so many things.
#[component]
pub fn App(
    /// The number of things.
    things: usize,
) -> impl IntoView {
    let play = Play::new(things);
    // Effects run in the browser only.
    Effect::new(move |before: Option<(Screen, Option<Sheet>)>| {
        if before.is_none() {
            keys::listen(play);
            for event in WAKING {
                window_event_listener_untyped(event, move |_| play.wake());
            }
            play.resume();
        }
        let now = play
            .state
            .with(|state| (state.session.screen(), state.sheet));
        request_animation_frame(move || {
            sheet::show(now.1.is_some());
            play.state.with_untracked(draw);
            if let Some(before) = before {
                place_focus(before, now);
            }
        });
        now
    });
    move || {
        play.state.with(|state| {
            let screen = match (&state.session.game, state.session.screen()) {
                (Some(game), Screen::Board) => board::board(play, state, game),
                (Some(game), Screen::Ending) => ending::ending(play, state, game),
                _ => first::first(play, state),
            };
            (screen, sheet::sheet(play, state))
        })
    }
}

/// Moves the focus where the player goes on: into a new screen or sheet, and nowhere if the focus is still on
/// something. The button that was pressed may be gone, and the focus with it.
fn place_focus(before: (Screen, Option<Sheet>), now: (Screen, Option<Sheet>)) {
    let is_lost = document()
        .active_element()
        .is_none_or(|element| matches!(element.tag_name().as_str(), "BODY" | "DIALOG"));
    let is_new = before.0 != now.0 || (before.1 != now.1 && now.1.is_some());
    if is_lost || is_new {
        focus(if now.1.is_some() {
            "sheet-title"
        } else {
            "heading"
        });
    }
    for id in ["thing", "name"] {
        // A form that was opened takes the focus.
        if let Some(input) = element(id).filter(|_| before == now && is_lost) {
            let _ = input.focus();
        }
    }
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Focuses the element with this id.
fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// What stands in the input with this id.
fn typed(id: &str) -> String {
    let input = element(id).and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
