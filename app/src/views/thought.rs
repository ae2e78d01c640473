//! What the guesser thinks in the middle of a game.

use super::list::{line, list};
use crate::{play::Play, session::Game};
use leptos::prelude::*;

/// Its best candidates, how certain it is of each, and what the last answer has told it.
pub(super) fn thought(play: Play, game: &Game) -> AnyView {
    let Some(thought) = play.by_guesser(|guesser| guesser.thought(&game.in_own_words())) else {
        return list("history", "What I think", Vec::new());
    };
    let candidates = thought.candidates.iter().enumerate();
    let mut lines: Vec<_> = candidates
        .map(|(index, (name, certainty))| {
            line(
                "is-thought",
                index + 1,
                name.to_string(),
                percent(*certainty),
            )
        })
        .collect();
    // As a whole number: to write fractions is 8 KB of code.
    let tenths = (thought.bits * 10.0) as u32;
    let told = format!("{}.{} bits", tenths / 10, tenths % 10);
    lines.push(line(
        "is-aside",
        0,
        "Your last answer told me".to_owned(),
        told,
    ));
    list("history", "What I think", lines)
}

/// In whole percents.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0) as u32 {
        0 => "< 1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}
