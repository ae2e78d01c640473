//! The next move of the guesser.

use crate::belief::{Belief, top};
use game::{Move, Transcript};
use knowledge::{Knowledge, QuestionId};

/// How many first questions there are for the openings to choose from.
const FIRST_QUESTIONS: usize = 8;

/// How many things it considers when it looks ahead. All others together are too unlikely to matter.
const LIKELY: usize = 60;

/// The parameters of the guesser. docs/benchmarks.md lists the values that were tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// The probability that a player answers the opposite of what was meant.
    pub slip: f64,
    /// It guesses a thing that is likelier than this.
    pub sure: f64,
    /// It looks ahead when at most this many moves are left.
    pub end: usize,
    /// How many of the most telling questions it considers when it looks ahead.
    pub telling: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            slip: 0.05,
            sure: 0.5,
            end: 3,
            telling: 40,
        }
    }
}

/// The built-in player. It always answers the same transcript with the same move.
#[derive(Debug, Clone)]
pub struct Guesser {
    pub(crate) knowledge: Knowledge,
    pub(crate) tuning: Tuning,
}

impl Guesser {
    /// A guesser that plays by this knowledge.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        Self::with_tuning(knowledge, Tuning::default())
    }

    /// A guesser with other parameters than the default.
    #[must_use]
    pub fn with_tuning(knowledge: Knowledge, tuning: Tuning) -> Self {
        Self { knowledge, tuning }
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// What it believes after a transcript.
    #[must_use]
    pub fn belief(&self, transcript: &Transcript) -> Belief {
        Belief::new(&self.knowledge, transcript, self.tuning.slip)
    }

    /// The next move of a game in which it is the AI's turn.
    ///
    /// It guesses a thing that is likelier than [`Tuning::sure`], and otherwise asks the question with
    /// the greatest expected information gain. Near the end it looks one question ahead and does what
    /// wins more often. The last move is always a guess.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        let belief = self.belief(transcript);
        let best = belief.best(1)[0];
        let left = transcript.moves_left();
        let question = if left <= 1 || belief.probability(best) > self.tuning.sure {
            None
        } else if left <= self.tuning.end {
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

    /// The `n` most telling questions that weren't asked yet, best first.
    fn telling(&self, belief: &Belief, n: usize) -> Vec<QuestionId> {
        let questions = self.knowledge.questions();
        let open = questions.filter(|&question| !belief.was_asked(question));
        let gains = open.map(|question| (belief.gain(self.knowledge.facts(question)), question));
        top(n, gains)
            .into_iter()
            .map(|(_, question)| question)
            .collect()
    }

    /// The question after which guessing wins most often, if that is more often than guessing now.
    fn worthwhile(&self, belief: &Belief, left: usize) -> Option<QuestionId> {
        let likely = belief.best(LIKELY);
        let now: f64 = belief.chance(left, likely.iter().map(|&thing| (thing, 1.0)));
        let chance = |question: QuestionId| {
            let yes = likely.iter().map(|&thing| {
                let grade = self.knowledge.grade(question, thing);
                (thing, grade.yes(self.tuning.slip))
            });
            let no = yes.clone().map(|(thing, yes)| (thing, 1.0 - yes));
            belief.chance(left - 1, yes) + belief.chance(left - 1, no)
        };
        let telling = self.telling(belief, self.tuning.telling).into_iter();
        let best = telling
            .map(|question| (chance(question), question))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 > now).then_some(best.1)
    }
}
