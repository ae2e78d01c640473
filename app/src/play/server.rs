//! Moves that the server makes.

use super::{Play, draw};
use crate::{
    fetch::{self, FetchError},
    json::reply,
    requests::Progress,
    session::{Game, Step},
    state::Server,
    store,
};
use game::{
    Answer, Transcript,
    wire::{Next, Request},
};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::RequestCache;

/// What some settings, as they came, say of the server.
pub(super) fn read(settings: &str) -> Server {
    match reply::read_settings(settings) {
        Some(settings) => Server::Known(settings),
        None if settings.is_empty() => Server::Unknown,
        None => Server::Absent,
    }
}

impl Play {
    /// Asks for the settings and goes on. If they don't come, those of the last visit apply.
    pub(super) fn load_settings(self) {
        fetch::settings(move |settings| {
            let before = self.state.with_untracked(|state| state.server.clone());
            let server = match settings.as_deref() {
                Some(settings) => read(settings),
                None if before == Server::Unknown => Server::Silent,
                None => before.clone(),
            };
            if server != before {
                // A proxy may answer for a server that is about to come back, so older settings stay.
                if let (Server::Known(_), Some(settings)) = (&server, settings) {
                    store::save_server(&settings);
                }
                self.state.write().server = server;
            }
            self.go_on();
        });
    }

    /// Asks for the first move of the next game while the player reads.
    pub(super) fn ask_first(self) {
        let mut state = self.state.write_untracked();
        // What was asked for then is of this visit's beginning.
        let is_first = state.session.game.is_none();
        let early = fetch::early_opening().filter(|_| is_first);
        let is_wanted = early.is_some() || state.server.has_model();
        if !is_wanted || state.next_opening.is_some() {
            drop(state);
            self.load_guesser();
            return;
        }
        let drawn = draw(&mut state);
        let opening = early.unwrap_or(drawn);
        state.next_opening = Some(opening);
        let request = Request {
            transcript: Transcript::new(opening),
            seal: None,
        };
        if early.is_some() {
            state.requests.send(request.clone());
            fetch::early_move(move |reply| self.replied(&request, reply));
        } else {
            drop(state);
            self.ask_server(request);
        }
    }

    /// Asks for the move that is missing and for those that may come next.
    pub(super) fn ask_ahead(self, game: &Game) {
        let settings = self.state.read_untracked().server.settings();
        let answers: &[_] = match (settings.ponder, settings.model) {
            (false, _) => &[],
            // The rarest answer isn't worth a call of a model.
            (true, true) => &[Answer::Yes, Answer::No],
            (true, false) => &[Answer::Yes, Answer::No, Answer::Unsure],
        };
        let successors = game.successors(answers);
        for request in game.request().into_iter().chain(successors) {
            self.ask_server(request);
        }
    }

    pub(super) fn ask_server(self, request: Request) {
        let progress = self.state.read_untracked().requests.progress(&request);
        match progress {
            Progress::Pending => {}
            Progress::Replied(next) => self.take(&request, Ok(next)),
            Progress::Unsent => {
                let mut state = self.state.write_untracked();
                state.requests.send(request.clone());
                let settings = state.server.settings();
                // A cache may be why the first attempt failed.
                let cache = if state.has_failed {
                    RequestCache::Reload
                } else {
                    RequestCache::Default
                };
                drop(state);
                spawn_local(async move {
                    let reply = fetch::next(&request, &settings, cache).await;
                    self.replied(&request, reply);
                });
            }
        }
    }

    fn replied(self, request: &Request, reply: Result<Next, FetchError>) {
        let next = reply.as_ref().ok().cloned();
        self.state.write_untracked().requests.settle(request, next);
        self.take(request, reply);
        // The first question goes first.
        self.load_guesser();
    }

    /// Plays the reply if the game waits for it. `ask_server` takes up one that was fetched ahead.
    fn take(self, request: &Request, reply: Result<Next, FetchError>) {
        let waiting = self.game().filter(Game::is_ai_to_move);
        if waiting.and_then(|game| game.request()).as_ref() != Some(request) {
            return;
        }
        match reply {
            Ok(next) => {
                if !self.try_step(Step::ServerMoved(next)) {
                    // A move that the rules forbid is as bad as none.
                    self.state.write_untracked().requests.settle(request, None);
                    self.fail(FetchError::Garbled);
                }
            }
            Err(error) => self.fail(error),
        }
    }
}
