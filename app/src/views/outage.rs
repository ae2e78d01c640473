//! What went wrong, and what the player can do about it.

use super::{button::Button, words::words};
use crate::{
    play::Play,
    session::Step,
    state::{Notice, Press, State},
};
use leptos::prelude::*;

/// Why there is no question. Nothing while all is well.
pub(super) fn outage(play: Play, state: &State) -> AnyView {
    let (sentences, button) = match &state.outage {
        Some(error) => {
            let again = Button::new("button is-primary", "Try again", Press::TryAgain);
            (format!("{error} Your game is safe."), Some(again))
        }
        None if state.is_slow => {
            let take_over = Press::Step(Step::TakeOver);
            let go_on = Button::new("button", "Go on without it", take_over);
            (SLOW.to_owned(), Some(go_on))
        }
        None => (String::new(), None),
    };
    let card = button.map(|button| {
        view! {
            <div class="outage">
                {words("", sentences)}
                <div class="row">{button.view(play)}</div>
            </div>
        }
    });
    view! { <div role="alert">{card}</div> }.into_any()
}

const SLOW: &str =
    "This takes longer than usual. I can go on without the server, here in your browser.";

/// What couldn't be stored, or what became of a file or a lesson. It shows on the sheet that is open, otherwise on
/// the page.
pub(super) fn notice(state: &State, is_on_sheet: bool) -> AnyView {
    let text = match state.notice {
        _ if state.sheet.is_some() != is_on_sheet => String::new(),
        _ if state.unsaved.is_any() => UNSAVED.to_owned(),
        Some(notice) => sentence(notice),
        None => String::new(),
    };
    let card = (!text.is_empty()).then(|| words("notice", text));
    view! { <div role="status">{card}</div> }.into_any()
}

const UNSAVED: &str = "I couldn't save this on your device: its storage is full or switched off. It is lost when you close the page.";

fn sentence(notice: Notice) -> String {
    let fixed = match notice {
        Notice::Loaded(1) => "One thing is loaded.",
        Notice::Loaded(things) => return format!("{things} things are loaded."),
        Notice::BadFile => {
            "That file isn't from this game. Choose one that was saved here, on this or another device."
        }
        Notice::NameTaken => "I know that one already, so this one keeps its name.",
        Notice::Renamed => "Renamed.",
        Notice::Removed => "Removed.",
        Notice::Restored => "It is back.",
    };
    fixed.to_owned()
}
