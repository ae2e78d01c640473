//! What the guesser makes of a game that is over: which answers surprised it, and what it can learn.

use super::{button::Button, list::line};
use crate::{
    play::Play,
    session::Game,
    slim::percent,
    state::{Press, State},
};
use game::Answer;
use guesser::Surprise;
use leptos::prelude::*;

/// How many surprises are shown.
const SHOWN: usize = 3;

/// Empty until somebody has named the thing and the guesser is loaded.
pub(super) fn debrief(play: Play, state: &State, game: &Game) -> AnyView {
    let verdict = verdict(state, game).unwrap_or_default();
    let surprises = verdict.surprises.iter().take(SHOWN).map(told);
    let teach = Button::new("button", "Teach me", Press::Teach);
    view! {
        <div class="debrief">
            <p>{verdict.words}</p>
            <ol>{surprises.collect::<Vec<_>>()}</ol>
            {verdict.can_learn.then(|| teach.view(play))}
        </div>
    }
    .into_any()
}

#[derive(Default)]
struct Verdict {
    words: &'static str,
    surprises: Vec<Surprise>,
    can_learn: bool,
}

fn verdict(state: &State, game: &Game) -> Option<Verdict> {
    let thing = game.thing.as_ref()?;
    let guesser = state.guesser()?;
    let surprises = guesser.surprises(&game.in_own_words(), thing.as_str());
    let is_taught = state.lessons.iter().any(|lesson| lesson.name == *thing);
    let can_learn = surprises.is_none();
    let surprises = surprises.unwrap_or_default();
    let words = match (can_learn, surprises.is_empty()) {
        _ if is_taught && !game.is_found() => {
            return Some(Verdict {
                words: "Thank you! I'll know it next time, on this device.",
                ..Verdict::default()
            });
        }
        (true, _) => "I have never heard of it.",
        (_, true) if game.is_found() => "",
        (_, true) if game.given_up => "Your answers all fit. I was not there yet.",
        (_, true) => "Your answers all fit. I ran out of questions.",
        (_, false) if game.is_found() => "I had expected other answers here:",
        (_, false) => "I know it, but I had expected other answers here:",
    };
    Some(Verdict {
        words,
        surprises,
        can_learn,
    })
}

fn told(surprise: &Surprise) -> AnyView {
    let (class, said, expected) = match surprise.answer {
        Answer::Yes => ("is-yes", "yes", "no"),
        _ => ("is-no", "no", "yes"),
    };
    let certainty = percent(1.0 - surprise.likelihood);
    let said = format!("You said {said}. I was {certainty} sure of {expected}.");
    line(class, 0, surprise.question.to_string(), said)
}
