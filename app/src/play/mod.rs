//! The game as it is played: does what the player says, and gets the AI's moves.
//!
//! - `server`: moves that the server makes
//! - `guesser`: moves that the guesser in the page makes, and what it learns

mod guesser;
mod server;

use crate::{
    fetch::{self, FetchError},
    json::lessons,
    session::{Game, Opponent, Step},
    settings::{Settings, Theme},
    state::{Notice, Press, State, Unsaved},
    store,
};
use game::{Answer, Opening, opening::DEFAULT_OPENINGS};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// After so many milliseconds without a move, the page offers its guesser.
const SLOW: u32 = 6_000;

/// A handle to the page's state. Every view has a copy, and all copies share one state.
///
/// The state is borrowed by guards (`read_untracked`, `write`), which are dropped before the next
/// method is called: two at a time would panic.
#[derive(Clone, Copy)]
pub struct Play {
    /// The state of the page.
    pub state: RwSignal<State>,
}

impl Play {
    /// A page that isn't ready yet: what the server renders.
    #[must_use]
    pub fn new(things: usize) -> Self {
        Self {
            state: RwSignal::new(State::new(things)),
        }
    }

    /// Continues the stored session.
    pub fn resume(self) {
        let mut state = self.state.write();
        state.session = store::load().unwrap_or_default();
        state.lessons = store::load_lessons();
        state.settings = store::load_settings();
        state.ready = true;
        let is_taught = !state.lessons.is_empty();
        drop(state);
        if is_taught {
            self.load_guesser();
        }
        self.go_on();
    }

    /// Catches up with other tabs. If the page can be seen and a move is missing, asks for it again.
    pub fn wake(self) {
        self.refresh();
        if document().hidden() {
            // The tab that can be seen asks.
            return;
        }
        let state = self.state.read_untracked();
        let is_final = state.outage.as_ref().is_some_and(FetchError::is_final);
        let is_stuck = state.outage.is_some() || state.is_slow;
        drop(state);
        match (is_final, is_stuck) {
            (true, _) => {}
            (false, true) => self.press(Press::TryAgain),
            (false, false) => self.go_on(),
        }
    }

    /// Takes over what another tab has stored, unless this one has something newer that couldn't be stored.
    /// Both show the same game, so neither overwrites the other's.
    fn refresh(self) {
        let mut state = self.state.write();
        let Unsaved {
            session, lessons, ..
        } = state.unsaved;
        let stored = store::load().filter(|stored| !session && *stored != state.session);
        let taught = store::load_lessons();
        let settings = store::load_settings();
        let has_lessons = !lessons && taught != state.lessons;
        let has_settings = !state.unsaved.settings && settings != state.settings;
        if !state.ready || (stored.is_none() && !has_lessons && !has_settings) {
            state.untrack();
            return;
        }
        if has_lessons {
            state.lessons = taught;
            state.renaming = None;
            state.notice = None;
        }
        if has_settings {
            state.settings = settings;
            apply(settings);
        }
        if let Some(session) = stored {
            state.session = session;
            state.moved();
            state.follow();
        }
        drop(state);
        if has_lessons {
            self.fetch_guesser();
        }
    }

    /// Does what a button or a key says.
    pub fn press(self, press: Press) {
        match press {
            Press::Start => self.start(),
            Press::Answer(answer) => self.answer(answer),
            Press::Step(step) => self.step(step),
            Press::Open(sheet) => {
                let mut state = self.state.write();
                state.sheet = Some(sheet);
                state.changing = None;
                state.renaming = None;
                state.notice = None;
            }
            Press::Close => {
                let mut state = self.state.write();
                state.sheet = None;
                state.notice = None;
            }
            Press::TryAgain => {
                let mut state = self.state.write();
                state.outage = None;
                state.is_slow = false;
                drop(state);
                self.go_on();
            }
            Press::CorrectThing => self.state.write().is_naming = true,
            Press::ChooseAnswer(index) => self.state.write().changing = index,
            Press::Teach(name) => {
                if let Some(mut lesson) = self.game().and_then(|game| game.lesson()) {
                    self.step(Step::Name(name.to_string()));
                    lesson.name = name;
                    self.learn(&[lesson]);
                }
            }
            Press::Remove(index) => self.remove(index),
            Press::Restore => {
                let removed = self.state.write_untracked().removed.take();
                self.learn(removed.as_slice());
                self.state.write().notice = Some(Notice::Restored);
            }
            Press::ChooseName(index) => {
                let mut state = self.state.write();
                state.renaming = index;
                state.notice = None;
            }
            Press::Rename(index, typed) => self.rename(index, &typed),
            Press::Import(text) => {
                let lessons = lessons::read(&text);
                self.learn(lessons.as_deref().unwrap_or_default());
                let read = lessons.map_or(Notice::BadFile, |lessons| Notice::Loaded(lessons.len()));
                self.state.write().notice = Some(read);
            }
            Press::Theme(theme) => self.set(|settings| settings.theme = theme),
            Press::ToggleKeys => self.set(|settings| settings.has_keys = !settings.has_keys),
        }
    }

