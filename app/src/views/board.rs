//! The game on the table: the question, the answers and what went before.

use super::{answers::Answers, focus_on_entry, history::History, trouble::Trouble, use_play};
use crate::session::{Asker, Game, Step};
use game::{Answer, MOVES, Move, wire::HOUSE};
use leptos::prelude::*;

/// The screen of a game that goes on.
#[component]
pub(super) fn Board() -> impl IntoView {
    view! {
        <section class="board">
            <Count/>
            <Question/>
            <Answers/>
            <Trouble/>
            <History/>
            <Leaving/>
        </section>
    }
}

/// A value derived from the game on the table; its default where there is none.
pub(super) fn of_game<T: Default + PartialEq + Send + Sync + 'static>(
    derive: impl Fn(&Game) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let session = use_play().session;
    Memo::new(move |_| session.with(|session| session.game.as_ref().map_or_else(T::default, &derive)))
}

/// "Question 7 of 20", and a pip for each of the twenty.
#[component]
fn Count() -> impl IntoView {
    let number = of_game(number);
    let pips = of_game(|game| {
        let turns = game.transcript.turns().iter();
        turns.map(|turn| (turn.asked.is_guess(), turn.answer)).collect::<Vec<_>>()
    });
    let pip = move |index: usize| {
        let shape = pips.with(|pips| pips.get(index).copied());
        match shape {
            None => "pip",
            Some((_, None)) => "pip is-open",
            Some((true, Some(_))) => "pip is-refused",
            Some((false, Some(Answer::Yes))) => "pip is-yes",
            Some((false, Some(Answer::No))) => "pip is-no",
            Some((false, Some(Answer::Unsure))) => "pip is-unsure",
        }
    };
    view! {
        <header class="count">
            <p class="number">"Question " <b>{number}</b> " of " {MOVES}</p>
            <div class="pips" aria-hidden="true">
                {(0..MOVES).map(|index| view! { <i class=move || pip(index)></i> }).collect_view()}
            </div>
        </header>
    }
}

/// The number of the open move, or of the one that the AI thinks about.
fn number(game: &Game) -> usize {
    let turns = game.transcript.turns().len();
    if game.asked().is_some() { turns } else { turns + 1 }
}

/// The card with the question or the guess.
#[component]
fn Question() -> impl IntoView {
    let play = use_play();
    let asked = of_game(|game| game.asked().cloned());
    let by = of_game(|game| match (game.by(), game.asker) {
        (_, Asker::Browser) => "The house asks, here in your browser".to_owned(),
        (None, _) => "The AI".to_owned(),
        (Some(HOUSE), _) => "The house asks".to_owned(),
        (Some(model), _) => format!("{model} asks"),
    });
    let number = of_game(number);
    let is_guess = move || asked.with(|asked| asked.as_ref().is_some_and(Move::is_guess));
    let is_long = move || asked.with(|asked| asked.as_ref().is_some_and(|asked| asked.text().as_str().len() > 60));
    let words = move || asked.with(|asked| asked.as_ref().map(ToString::to_string));
    let spoken = move || {
        let kind = if is_guess() { "A guess, number" } else { "Question" };
        words().map(|words| format!("{kind} {} of {MOVES}. {words}", number.get()))
    };
    let heading = NodeRef::new();
    focus_on_entry(heading);
    view! {
        <div class="card" class:is-guess=is_guess class:is-thinking=move || play.is_thinking()>
            <p class="by">{move || if is_guess() { "I think I know …".to_owned() } else { by.get() }}</p>
            <h1 class="question" class:is-long=is_long tabindex="-1" node_ref=heading>
                {move || words().unwrap_or_else(|| if play.is_thinking() { "Let me think".to_owned() } else { "I have lost my thread".to_owned() })}
                <span class="dots" aria-hidden="true"></span>
            </h1>
        </div>
        <p class="unseen" aria-live="polite">{spoken}</p>
    }
}

/// Undo, give up, start again.
#[component]
fn Leaving() -> impl IntoView {
    let play = use_play();
    let can_undo = of_game(Game::can_undo);
    let is_asking = RwSignal::new(false);
    let sure = NodeRef::<leptos::html::Button>::new();
    let again = NodeRef::<leptos::html::Button>::new();
    let ask = move |_| {
        is_asking.set(true);
        // The button that was pressed is hidden now; the focus goes where the question is.
        request_animation_frame(move || {
            if let Some(sure) = sure.get_untracked() {
                let _ = sure.focus();
            }
        });
    };
    let keep = move |_| {
        is_asking.set(false);
        request_animation_frame(move || {
            if let Some(again) = again.get_untracked() {
                let _ = again.focus();
            }
        });
    };
    view! {
        <footer class="leaving">
            <div class="row" hidden=move || is_asking.get()>
                <button
                    class="button is-plain"
                    aria-keyshortcuts="Z Backspace"
                    aria-disabled=move || (!can_undo.get()).to_string()
                    on:click=move |_| play.step(Step::Undo)
                >
                    "Undo"
                </button>
                <button class="button is-plain" on:click=move |_| play.step(Step::GiveUp)>"Give up"</button>
                <button class="button is-plain" node_ref=again on:click=ask>"Start again"</button>
            </div>
            <div class="row" hidden=move || !is_asking.get()>
                <span>"Throw this game away?"</span>
                <button class="button is-plain" node_ref=sure on:click=move |_| play.step(Step::Leave)>
                    "Yes, start again"
                </button>
                <button class="button is-plain" on:click=keep>"Keep playing"</button>
            </div>
        </footer>
    }
}
