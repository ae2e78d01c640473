//! What the guesser makes of a game that is over: what surprised it, and what it can learn.

use super::{button::Button, list::line, thought::percent};
use crate::{
    play::{Play, Press, State},
    session::Game,
};
use game::{Answer, Winner};
use guesser::Surprise;
use leptos::prelude::*;

/// How many surprises are told.
const TOLD: usize = 3;

/// Nothing, until the player has said what it was and the guesser is here.
pub(super) fn debrief(play: Play, state: &State, game: &Game) -> AnyView {
    let thing = game.thing.as_deref().unwrap_or_default();
    let is_said = !thing.is_empty() && state.has_guesser;
    let surprises = is_said
        .then(|| play.by_guesser(|guesser| guesser.surprises(&game.in_own_words(), thing)))
        .flatten();
    let is_found = game
        .outcome()
        .is_some_and(|outcome| outcome.winner == Winner::Ai);
    let is_taught = state
        .lessons
        .iter()
        .any(|lesson| lesson.name.as_str() == thing);
    let (words, surprises, teaches) = match surprises {
        None => ("", Vec::new(), false),
        Some(_) if is_taught && !is_found => (
            "The guesser will know it next time, on this device.",
            Vec::new(),
            false,
        ),
        Some(None) => {
            let teaches = game.lesson().is_some();
            ("The guesser has never heard of it.", Vec::new(), teaches)
        }
        Some(Some(surprises)) => {
            let words = match (surprises.is_empty(), is_found) {
                (true, true) => "",
                (true, false) => {
                    "The guesser knows it, and nothing that you said speaks against it."
                }
                (false, true) => "The guesser had expected other answers here:",
                (false, false) => "The guesser knows it, but had expected other answers here:",
            };
            (words, surprises, false)
        }
    };
    let teach = Button::new("button", "Teach the guesser", Press::Teach);
    view! {
        <div class="debrief">
            <p>{words}</p>
            <ol>{surprises.iter().take(TOLD).map(told).collect::<Vec<_>>()}</ol>
            {teaches.then(|| teach.view(play))}
        </div>
    }
    .into_any()
}

fn told(surprise: &Surprise) -> AnyView {
    let (class, said, expected) = match surprise.answer {
        Answer::Yes => ("is-yes", "Yes", "no"),
        _ => ("is-no", "No", "yes"),
    };
    let certainty = percent(1.0 - surprise.likelihood);
    let said = format!("{said}, not {expected} ({certainty})");
    line(class, 0, surprise.question.to_string(), said)
}
