//! The game as it is played: does what the player says, and gets the AI's moves.
//!
//! - `server`: moves that the server makes
//! - `guesser`: moves that the guesser in the page makes, and what it learns

mod guesser;
mod server;

use crate::{
    fetch::{self, FetchError},
    json::lessons,
    preferences::{Preferences, Theme},
    session::{Game, Opponent, Step},
    state::{Notice, Press, Server, Sheet, State, Unsaved},
    store,
};
use game::{Answer, Opening};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// After so many milliseconds without a move, the page offers its guesser.
const SLOW: u32 = 6_000;

/// So many milliseconds after a failure, the page tries once more.
const RETRY: u32 = 1_000;

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
        state.log = store::load_log();
        if !state.session.past.is_empty() {
            // An older page kept its past games in the session.
            save_session(&mut state);
        }
        state.server = server::read(&store::load_server());
        state.lessons = store::load_lessons();
        state.preferences = store::load_preferences();
        state.ready = true;
        state.sheet = is_shared().then_some(Sheet::Shared);
        // Everything that a returning visitor needs is on the device.
        let is_on_device = matches!(state.server, Server::Known(_));
        drop(state);
        if is_on_device {
            self.load_guesser();
        }
        self.load_settings();
    }

    /// Catches up with other tabs. If the page can be seen and a move is missing, asks for it again.
    pub fn wake(self) {
        self.refresh();
        if is_shared() && self.state.with_untracked(|state| state.sheet.is_none()) {
            self.press(Press::Open(Sheet::Shared));
        }
        if document().hidden() {
            // The tab that can be seen asks.
            return;
        }
        let state = self.state.read_untracked();
        let is_stuck = state.outage.is_some() || state.is_slow;
        let is_unknown = !matches!(state.server, Server::Known(_));
        drop(state);
        if is_stuck {
            self.press(Press::TryAgain);
        } else if is_unknown {
            self.load_settings();
        } else {
            self.go_on();
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
        let log = Some(store::load_log()).filter(|log| *log != state.log);
        let taught = store::load_lessons();
        let preferences = store::load_preferences();
        let has_lessons = !lessons && taught != state.lessons;
        let has_preferences = !state.unsaved.preferences && preferences != state.preferences;
        let is_same = stored.is_none() && log.is_none() && !has_lessons && !has_preferences;
        if !state.ready || is_same {
            state.untrack();
            return;
        }
        if let Some(log) = log {
            state.log = log;
            state.follow();
        }
        if has_lessons {
            state.lessons = taught;
            state.renaming = None;
            state.notice = None;
        }
        if has_preferences {
            state.preferences = preferences;
            apply(preferences);
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
            Press::Theme(theme) => self.set(|preferences| preferences.theme = theme),
            Press::ToggleKeys => {
                self.set(|preferences| preferences.has_keys = !preferences.has_keys)
            }
        }
    }

    fn set(self, change: impl FnOnce(&mut Preferences)) {
        let mut state = self.state.write();
        if !state.unsaved.preferences {
            // Another tab may have changed the other one.
            state.preferences = store::load_preferences();
        }
        change(&mut state.preferences);
        state.unsaved.preferences = !store::save_preferences(state.preferences);
        apply(state.preferences);
    }

    /// Starts a game with a random opening.
    fn start(self) {
        let mut state = self.state.write_untracked();
        let opening = state.next_opening.take();
        let opening = opening.unwrap_or_else(|| draw(&mut state));
        drop(state);
        self.step(Step::Start(opening));
    }

    /// Answers the open move, unless the player can't have meant it.
    fn answer(self, answer: Answer) {
        let now = js_sys::Date::now();
        if !self.state.with_untracked(|state| state.takes_answers(now)) {
            return;
        }
        self.step(Step::Answer(answer));
    }

    /// Applies a step, unless it doesn't fit.
    fn step(self, step: Step) {
        self.try_step(step);
    }

    /// Applies a step. If it decides the game, tells the server and ignores its reply. Whether it fitted.
    fn try_step(self, step: Step) -> bool {
        let is_take_over = step == Step::TakeOver;
        let is_ais = matches!(step, Step::ServerMoved(_) | Step::GuesserMoved(_));
        let may_decide = matches!(step, Step::Answer(_) | Step::Change(..));
        let mut state = self.state.write();
        if !state.ready || state.session.apply(step).is_err() {
            state.untrack();
            return false;
        }
        state.moved();
        if !is_take_over {
            state.opened_at = js_sys::Date::now();
            if !is_ais {
                state.acted();
            }
        }
        save_session(&mut state);
        state.follow();
        drop(state);
        let decided = self
            .game()
            .filter(|game| may_decide && game.outcome().is_some());
        if let Some(request) = decided.and_then(|game| game.request()) {
            self.ask_server(request);
        }
        self.go_on();
        true
    }

    fn game(self) -> Option<Game> {
        self.state.read_untracked().session.game.clone()
    }

    /// Gets the AI's move if it is missing; otherwise fetches ahead.
    fn go_on(self) {
        let game = self.game();
        if game.is_some() {
            // Already at the start of a game: once the server is gone, it is too late. The end of a game needs it for
            // the sky.
            self.load_guesser();
        }
        let Some(game) = game.filter(|game| !game.is_over()) else {
            self.ask_first();
            return;
        };
        match game.opponent {
            Opponent::Guesser => self.ask_guesser(&game),
            Opponent::Server if self.state.with_untracked(State::plays_alone) => {
                self.step(Step::TakeOver);
            }
            Opponent::Server => {
                if game.is_ai_to_move() {
                    self.wait();
                }
                self.ask_ahead(&game);
            }
        }
    }

    /// Offers the guesser if the page still waits for the same move after a while. If the server doesn't even say its
    /// settings then, it is gone, and the guesser goes on.
    fn wait(self) {
        self.state.write_untracked().waits += 1;
        self.later(SLOW, move |wait| {
            self.state.write().is_slow = true;
            fetch::settings(move |settings| {
                let has_guesser = self.state.with_untracked(|state| state.guesser().is_some());
                if settings.is_none() && self.is_still(wait) && has_guesser {
                    self.step(Step::TakeOver);
                }
            });
        });
    }

    /// The server hasn't moved. The page tries once more, then its guesser goes on.
    fn fail(self, error: FetchError) {
        let mut state = self.state.write();
        let is_final = state.has_failed || state.is_slow || !window().navigator().on_line();
        state.has_failed = true;
        if !is_final {
            state.untrack();
            drop(state);
            self.retry(error.is_broken_seal());
        } else if state.guesser().is_some() {
            state.untrack();
            drop(state);
            self.step(Step::TakeOver);
        } else {
            state.outage = Some(error);
        }
    }

    /// Asks again after a moment, unless something else happens first.
    fn retry(self, is_broken_seal: bool) {
        self.later(RETRY, move |_| {
            if is_broken_seal {
                // Its keys are new, and so are its settings.
                self.load_settings();
            } else {
                self.go_on();
            }
        });
    }

    /// Acts after so many milliseconds, if this wait for a move still lasts; passes its number.
    fn later(self, delay: u32, act: impl FnOnce(u32) + 'static) {
        let wait = self.state.with_untracked(|state| state.waits);
        let check = move || {
            if self.is_still(wait) {
                act(wait);
            }
        };
        Timeout::new(delay, check).forget();
    }

    /// Whether the wait with this number still lasts.
    fn is_still(self, wait: u32) -> bool {
        self.state.with_untracked(|state| state.waits == wait)
    }
}

