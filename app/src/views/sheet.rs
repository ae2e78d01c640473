//! The sheet over the page: a dialog, so the browser keeps the focus in it, closes it with Escape and
//! gives the focus back.

use super::{
    button::Button,
    history::history,
    list::{line, list},
    outage::notice,
    stars::stars,
    words::words,
};
use crate::{
    play::Play,
    preferences::Theme,
    session::{Opponent, Screen, Step},
    slim::percent,
    state::{Press, Sheet, State},
};
use game::Mover;
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// Opens or closes the dialog.
pub(super) fn show(is_wanted: bool) {
    let dialog = document().get_element_by_id("sheet");
    let dialog = dialog.and_then(|dialog| dialog.dyn_into::<web_sys::HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| dialog.open() != is_wanted) {
        if is_wanted {
            // Fails only if the dialog is open or not in the page.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    }
}

/// The sheet that is open, or an empty dialog.
pub(super) fn sheet(play: Play, state: &State) -> AnyView {
    let game = state.session.game.as_ref();
    let (title, content) = match (state.sheet, game) {
        (Some(Sheet::Answers), Some(game)) => ("Your answers", history(play, state, game)),
        (Some(Sheet::Menu), _) => ("Menu", menu(play, state)),
        (Some(Sheet::Thoughts), _) => ("What I think", thoughts(state)),
        (Some(Sheet::How), _) => ("How it works", how()),
        (Some(Sheet::Stars), _) => ("Stars I added", stars(play, state)),
        (Some(Sheet::Leave), _) => ("Start again?", leave(play)),
        (Some(Sheet::Statistics), _) => ("Statistics", extra()),
        (Some(Sheet::Share), _) => ("Share this game", extra()),
        (Some(Sheet::Shared), _) => ("A shared game", extra()),
        _ => ("", ().into_any()),
    };
    let close = move || {
        if play.state.with_untracked(|state| state.sheet.is_some()) {
            play.press(Press::Close);
        }
    };
    view! {
        <dialog
            id="sheet"
            class="sheet"
            aria-labelledby="sheet-title"
            on:close=move |_| close()
            on:click=move |event| {
                // The dialog's content fills it, so a click on the dialog itself hits what is around it.
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                if target.is_some_and(|element| element.id() == "sheet") {
                    close();
                }
            }
        >
            <div class="sheet-content">
                <header class="sheet-head">
                    <h2 id="sheet-title">{words("", title.to_owned())}</h2>
                    {Button::new("button is-plain", "Close", Press::Close).view(play)}
                </header>
                {content}
            </div>
        </dialog>
    }
    .into_any()
}

fn menu(play: Play, state: &State) -> AnyView {
    let entry = |label, press| Button::new("button", label, press).view(play);
    let mut entries = Vec::new();
    if let Some(game) = &state.session.game {
        if state.session.screen() == Screen::Board {
            // A model doesn't tell what it thinks.
            let is_guesser_playing =
                game.by() == Some(&Mover::Guesser) || game.opponent == Opponent::Guesser;
            if is_guesser_playing {
                entries.push(entry("What I think", Press::Open(Sheet::Thoughts)));
            }
            entries.push(entry("End game", Press::Step(Step::GiveUp)));
            entries.push(entry("Start again", Press::Open(Sheet::Leave)));
        } else {
            entries.push(entry("Back to the start page", Press::Step(Step::Leave)));
        }
    }
    entries.push(entry("How it works", Press::Open(Sheet::How)));
    entries.push(entry("Statistics", Press::Open(Sheet::Statistics)));
    entries.push(entry("Stars I added", Press::Open(Sheet::Stars)));
    let theme = |theme: Theme| {
        let label = match theme {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        Button::new("button", label, Press::Theme(theme))
            .pressed(state.preferences.theme == theme)
            .view(play)
    };
    let keys = Button::new(
        "button",
        "Keyboard shortcuts: Y, N, S, Z",
        Press::ToggleKeys,
    )
    .pressed(state.preferences.has_keys);
    view! {
        {notice(state, true)}
        <div class="entries">{entries}</div>
        <div class="row" role="group" aria-label="Colours">{Theme::ALL.map(theme).into_iter().collect::<Vec<_>>()}</div>
        <div class="row keys">{keys.view(play)}</div>
        <p class="aside">{concat!("Version ", env!("CARGO_PKG_VERSION"))}</p>
    }
    .into_any()
}

/// Its best candidates, and how certain it is of each. Empty until the guesser is loaded.
fn thoughts(state: &State) -> AnyView {
    let thoughts = state.insight.thoughts.iter().enumerate();
    let lines = thoughts.map(|(index, (certainty, name))| {
        line("is-thought", index + 1, name.clone(), percent(*certainty))
    });
    list("thoughts", "What I think", lines.collect())
}

/// Text that never changes is smaller as HTML than as a view.
const HOW: &str = "<ol class=steps>\
<li><strong>Think of something.</strong> Anything you like. Keep it to yourself.\
<li><strong>Answer truthfully.</strong> Yes or no. If neither is true, say that you are not sure.\
<li><strong>Twenty questions.</strong> That is all I have. Each guess costs one.\
</ol>\
<p>Each star in the sky is a thing that I know, beside things like it. Your answers put stars out: the more a star stands out, the likelier I think it is. \
“About 99 left” counts likely things in full and unlikely ones hardly, so a wrong guess can raise it.\
<p>If a language model plays, my questions and your answers go to this game's server and to the model, without a name or an account. \
Otherwise I think here in your browser, as soon as I am loaded. \
What your thing was, what you teach me and how your games went stay on this device.";

fn how() -> AnyView {
    view! { <div class="how" inner_html=HOW></div> }.into_any()
}

/// `extras.js` fills it.
fn extra() -> AnyView {
    view! { <div id="extra"></div> }.into_any()
}

fn leave(play: Play) -> AnyView {
    view! {
        <p>"This game will be lost."</p>
        <div class="row">
            {Button::new("button", "Start again", Press::Start).view(play)}
            {Button::new("button", "Keep playing", Press::Close).view(play)}
        </div>
    }
    .into_any()
}