    fn set(self, change: impl FnOnce(&mut Settings)) {
        let mut state = self.state.write();
        if !state.unsaved.settings {
            // Another tab may have changed the other one.
            state.settings = store::load_settings();
        }
        change(&mut state.settings);
        state.unsaved.settings = !store::save_settings(state.settings);
        apply(state.settings);
    }

    /// Starts a game with a random opening.
    fn start(self) {
        let openings = fetch::setting("data-openings").and_then(|number| number.parse().ok());
        let openings = openings.unwrap_or(DEFAULT_OPENINGS);
        let opening = js_sys::Math::random() * f64::from(openings);
        self.state.write_untracked().requests.clear();
        self.step(Step::Start(Opening(opening as u8)));
    }

    /// Answers the open move, unless the player can't have meant it.
    fn answer(self, answer: Answer) {
        let now = js_sys::Date::now();
        if !self.state.with_untracked(|state| state.takes_answers(now)) {
            return;
        }
        self.step(Step::Answer(answer));
    }

    /// Applies a step. If it decides the game, tells the server and ignores its reply.
    fn step(self, step: Step) {
        let is_players = !matches!(step, Step::ServerMoved(_) | Step::GuesserMoved(_));
        let may_decide = matches!(step, Step::Answer(_) | Step::Change(..));
        let mut state = self.state.write();
        if !state.ready || state.session.apply(step).is_err() {
            state.untrack();
            return;
        }
        if is_players {
            state.acted();
        }
        state.moved();
        state.opened_at = js_sys::Date::now();
        state.follow();
        save_session(&mut state);
        drop(state);
        let decided = self
            .game()
            .filter(|game| may_decide && game.outcome().is_some());
        if let Some(request) = decided.and_then(|game| game.request()) {
            self.ask_server(request);
        }
        self.go_on();
    }

    fn game(self) -> Option<Game> {
        self.state.read_untracked().session.game.clone()
    }

    /// Gets the AI's move if it is missing; otherwise fetches ahead.
    fn go_on(self) {
        let Some(game) = self.game() else {
            return;
        };
        // Already at the start of a game: once the server is gone, it is too late. The end of a game needs it for
        // the sky.
        self.load_guesser();
        if game.is_over() {
            return;
        }
        match game.opponent {
            Opponent::Guesser => self.ask_guesser(&game),
            Opponent::Server => {
                if game.is_ai_to_move() {
                    self.wait();
                }
                for request in game.request().into_iter().chain(game.successors()) {
                    self.ask_server(request);
                }
            }
        }
    }

    /// Offers the guesser if the page still waits for the same move after a while.
    fn wait(self) {
        let mut state = self.state.write_untracked();
        state.waits += 1;
        let wait = state.waits;
        let check = move || {
            if self.state.with_untracked(|state| state.waits == wait) {
                self.state.write().is_slow = true;
            }
        };
        Timeout::new(SLOW, check).forget();
    }

    fn fail(self, error: FetchError) {
        let mut state = self.state.write();
        state.failures += 1;
        state.outage = Some(error);
    }
}

/// Stores the session, together with the past games that another tab has stored.
fn save_session(state: &mut State) {
    if let Some(stored) = store::load() {
        state.session.merge_past(&stored.past);
    }
    state.unsaved.session = !store::save(&state.session);
}

/// Shows the page in the colours that the player has chosen.
fn apply(settings: Settings) {
    if let Some(root) = document().document_element() {
        let _ = match settings.theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.word()),
        };
    }
}