/// Draws the opening of a game, for which no other game's requests count.
fn draw(state: &mut State) -> Opening {
    state.requests.clear();
    let openings = state.server.settings().openings;
    Opening((js_sys::Math::random() * f64::from(openings)) as u8)
}

/// Whether the address holds a game.
fn is_shared() -> bool {
    let fragment = window().location().hash();
    fragment.is_ok_and(|fragment| fragment.starts_with("#game="))
}

/// Stores the session, and moves the games that were put away to the log.
fn save_session(state: &mut State) {
    if state.session.past.is_empty() {
        state.unsaved.session = !store::save(&state.session);
        return;
    }
    let before = store::load_log();
    let is_logged = store::add_to_log(&state.session.past);
    let is_saved = store::save(&state.session);
    match (is_logged, is_saved) {
        (true, true) => {
            state.session.past.clear();
            state.log = store::load_log();
        }
        // The stored session still has the game, which would be logged once more.
        (true, false) => {
            store::save_log(&before);
        }
        (false, _) => {}
    }
    state.unsaved.session = !(is_logged && is_saved);
}

/// Shows the page in the colours that the player has chosen.
fn apply(preferences: Preferences) {
    if let Some(root) = document().document_element() {
        let _ = match preferences.theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.word()),
        };
    }
}
