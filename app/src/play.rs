//! The state as a signal, and the search for the AI's next move.

use crate::{
    fetch::{self, Trouble},
    lessons,
    session::{Asker, Game, Session, Step},
    store,
};
use game::{
    Answer, Mover, Opening,
    opening::DEFAULT_OPENINGS,
    wire::{Next, Request},
};
use guesser::{Guesser, Lesson};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// After how many failures in a row the guesser in the browser is offered.
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
    /// Whether the player wants to see what the guesser thinks.
    pub curious: bool,
    /// Whether the guesser is in this browser yet.
    pub has_guesser: bool,
    /// What players have taught it here.
    pub lessons: Vec<Lesson>,
    /// Whether the last file that was chosen held no lessons.
    pub bad_file: bool,
}

/// A question of the page, not of the game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Whether to throw the game away.
    Leave,
    /// What it was, though that was said before.
    Thing,
    /// What to do with the things that players have taught.
    Lessons,
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
    /// Whether the player should be offered the guesser in the browser.
    #[must_use]
    pub fn offers_guesser(&self) -> bool {
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
    /// Shows what the guesser thinks, or hides it.
    Wonder,
    /// Teaches the guesser the thing of this game.
    Teach,
    /// Lets the guesser forget a lesson.
    Forget(usize),
    /// Takes in the lessons of a file.
    Import(String),
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
    guesser: Hosted,
}

