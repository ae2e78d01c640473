//! Moves that the server makes.

use super::Play;
use crate::{
    fetch::{self, FetchError},
    requests::Progress,
    session::{Game, Step},
};
use game::{
    Mover,
    wire::{Next, Request},
};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

impl Play {
    pub(super) fn ask_server(self, request: Request) {
        let progress = self.state.read_untracked().requests.progress(&request);
        match progress {
            Progress::Pending => {}
            Progress::Replied(next) => self.take(&request, Ok(next)),
            Progress::Unsent => {
                self.state.write_untracked().requests.send(request.clone());
                spawn_local(async move {
                    let reply = fetch::next(&request).await;
                    self.replied(&request, reply);
                });
            }
        }
    }

    fn replied(self, request: &Request, reply: Result<Next, FetchError>) {
        let next = reply.as_ref().ok().cloned();
        self.state.write_untracked().requests.settle(request, next);
        self.take(request, reply);
    }

    /// Plays the reply if the game waits for it. `ask_server` takes up one that was fetched ahead.
    fn take(self, request: &Request, reply: Result<Next, FetchError>) {
        let waiting = self.game().filter(Game::is_ai_to_move);
        if waiting.and_then(|game| game.request()).as_ref() != Some(request) {
            return;
        }
        let is_first = request.transcript.turns().is_empty();
        // The server's guesser knows no lessons, so a guesser here that does plays from the first move.
        let plays_here = is_first && self.state.read_untracked().is_guesser_taught();
        match reply {
            Ok(next) if next.attributed.origin.by == Mover::Guesser && plays_here => {
                self.step(Step::TakeOver)
            }
            Ok(next) => self.step(Step::ServerMoved(next)),
            Err(error) => self.fail(error),
        }
    }
}
