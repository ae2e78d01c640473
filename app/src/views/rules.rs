//! How the game goes, and the button to start.

use super::{button::Button, lessons::shelf};
use crate::{
    play::{Play, Press, State},
    session::Past,
};
use game::Winner;
use leptos::prelude::*;

/// The first screen; the only one that the server renders.
pub(super) fn rules(play: Play, state: &State) -> AnyView {
    let label = if state.ready {
        "I have thought of something"
    } else {
        "One moment …"
    };
    let start = Button::new("button is-primary", label, Press::Start).enabled(state.ready);
    view! {
        <main class="page rules">
            <h1 class="title" id="heading" tabindex="-1">"Twenty Questions"</h1>
            <ol class="steps">
                <li>
                    <strong>"Think of something."</strong>
                    " A dog, a coffee, a display, a football … anything you like. Keep it to yourself."
                </li>
                <li>
                    <strong>"Answer truthfully."</strong>
                    " Yes or no. When neither is true, say that you are not sure."
                </li>
                <li>
                    <strong>"Twenty questions."</strong>
                    " That is all the AI has to find out what it is. Each guess costs one."
                </li>
            </ol>
            {start.view(play)}
            <p class="aside">{state.session.past.last().map(remember).unwrap_or_default()}</p>
            {shelf(play, state)}
        </main>
    }
    .into_any()
}

/// What to say of the game before.
fn remember(past: &Past) -> String {
    let thing = past
        .thing
        .as_deref()
        .map_or(String::new(), |thing| format!(" It was {thing}."));
    match past.winner {
        None => format!("You stopped the last game.{thing}"),
        Some(Winner::Ai) => format!(
            "Last time the AI needed {} of its twenty.{thing}",
            past.moves
        ),
        Some(Winner::Player) => format!("Last time you won.{thing}"),
    }
}
