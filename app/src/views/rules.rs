//! How the game goes, and the button to start.

use super::use_play;
use crate::session::Past;
use game::Winner;
use leptos::prelude::*;

/// The first screen; the only one that the server renders.
#[component]
pub(super) fn Rules() -> impl IntoView {
    let play = use_play();
    let last = move || play.session.with(|session| session.past.last().map(remember));
    view! {
        <section class="rules">
            <h1 class="title">"Twenty" <br/> "Questions"</h1>
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
            <button
                class="button is-primary"
                disabled=move || !play.ready.get()
                on:click=move |_| play.start()
            >
                {move || if play.ready.get() { "I have thought of something" } else { "One moment …" }}
            </button>
            <noscript>
                <p class="aside">"The game runs in your browser and needs JavaScript and WebAssembly."</p>
            </noscript>
            <p class="aside">{last}</p>
        </section>
    }
}

/// What to say of the game before.
fn remember(past: &Past) -> String {
    let thing = past.thing.as_deref().map_or(String::new(), |thing| format!(" It was {thing}."));
    match past.outcome {
        None => format!("You stopped the last game.{thing}"),
        Some(outcome) if outcome.winner == Winner::Ai => {
            format!("Last time the AI needed {} of its twenty.{thing}", outcome.moves)
        }
        Some(_) => format!("Last time you won.{thing}"),
    }
}
