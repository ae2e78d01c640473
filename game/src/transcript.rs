//! The game so far: the moves and their answers, from which everything else derives.

use crate::{Answer, MOVES, Move, Opening, Text, text::BadText};
use serde::{Deserialize, Serialize};

/// A move and, once the player has given it, the answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Turn {
    /// What the AI asked.
    pub asked: Move,
    /// What the player said; `None` only in the last turn.
    pub answer: Option<Answer>,
}

/// A legal game, finished or not. The only ways to get one are [`Transcript::new`],
/// [`Transcript::apply`] and deserialising, and all three hold the rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Transcript {
    opening: Opening,
    turns: Vec<Turn>,
}

/// What can happen in a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The AI moves.
    Ask(Move),
    /// The player answers the move.
    Answer(Answer),
    /// The player takes the last answer back; a later move that is still open goes with it.
    Undo,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase<'a> {
    /// The AI has to move.
    Thinking,
    /// The player has to answer this move.
    Asked(&'a Move),
    /// The game is decided.
    Over(Outcome),
}

/// How a game ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Who has won.
    pub winner: Winner,
    /// How many moves the AI used, 1 to 20.
    pub moves: u8,
}

/// Who has won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Winner {
    /// The AI named the thing.
    Ai,
    /// Twenty moves were not enough.
    Player,
}

/// Which rule an event or a record breaks. Moves are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Illegal {
    /// The AI moves while a move is unanswered.
    #[error("move {0} is not answered yet")]
    Unanswered(usize),
    /// The player answers, but nothing was asked.
    #[error("there is no open question to answer")]
    NothingAsked,
    /// Nothing is answered that could be taken back.
    #[error("there is no answer to take back")]
    NothingToUndo,
    /// A move or an answer after the end of the game.
    #[error("the game ended with move {0}")]
    Over(usize),
    /// The last move is a question.
    #[error("move {MOVES} is a question, but the last move is always a guess")]
    LastNotGuess,
    /// `not sure` to a guess.
    #[error("move {0} is a guess, which takes only yes or no")]
    UnsureGuess(usize),
    /// A guess that was refused before.
    #[error("move {0} repeats a guess that was wrong")]
    RepeatedGuess(usize),
    /// A turn of a record that is not exactly one question or one guess.
    #[error("move {0} must have either `question` or `guess`")]
    NotOneMove(usize),
    /// A text of a record that breaks the rules for texts.
    #[error("move {0}: {1}")]
    Text(usize, BadText),
}

impl Transcript {
    /// A game in which nothing was asked yet.
    #[must_use]
    pub fn new(opening: Opening) -> Self {
        Self {
            opening,
            turns: Vec::new(),
        }
    }

    /// The tree of questions that this game follows.
    #[must_use]
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// All turns from the first, at most [`MOVES`].
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Names of things that the player said it is not.
    pub fn refused(&self) -> impl Iterator<Item = &Text> {
        self.turns.iter().filter_map(|turn| match turn {
            Turn {
                asked: Move::Guess(name),
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
            Some(Turn {
                asked,
                answer: None,
            }) => Phase::Asked(asked),
            Some(Turn { asked, answer }) => {
                if asked.is_guess() && *answer == Some(Answer::Yes) {
                    Phase::Over(self.outcome(Winner::Ai))
                } else if self.turns.len() == MOVES {
                    Phase::Over(self.outcome(Winner::Player))
                } else {
                    Phase::Thinking
                }
            }
        }
    }

    fn outcome(&self, winner: Winner) -> Outcome {
        Outcome {
            winner,
            moves: self.turns.len() as u8,
        }
    }

    /// How many moves the AI still has, the open one not counted.
    #[must_use]
    pub fn moves_left(&self) -> usize {
        MOVES - self.turns.len()
    }

    /// Changes the game by one event; the transcript stays as it was when the event is illegal.
    ///
    /// # Errors
    /// [`Illegal`] names the rule that the event breaks.
    pub fn apply(&mut self, event: Event) -> Result<(), Illegal> {
        match event {
            Event::Ask(asked) => self.ask(asked),
            Event::Answer(answer) => self.answer(answer),
            Event::Undo => self.undo(),
        }
    }

    fn ask(&mut self, asked: Move) -> Result<(), Illegal> {
        let number = self.turns.len() + 1;
        match self.phase() {
            Phase::Asked(_) => Err(Illegal::Unanswered(number - 1)),
            Phase::Over(_) => Err(Illegal::Over(number - 1)),
            Phase::Thinking if number == MOVES && !asked.is_guess() => Err(Illegal::LastNotGuess),
            Phase::Thinking if asked.is_guess() && self.refused().any(|n| n == asked.text()) => {
                Err(Illegal::RepeatedGuess(number))
            }
            Phase::Thinking => {
                self.turns.push(Turn {
                    asked,
                    answer: None,
                });
                Ok(())
            }
        }
    }

    fn answer(&mut self, answer: Answer) -> Result<(), Illegal> {
        let number = self.turns.len();
        if let Phase::Over(_) = self.phase() {
            return Err(Illegal::Over(number));
        }
        let open = self.turns.last_mut().filter(|turn| turn.answer.is_none());
        let turn = open.ok_or(Illegal::NothingAsked)?;
        if !turn.asked.takes(answer) {
            return Err(Illegal::UnsureGuess(number));
        }
        turn.answer = Some(answer);
        Ok(())
    }

    fn undo(&mut self) -> Result<(), Illegal> {
        let last_answered = self.turns.iter().rposition(|turn| turn.answer.is_some());
        let index = last_answered.ok_or(Illegal::NothingToUndo)?;
        self.turns.truncate(index + 1);
        self.turns[index].answer = None;
        Ok(())
    }

    /// The same game as it stood before the AI's move `turn` (counted from 0).
    #[must_use]
    pub fn before(&self, turn: usize) -> Self {
        Self {
            opening: self.opening,
            turns: self.turns[..turn].to_vec(),
        }
    }

    /// The same game with other words for the questions for which `words` has some, by their turns.
    #[must_use]
    pub fn reworded(&self, words: impl Fn(usize) -> Option<Text>) -> Self {
        let mut reworded = self.clone();
        for (index, turn) in reworded.turns.iter_mut().enumerate() {
            if let Move::Question(text) = &mut turn.asked
                && let Some(words) = words(index)
            {
                *text = words;
            }
        }
        reworded
    }
}

/// A transcript as it is written: nothing is known of it but its shape.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    pub(crate) opening: Opening,
    pub(crate) moves: Vec<TurnRecord>,
}

/// A turn as it is written: `{"question":"..","answer":"yes"}` or `{"guess":"..","answer":"no"}`.
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
        }
    }
}

impl From<Turn> for TurnRecord {
    fn from(Turn { asked, answer }: Turn) -> Self {
        let (question, guess) = match asked {
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

/// Replays the record, so that it passes the very rules that a game does.
impl TryFrom<Record> for Transcript {
    type Error = Illegal;
    fn try_from(record: Record) -> Result<Self, Illegal> {
        let mut transcript = Self::new(record.opening);
        for (index, turn) in record.moves.into_iter().enumerate() {
            let text = |text| Text::new(text).map_err(|fault| Illegal::Text(index + 1, fault));
            let asked = match (turn.question, turn.guess) {
                (Some(question), None) => Move::Question(text(question)?),
                (None, Some(name)) => Move::Guess(text(name)?),
                _ => return Err(Illegal::NotOneMove(index + 1)),
            };
            transcript.ask(asked)?;
            if let Some(answer) = turn.answer {
                transcript.answer(answer)?;
            }
        }
        Ok(transcript)
    }
}
