//! The end of a game: who has won, what it was, and how it went.

use super::{
    button::Button, debrief::debrief, history::history, name_form::name_form, outage::notice,
    sky::sky, words::words,
};
use crate::{
    play::Play,
    session::{Game, Step},
    state::{Press, Sheet, State},
};
use game::{Text, past::End};
use leptos::prelude::*;

/// The screen of a game that is decided or was stopped.
pub(super) fn ending(play: Play, state: &State, game: &Game) -> AnyView {
    let moves = game.transcript.turns().len();
    let name = game.thing.as_ref().map(Text::as_str).unwrap_or_default();
    let (headline, summary) = match game.end() {
        End::Found => (format!("Got it in {moves}: {name}."), String::new()),
        End::Late => (
            format!("You win! It was {name}."),
            format!("I needed {moves} moves."),
        ),
        End::Missed => ("You win!".to_owned(), "I never got there.".to_owned()),
        End::Stopped => (
            "You ended the game.".to_owned(),
            format!("I had asked {moves} of my twenty questions."),
        ),
    };
    // With the name there is nothing left to find.
    let overtime = (game.takes_overtime() && game.thing.is_none()).then(|| {
        let label = "Let me ask five more";
        Button::new("button", label, Press::Step(Step::Overtime)).view(play)
    });
    let back = if game.given_up {
        "Back to the game"
    } else {
        "Undo"
    };
    let plain = |label, press| Button::new("button is-plain", label, press).view(play);
    view! {
        <main class="page ending">
            {sky(caption(state, game).to_owned())}
            <div class="play">
                <h1 class="question" id="heading">{words("", headline)}</h1>
                {words("kicker", summary)}
                {(!game.is_found()).then(|| thing(play, state, game))}
                {overtime}
                {debrief(play, state, game)}
                {notice(state, false)}
                {Button::new("button is-primary", "Play again", Press::Start).view(play)}
                <nav class="footer" aria-label="Game">
                    {plain(back, Press::Step(Step::Undo))}
                    {Button::new("button is-plain opens-answers", "Your answers", Press::Open(Sheet::Answers)).view(play)}
                    {game.outcome().map(|_| plain("Share", Press::Open(Sheet::Share)))}
                    {plain("Menu", Press::Open(Sheet::Menu))}
                </nav>
                {history(play, state, game)}
            </div>
        </main>
    }
    .into_any()
}

/// What the sky shows; empty until the guesser is here.
fn caption(state: &State, game: &Game) -> &'static str {
    match (game.is_found(), &state.insight.thing) {
        _ if state.guesser().is_none() => "",
        (true, _) => "what I suspected on the way",
        (false, Some(_)) => "where it was",
        (false, None) => "where I was looking",
    }
}

/// What the player says the thing was, or a form to say it.
fn thing(play: Play, state: &State, game: &Game) -> AnyView {
    match &game.thing {
        Some(thing) if !state.is_naming => view! {
            <p class="thing">
                <span id="told">"It was " <b>{words("", thing.to_string())}</b> "."</span>
                {Button::new("button is-plain", "Change", Press::CorrectThing).view(play)}
            </p>
        }
        .into_any(),
        thing => {
            let name = thing.as_ref().map(ToString::to_string).unwrap_or_default();
            let press = |typed| Press::Step(Step::Name(typed));
            let form = name_form(play, "thing", ["What was it?", "Tell me"], name, press);
            view! {
                <div>
                    {form}
                    <p class="aside">"Optional. It stays on this device."</p>
                </div>
            }
            .into_any()
        }
    }
}
