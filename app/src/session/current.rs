//! The game on the table.

use super::{name, step::StepError};
use game::{
    Answer, Event, MOVES, Move, Mover, Opening, Origin, Outcome, Phase, RuleError, Text,
    Transcript,
    past::{End, Past},
    wire::{Next, Seal},
};

/// The game on the table: what was played, and what else the page has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Game {
    /// The moves and answers.
    pub transcript: Transcript,
    /// What came with each move.
    pub(crate) credits: Vec<Credit>,
    /// Who makes the next move.
    pub opponent: Opponent,
    /// Whether the player has stopped the game.
    pub given_up: bool,
    /// The thing, once the AI or the player has named it.
    pub thing: Option<Text>,
    /// Whether the player has erased it, now that it is over. `extras.js` says so in the stored session.
    pub is_erased: bool,
}

/// What came with a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credit {
    pub(crate) origin: Origin,
    /// `None` if the guesser in the page made the move: it has no key to seal with.
    pub(crate) seal: Option<Seal>,
}

/// Whom the page plays against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opponent {
    /// The server: a model, or the guesser there.
    Server,
    /// The guesser in the page, until the end of the game.
    Guesser,
}

/// The steps of a game. A step that doesn't fit changes nothing.
impl Game {
    pub(crate) fn new(opening: Opening) -> Self {
        Self {
            transcript: Transcript::new(opening),
            credits: Vec::new(),
            opponent: Opponent::Server,
            given_up: false,
            thing: None,
            is_erased: false,
        }
    }

    pub(super) fn server_moved(&mut self, next: Next) -> Result<(), StepError> {
        let credit = Credit {
            origin: next.attributed.origin,
            seal: Some(next.seal),
        };
        self.moved(Opponent::Server, next.attributed.mv, credit)
    }

    pub(super) fn guesser_moved(&mut self, mv: Move) -> Result<(), StepError> {
        let credit = Credit {
            origin: Origin::GUESSER,
            seal: None,
        };
        self.moved(Opponent::Guesser, mv, credit)
    }

    fn moved(&mut self, by: Opponent, mv: Move, credit: Credit) -> Result<(), StepError> {
        if self.opponent != by {
            return Err(StepError::WrongOpponent);
        }
        Ok(self.add(mv, credit)?)
    }

    pub(crate) fn add(&mut self, mv: Move, credit: Credit) -> Result<(), RuleError> {
        self.transcript.apply(Event::Move(mv))?;
        self.credits.push(credit);
        Ok(())
    }

    pub(super) fn answer(&mut self, answer: Answer) -> Result<(), StepError> {
        if self.given_up {
            return Err(StepError::Over);
        }
        self.transcript.apply(Event::Answer(answer))?;
        self.note_the_thing();
        Ok(())
    }

    /// Once the AI has found the thing, everybody knows it.
    fn note_the_thing(&mut self) {
        if self.is_found() {
            let last = self.transcript.turns().last();
            self.thing = last.map(|turn| turn.mv.text().clone());
        }
    }

    pub(super) fn undo(&mut self) -> Result<(), StepError> {
        if self.given_up {
            self.given_up = false;
            self.is_erased = false;
            return Ok(());
        }
        self.transcript.apply(Event::Undo)?;
        self.is_erased = false;
        self.credits.truncate(self.transcript.turns().len());
        self.thing = None;
        Ok(())
    }

    /// Changes an earlier answer. The guesser keeps the later answers and moves anew; the later moves of a
    /// model depend on the answer, so they go.
    pub(super) fn change(&mut self, index: usize, answer: Answer) -> Result<(), StepError> {
        if self.is_over() {
            return Err(StepError::Over);
        }
        let turns = self.transcript.turns();
        let turn = turns.get(index).filter(|turn| turn.answer.is_some());
        turn.filter(|turn| turn.mv.takes(answer))
            .ok_or(StepError::NoSuchAnswer)?;
        let mut later = self.credits[index + 1..].iter();
        let is_kept = later.all(|credit| credit.origin.by == Mover::Guesser);
        let last = if is_kept { turns.len() } else { index + 1 };
        let mut changed = Transcript::new(self.transcript.opening());
        for (place, turn) in turns[..last].iter().enumerate() {
            if place == MOVES {
                // It doesn't fit if the twentieth answer is now a right guess; then the loop ends here.
                let _ = changed.apply(Event::Overtime);
            }
            // A right guess ends the game, and an open move is made anew.
            let Some(said) = turn.answer.filter(|_| changed.phase() == Phase::Thinking) else {
                break;
            };
            let said = if place == index { answer } else { said };
            changed.apply(Event::Move(turn.mv.clone()))?;
            changed.apply(Event::Answer(said))?;
        }
        let is_shorter = changed.turns().len() == index + 1;
        self.transcript = changed;
        self.credits.truncate(self.transcript.turns().len());
        if !is_shorter {
            // The seals of the later moves cover the old answer, so the server would refuse them.
            self.opponent = Opponent::Guesser;
        }
        self.note_the_thing();
        Ok(())
    }

    pub(super) fn give_up(&mut self) -> Result<(), StepError> {
        if self.is_over() {
            return Err(StepError::Over);
        }
        self.given_up = true;
        Ok(())
    }

    pub(super) fn overtime(&mut self) -> Result<(), StepError> {
        if self.given_up {
            return Err(StepError::Over);
        }
        self.transcript.apply(Event::Overtime)?;
        self.is_erased = false;
        Ok(())
    }

    /// Fits more than once, so that the player can try again if the guesser couldn't be fetched.
    pub(super) fn take_over(&mut self) -> Result<(), StepError> {
        if self.is_over() {
            return Err(StepError::Over);
        }
        self.opponent = Opponent::Guesser;
        Ok(())
    }

    pub(super) fn name(&mut self, typed: &str) -> Result<(), StepError> {
        if !self.is_over() {
            return Err(StepError::NotOver);
        }
        self.thing = name::clean(typed);
        Ok(())
    }
}

/// What derives from a game.
impl Game {
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

    /// Whether the AI has named the thing.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.transcript.is_found() && !self.given_up
    }

    /// Whether the player can grant overtime.
    #[must_use]
    pub fn takes_overtime(&self) -> bool {
        let is_missed = self.outcome().is_some() && !self.is_found();
        is_missed && !self.transcript.is_overtime()
    }

    /// How it ended, once it is over.
    #[must_use]
    pub fn end(&self) -> End {
        match (self.is_found(), self.transcript.is_overtime()) {
            (true, false) => End::Found,
            (true, true) => End::Late,
            (false, true) => End::Missed,
            (false, false) if self.outcome().is_some() => End::Missed,
            (false, false) => End::Stopped,
        }
    }

    /// What is kept of the game; `None` while it goes on, and if the player has erased it.
    #[must_use]
    pub fn past(&self) -> Option<Past> {
        (self.is_over() && !self.is_erased).then(|| Past {
            end: self.end(),
            moves: self.transcript.turns().len() as u8,
            thing: self.thing.clone(),
        })
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
}
