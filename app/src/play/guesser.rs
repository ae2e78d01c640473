//! Moves that the guesser in the page makes, and what it learns.

use super::{Play, save_session};
use crate::{
    fetch::FetchError,
    guesser::Guesser,
    session::{Game, Opponent, Step, clean},
    state::{Notice, PageGuesser, State},
    store,
};
use guesser::Lesson;
use leptos::prelude::*;

impl Play {
    pub(super) fn ask_guesser(self, game: &Game) {
        if !game.is_ai_to_move() {
            return;
        }
        let state = self.state.read_untracked();
        let mv = state.guesser().and_then(|guesser| guesser.next_move(game));
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

    pub(super) fn fetch_guesser(self) {
        Guesser::load(move |loaded| self.loaded(loaded));
    }

    fn loaded(self, guesser: Option<Guesser>) {
        let mut state = self.state.write();
        match guesser {
            Some(guesser) => state.install(guesser),
            None => {
                state.loading_failed();
                let game = state.session.game.as_ref();
                let is_missed = game
                    .is_some_and(|game| game.opponent == Opponent::Guesser && game.is_ai_to_move());
                state.outage = is_missed
                    .then_some(FetchError::Unreachable)
                    .or(state.outage.take());
                return;
            }
        }
        let is_wanted = state.outage.is_some() || state.plays_alone();
        drop(state);
        match self.game() {
            Some(game) if game.opponent == Opponent::Guesser => self.ask_guesser(&game),
            Some(_) if is_wanted => self.step(Step::TakeOver),
            _ => {}
        }
    }

    pub(super) fn learn(self, new: &[Lesson]) {
        let mut state = self.state.write();
        state.learn(new);
        save(&mut state, None);
    }

    /// A guesser can't forget, so a new one is fetched and replaces it.
    pub(super) fn remove(self, index: usize) {
        let mut state = self.state.write();
        state.renaming = None;
        if index < state.lessons.len() {
            let lesson = state.lessons.remove(index);
            save(&mut state, Some(&lesson));
            state.removed = Some(lesson);
            state.notice = Some(Notice::Removed);
        }
        drop(state);
        self.fetch_guesser();
    }

    pub(super) fn rename(self, index: usize, typed: &str) {
        let mut state = self.state.write();
        state.renaming = None;
        let old = state.lessons.get(index).cloned();
        let (Some(name), Some(old)) = (clean(typed), old) else {
            return;
        };
        if name == old.name {
            return;
        }
        if state.is_name_taken(&name, &old.name) {
            // A second thing of that name would never be guessed.
            state.notice = Some(Notice::NameTaken);
            return;
        }
        state.lessons[index].name = name.clone();
        // Brought back, it would replace this one.
        state.removed.take_if(|removed| removed.name == name);
        save(&mut state, Some(&old));
        state.notice = Some(Notice::Renamed);
        let thing = state
            .session
            .game
            .as_ref()
            .and_then(|game| game.thing.as_ref());
        if thing == Some(&old.name) && state.session.apply(Step::Name(name.to_string())).is_ok() {
            save_session(&mut state);
        }
        drop(state);
        self.fetch_guesser();
    }
}

/// Stores the lessons, together with those that another tab has stored, except for the one that goes.
fn save(state: &mut State, gone: Option<&Lesson>) {
    let is_new = |stored: &Lesson| {
        let is_same = |lesson: &Lesson| lesson.name == stored.name;
        !state.lessons.iter().chain(gone).any(is_same)
    };
    let others: Vec<_> = store::load_lessons().into_iter().filter(is_new).collect();
    state.learn(&others);
    state.unsaved.lessons = !store::save_lessons(&state.lessons);
}
