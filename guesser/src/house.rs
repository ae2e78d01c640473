//! The next move of the house.

use crate::{belief::{Belief, entropy}, knowledge::Knowledge};
use game::{Move, Transcript};

/// How many first questions the openings share out among them.
const FIRST_QUESTIONS: usize = 8;

/// Plays by the knowledge. The same transcript always gives the same move.
#[derive(Debug, Clone)]
pub struct House {
    knowledge: Knowledge,
}

impl House {
    /// A house with this knowledge.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        Self { knowledge }
    }

    /// The house of this build.
    #[cfg(feature = "embedded")]
    #[must_use]
    pub fn embedded() -> Self {
        #[expect(clippy::expect_used, reason = "the build script packed it, and a test unpacks it")]
        Self::new(Knowledge::unpack(crate::PACKED).expect("packed by the build script"))
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The next move of a game in which it is the AI's turn.
    ///
    /// A guess is a question too, and a sharp one: it tells about as many bits as its answer has
    /// entropy. So the house guesses as soon as no question is expected to tell more, and anyhow
    /// when it rather believes than doubts; the last move is always a guess.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        let belief = Belief::new(&self.knowledge, transcript);
        let best = belief.best(1)[0];
        let sure = belief.probabilities()[best];
        let guess = || Move::Guess(self.knowledge.name(best).clone());
        if transcript.moves_left() <= 1 || sure > 0.5 {
            return guess();
        }
        let questions = self.by_gain(&belief);
        let rank = match transcript.turns() {
            [] => usize::from(transcript.opening().0) % FIRST_QUESTIONS,
            _ => 0,
        };
        let (question, gain) = questions[rank];
        if gain > entropy(sure) {
            Move::Question(self.knowledge.question(question).clone())
        } else {
            guess()
        }
    }

    /// The questions not asked yet with their gains in bits, best first.
    fn by_gain(&self, belief: &Belief) -> Vec<(usize, f64)> {
        let open = (0..self.knowledge.questions()).filter(|&question| !belief.was_asked(question));
        let mut questions: Vec<_> = open
            .map(|question| (question, belief.gain(self.knowledge.grades(question))))
            .collect();
        questions.sort_by(|a, b| b.1.total_cmp(&a.1));
        questions
    }
}
