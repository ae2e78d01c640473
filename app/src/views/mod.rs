//! What the player sees: functions of the state.
//!
//! All of them run in one reactive closure. Whenever the state changes, it computes the page anew;
//! a part that keeps its type keeps its elements, and with them the focus. With a signal or an effect
//! for each part the bundle was a quarter larger.

mod board;
mod button;
mod debrief;
mod ending;
mod first;
mod history;
mod list;
mod move_shown;
mod name_form;
mod outage;
mod sheet;
mod sky;
mod stars;
mod words;

use crate::{
    keys,
    play::Play,
    session::{Game, Screen},
    sky::draw,
    state::{Sheet, State},
};
use game::{Text, lines};
use leptos::{
    prelude::*,
    wasm_bindgen::{self, JsCast, JsValue, prelude::wasm_bindgen},
};

/// After these events another tab may have stored something, the network may be back, or a link was opened.
const WAKING: [&str; 4] = ["storage", "visibilitychange", "online", "hashchange"];

/// The page of a guesser that knows so many things.
#[component]
pub fn App(
    /// The number of things.
    things: usize,
) -> impl IntoView {
    let play = Play::new(things);
    // Effects run in the browser only.
    Effect::new(move |before: Option<Place>| {
        if before.is_none() {
            keys::listen(play);
            for event in WAKING {
                window_event_listener_untyped(event, move |_| play.wake());
            }
            play.resume();
        }
        let now = play.state.with(|state| Place {
            screen: state.session.screen(),
            sheet: state.sheet,
            has_form: state.renaming.is_some() || state.is_naming,
        });
        // The first screen takes no focus, but a sheet that a link has opened does.
        let before = before.or(now.sheet.map(|_| Place { sheet: None, ..now }));
        request_animation_frame(move || {
            document().set_title(&play.state.with_untracked(title));
            sheet::show(now.sheet.is_some());
            play.state.with_untracked(draw);
            play.state.with_untracked(extra);
            if let Some(before) = before {
                place_focus(before, now);
            }
        });
        now
    });
    move || {
        play.state.with(|state| {
            let screen = match (&state.session.game, state.session.screen()) {
                (Some(game), Screen::Board) => board::board(play, state, game),
                (Some(game), Screen::Ending) => ending::ending(play, state, game),
                _ => first::first(play, state),
            };
            (screen, sheet::sheet(play, state))
        })
    }
}

/// Lets the script fill the sheet with something that few players open.
fn extra(state: &State) {
    let kind = match state.sheet {
        Some(Sheet::Statistics) => "statistics",
        Some(Sheet::Share) => "share",
        Some(Sheet::Shared) => "shared",
        _ => return,
    };
    let game = state.session.game.as_ref();
    let lines = game.map(|game| lines::write(&game.transcript));
    let thing = game.and_then(|game| game.thing.as_ref());
    let mut past = String::new();
    for game in state.session.past.iter().chain(&game.and_then(Game::past)) {
        past += &game.write();
        past.push('\n');
    }
    // Without the script there is nothing to fill it with.
    let _ = show_extra(
        kind,
        &lines.unwrap_or_default(),
        thing.map(Text::as_str).unwrap_or_default(),
        &past,
    );
}

#[wasm_bindgen]
extern "C" {
    /// Defined by `start.js`.
    #[wasm_bindgen(catch, js_name = showExtra)]
    fn show_extra(kind: &str, game: &str, thing: &str, past: &str) -> Result<(), JsValue>;
}

/// The title of the document follows the game.
fn title(state: &State) -> String {
    let game = state.session.game.as_ref();
    let open = game.and_then(|game| Some((game.open_move()?, &game.transcript)));
    match open {
        Some((mv, transcript)) => format!("{}. {mv}", transcript.turns().len()),
        None => "Twenty Questions".to_owned(),
    }
}

/// Where the player is.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    screen: Screen,
    sheet: Option<Sheet>,
    /// Whether a form is open that the player has asked for.
    has_form: bool,
}

/// Moves the focus where the player goes on: into a new screen, sheet or form, and nowhere if the focus is still on
/// something. The button that was pressed may be gone, and the focus with it.
fn place_focus(before: Place, now: Place) {
    let is_lost = document().active_element().is_none_or(|element| {
        // The button "Not sure" is about to be hidden, because a guess is open.
        let is_vanishing = element.matches(".is-guess ~ .answers > .is-unsure");
        let name = element.tag_name();
        matches!(name.as_str(), "BODY" | "DIALOG") || is_vanishing.unwrap_or(false)
    });
    let is_elsewhere =
        before.screen != now.screen || (before.sheet != now.sheet && now.sheet.is_some());
    if !is_lost && !is_elsewhere && (before.has_form || !now.has_form) {
        return;
    }
    // In the same place, a form or what came of it comes before the title.
    let ids: &[_] = match (now.sheet, is_elsewhere) {
        (Some(_), true) => &["sheet-title"],
        (Some(_), false) => &["name", "sheet-title"],
        (None, true) => &["heading"],
        (None, false) if now.has_form => &["thing"],
        (None, false) => &["told", "heading"],
    };
    if let Some(id) = ids.iter().find(|id| element(id).is_some()) {
        focus(id);
    }
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Focuses the element with this id. A view with the attribute `tabindex` would cost 4 ms at every question: Leptos
/// sets attributes anew, and Chromium then looks for another place for the focus.
fn focus(id: &str) {
    if let Some(element) = element(id) {
        if element.tab_index() < 0 {
            element.set_tab_index(-1);
        }
        let _ = element.focus();
    }
}

/// What stands in the input with this id.
fn typed(id: &str) -> String {
    let input = element(id).and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
