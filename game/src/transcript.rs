//! The game so far: its moves and answers. Everything else derives from them.

use crate::{
    moves::{Answer, MOVES, Move, OVERTIME},
    opening::Opening,
    text::{Text, TextError},
};
use serde::{Deserialize, Serialize};

/// A move and the player's answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Turn {
    /// The AI's move.
    pub mv: Move,
    /// `None` until the player has answered; only the last turn can be unanswered.
    pub answer: Option<Answer>,
}

/// A legal game, finished or not. [`Transcript::new`], [`Transcript::apply`] and deserialisation
/// are the only ways to get one, and all three enforce the rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Transcript {
    opening: Opening,
    turns: Vec<Turn>,
    overtime: bool,
}

/// What can happen in a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The AI moves.
    Move(Move),
    /// The player answers the move.
    Answer(Answer),
    /// The player takes the last answer back. An open move after it is dropped, and so is overtime that began after it.
    Undo,
    /// The player, who has won, grants the AI five more moves.
    Overtime,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase<'a> {
    /// The AI has to move.
    Thinking,
    /// The player has to answer this move: it is the open move.
    Open(&'a Move),
    /// The game is decided.
    Over(Outcome),
}

/// How a game ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Who has won. The player has won a game with overtime, whatever happens in it.
    pub winner: Winner,
    /// How many moves the AI used, 1 to 25.
    pub moves: u8,
}

/// Who has won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Winner {
    /// The AI named the thing.
    Ai,
    /// The AI used all its moves and didn't name the thing.
    Player,
}

/// The rule that an event or a record breaks. Moves are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The AI moves while a move is open.
    #[error("move {0} is not answered yet")]
    Unanswered(usize),
    /// The player answers although no move is open.
    #[error("there is no open move to answer")]
    NoOpenMove,
    /// The player takes an answer back before having given one.
    #[error("there is no answer to take back")]
    NothingToUndo,
    /// A move or an answer after the end of the game.
    #[error("the game ended with move {0}")]
    Over(usize),
    /// The AI asks a question as its last move.
    #[error("move {0} is a question, but the last move is always a guess")]
    LastNotGuess(usize),
    /// The player answers `not sure` to a guess.
    #[error("move {0} is a guess, which takes only yes or no")]
    UnsureGuess(usize),
    /// The AI guesses a name that the player has refused.
    #[error("move {0} repeats a guess that was wrong")]
    RepeatedGuess(usize),
    /// The player grants overtime before having won, or once more.
    #[error("overtime follows move {MOVES}, once, if no guess was right")]
    NoOvertime,
    /// A turn of a record doesn't have exactly one question or one guess.
    #[error("move {0} must have either `question` or `guess`")]
    NotOneMove(usize),
    /// A text of a record breaks the rules for texts.
    #[error("the text of move {0} is not allowed")]
    Text(usize, #[source] TextError),
}

impl Transcript {
    /// A game before its first move.
    #[must_use]
    pub fn new(opening: Opening) -> Self {
        Self {
            opening,
            turns: Vec::new(),
            overtime: false,
        }
    }

    /// Which opening this game follows.
    #[must_use]
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// All turns from the first, at most [`Transcript::limit`].
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Whether the player has granted overtime.
    #[must_use]
    pub fn is_overtime(&self) -> bool {
        self.overtime
    }

    /// How many moves the AI has in this game; the last one is a guess.
    #[must_use]
    pub fn limit(&self) -> usize {
        if self.overtime {
            MOVES + OVERTIME
        } else {
            MOVES
        }
    }

    /// Whether the last guess was right, be it in overtime.
    #[must_use]
    pub fn is_found(&self) -> bool {
        let last = self.turns.last();
        last.is_some_and(|turn| turn.mv.is_guess() && turn.answer == Some(Answer::Yes))
    }

    /// The names that the AI guessed and the player refused.
    pub fn refused(&self) -> impl Iterator<Item = &Text> {
        self.turns.iter().filter_map(|turn| match turn {
            Turn {
                mv: Move::Guess(name),
                answer: Some(Answer::No),
            } => Some(name),
            _ => None,
        })
    }

