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
    state::{Press, State},
    store,
};
use game::{Answer, Opening, opening::DEFAULT_OPENINGS};
use leptos::prelude::*;

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
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(State::default()),
        }
    }

    /// Continues the stored session.
    pub fn resume(self) {
        let mut state = self.state.write();
        state.session = store::load().unwrap_or_default();
        state.lessons = store::load_lessons();
        state.ready = true;
        let is_taught = !state.lessons.is_empty();
        drop(state);
        if is_taught {
            self.load_guesser();
        }
        self.go_on();
    }

    /// Does what a button or a key says.
    pub fn press(self, press: Press) {
        match press {
            Press::Start => self.start(),
            Press::Answer(answer) => self.answer(answer),
            Press::Step(step) => self.step(step),
            Press::Open(form) => self.state.write().open_form = Some(form),
            Press::Close => self.state.write().open_form = None,
            Press::TryAgain => {
                self.state.write().outage = None;
                self.go_on();
            }
            Press::ToggleThought => {
                let mut state = self.state.write();
                state.shows_thought = !state.shows_thought;
            }
            Press::Teach => {
                if let Some(lesson) = self.game().and_then(|game| game.lesson()) {
                    self.learn(&[lesson]);
                }
            }
            Press::Forget(index) => self.forget(index),
            Press::Import(text) => match lessons::read(&text) {
                Some(lessons) => self.learn(&lessons),
                None => self.state.write().is_file_bad = true,
            },
        }
    }

    /// Starts a game with a random opening.
    fn start(self) {
        let openings = fetch::setting("data-openings").and_then(|number| number.parse().ok());
        let openings = openings.unwrap_or(DEFAULT_OPENINGS);
        let opening = js_sys::Math::random() * f64::from(openings);
        self.state.write_untracked().requests.clear();
        self.step(Step::Start(Opening(opening as u8)));
    }

    /// Answers the open move. If that ends the game, tells the server and ignores its reply.
    fn answer(self, answer: Answer) {
        self.step(Step::Answer(answer));
        let decided = self.game().filter(|game| game.outcome().is_some());
        if let Some(request) = decided.and_then(|game| game.request()) {
            self.ask_server(request);
        }
    }

    /// Applies a step: the only way in which the session changes.
    fn step(self, step: Step) {
        let mut state = self.state.write();
        if !state.ready || state.session.apply(step).is_err() {
            state.untrack();
            return;
        }
        state.outage = None;
        state.failures = 0;
        state.open_form = None;
        store::save(&state.session);
        drop(state);
        self.go_on();
    }

    fn game(self) -> Option<Game> {
        self.state.read_untracked().session.game.clone()
    }

    /// Gets the AI's move if it is missing; otherwise fetches ahead.
    fn go_on(self) {
        let Some(game) = self.game().filter(|game| !game.is_over()) else {
            return;
        };
        // Already at the start of a game: once the server is gone, it is too late.
        self.load_guesser();
        match game.opponent {
            Opponent::Guesser => self.ask_guesser(&game),
            Opponent::Server => {
                for request in game.request().into_iter().chain(game.successors()) {
                    self.ask_server(request);
                }
            }
        }
    }

    fn fail(self, error: FetchError) {
        let mut state = self.state.write();
        state.failures += 1;
        state.outage = Some(error);
    }
}

impl Default for Play {
    fn default() -> Self {
        Self::new()
    }
}
