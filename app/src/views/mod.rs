//! What the player sees. Views show the session and dispatch steps; they decide nothing.

#![allow(unreachable_pub, reason = "the component macro makes its output public")]

mod answers;
mod board;
mod ending;
mod history;
mod rules;
mod trouble;

use crate::{keys, play::Play, session::Screen};
use board::Board;
use ending::Ending;
use leptos::{ev, prelude::*};
use rules::Rules;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let play = Play::new();
    provide_context(play);
    // Effects run in the browser only, after hydration.
    Effect::new(move || {
        keys::listen(play);
        let handle = window_event_listener(ev::online, move |_| {
            if play.trouble.with_untracked(Option::is_some) {
                play.try_again();
            }
        });
        on_cleanup(move || handle.remove());
        play.wake();
    });
    let screen = play.screen();
    view! {
        <main class="page" class:is-waiting=move || !play.ready.get()>
            {move || match screen.get() {
                Screen::Rules => view! { <Rules/> }.into_any(),
                Screen::Board => view! { <Board/> }.into_any(),
                Screen::Ending => view! { <Ending/> }.into_any(),
            }}
        </main>
    }
}

/// The game's handle, from the context that [`App`] provides.
fn use_play() -> Play {
    expect_context()
}

/// Moves the focus to a heading when its screen appears, so that it is never lost with the last
/// screen's buttons. Not on the first load: that would scroll and interrupt.
fn focus_on_entry(heading: NodeRef<leptos::html::H1>) {
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
}
