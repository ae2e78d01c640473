//! How likely each thing is after some answers.

use crate::{grade::Grade, knowledge::Knowledge};
use game::{Answer, Move, Transcript};

/// A probability for each thing; they sum to 1. And what was asked already.
#[derive(Debug, Clone)]
pub struct Belief {
    probabilities: Vec<f64>,
    /// The things that are worth asking about: the rest together are too unlikely to matter.
    live: Vec<usize>,
    asked: Vec<bool>,
}

/// A thing less likely than this doesn't sway the choice of a question.
const NEGLIGIBLE: f64 = 1e-5;

impl Belief {
    /// What to think after a transcript. Questions and names that the knowledge doesn't have are
    /// passed over; `not sure` is evidence of nothing.
    #[must_use]
    pub fn new(knowledge: &Knowledge, transcript: &Transcript) -> Self {
        let priors = (0..knowledge.things()).map(|thing| knowledge.prior(thing));
        let mut belief = Self {
            probabilities: priors.collect(),
            live: Vec::new(),
            asked: vec![false; knowledge.questions()],
        };
        for turn in transcript.turns() {
            match &turn.asked {
                Move::Question(text) => {
                    if let Some(question) = knowledge.find_question(text.as_str()) {
                        belief.asked[question] = true;
                        belief.weigh(knowledge.grades(question), turn.answer);
                    }
                }
                Move::Guess(name) => {
                    if let Some(thing) = knowledge.find_thing(name.as_str()) {
                        belief.probabilities[thing] = 0.0;
                    }
                }
            }
        }
        belief.normalise();
        belief
    }

    fn weigh(&mut self, grades: &[Grade], answer: Option<Answer>) {
        let likelihoods = match answer {
            Some(Answer::Yes) => Grade::ALL.map(Grade::yes),
            Some(Answer::No) => Grade::ALL.map(|grade| 1.0 - grade.yes()),
            Some(Answer::Unsure) | None => return,
        };
        // Twenty factors of 0.03 stay far above the smallest f64, so that no logarithms are needed.
        for (probability, &grade) in self.probabilities.iter_mut().zip(grades) {
            *probability *= likelihoods[grade as usize];
        }
    }

    fn normalise(&mut self) {
        let sum: f64 = self.probabilities.iter().sum();
        for probability in &mut self.probabilities {
            *probability /= sum;
        }
        let matters = |&thing: &usize| self.probabilities[thing] > NEGLIGIBLE;
        self.live = (0..self.probabilities.len()).filter(matters).collect();
    }

    /// The probabilities, thing by thing.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// Whether the question was asked already.
    #[must_use]
    pub fn was_asked(&self, question: usize) -> bool {
        self.asked[question]
    }

    /// The `n` likeliest things, best first.
    #[must_use]
    pub fn best(&self, n: usize) -> Vec<usize> {
        let things = self.probabilities.iter().enumerate();
        top(n, things.map(|(thing, &probability)| (probability, thing)))
            .into_iter()
            .map(|(_, thing)| thing)
            .collect()
    }

    /// How likely the right thing is among the best `n`, when each thing's probability is first
    /// multiplied by `likelihood`: the chance to win with `n` guesses.
    #[must_use]
    pub fn chance(&self, n: usize, likelihood: impl Fn(usize) -> f64) -> f64 {
        let joint = self
            .live
            .iter()
            .map(|&thing| self.probabilities[thing] * likelihood(thing));
        top(n, joint.map(|joint| (joint, 0)))
            .iter()
            .map(|(joint, _)| joint)
            .sum()
    }

    /// How many bits the answer to a question is expected to tell: the entropy of the answer less
    /// the entropy that remains when the thing is known, which is the mutual information of thing
    /// and answer (Lindley 1956, "On a measure of the information provided by an experiment").
    #[must_use]
    pub fn gain(&self, grades: &[Grade]) -> f64 {
        let mut mass = [0.0; Grade::ALL.len()];
        for &thing in &self.live {
            mass[grades[thing] as usize] += self.probabilities[thing];
        }
        let (mut yes, mut known) = (0.0, 0.0);
        for grade in Grade::ALL {
            yes += mass[grade as usize] * grade.yes();
            known += mass[grade as usize] * entropy(grade.yes());
        }
        entropy(yes) - known
    }
}

/// The `n` pairs with the greatest first parts, greatest first; of equals the first. For small `n`:
/// one pass, where a sort would be most of the guesser's code in the browser.
pub(crate) fn top(n: usize, pairs: impl Iterator<Item = (f64, usize)>) -> Vec<(f64, usize)> {
    let mut best: Vec<(f64, usize)> = Vec::with_capacity(n + 1);
    for pair in pairs {
        if best.len() < n || best.last().is_some_and(|least| pair.0 > least.0) {
            let at = best.partition_point(|other| other.0 >= pair.0);
            best.insert(at, pair);
            best.truncate(n);
        }
    }
    best
}

/// The entropy of a yes/no answer in bits.
fn entropy(yes: f64) -> f64 {
    let term = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    term(yes) + term(1.0 - yes)
}
