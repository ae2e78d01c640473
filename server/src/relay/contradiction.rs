//! What speaks against a guess: answers of the player that contradict what the guesser knows of the thing.

use super::built_in::BuiltInGuesser;
use game::{Answer, Move, Text, Transcript};
use std::fmt;

/// A single answer may be a slip of the player, or of the knowledge. Two hardly ever are.
const LEAST: usize = 2;

/// The answers that contradict a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradictions(Vec<Contradiction>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Contradiction {
    /// From 1.
    number: usize,
    question: Text,
    answer: Answer,
}

impl Contradictions {
    /// The answers that contradict a move: none for a question, for a thing that the guesser doesn't know, and for the
    /// last move, where any guess is better than none.
    #[must_use]
    pub fn find(mv: &Move, transcript: &Transcript, guesser: &BuiltInGuesser) -> Option<Self> {
        let Move::Guess(name) = mv else {
            return None;
        };
        if transcript.moves_left() == 1 {
            return None;
        }
        let indices = guesser
            .contradictions(transcript, name.as_str())
            .into_iter();
        let found: Vec<_> = indices
            .filter_map(|index| {
                let turn = transcript.turns().get(index)?;
                Some(Contradiction {
                    number: index + 1,
                    question: turn.mv.text().clone(),
                    answer: turn.answer?,
                })
            })
            .collect();
        (found.len() >= LEAST).then_some(Self(found))
    }
}

/// `move 3 ("Is it alive?": yes) and move 5 ("Can you eat it?": no)`
impl fmt::Display for Contradictions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, contradiction) in self.0.iter().enumerate() {
            let Contradiction {
                number,
                question,
                answer,
            } = contradiction;
            let joint = if index > 0 { " and " } else { "" };
            write!(f, "{joint}move {number} (\"{question}\": {answer})")?;
        }
        Ok(())
    }
}
