//! The state of the page and what can happen to it. Pure: no browser, no network.

use game::{
    Answer, Event, Move, Mover, Opening, Origin, Outcome, Phase, Text, Transcript, Winner,
    wire::{Next, Request, Seal},
};

use guesser::Lesson;

/// How many finished games are kept.
const PAST_GAMES: usize = 100;

/// Everything that survives a reload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The game on the table; none while the rules are shown.
    pub game: Option<Game>,
    /// Earlier games, the last one last.
    pub past: Vec<Past>,
}

/// A game on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Game {
    /// The moves and answers.
    pub transcript: Transcript,
    /// Who made each move.
    pub(crate) credits: Vec<Credit>,
    /// Who makes the next one.
    pub asker: Asker,
    /// Whether the player has stopped the game.
    pub given_up: bool,
    /// What it was, if the player has said so.
    pub thing: Option<String>,
}

/// What came with a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credit {
    pub(crate) origin: Origin,
    /// `None`: the guesser in the page made the move, and it seals nothing.
    pub(crate) seal: Option<Seal>,
    pub(crate) ponder: bool,
}

/// Who makes the next move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The server: a model or its guesser.
    Server,
    /// The guesser in this browser, until the end of the game.
    Browser,
}

/// A game that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Who has won; `None` if the player stopped it.
    pub winner: Option<Winner>,
    /// How many moves the AI used.
    pub moves: u8,
    /// What it was, if that is known.
    pub thing: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// How the game goes, and a button to start.
    Rules,
    /// The question and the answers.
    Board,
    /// Who has won.
    Ending,
}

/// What can happen on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A new game; the one on the table is put away.
    Start(Opening),
    /// The server has moved.
    ServerMoved(Next),
    /// The guesser in the browser has moved.
    GuesserMoved(Move),
    /// The player answers.
    Answer(Answer),
    /// The player takes the last answer back, or returns to a game that was stopped.
    Undo,
    /// The player stops the game.
    GiveUp,
    /// The guesser in the browser takes over.
    TakeOver,
    /// The player says what it was.
    Name(String),
    /// Back to the rules.
    Leave,
}

impl Session {
    /// What the page shows.
    #[must_use]
    pub fn screen(&self) -> Screen {
        match &self.game {
            None => Screen::Rules,
            Some(game) if game.is_over() => Screen::Ending,
            Some(_) => Screen::Board,
        }
    }

    /// Changes the session by one step. A step that doesn't fit (a late reply, a second click)
    /// changes nothing; the return value says whether it fitted.
    pub fn apply(&mut self, step: Step) -> bool {
        match (step, &mut self.game) {
            (Step::Start(opening), _) => {
                self.put_away();
                self.game = Some(Game::new(opening));
                true
            }
            (Step::Leave, Some(_)) => {
                self.put_away();
                true
            }
            (step, Some(game)) => game.apply(step),
            (_, None) => false,
        }
    }

    fn put_away(&mut self) {
        let Some(game) = self.game.take().filter(Game::is_over) else {
            return;
        };
        self.past.push(Past {
            winner: game.outcome().map(|outcome| outcome.winner),
            moves: game.transcript.turns().len() as u8,
            thing: game.thing,
        });
        let excess = self.past.len().saturating_sub(PAST_GAMES);
        self.past.drain(..excess);
    }
}

impl Game {
    pub(crate) fn new(opening: Opening) -> Self {
        Self {
            transcript: Transcript::new(opening),
            credits: Vec::new(),
            asker: Asker::Server,
            given_up: false,
            thing: None,
        }
    }

