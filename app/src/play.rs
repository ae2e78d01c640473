//! The state as a signal, and the search for the AI's next move.

use crate::{
    fetch::{self, Trouble},
    session::{Asker, Game, Session, Step},
    store,
};
use game::{
    Answer, Opening,
    opening::DEFAULT_OPENINGS,
    wire::{Next, Request},
};
use guesser::House;
use leptos::{prelude::*, task::spawn_local};

/// After how many failures in a row the house in the browser is offered.
const FAILURES: u32 = 2;

/// All that the views show.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// False until the page listens, so that buttons can say that they wait.
    pub ready: bool,
    /// What survives a reload.
    pub session: Session,
    /// Why the AI's move is missing.
    pub failure: Option<Failure>,
    /// Which form is open.
    pub asking: Option<Asking>,
}

/// A question of the page, not of the game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Whether to throw the game away.
    Leave,
    /// What it was, though that was said before.
    Thing,
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

/// What a button or a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Starts a new game.
    Start,
    /// Answers the question.
    Answer(Answer),
    /// Something else happens in the game.
    Step(Step),
    /// Opens a form, or closes it.
    Ask(Option<Asking>),
    /// Asks for the AI's move again.
    TryAgain,
}

/// The handle that every view has. Copied freely; all copies are one game.
#[derive(Clone, Copy)]
pub struct Play {
    /// What is shown.
    pub state: RwSignal<State>,
    offstage: StoredValue<Offstage>,
}

/// What the views needn't know.
#[derive(Default)]
struct Offstage {
    /// Failures since the last move.
    failures: u32,
    /// What was asked of the server and, once it has come, the reply. A request is the whole
    /// transcript, so a reply is known by its request and can't be taken for another's.
    replies: Vec<(Request, Option<Next>)>,
    house: Hosted,
}

/// The house in the browser.
#[derive(Default)]
enum Hosted {
    #[default]
    Absent,
    Coming,
    Here(Box<House>),
}

impl Play {
    /// A page that isn't ready yet: what the server renders.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(State::default()),
            offstage: StoredValue::new(Offstage::default()),
        }
    }

    /// Takes up the stored session and goes on with it.
    pub fn wake(self) {
        self.state.update(|state| {
            state.session = store::load().unwrap_or_default();
            state.ready = true;
        });
        self.go_on();
    }

    /// Does what a button or a key says.
    pub fn press(self, press: Press) {
        match press {
            Press::Start => self.start(),
            Press::Answer(answer) => self.answer(answer),
            Press::Step(step) => self.step(step),
            Press::Ask(asking) => self.state.update(|state| state.asking = asking),
            Press::TryAgain => {
                self.state.update(|state| state.failure = None);
                self.go_on();
            }
        }
    }

    /// A new game, with an opening drawn by chance.
    fn start(self) {
        let openings = fetch::setting("data-openings").and_then(|number| number.parse().ok());
        let openings = openings.unwrap_or(DEFAULT_OPENINGS);
        let opening = js_sys::Math::random() * f64::from(openings);
        self.offstage
            .update_value(|offstage| offstage.replies.clear());
        self.step(Step::Start(Opening(opening as u8)));
    }

    /// The end of a game is told to the server, whose reply isn't needed.
    fn answer(self, answer: Answer) {
        self.step(Step::Answer(answer));
        let over = self.game().filter(|game| game.outcome().is_some());
        if let Some(request) = over.and_then(|game| game.request()) {
            self.ask_server(request);
        }
    }

    /// Lets something happen: the only way in which the session changes.
    fn step(self, step: Step) {
        let changed = self.state.try_maybe_update(|state| {
            let changed = state.ready && state.session.apply(step);
            if changed {
                state.failure = None;
                state.asking = None;
                store::save(&state.session);
            }
            (changed, changed)
        });
        if changed == Some(true) {
            self.offstage.update_value(|offstage| offstage.failures = 0);
            self.go_on();
        }
    }

    fn game(self) -> Option<Game> {
        self.state
            .with_untracked(|state| state.session.game.clone())
    }

    /// Sees to the AI's move if it is missing, and thinks ahead if it isn't.
    fn go_on(self) {
        let Some(game) = self.game().filter(|game| !game.is_over()) else {
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
        let known = self.offstage.with_value(|offstage| {
            let known = offstage.replies.iter().find(|(asked, _)| *asked == request);
            known.map(|(_, reply)| reply.clone())
        });
        match known {
            // It is on its way.
            Some(None) => {}
            Some(Some(reply)) => self.take(&request, Ok(reply)),
            None => {
                self.offstage
                    .update_value(|offstage| offstage.replies.push((request.clone(), None)));
                spawn_local(async move {
                    let reply = fetch::next(&request).await;
                    self.offstage.update_value(|offstage| {
                        offstage.replies.retain(|(asked, _)| *asked != request);
                        if let Ok(reply) = &reply {
                            offstage
                                .replies
                                .push((request.clone(), Some(reply.clone())));
                        }
                    });
                    self.take(&request, reply);
                });
            }
        }
    }

    /// Takes a reply for what it is: the awaited move, or one to keep until it is asked for.
    fn take(self, request: &Request, reply: Result<Next, Trouble>) {
        let awaiting = self.game().filter(Game::is_ai_to_move);
        let is_awaited = awaiting.and_then(|game| game.request()).as_ref() == Some(request);
        match reply {
            _ if !is_awaited => {}
            Ok(next) => self.step(Step::Served(next)),
            Err(trouble) => self.fail(trouble),
        }
    }

    fn fail(self, trouble: Trouble) {
        let times = self.offstage.try_update_value(|offstage| {
            offstage.failures += 1;
            offstage.failures
        });
        let times = times.unwrap_or(1);
        self.state
            .update(|state| state.failure = Some(Failure { trouble, times }));
    }

    fn call_house(self) {
        let is_absent = self.offstage.try_update_value(|offstage| {
            let is_absent = matches!(offstage.house, Hosted::Absent);
            if is_absent {
                offstage.house = Hosted::Coming;
            }
            is_absent
        });
        if is_absent != Some(true) {
            return;
        }
        spawn_local(async move {
            let (house, trouble) = match fetch::house().await {
                Ok(house) => (Hosted::Here(Box::new(house)), None),
                Err(trouble) => (Hosted::Absent, Some(trouble)),
            };
            self.offstage
                .update_value(|offstage| offstage.house = house);
            let is_awaited = |game: &Game| game.asker == Asker::Browser && game.is_ai_to_move();
            match (self.game().filter(is_awaited), trouble) {
                (Some(game), None) => self.ask_house(&game),
                (Some(_), Some(trouble)) => self.fail(trouble),
                (None, _) => {}
            }
        });
    }

    fn ask_house(self, game: &Game) {
        let asked = self.offstage.with_value(|offstage| match &offstage.house {
            Hosted::Here(house) if game.is_ai_to_move() => {
                Some(house.next_move(&game.in_house_words()))
            }
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
