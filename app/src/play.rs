//! The session as a signal, and the search for the AI's next move.

use crate::{
    fetch::{self, Trouble},
    session::{Asker, Game, Screen, Session, Step},
    store,
};
use game::{Answer, Opening, opening::DEFAULT_OPENINGS, wire::{Reply, Request}};
use guesser::House;
use leptos::{prelude::*, task::spawn_local};
use std::collections::{HashMap, HashSet};

/// After how many failures in a row the house in the browser is offered.
const FAILURES: u32 = 2;

/// The handle that every view has. Copied freely; all copies are one game.
#[derive(Clone, Copy)]
pub struct Play {
    /// False until the page listens, so that buttons can say that they wait.
    pub ready: RwSignal<bool>,
    /// The state.
    pub session: RwSignal<Session>,
    /// Why the AI's move is missing.
    pub trouble: RwSignal<Option<Failure>>,
    failures: StoredValue<u32>,
    replies: StoredValue<Replies>,
    house: StoredValue<Hosted>,
}

/// Why the AI's move is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong the last time.
    pub trouble: Trouble,
    /// How often in a row.
    pub times: u32,
}

impl Failure {
    /// Whether the player should be offered the house in the browser.
    #[must_use]
    pub fn offers_house(&self) -> bool {
        self.times >= FAILURES || self.trouble.is_final()
    }
}

/// The house in the browser.
#[derive(Default)]
enum Hosted {
    #[default]
    Absent,
    Coming,
    Here(Box<House>),
}

/// What was asked of the server and what has come. A request is the whole transcript, so a reply
/// is known by its request and can never be taken for another's.
#[derive(Default)]
struct Replies {
    open: HashSet<Request>,
    come: HashMap<Request, Reply>,
}

impl Play {
    /// A page that isn't ready yet: what the server renders and the browser first shows.
    #[must_use]
    pub fn new() -> Self {
        Self {
            ready: RwSignal::new(false),
            session: RwSignal::new(Session::default()),
            trouble: RwSignal::new(None),
            failures: StoredValue::new(0),
            replies: StoredValue::new(Replies::default()),
            house: StoredValue::new(Hosted::Absent),
        }
    }

    /// Takes up the stored session and begins to listen. Called once, after hydration: before it
    /// the page must look as the server rendered it.
    pub fn wake(self) {
        if let Some(session) = store::load() {
            self.session.set(session);
        }
        self.ready.set(true);
        self.go_on();
    }

    /// Starts a new game with an opening drawn by chance.
    pub fn start(self) {
        let openings = fetch::setting("data-openings").and_then(|number| number.parse().ok());
        let openings = openings.unwrap_or(DEFAULT_OPENINGS);
        let opening = js_sys::Math::random() * f64::from(openings);
        self.replies.set_value(Replies::default());
        self.step(Step::Start(Opening(opening as u8)));
    }

    /// Answers the question. The end of a game is told to the server, whose reply isn't needed.
    pub fn answer(self, answer: Answer) {
        self.step(Step::Answer(answer));
        let game = self.session.with_untracked(|session| session.game.clone());
        let over = game.filter(|game| game.outcome().is_some());
        if let Some(request) = over.and_then(|game| game.request()) {
            self.ask_server(request);
        }
    }

    /// Lets something happen: the only way in which the session changes.
    pub fn step(self, step: Step) {
        if !self.ready.get_untracked() {
            return;
        }
        let changed = self.session.try_update(|session| session.apply(step));
        if changed == Some(true) {
            self.trouble.set(None);
            self.failures.set_value(0);
            self.session.with_untracked(store::save);
            self.go_on();
        }
    }

    /// Asks again after a failure.
    pub fn try_again(self) {
        self.trouble.set(None);
        self.go_on();
    }

    /// Whether the player waits for the AI.
    #[must_use]
    pub fn is_thinking(self) -> bool {
        let waits = |session: &Session| session.game.as_ref().is_some_and(|game| game.is_ai_to_move());
        self.session.with(waits) && self.trouble.with(Option::is_none)
    }

    /// What the page shows.
    #[must_use]
    pub fn screen(self) -> Memo<Screen> {
        Memo::new(move |_| self.session.with(Session::screen))
    }

    /// Sees to the AI's move if it is missing, and thinks ahead if it isn't.
    fn go_on(self) {
        let game = self.session.with_untracked(|session| session.game.clone());
        let Some(game) = game.filter(|game| !game.is_over()) else {
            return;
        };
        // Fetched as soon as a game is on: once the server is gone it would be too late.
        self.call_house();
        if game.asker == Asker::Browser {
            self.ask_house(&game);
            return;
        }
        for request in game.request().into_iter().chain(game.successors()) {
            self.ask_server(request);
        }
    }

    fn ask_server(self, request: Request) {
        let come = self.replies.with_value(|replies| replies.come.get(&request).cloned());
        if let Some(reply) = come {
            self.take(&request, Ok(reply));
            return;
        }
        let is_new = self.replies.try_update_value(|replies| replies.open.insert(request.clone()));
        if is_new == Some(true) {
            spawn_local(async move {
                let reply = fetch::next(&request).await;
                self.replies.update_value(|replies| {
                    replies.open.remove(&request);
                    if let Ok(reply) = &reply {
                        replies.come.insert(request.clone(), reply.clone());
                    }
                });
                self.take(&request, reply);
            });
        }
    }

    /// Takes a reply for what it is: the awaited move, or one to keep until it is asked for.
    fn take(self, request: &Request, reply: Result<Reply, Trouble>) {
        let awaited = self.session.with_untracked(|session| {
            let game = session.game.as_ref().filter(|game| game.is_ai_to_move());
            game.and_then(|game| game.request()).as_ref() == Some(request)
        });
        match reply {
            _ if !awaited => {}
            Ok(Reply::Next(next)) => self.step(Step::Served(next)),
            // The rules are the same on both sides, so a server that ends a game which goes on is
            // out of order.
            Ok(Reply::End { .. }) => self.fail(Trouble::Garbled),
            Err(trouble) => self.fail(trouble),
        }
    }

    fn fail(self, trouble: Trouble) {
        let times = self.failures.get_value() + 1;
        self.failures.set_value(times);
        self.trouble.set(Some(Failure { trouble, times }));
    }

    fn call_house(self) {
        if !self.house.with_value(|house| matches!(house, Hosted::Absent)) {
            return;
        }
        self.house.set_value(Hosted::Coming);
        spawn_local(async move {
            let came = fetch::house().await;
            let game = self.session.with_untracked(|session| session.game.clone());
            let awaited = game.filter(|game| game.asker == Asker::Browser && game.is_ai_to_move());
            match came {
                Ok(house) => {
                    self.house.set_value(Hosted::Here(Box::new(house)));
                    if let Some(game) = awaited {
                        self.ask_house(&game);
                    }
                }
                Err(trouble) => {
                    self.house.set_value(Hosted::Absent);
                    if awaited.is_some() {
                        self.fail(trouble);
                    }
                }
            }
        });
    }

    fn ask_house(self, game: &Game) {
        let asked = self.house.with_value(|house| match house {
            Hosted::Here(house) if game.is_ai_to_move() => Some(house.next_move(&game.transcript)),
            _ => None,
        });
        if let Some(asked) = asked {
            self.step(Step::Housed(asked));
        }
    }
}

impl Default for Play {
    fn default() -> Self {
        Self::new()
    }
}