/// The guesser in the browser.
#[derive(Default)]
enum Hosted {
    #[default]
    Absent,
    Coming,
    Here(Box<Guesser>),
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
        let mut is_taught = false;
        self.show(&mut |state| {
            state.session = store::load().unwrap_or_default();
            state.lessons = store::load_lessons();
            state.ready = true;
            is_taught = !state.lessons.is_empty();
        });
        if is_taught {
            self.call_guesser();
        }
        self.go_on();
    }

    /// Does what a button or a key says.
    pub fn press(self, press: Press) {
        match press {
            Press::Start => self.start(),
            Press::Answer(answer) => self.answer(answer),
            Press::Step(step) => self.step(step),
            Press::Ask(asking) => self.show(&mut |state| state.asking = asking),
            Press::TryAgain => {
                self.show(&mut |state| state.failure = None);
                self.go_on();
            }
            Press::Wonder => self.show(&mut |state| state.curious = !state.curious),
            Press::Teach => {
                if let Some(lesson) = self.game().and_then(|game| game.lesson()) {
                    self.learn(&[lesson]);
                }
            }
            Press::Forget(lesson) => self.forget(lesson),
            Press::Import(text) => match lessons::read(&text) {
                Some(lessons) => self.learn(&lessons),
                None => self.show(&mut |state| state.bad_file = true),
            },
        }
    }

    /// Changes what is shown. All changes go through one function: each closure would bring half a
    /// kilobyte of its own.
    fn show(self, change: &mut dyn FnMut(&mut State)) {
        self.state.update(|state| change(state));
    }

    fn offstage(self, change: &mut dyn FnMut(&mut Offstage)) {
        self.offstage.update_value(|offstage| change(offstage));
    }

    /// What the guesser in this browser makes of something, once it is here.
    pub fn by_guesser<T>(self, ask: impl Fn(&Guesser) -> T) -> Option<T> {
        let mut made = None;
        self.offstage(&mut |offstage| {
            if let Hosted::Here(guesser) = &offstage.guesser {
                made = Some(ask(guesser));
            }
        });
        made
    }

    fn learn(self, new: &[Lesson]) {
        self.offstage(&mut |offstage| {
            if let Hosted::Here(guesser) = &mut offstage.guesser {
                for lesson in new {
                    guesser.learn(lesson);
                }
            }
        });
        self.keep(&mut |lessons| lessons::join(lessons, new));
    }

    /// The guesser can't forget: another takes its place, once that is here.
    fn forget(self, lesson: usize) {
        self.keep(&mut |lessons| {
            lessons.remove(lesson);
        });
        self.fetch_guesser();
    }

    fn keep(self, change: &mut dyn FnMut(&mut Vec<Lesson>)) {
        self.show(&mut |state| {
            change(&mut state.lessons);
            state.bad_file = false;
            store::save_lessons(&state.lessons);
        });
    }

    /// A new game, with an opening drawn by chance.
    fn start(self) {
        let openings = fetch::setting("data-openings").and_then(|number| number.parse().ok());
        let openings = openings.unwrap_or(DEFAULT_OPENINGS);
        let opening = js_sys::Math::random() * f64::from(openings);
        self.offstage(&mut |offstage| offstage.replies.clear());
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
            self.offstage(&mut |offstage| offstage.failures = 0);
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
        self.call_guesser();
        if game.asker == Asker::Browser {
            self.ask_guesser(&game);
            return;
        }
        for request in game.request().into_iter().chain(game.successors()) {
            self.ask_server(request);
        }
    }

    fn ask_server(self, request: Request) {
        let mut known = None;
        self.offstage(&mut |offstage| {
            let mut replies = offstage.replies.iter();
            known = replies
                .find(|(mv, _)| *mv == request)
                .map(|(_, reply)| reply.clone());
            if known.is_none() {
                offstage.replies.push((request.clone(), None));
            }
        });
        match known {
            // It is on its way.
            Some(None) => {}
            Some(Some(reply)) => self.take(&request, Ok(reply)),
            None => {
                spawn_local(async move {
                    let reply = fetch::next(&request).await;
                    self.offstage(&mut |offstage| {
                        offstage.replies.retain(|(mv, _)| *mv != request);
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
            // The server's guesser has nothing of what the one here was taught.
            Ok(next) if next.attributed.origin.by == Mover::Guesser && self.has_pupil(request) => {
                self.step(Step::TakeOver)
            }
            Ok(next) => self.step(Step::ServerMoved(next)),
            Err(trouble) => self.fail(trouble),
        }
    }

    /// Whether the guesser here has been taught, and the game has only begun.
    fn has_pupil(self, request: &Request) -> bool {
        let is_taught = |state: &State| state.has_guesser && !state.lessons.is_empty();
        request.transcript.turns().is_empty() && self.state.with_untracked(is_taught)
    }

    fn fail(self, trouble: Trouble) {
        let mut times = 0;
        self.offstage(&mut |offstage| {
            offstage.failures += 1;
            times = offstage.failures;
        });
        let failure = Failure { trouble, times };
        self.show(&mut |state| state.failure = Some(failure.clone()));
    }

    fn call_guesser(self) {
        let mut is_absent = false;
        self.offstage(&mut |offstage| {
            is_absent = matches!(offstage.guesser, Hosted::Absent);
            if is_absent {
                offstage.guesser = Hosted::Coming;
            }
        });
        if is_absent {
            self.fetch_guesser();
        }
    }

    fn fetch_guesser(self) {
        spawn_local(async move {
            let (mut guesser, trouble) = match fetch::guesser().await {
                Ok(guesser) => (Some(Box::new(guesser)), None),
                Err(trouble) => (None, Some(trouble)),
            };
            self.show(&mut |state| {
                if let Some(guesser) = &mut guesser {
                    for lesson in &state.lessons {
                        guesser.learn(lesson);
                    }
                    state.has_guesser = true;
                }
            });
            self.offstage(&mut |offstage| {
                offstage.guesser = match (guesser.take(), std::mem::take(&mut offstage.guesser)) {
                    (Some(guesser), _) => Hosted::Here(guesser),
                    // The one before stays; else the next game may try again.
                    (None, Hosted::Here(guesser)) => Hosted::Here(guesser),
                    (None, _) => Hosted::Absent,
                };
            });
            let is_awaited = |game: &Game| game.asker == Asker::Browser && game.is_ai_to_move();
            match (self.game().filter(is_awaited), trouble) {
                (Some(game), None) => self.ask_guesser(&game),
                (Some(_), Some(trouble)) => self.fail(trouble),
                (None, _) => {}
            }
        });
    }

    fn ask_guesser(self, game: &Game) {
        if !game.is_ai_to_move() {
            return;
        }
        let mv = self.by_guesser(|guesser| guesser.next_move(&game.in_own_words()));
        if let Some(mv) = mv {
            self.step(Step::GuesserMoved(mv));
        }
    }
}

impl Default for Play {
    fn default() -> Self {
        Self::new()
    }
}
