//! What the game is, and the button to start.

use super::{button::Button, outage::notice, sky::sky, words::words};
use crate::{
    play::Play,
    state::{Press, Sheet, State},
};
use game::{
    count::grouped,
    past::{End, Past},
};
use leptos::prelude::*;

/// The first screen; the only one that the server renders.
pub(super) fn first(play: Play, state: &State) -> AnyView {
    let label = if state.ready {
        "Start"
    } else {
        "One moment …"
    };
    // Not an empty paragraph: the server would render it with a gap, which is gone once the page runs.
    let last_game = state.last_game().map(|past| last_game(&past));
    let start = Button::new("button is-primary", label, Press::Start).enabled(state.ready);
    let plain = |label, sheet| {
        Button::new("button is-plain", label, Press::Open(sheet))
            .enabled(state.ready)
            .view(play)
    };
    // Rounded down to hundreds: "8,000".
    let things = grouped(state.things / 100 * 100);
    view! {
        <main class="page first">
            {sky(String::new())}
            <div class="welcome">
                <h1 class="title" id="heading">"Twenty Questions"</h1>
                <p class="pitch">
                    "Think of anything: a penguin, a guitar, coffee, love. I know "
                    {words("", things)} " things and have twenty yes/no questions."
                </p>
                {last_game.map(|last| words("aside", last))}
            </div>
            <div class="controls">
                <p class="trouble" id="trouble" role="alert"></p>
                {notice(state, false)}
                {start.view(play)}
                <nav class="row" aria-label="More">
                    {plain("How it works", Sheet::How)}
                    {plain("Menu", Sheet::Menu)}
                </nav>
            </div>
        </main>
    }
    .into_any()
}

/// How the last game ended.
fn last_game(past: &Past) -> String {
    let ending = match past.end {
        End::Stopped => "You ended the last game early.".to_owned(),
        End::Found => format!("Last time I got it in {}.", past.moves),
        End::Late | End::Missed => "Last time you won.".to_owned(),
    };
    match &past.thing {
        None => ending,
        Some(thing) => format!("{ending} It was {thing}."),
    }
}
