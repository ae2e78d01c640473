//! The next move of the guesser.

use crate::{belief::Belief, gain::entropy};
use game::{Answer, Move, Transcript};
use knowledge::{Grade, Knowledge, Likelihood, QuestionId};

/// How many first questions there are for the openings to choose from.
const FIRST_QUESTIONS: usize = 8;

/// How many things it considers when it looks ahead. All others together are too unlikely to matter.
const LIKELY: usize = 60;

/// How much more often a question near the end has to win than a guess.
const WORTHWHILE: f64 = 1.02;

/// The parameters of the guesser. docs/benchmarks.md lists the values that were tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// If given, the probability of a wrong answer to any question, instead of what the panel says about
    /// each of them.
    pub slip: Option<f64>,
    /// The share of what a question repeats that doesn't count as gain, unless its answer nearly follows.
    pub redundancy: f64,
    /// How often players think of something that the guesser doesn't know.
    pub unknown: f64,
    /// It guesses a thing that is likelier than this, if it is one that it knows.
    pub sure: f64,
    /// It looks ahead when at most this many moves are left.
    pub end: usize,
    /// How many of the most telling questions it considers when it looks ahead.
    pub telling: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            slip: None,
            redundancy: 0.25,
            unknown: 0.1,
            sure: 0.5,
            end: 5,
            telling: 8,
        }
    }
}

/// The built-in player. It always answers the same transcript with the same move.
#[derive(Debug, Clone)]
pub struct Guesser {
    pub(crate) knowledge: Knowledge,
    pub(crate) tuning: Tuning,
    /// How players answer, question by question.
    models: Vec<AnswerModel>,
}

/// How players answer a question.
#[derive(Debug, Clone)]
struct AnswerModel {
    /// The likelihood of each answer for each grade.
    likelihoods: [Likelihood; Grade::ALL.len()],
    /// The entropies of the likelihoods, in bits.
    noise: [f64; Grade::ALL.len()],
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
        let model = |question| {
            let likelihoods = match tuning.slip {
                Some(slip) => Grade::ALL.map(|grade| Likelihood::new(grade.yes(slip), 0.02)),
                None => knowledge.rates(question).likelihoods(),
            };
            AnswerModel {
                likelihoods,
                noise: likelihoods.map(|likelihood| entropy(&likelihood)),
            }
        };
        Self {
            models: knowledge.questions().map(model).collect(),
            knowledge,
            tuning,
        }
    }

    pub(crate) fn likelihoods(&self, question: QuestionId) -> &[Likelihood; Grade::ALL.len()] {
        &self.models[question.index()].likelihoods
    }

    pub(crate) fn noise(&self, question: QuestionId) -> &[f64; Grade::ALL.len()] {
        &self.models[question.index()].noise
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// What it believes after a transcript.
    #[must_use]
    pub fn belief(&self, transcript: &Transcript) -> Belief {
        Belief::new(self, transcript)
    }

    /// The next move of a game in which it is the AI's turn.
    ///
    /// It guesses a thing that is likelier than [`Tuning::sure`], and otherwise asks the question with
    /// the greatest expected information gain. Near the end it looks one question ahead and does what
    /// wins more often. The last move is always a guess.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        let belief = self.belief(transcript);
        let candidate = belief.candidates(1)[0];
        let left = transcript.moves_left();
        let certainty = belief.probability(candidate) / belief.known();
        let question = if left <= 1 || certainty > self.tuning.sure {
            None
        } else if left <= self.tuning.end {
            self.worthwhile(&belief, left)
        } else {
            let rank = match transcript.turns() {
                [] => usize::from(transcript.opening().0) % FIRST_QUESTIONS,
                _ => 0,
            };
            let telling = self.telling(&belief, rank + 1);
            telling.last().map(|(_, question)| *question)
        };
        match question {
            Some(question) => Move::Question(self.knowledge.question(question).clone()),
            None => Move::Guess(self.knowledge.name(candidate).clone()),
        }
    }

    /// The question after which guessing wins most often, if that is more often than guessing now.
    fn worthwhile(&self, belief: &Belief, left: usize) -> Option<QuestionId> {
        let likely = belief.candidates(LIKELY);
        let now: f64 = belief.chance(left, likely.iter().map(|&thing| (thing, 1.0)));
        let chance = |question: QuestionId| {
            let likelihoods = self.likelihoods(question);
            let after = |answer: Answer| {
                let things = likely.iter().map(|&thing| {
                    let grade = self.knowledge.grade(question, thing);
                    (thing, likelihoods[grade as usize].of(answer))
                });
                belief.chance(left - 1, things)
            };
            after(Answer::Yes) + after(Answer::No) + after(Answer::Unsure)
        };
        let telling = self.telling(belief, self.tuning.telling).into_iter();
        let best = telling
            .map(|(_, question)| (chance(question), question))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        // A question has to win clearly more often: players prefer a guess to an odd question.
        (best.0 > now * WORTHWHILE).then_some(best.1)
    }
}
