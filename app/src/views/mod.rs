//! What the player sees: functions from the state to a view. They decide nothing and report what the
//! player presses.
//!
//! The whole page is one reactive closure. When the state changes, the closure computes the page anew;
//! a part that keeps its type keeps its elements, and with them the focus. With a signal or an effect
//! for each part the bundle was a quarter larger.

mod board;
mod button;
mod card;
mod debrief;
mod ending;
mod history;
mod lessons;
mod list;
mod outage;
mod rules;
mod thought;

use crate::{
    keys,
    play::Play,
    session::Screen,
    state::{Form, Press},
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
            if play.state.with_untracked(|state| state.outage.is_some()) {
                play.press(Press::TryAgain);
            }
        });
        play.resume();
    });
    Effect::new(move |before: Option<(Screen, Option<Form>)>| {
        let now = play
            .state
            .with(|state| (state.session.screen(), state.open_form));
        if before.is_some_and(|before| before != now) {
            // The button that was pressed is gone, and the focus with it: something else must take it.
            request_animation_frame(move || {
                focus(match now.1 {
                    None => "heading",
                    Some(Form::Leave) => "leave",
                    Some(Form::Thing) => "thing",
                    Some(Form::Lessons) => "lessons",
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
