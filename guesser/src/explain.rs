//! What surprised the guesser, and what contradicts a thing.

use crate::{belief::is_reliable, next_move::Guesser};
use game::{Answer, Move, Text, Transcript};
use knowledge::Grade;

/// An answer that contradicts the thing, as far as the guesser knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Surprise {
    /// The question.
    pub question: Text,
    /// The answer of the player.
    pub answer: Answer,
    /// The share of players who give that answer, of those who think of the thing and say yes or no.
    pub likelihood: f64,
}

impl Guesser {
    /// The answers that contradict the thing, the most surprising first. `None` if the guesser doesn't
    /// know the thing.
    #[must_use]
    pub fn surprises(&self, transcript: &Transcript, thing: &str) -> Option<Vec<Surprise>> {
        let thing = self.knowledge().find_thing(thing)?;
        let mut surprises = Vec::new();
        for turn in transcript.turns() {
            if let (Move::Question(text), Some(answer @ (Answer::Yes | Answer::No))) =
                (&turn.mv, turn.answer)
                && let Some(question) = self.knowledge().find_question(text.as_str())
            {
                let grade = self.knowledge().grade(question, thing);
                let likelihood = &self.likelihoods(question)[grade as usize];
                let surprise = Surprise {
                    question: text.clone(),
                    answer,
                    likelihood: likelihood.of(answer) / (1.0 - likelihood.unsure),
                };
                // If two of five players give it, an answer is no surprise.
                if surprise.likelihood < 0.4 {
                    let earlier = |other: &Surprise| other.likelihood <= surprise.likelihood;
                    surprises.insert(surprises.partition_point(earlier), surprise);
                }
            }
        }
        Some(surprises)
    }
    /// The turns, by index, whose answers contradict the thing beyond doubt: the knowledge says a plain yes or no, and
    /// players rarely say the opposite. `None` if the guesser doesn't know the thing.
    #[must_use]
    pub fn contradictions(&self, transcript: &Transcript, thing: &str) -> Option<Vec<usize>> {
        let knowledge = self.knowledge();
        let thing = knowledge.find_thing(thing)?;
        let turns = transcript.turns().iter().enumerate();
        let contradicting = turns.filter_map(|(index, turn)| {
            let (Move::Question(text), Some(answer)) = (&turn.mv, turn.answer) else {
                return None;
            };
            let question = knowledge.find_question(text.as_str())?;
            let is_opposite = matches!(
                (knowledge.grade(question, thing), answer),
                (Grade::No, Answer::Yes) | (Grade::Yes, Answer::No)
            );
            (is_opposite && is_reliable(self, question, answer)).then_some(index)
        });
        Some(contradicting.collect())
    }
}
