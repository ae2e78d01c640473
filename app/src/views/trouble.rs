//! What happened when no question came, and what to do about it.

use super::use_play;
use crate::session::Step;
use leptos::prelude::*;

/// Says what went wrong; nothing is shown while all is well.
#[component]
pub(super) fn Trouble() -> impl IntoView {
    let play = use_play();
    let card = move || {
        let failure = play.trouble.get()?;
        let house = failure.offers_house().then(|| {
            view! {
                <button class="button" on:click=move |_| play.step(Step::TakeOver)>
                    "Go on with the house"
                </button>
            }
        });
        let again = (!failure.trouble.is_final()).then(|| {
            view! {
                <button class="button is-primary" on:click=move |_| play.try_again()>"Try again"</button>
            }
        });
        Some(view! {
            <div class="trouble">
                <p>{failure.trouble.sentence()} " Your game is safe."</p>
                {failure.offers_house().then_some(view! {
                    <p class="aside">"The house is a guesser that plays here, in your browser, without a server."</p>
                })}
                <div class="row">{again} {house}</div>
            </div>
        })
    };
    view! { <div role="alert">{card}</div> }
}
