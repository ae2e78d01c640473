//! The end of a game: who has won, what it was, and how it went.

use super::{board::of_game, focus_on_entry, history::History, use_play};
use crate::session::Step;
use game::{Outcome, Winner};
use leptos::prelude::*;

/// The screen of a game that is decided or was stopped.
#[component]
pub(super) fn Ending() -> impl IntoView {
    let play = use_play();
    let outcome = of_game(|game| game.outcome());
    let (given_up, can_undo) = (of_game(|game| game.given_up), of_game(|game| game.can_undo()));
    let heading = NodeRef::new();
    focus_on_entry(heading);
    let headline = move || match outcome.get() {
        Some(Outcome { winner: Winner::Ai, .. }) => "The AI has found it",
        Some(Outcome { winner: Winner::Player, .. }) => "You have won",
        None => "You stopped the game",
    };
    let moves = of_game(|game| game.transcript.turns().len());
    let summary = move || match (outcome.get(), moves.get()) {
        (Some(Outcome { winner: Winner::Ai, .. }), 1) => "It needed a single one of its twenty.".to_owned(),
        (Some(Outcome { winner: Winner::Ai, .. }), moves) => format!("It needed {moves} of its twenty."),
        (Some(Outcome { winner: Winner::Player, .. }), _) => "Twenty moves were not enough for the AI.".to_owned(),
        (None, moves) => format!("That was after {moves} of twenty."),
    };
    view! {
        <section class="ending">
            <div class="card" class:is-guess=move || outcome.get().is_some()>
                <h1 class="question" tabindex="-1" node_ref=heading>{headline}</h1>
                <p class="by">{summary}</p>
                <Thing/>
            </div>
            <div class="row">
                <button class="button is-primary" on:click=move |_| play.start()>"Play again"</button>
                <Show when=move || can_undo.get() || given_up.get()>
                    <button class="button is-plain" on:click=move |_| play.step(Step::Undo)>
                        {move || if given_up.get() { "Back to the game" } else { "Take back the last answer" }}
                    </button>
                </Show>
                <button class="button is-plain" on:click=move |_| play.step(Step::Leave)>"The rules"</button>
            </div>
            <History/>
        </section>
    }
}

/// What it was: the AI's guess if it was right, else what the player wishes to say.
#[component]
fn Thing() -> impl IntoView {
    let play = use_play();
    let thing = of_game(|game| game.thing.clone());
    let is_changing = RwSignal::new(false);
    let input = NodeRef::<leptos::html::Input>::new();
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = input.get_untracked() {
            play.step(Step::Name(input.value()));
            is_changing.set(false);
        }
    };
    view! {
        <Show
            when=move || thing.with(Option::is_some) && !is_changing.get()
            fallback=move || view! {
                <form class="thing" on:submit=keep>
                    <label for="thing">"What was it?"</label>
                    <input id="thing" node_ref=input maxlength="80" autocomplete="off" placeholder="If you like to say" prop:value=move || thing.get().unwrap_or_default()/>
                    <button class="button" type="submit">"Keep"</button>
                </form>
            }
        >
            <p class="thing">
                "It was " <b>{move || thing.get()}</b> ". "
                <Show when=move || outcome_is_open(play)>
                    <button class="button is-plain" on:click=move |_| is_changing.set(true)>"Change"</button>
                </Show>
            </p>
        </Show>
        <p class="aside">"Kept on this device only."</p>
    }
}

/// Whether only the player knows what it was.
fn outcome_is_open(play: crate::play::Play) -> bool {
    let outcome = play.session.with(|session| session.game.as_ref().and_then(|game| game.outcome()));
    outcome.is_none_or(|outcome| outcome.winner == Winner::Player)
}
