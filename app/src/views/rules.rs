//! How the game goes, and the button to start.

use super::{button::Button, lessons::shelf};
use crate::{
    play::Play,
    session::Past,
    state::{Press, State},
};
use game::Winner;
use leptos::prelude::*;

/// The first screen; the only one that the server renders.
pub(super) fn rules(play: Play, state: &State) -> AnyView {
    let label = if state.ready {
        "Start"
    } else {
        "One moment …"
    };
    // Not an empty paragraph: the server would render it with a gap, which is gone once the page runs.
    let last_game = state.session.past.last().map(last_game);
    let start = Button::new("button is-primary", label, Press::Start).enabled(state.ready);
    view! {
        <main class="page rules">
            <h1 class="title" id="heading" tabindex="-1">"Twenty Questions"</h1>
            <ol class="steps">
                <li>
                    <strong>"Think of something."</strong>
                    " A penguin, a guitar, coffee, love … anything you like. Keep it to yourself."
                </li>
                <li>
                    <strong>"Answer truthfully."</strong>
                    " Yes or no. If neither is true, say that you are not sure."
                </li>
                <li>
                    <strong>"Twenty questions."</strong>
                    " That is all I have to find out what it is. Each guess costs one."
                </li>
            </ol>
            {start.view(play)}
            {last_game.map(|words| view! { <p class="aside">{words}</p> })}
            {shelf(play, state)}
            <p class="aside">{concat!("Version ", env!("CARGO_PKG_VERSION"))}</p>
        </main>
    }
    .into_any()
}

/// How the last game ended.
fn last_game(past: &Past) -> String {
    let ending = match past.winner {
        None => "You ended the last game early.".to_owned(),
        Some(Winner::Ai) => format!("Last time I got it in {}.", past.moves),
        Some(Winner::Player) => "Last time you won.".to_owned(),
    };
    match &past.thing {
        None => ending,
        Some(thing) => format!("{ending} It was {thing}."),
    }
}
