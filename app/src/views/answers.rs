//! Yes, No, Not sure.

use super::{board::of_game, use_play};
use game::{Answer, Move};
use leptos::prelude::*;

/// The three answers. They stay where they are while the AI thinks, so that the focus does too.
#[component]
pub(super) fn Answers() -> impl IntoView {
    view! {
        <div class="answers" role="group" aria-label="Your answer">
            <Choice answer=Answer::Yes label="Yes" key="Y"/>
            <Choice answer=Answer::No label="No" key="N"/>
            <Choice answer=Answer::Unsure label="Not sure" key="S"/>
        </div>
    }
}

#[component]
fn Choice(answer: Answer, label: &'static str, key: &'static str) -> impl IntoView {
    let play = use_play();
    let takes = of_game(move |game| game.asked().is_some_and(|asked: &Move| asked.takes(answer)));
    let class = match answer {
        Answer::Yes => "button answer is-yes",
        Answer::No => "button answer is-no",
        Answer::Unsure => "button answer is-unsure",
    };
    view! {
        <button
            class=class
            aria-keyshortcuts=key
            aria-disabled=move || (!takes.get()).to_string()
            on:click=move |_| play.answer(answer)
        >
            {label} <kbd aria-hidden="true">{key}</kbd>
        </button>
    }
}
