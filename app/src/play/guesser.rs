//! Moves that the guesser in the page makes, and what it learns.

use super::Play;
use crate::{
    fetch::{self, FetchError},
    session::{Game, Opponent, Step},
    state::PageGuesser,
    store,
};
use guesser::{Guesser, Lesson};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

impl Play {
    pub(super) fn ask_guesser(self, game: &Game) {
        if !game.is_ai_to_move() {
            return;
        }
        let state = self.state.read_untracked();
        let mv = state
            .guesser()
            .map(|guesser| guesser.next_move(&game.in_own_words()));
        drop(state);
        if let Some(mv) = mv {
            self.step(Step::GuesserMoved(mv));
        }
    }

    /// Fetches the guesser unless it is here or on its way.
    pub(super) fn load_guesser(self) {
        let mut state = self.state.write_untracked();
        if matches!(state.guesser, PageGuesser::Absent) {
            state.guesser = PageGuesser::Loading;
            drop(state);
            self.fetch_guesser();
        }
    }

    fn fetch_guesser(self) {
        spawn_local(async move {
            let fetched = fetch::guesser().await;
            self.fetched(fetched);
        });
    }

    fn fetched(self, guesser: Result<Guesser, FetchError>) {
        let mut state = self.state.write();
        let error = match guesser {
            Ok(guesser) => {
                state.install(guesser);
                None
            }
            Err(error) => {
                state.loading_failed();
                Some(error)
            }
        };
        drop(state);
        let is_waiting = |game: &Game| game.opponent == Opponent::Guesser && game.is_ai_to_move();
        match (self.game().filter(is_waiting), error) {
            (Some(game), None) => self.ask_guesser(&game),
            (Some(_), Some(error)) => self.fail(error),
            (None, _) => {}
        }
    }

    pub(super) fn learn(self, new: &[Lesson]) {
        let mut state = self.state.write();
        state.learn(new);
        state.is_file_bad = false;
        store::save_lessons(&state.lessons);
    }

    /// A guesser can't forget, so a new one is fetched and replaces it.
    pub(super) fn forget(self, index: usize) {
        let mut state = self.state.write();
        state.lessons.remove(index);
        state.is_file_bad = false;
        store::save_lessons(&state.lessons);
        drop(state);
        self.fetch_guesser();
    }
}
