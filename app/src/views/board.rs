//! The game on the table: the question, the answers and what went before.

use super::{button::Button, history::history, thought::thought, trouble::trouble};
use crate::{
    play::{Asking, Play, Press, State},
    session::{Asker, Game, Step},
};
use game::{Answer, MOVES, Move, Mover, Turn};
use leptos::prelude::*;

/// Where a question is long enough to be set smaller.
const LONG: usize = 60;

/// The screen of a game that goes on.
pub(super) fn board(play: Play, state: &State, game: &Game) -> AnyView {
    view! {
        <main class="page board">
            {count(game)}
            {card(state, game)}
            {answers(play, game)}
            {trouble(play, state)}
            {if state.curious { thought(play, game) } else { history(game) }}
            {leaving(play, state, game)}
        </main>
    }
    .into_any()
}

/// The number of the open move, or of the one that the AI thinks about.
fn number(game: &Game) -> usize {
    let turns = game.transcript.turns().len();
    turns + usize::from(game.open_move().is_none())
}

/// "Question 7 of 20", and a pip for each of the twenty.
fn count(game: &Game) -> AnyView {
    let turns = game.transcript.turns();
    let pips = (0..MOVES).map(|index| view! { <i class=pip(turns.get(index))></i> });
    view! {
        <header class="count">
            <p class="number">"Question " <b>{number(game).to_string()}</b> " of 20"</p>
            <div class="pips" aria-hidden="true">{pips.collect::<Vec<_>>()}</div>
        </header>
    }
    .into_any()
}

fn pip(turn: Option<&Turn>) -> &'static str {
    match turn.map(|turn| (turn.mv.is_guess(), turn.answer)) {
        None => "pip",
        Some((_, None)) => "pip is-open",
        Some((true, Some(_))) => "pip is-refused",
        Some((false, Some(Answer::Yes))) => "pip is-yes",
        Some((false, Some(Answer::No))) => "pip is-no",
        Some((false, Some(Answer::Unsure))) => "pip is-unsure",
    }
}

/// The card with the question or the guess, and the same for ears.
fn card(state: &State, game: &Game) -> AnyView {
    let by = match (game.by(), game.asker) {
        (_, Asker::Browser) => "The guesser asks, here in your browser".to_owned(),
        (None, _) => "The AI asks".to_owned(),
        (Some(Mover::Guesser), _) => "The guesser asks".to_owned(),
        (Some(Mover::Model(model)), _) => format!("{model} asks"),
    };
    let (class, kicker, words, spoken) = match game.open_move() {
        Some(mv @ Move::Guess(_)) => (
            "card is-guess",
            "I think I know …".to_owned(),
            mv.to_string(),
            "A guess, number",
        ),
        Some(asked) => ("card", by, asked.to_string(), "Question"),
        None if state.failure.is_some() => ("card", by, "No question came".to_owned(), ""),
        None => ("card is-thinking", by, "Let me think".to_owned(), ""),
    };
    let question = if words.len() > LONG {
        "question is-long"
    } else {
        "question"
    };
    let spoken = match spoken {
        "" => String::new(),
        spoken => format!("{spoken} {} of 20. {words}", number(game)),
    };
    view! {
        <div class=class>
            <p class="by">{kicker}</p>
            <h1 class=question id="heading" tabindex="-1">{words}</h1>
            <p class="unseen" aria-live="polite">{spoken}</p>
        </div>
    }
    .into_any()
}

/// Yes, No, Not sure. They stay where they are while the AI thinks, so that the focus does too.
fn answers(play: Play, game: &Game) -> AnyView {
    let choice = |class, label, answer: Answer, key| {
        let takes = game.open_move().is_some_and(|mv| mv.takes(answer));
        Button::new(class, label, Press::Answer(answer))
            .key(key)
            .enabled(takes)
            .view(play)
    };
    view! {
        <div class="answers" role="group" aria-label="Your answer">
            {choice("button answer is-yes", "Yes", Answer::Yes, "Y")}
            {choice("button answer is-no", "No", Answer::No, "N")}
            {choice("button answer", "Not sure", Answer::Unsure, "S")}
        </div>
    }
    .into_any()
}

/// Undo, give up, start again.
fn leaving(play: Play, state: &State, game: &Game) -> AnyView {
    let plain = |label, press| Button::new("button is-plain", label, press);
    let buttons = if state.asking == Some(Asking::Leave) {
        vec![
            plain("Throw this game away", Press::Step(Step::Leave))
                .id("leave")
                .view(play),
            plain("Keep playing", Press::Ask(None)).view(play),
        ]
    } else {
        let wonder = if state.curious {
            "Questions"
        } else {
            "What I think"
        };
        let is_guesser = game.by() == Some(&Mover::Guesser) || game.asker == Asker::Browser;
        vec![
            plain(wonder, Press::Wonder)
                .enabled(is_guesser || state.curious)
                .view(play),
            plain("Undo", Press::Step(Step::Undo))
                .enabled(game.can_undo())
                .view(play),
            plain("Give up", Press::Step(Step::GiveUp)).view(play),
            plain("Start again", Press::Ask(Some(Asking::Leave))).view(play),
        ]
    };
    view! { <footer class="leaving row">{buttons}</footer> }.into_any()
}
