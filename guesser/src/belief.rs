//! How likely each thing is after some answers.

use crate::{
    grade::{Fact, Grade},
    knowledge::Knowledge,
};
use game::{Answer, Move, Transcript};

/// A probability for each thing; they sum to 1. And what was asked already.
#[derive(Debug, Clone)]
pub struct Belief {
    probabilities: Vec<f64>,
    asked: Vec<bool>,
    slip: f64,
}

/// An answered question.
struct Evidence {
    question: usize,
    /// How well the answer fits each grade; 1 for the grade that it fits best.
    fits: [f64; Grade::ALL.len()],
}

/// Questions less alike than this count as independent.
const ALIKE: f64 = 0.6;

impl Belief {
    /// What to think after a transcript. Questions and names that the knowledge doesn't have are
    /// passed over. `slip`: how often a player answers the opposite of what was meant.
    #[must_use]
    pub fn new(knowledge: &Knowledge, transcript: &Transcript, slip: f64) -> Self {
        let turns = transcript.turns().iter();
        let answers = turns.clone().filter_map(|turn| match &turn.mv {
            Move::Question(text) => Some((knowledge.find_question(text.as_str())?, turn.answer)),
            Move::Guess(_) => None,
        });
        let mut belief = Self::after(knowledge, answers, slip);
        for turn in turns {
            if let Move::Guess(name) = &turn.mv
                && let Some(thing) = knowledge.find_thing(name.as_str())
            {
                belief.probabilities[thing] = 0.0;
            }
        }
        belief.normalise();
        belief
    }

    /// What to think after answers to questions, given by their numbers.
    pub(crate) fn after(
        knowledge: &Knowledge,
        answers: impl Iterator<Item = (usize, Option<Answer>)>,
        slip: f64,
    ) -> Self {
        let priors = (0..knowledge.things()).map(|thing| knowledge.prior(thing));
        let mut belief = Self {
            probabilities: priors.collect(),
            asked: vec![false; knowledge.questions()],
            slip,
        };
        let mut earlier: Vec<Evidence> = Vec::new();
        for (question, answer) in answers {
            belief.asked[question] = true;
            let likelihoods = Grade::ALL.map(|grade| likelihood(answer, grade, slip));
            let best = likelihoods.iter().copied().fold(0.0, f64::max);
            let evidence = Evidence {
                question,
                fits: likelihoods.map(|likelihood| likelihood / best),
            };
            belief.weigh(knowledge, &evidence, &earlier);
            earlier.push(evidence);
        }
        belief.normalise();
        belief
    }

    /// What all things that say no are multiplied by needs no multiplying: in the end all is divided by
    /// the sum.
    fn weigh(&mut self, knowledge: &Knowledge, evidence: &Evidence, earlier: &[Evidence]) {
        let Evidence { question, fits } = evidence;
        for fact in knowledge.facts(*question) {
            self.probabilities[usize::from(fact.thing)] *=
                fits[fact.grade as usize] / fits[Grade::No as usize];
        }
        let may_be_alike =
            |other: &&Evidence| knowledge.likeness_at_most(*question, other.question) > ALIKE;
        for other in earlier.iter().filter(may_be_alike) {
            let likeness = knowledge.likeness(*question, other.question);
            if likeness > ALIKE {
                self.excuse(knowledge, evidence, other, likeness);
            }
        }
    }

    /// Two questions that ask nearly the same are answered wrongly together: as likely as they are
    /// alike, what went wrong at the first goes wrong at the second too, and its answer says no more.
    fn excuse(
        &mut self,
        knowledge: &Knowledge,
        evidence: &Evidence,
        other: &Evidence,
        likeness: f64,
    ) {
        let fits = |evidence: &Evidence| {
            let mut fits = vec![evidence.fits[Grade::No as usize]; knowledge.things()];
            for fact in knowledge.facts(evidence.question) {
                fits[usize::from(fact.thing)] = evidence.fits[fact.grade as usize];
            }
            fits
        };
        let pairs = fits(evidence).into_iter().zip(fits(other));
        for (probability, (fit, earlier)) in self.probabilities.iter_mut().zip(pairs) {
            *probability *= (fit + (1.0 - fit) * likeness * (1.0 - earlier)) / fit;
        }
    }

    fn normalise(&mut self) {
        let sum: f64 = self.probabilities.iter().sum();
        for probability in &mut self.probabilities {
            *probability /= sum;
        }
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

    /// How likely the right thing is among the best `n` of some, when each thing's probability is
    /// first multiplied by a likelihood: the chance to win with `n` guesses.
    pub(crate) fn chance(&self, n: usize, things: impl Iterator<Item = (usize, f64)>) -> f64 {
        let joint = things.map(|(thing, likelihood)| (self.probabilities[thing] * likelihood, 0));
        top(n, joint).iter().map(|(joint, _)| joint).sum()
    }

    /// The share of yes, as the knowledge states it, to the question with these facts.
    #[must_use]
    pub fn expected(&self, facts: &[Fact]) -> f64 {
        let masses = self.masses(facts);
        let share = |grade: Grade| masses[grade as usize] * grade.stated();
        Grade::ALL.map(share).iter().sum()
    }

    /// How many bits the answer to the question with these facts is expected to tell: the entropy
    /// of the answer less the entropy that remains when the thing is known, which is the mutual
    /// information of thing and answer (Lindley 1956, "On a measure of the information provided by
    /// an experiment").
    #[must_use]
    pub fn gain(&self, facts: &[Fact]) -> f64 {
        let masses = self.masses(facts);
        let (mut yes, mut known) = (0.0, 0.0);
        for grade in Grade::ALL {
            yes += masses[grade as usize] * grade.yes(self.slip);
            known += masses[grade as usize] * entropy(grade.yes(self.slip));
        }
        entropy(yes) - known
    }

    /// How likely each grade is.
    fn masses(&self, facts: &[Fact]) -> [f64; Grade::ALL.len()] {
        let mut masses = [0.0; Grade::ALL.len()];
        for fact in facts {
            masses[fact.grade as usize] += self.probabilities[usize::from(fact.thing)];
        }
        masses[Grade::No as usize] = (1.0 - masses.iter().sum::<f64>()).max(0.0);
        masses
    }
}

/// How likely a player gives the answer; only the ratio of two grades means something.
pub(crate) fn likelihood(answer: Option<Answer>, grade: Grade, slip: f64) -> f64 {
    match answer {
        Some(Answer::Yes) => grade.yes(slip),
        Some(Answer::No) => 1.0 - grade.yes(slip),
        Some(Answer::Unsure) | None => 1.0,
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