    /// Whose turn it is.
    #[must_use]
    pub fn phase(&self) -> Phase<'_> {
        match self.turns.last() {
            None => Phase::Thinking,
            Some(Turn { mv, answer: None }) => Phase::Open(mv),
            Some(_) if self.is_found() || self.turns.len() == self.limit() => {
                Phase::Over(self.outcome())
            }
            Some(_) => Phase::Thinking,
        }
    }

    fn outcome(&self) -> Outcome {
        let winner = if self.is_found() && !self.overtime {
            Winner::Ai
        } else {
            Winner::Player
        };
        Outcome {
            winner,
            moves: self.turns.len() as u8,
        }
    }

    /// How many moves the AI has left after the last turn.
    #[must_use]
    pub fn moves_left(&self) -> usize {
        self.limit() - self.turns.len()
    }

    /// Applies one event. An illegal event changes nothing.
    ///
    /// # Errors
    /// [`RuleError`] names the rule that the event breaks.
    pub fn apply(&mut self, event: Event) -> Result<(), RuleError> {
        match event {
            Event::Move(mv) => self.make(mv),
            Event::Answer(answer) => self.answer(answer),
            Event::Undo => self.undo(),
            Event::Overtime => self.grant_overtime(),
        }
    }

    fn make(&mut self, mv: Move) -> Result<(), RuleError> {
        let number = self.turns.len() + 1;
        match self.phase() {
            Phase::Open(_) => Err(RuleError::Unanswered(number - 1)),
            Phase::Over(_) => Err(RuleError::Over(number - 1)),
            Phase::Thinking if number == self.limit() && !mv.is_guess() => {
                Err(RuleError::LastNotGuess(number))
            }
            Phase::Thinking if mv.is_guess() && self.refused().any(|n| n == mv.text()) => {
                Err(RuleError::RepeatedGuess(number))
            }
            Phase::Thinking => {
                self.turns.push(Turn { mv, answer: None });
                Ok(())
            }
        }
    }

    fn answer(&mut self, answer: Answer) -> Result<(), RuleError> {
        let number = self.turns.len();
        if let Phase::Over(_) = self.phase() {
            return Err(RuleError::Over(number));
        }
        let open = self.turns.last_mut().filter(|turn| turn.answer.is_none());
        let turn = open.ok_or(RuleError::NoOpenMove)?;
        if !turn.mv.takes(answer) {
            return Err(RuleError::UnsureGuess(number));
        }
        turn.answer = Some(answer);
        Ok(())
    }

    fn undo(&mut self) -> Result<(), RuleError> {
        let last_answered = self.turns.iter().rposition(|turn| turn.answer.is_some());
        let index = last_answered.ok_or(RuleError::NothingToUndo)?;
        self.turns.truncate(index + 1);
        self.turns[index].answer = None;
        self.overtime &= self.turns.len() > MOVES;
        Ok(())
    }

    fn grant_overtime(&mut self) -> Result<(), RuleError> {
        match self.phase() {
            Phase::Over(_) if !self.is_found() && !self.overtime => {
                self.overtime = true;
                Ok(())
            }
            _ => Err(RuleError::NoOvertime),
        }
    }

    /// The game as it stood before turn `turn`, counted from 0.
    #[must_use]
    pub fn before(&self, turn: usize) -> Self {
        Self {
            opening: self.opening,
            turns: self.turns[..turn].to_vec(),
            overtime: self.overtime && turn >= MOVES,
        }
    }

    /// The same game with some questions in other words. `words` gives the new wording for a turn,
    /// counted from 0, or `None` to keep it.
    #[must_use]
    pub fn reworded(&self, words: impl Fn(usize) -> Option<Text>) -> Self {
        let mut reworded = self.clone();
        for (index, turn) in reworded.turns.iter_mut().enumerate() {
            if let Move::Question(text) = &mut turn.mv
                && let Some(words) = words(index)
            {
                *text = words;
            }
        }
        reworded
    }
}

/// A transcript as it is serialised. Only its shape is checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    pub(crate) opening: Opening,
    pub(crate) moves: Vec<TurnRecord>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) overtime: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A turn as it is serialised: `{"question":"..","answer":"yes"}` or `{"guess":"..","answer":"no"}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TurnRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guess: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

impl From<Transcript> for Record {
    fn from(transcript: Transcript) -> Self {
        let moves = transcript.turns.into_iter().map(TurnRecord::from).collect();
        Self {
            opening: transcript.opening,
            moves,
            overtime: transcript.overtime,
        }
    }
}

impl From<Turn> for TurnRecord {
    fn from(Turn { mv, answer }: Turn) -> Self {
        let (question, guess) = match mv {
            Move::Question(text) => (Some(text.into()), None),
            Move::Guess(name) => (None, Some(name.into())),
        };
        Self {
            question,
            guess,
            answer,
        }
    }
}

/// Replays the record, so that reading a game enforces the same rules as playing it.
impl TryFrom<Record> for Transcript {
    type Error = RuleError;
    fn try_from(record: Record) -> Result<Self, RuleError> {
        let mut transcript = Self::new(record.opening);
        for (index, turn) in record.moves.into_iter().enumerate() {
            let text = |text| Text::new(text).map_err(|error| RuleError::Text(index + 1, error));
            let mv = match (turn.question, turn.guess) {
                (Some(question), None) => Move::Question(text(question)?),
                (None, Some(name)) => Move::Guess(text(name)?),
                _ => return Err(RuleError::NotOneMove(index + 1)),
            };
            if record.overtime && index == MOVES {
                transcript.grant_overtime()?;
            }
            transcript.make(mv)?;
            if let Some(answer) = turn.answer {
                transcript.answer(answer)?;
            }
        }
        if record.overtime && !transcript.overtime {
            transcript.grant_overtime()?;
        }
        Ok(transcript)
    }
}
