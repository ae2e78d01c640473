//! The end of a game: who has won, what it was, and how it went.

use super::{button::Button, debrief::debrief, history::history};
use crate::{
    play::{Asking, Play, Press, State},
    session::{Game, Step},
};
use game::Winner;
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// The screen of a game that is decided or was stopped.
pub(super) fn ending(play: Play, state: &State, game: &Game) -> AnyView {
    let moves = game.transcript.turns().len();
    let winner = game.outcome().map(|outcome| outcome.winner);
    let (headline, summary) = match winner {
        Some(Winner::Ai) => (
            "The AI has found it",
            format!("It needed {moves} of its twenty."),
        ),
        Some(Winner::Player) => (
            "You have won",
            "Twenty moves were not enough for the AI.".to_owned(),
        ),
        None => (
            "You stopped the game",
            format!("The AI had used {moves} of its twenty."),
        ),
    };
    let back = if game.given_up {
        "Back to the game"
    } else {
        "Take back the last answer"
    };
    let plain = |label, press| Button::new("button is-plain", label, press).view(play);
    view! {
        <main class="page ending">
            <div class="card is-guess">
                <h1 class="question" id="heading" tabindex="-1">{headline}</h1>
                <p class="by">{summary}</p>
                {thing(play, state, game)}
                {debrief(play, state, game)}
            </div>
            <div class="row">
                {Button::new("button is-primary", "Play again", Press::Start).view(play)}
                {plain(back, Press::Step(Step::Undo))}
                {plain("The rules", Press::Step(Step::Leave))}
            </div>
            {history(game)}
        </main>
    }
    .into_any()
}

/// What it was: the AI's guess if it was right, else what the player wishes to say.
fn thing(play: Play, state: &State, game: &Game) -> AnyView {
    let is_known = game
        .outcome()
        .is_some_and(|outcome| outcome.winner == Winner::Ai);
    match &game.thing {
        Some(thing) if state.asking != Some(Asking::Thing) => {
            let change = Button::new("button is-plain", "Change", Press::Ask(Some(Asking::Thing)));
            view! {
                <p class="thing">
                    <span>"It was " <b>{thing.clone()}</b> "."</span>
                    {(!is_known).then(|| change.view(play))}
                </p>
            }
            .into_any()
        }
        thing => view! {
            <form class="thing" on:submit=move |event| {
                event.prevent_default();
                play.press(Press::Step(Step::Name(typed())));
            }>
                <label for="thing">"What was it?"</label>
                <input
                    id="thing"
                    maxlength="80"
                    autocomplete="off"
                    placeholder="Only if you like"
                    value=thing.clone().unwrap_or_default()
                />
                <button class="button">"Keep"</button>
                <p class="aside">"It stays on this device."</p>
            </form>
        }
        .into_any(),
    }
}

fn typed() -> String {
    let input = document().get_element_by_id("thing");
    let input = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
