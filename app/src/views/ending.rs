//! The end of a game: who has won, what it was, and how it went.

use super::{button::Button, debrief::debrief, history::history};
use crate::{
    play::Play,
    session::{Game, Step},
    state::{Form, Press, State},
};
use game::Winner;
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// The screen of a game that is decided or was stopped.
pub(super) fn ending(play: Play, state: &State, game: &Game) -> AnyView {
    let moves = game.transcript.turns().len();
    let winner = game.outcome().map(|outcome| outcome.winner);
    let (headline, summary) = match winner {
        Some(Winner::Ai) => (format!("Got it in {moves}"), String::new()),
        Some(Winner::Player) => ("You win!".to_owned(), "I never got there.".to_owned()),
        None => (
            "You ended the game".to_owned(),
            format!("I had asked {moves} of my twenty questions."),
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
                <p class="kicker">{summary}</p>
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

/// The thing: the AI's guess if it was right, else what the player says, or a form to say it.
fn thing(play: Play, state: &State, game: &Game) -> AnyView {
    match &game.thing {
        Some(thing) if state.open_form != Some(Form::Thing) => {
            let change = Button::new("button is-plain", "Change", Press::Open(Form::Thing));
            view! {
                <p class="thing">
                    <span>"It was " <b>{thing.to_string()}</b> "."</span>
                    {(!game.is_found()).then(|| change.view(play))}
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
                    value=thing.as_ref().map(ToString::to_string).unwrap_or_default()
                />
                <button class="button">"Tell"</button>
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