    fn apply(&mut self, step: Step) -> bool {
        match step {
            Step::ServerMoved(next) => {
                let credit = Credit {
                    origin: next.attributed.origin,
                    seal: Some(next.seal),
                    ponder: next.ponder,
                };
                self.asker == Asker::Server && self.moved(next.attributed.mv, credit)
            }
            Step::GuesserMoved(mv) => {
                let credit = Credit {
                    origin: Origin::GUESSER,
                    seal: None,
                    ponder: false,
                };
                self.asker == Asker::Browser && self.moved(mv, credit)
            }
            Step::Answer(answer) => {
                let fits = !self.given_up && self.transcript.apply(Event::Answer(answer)).is_ok();
                if fits
                    && let Some(Outcome {
                        winner: Winner::Ai, ..
                    }) = self.outcome()
                {
                    self.thing = self
                        .transcript
                        .turns()
                        .last()
                        .map(|turn| turn.mv.text().to_string());
                }
                fits
            }
            Step::Undo if self.given_up => {
                self.given_up = false;
                true
            }
            Step::Undo => {
                let fits = self.transcript.apply(Event::Undo).is_ok();
                self.credits.truncate(self.transcript.turns().len());
                if fits {
                    self.thing = None;
                }
                fits
            }
            Step::GiveUp => {
                let fits = !self.is_over();
                self.given_up = true;
                fits
            }
            Step::TakeOver => {
                self.asker = Asker::Browser;
                true
            }
            Step::Name(thing) => {
                let thing = thing.trim();
                self.thing = (!thing.is_empty()).then(|| thing.chars().take(80).collect());
                true
            }
            Step::Start(_) | Step::Leave => false,
        }
    }

    pub(crate) fn moved(&mut self, mv: Move, credit: Credit) -> bool {
        let fits = self.transcript.apply(Event::Move(mv)).is_ok();
        if fits {
            self.credits.push(credit);
        }
        fits
    }

    /// Whether it is decided or was stopped.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.given_up || self.outcome().is_some()
    }

    /// How it ended; `None` while it goes on, and if the player stopped it.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.transcript.phase() {
            Phase::Over(outcome) if !self.given_up => Some(outcome),
            _ => None,
        }
    }

    /// Whether the AI has to move.
    #[must_use]
    pub fn is_ai_to_move(&self) -> bool {
        !self.given_up && self.transcript.phase() == Phase::Thinking
    }

    /// The move that the player has to answer.
    #[must_use]
    pub fn open_move(&self) -> Option<&Move> {
        match self.transcript.phase() {
            Phase::Open(mv) if !self.given_up => Some(mv),
            _ => None,
        }
    }

    /// Whether there is an answer to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.transcript
            .turns()
            .iter()
            .any(|turn| turn.answer.is_some())
    }

    /// Who made the last move.
    #[must_use]
    pub fn by(&self) -> Option<&Mover> {
        self.credits.last().map(|credit| &credit.origin.by)
    }

    /// What to ask the server now: for the next move. Once the game is decided, the same request
    /// lets the server know how it ended.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        let answered = self.is_ai_to_move() || self.outcome().is_some();
        let wanted = answered && self.asker == Asker::Server;
        wanted.then(|| self.request_after(self.transcript.clone()))
    }

    /// What the next request may be, while the player still reads: one for each answer that lets
    /// the game go on. `not sure` is the rarest answer and isn't worth a call.
    #[must_use]
    pub fn successors(&self) -> Vec<Request> {
        let may = self.credits.last().is_some_and(|credit| credit.ponder);
        if !may || self.asker != Asker::Server || self.open_move().is_none() {
            return Vec::new();
        }
        let after = |answer| {
            let mut transcript = self.transcript.clone();
            transcript.apply(Event::Answer(answer)).ok()?;
            // The end of a game is told to the server only when it has come.
            (transcript.phase() == Phase::Thinking).then(|| self.request_after(transcript))
        };
        [Answer::Yes, Answer::No]
            .into_iter()
            .filter_map(after)
            .collect()
    }

    /// What this game can teach the guesser; `None` as long as the player hasn't said what it was.
    #[must_use]
    pub fn lesson(&self) -> Option<Lesson> {
        let name = Text::new(self.thing.clone()?).ok()?;
        Some(Lesson::new(name, &self.in_own_words()))
    }

    /// The game as the guesser would have played it: with its own words for a model's questions, where
    /// it knows them.
    #[must_use]
    pub fn in_own_words(&self) -> Transcript {
        let known_as = |turn: usize| self.credits.get(turn)?.origin.known_as.clone();
        self.transcript.reworded(known_as)
    }

    fn request_after(&self, transcript: Transcript) -> Request {
        Request {
            transcript,
            seal: self.credits.last().and_then(|credit| credit.seal.clone()),
        }
    }
}
