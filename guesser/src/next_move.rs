//! The next move of the guesser.

use crate::{
    belief::{Belief, top},
    knowledge::Knowledge,
};
use game::{Move, Transcript};

/// How many first questions the openings share out among them.
const FIRST_QUESTIONS: usize = 8;

/// How the guesser plays. What was tried for each figure is in guesser/README.md.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// How often a player answers the opposite of what was meant.
    pub slip: f64,
    /// A thing likelier than this is guessed.
    pub sure: f64,
    /// With this many moves left the guesser looks ahead.
    pub end: usize,
    /// How many of the most telling questions it then considers.
    pub telling: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            slip: 0.05,
            sure: 0.5,
            end: 3,
            telling: 40,
        }
    }
}

/// Plays by the knowledge. The same transcript always gives the same move.
#[derive(Debug, Clone)]
pub struct Guesser {
    pub(crate) knowledge: Knowledge,
    pub(crate) style: Style,
}

impl Guesser {
    /// A guesser with this knowledge.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        Self::with_style(knowledge, Style::default())
    }

    /// A guesser that plays in another way.
    #[must_use]
    pub fn with_style(knowledge: Knowledge, style: Style) -> Self {
        Self { knowledge, style }
    }

    /// The guesser of this build.
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

    /// What it believes after a transcript.
    #[must_use]
    pub fn belief(&self, transcript: &Transcript) -> Belief {
        Belief::new(&self.knowledge, transcript, self.style.slip)
    }

    /// The next move of a game in which it is the AI's turn.
    ///
    /// It asks what is expected to tell most and guesses when it rather believes than doubts. Near
    /// the end it looks one question ahead and does what wins more often. The last move is always
    /// a guess.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        let belief = self.belief(transcript);
        let best = belief.best(1)[0];
        let left = transcript.moves_left();
        let question = if left <= 1 || belief.probabilities()[best] > self.style.sure {
            None
        } else if left <= self.style.end {
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
        let gains = open.map(|question| (belief.gain(self.knowledge.facts(question)), question));
        top(n, gains)
            .into_iter()
            .map(|(_, question)| question)
            .collect()
    }

    /// The question after which guessing wins most often, if that is more often than guessing now.
    fn worthwhile(&self, belief: &Belief, left: usize) -> Option<usize> {
        // The rest together are too unlikely to be guessed.
        let likely = belief.best(LIKELY);
        let now: f64 = belief.chance(left, likely.iter().map(|&thing| (thing, 1.0)));
        let chance = |question: usize| {
            let yes = likely.iter().map(|&thing| {
                let grade = self.knowledge.grade(question, thing);
                (thing, grade.yes(self.style.slip))
            });
            let no = yes.clone().map(|(thing, yes)| (thing, 1.0 - yes));
            belief.chance(left - 1, yes) + belief.chance(left - 1, no)
        };
        let telling = self.telling(belief, self.style.telling).into_iter();
        let best = telling
            .map(|question| (chance(question), question))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 > now).then_some(best.1)
    }
}

/// How many things are considered at the end.
const LIKELY: usize = 60;
