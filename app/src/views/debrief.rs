//! What the guesser makes of a game that is over: which answers surprised it, and what it can learn.

use super::{button::Button, list::line, words::words};
use crate::{
    insight::Surprise,
    play::Play,
    session::{Game, with_article},
    slim::percent,
    state::{LEAST_ANSWERS, Press, State},
};
use game::Text;
use leptos::prelude::*;

/// How many surprises are shown.
const SHOWN: usize = 3;

/// Empty until somebody has named the thing and the guesser is loaded.
pub(super) fn debrief(play: Play, state: &State, game: &Game) -> AnyView {
    let verdict = verdict(state, game).unwrap_or_default();
    let surprises = verdict.surprises.iter().take(SHOWN).map(told);
    let names = verdict.names.into_iter().map(|name| {
        let label = name.to_string();
        Button::new("button", &label, Press::Teach(name)).view(play)
    });
    view! {
        <div class="debrief" aria-live="polite">
            {words("", verdict.words.to_owned())}
            <ol>{surprises.collect::<Vec<_>>()}</ol>
            <div class="row">{names.collect::<Vec<_>>()}</div>
        </div>
    }
    .into_any()
}

#[derive(Default)]
struct Verdict {
    words: &'static str,
    surprises: Vec<Surprise>,
    /// The names by which the guesser could learn the thing, the best first.
    names: Vec<Text>,
}

fn verdict(state: &State, game: &Game) -> Option<Verdict> {
    let thing = game.thing.as_ref()?;
    state.guesser()?;
    let said = |words| {
        Some(Verdict {
            words,
            ..Verdict::default()
        })
    };
    if state.insight.thing.is_none() {
        let answers = game.lesson().map_or(0, |lesson| lesson.answers.len());
        if answers < LEAST_ANSWERS {
            return said(
                "I have never heard of it. Answer six questions or more, and you can teach me.",
            );
        }
        let mut names: Vec<_> = with_article(thing).into_iter().collect();
        names.push(thing.clone());
        return Some(Verdict {
            words: "I have never heard of it. To teach me, choose the name that sounds right: I remember it with your answers and, for all else, take it to be like its neighbours in the sky.",
            names,
            ..Verdict::default()
        });
    }
    let surprises = state.insight.surprises.clone();
    let lesson = game.lesson();
    if !game.is_found() && lesson.is_some_and(|lesson| state.lessons.contains(&lesson)) {
        return said("Thank you! A new star. I'll know it next time, on this device.");
    }
    let words = match surprises.is_empty() {
        true if game.is_found() => "",
        true if game.given_up => "Your answers all fit. I was not there yet.",
        true => "Your answers all fit. I ran out of questions.",
        false => "Where you surprised me:",
    };
    Some(Verdict {
        words,
        surprises,
        names: Vec::new(),
    })
}

fn told(surprise: &Surprise) -> AnyView {
    let (class, said, expected) = if surprise.is_yes {
        ("is-yes", "yes", "no")
    } else {
        ("is-no", "no", "yes")
    };
    let certainty = percent(surprise.certainty);
    let said = format!("You said {said}. I was {certainty} sure it was {expected}.");
    line(class, 0, surprise.question.clone(), said)
}
