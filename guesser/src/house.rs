//! The next move of the house.

use crate::{
    belief::{Belief, top},
    knowledge::Knowledge,
};
use game::{Move, Transcript};

/// How many first questions the openings share out among them.
const FIRST_QUESTIONS: usize = 8;

/// A thing likelier than this is guessed. Guessing earlier (whenever a guess tells as many bits as
/// a question would) lost 3 in 100 games at 5 % wrong answers, waiting for 0.8 gained nothing.
const SURE: f64 = 0.5;

/// With this many moves left the house looks ahead. More is slower and won no more games.
const END: usize = 3;

/// How many of the most telling questions it then considers.
const TELLING: usize = 40;

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
        #[expect(
            clippy::expect_used,
            reason = "the build script packed it, and a test unpacks it"
        )]
        Self::new(Knowledge::unpack(crate::PACKED).expect("packed by the build script"))
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The next move of a game in which it is the AI's turn.
    ///
    /// It asks what is expected to tell most and guesses when it rather believes than doubts. Near
    /// the end it looks one question ahead and does what wins more often. The last move is always
    /// a guess.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        let belief = Belief::new(&self.knowledge, transcript);
        let best = belief.best(1)[0];
        let left = transcript.moves_left();
        let question = if left <= 1 || belief.probabilities()[best] > SURE {
            None
        } else if left <= END {
            self.worthwhile(&belief, left)
        } else {
            let rank = match transcript.turns() {
                [] => usize::from(transcript.opening().0) % FIRST_QUESTIONS,
                _ => 0,
            };
            self.telling(&belief, rank + 1).last().copied()
        };
        match question {
            Some(question) => Move::Question(self.knowledge.question(question).clone()),
            None => Move::Guess(self.knowledge.name(best).clone()),
        }
    }

    /// The `n` most telling of the questions not asked yet, best first.
    fn telling(&self, belief: &Belief, n: usize) -> Vec<usize> {
        let open = (0..self.knowledge.questions()).filter(|&question| !belief.was_asked(question));
        let gains = open.map(|question| (belief.gain(self.knowledge.grades(question)), question));
        top(n, gains)
            .into_iter()
            .map(|(_, question)| question)
            .collect()
    }

    /// The question after which guessing wins most often, if that is more often than guessing now.
    fn worthwhile(&self, belief: &Belief, left: usize) -> Option<usize> {
        let chance = |question: usize| {
            let yes = |thing: usize| self.knowledge.grades(question)[thing].yes();
            belief.chance(left - 1, yes) + belief.chance(left - 1, |thing| 1.0 - yes(thing))
        };
        let telling = self.telling(belief, TELLING).into_iter();
        let best = telling
            .map(|question| (chance(question), question))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 > belief.chance(left, |_| 1.0)).then_some(best.1)
    }
}
