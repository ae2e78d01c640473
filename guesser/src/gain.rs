//! How much the answer to a question would tell.

use crate::{
    belief::{Belief, keep},
    next_move::Guesser,
};
use knowledge::{Grade, Likelihood, QuestionId};

/// A number for each grade.
type ByGrade = [f64; Grade::ALL.len()];

/// The share of exceptions below which the answer to a question is certain after another answer.
const CERTAIN: f64 = 0.01;

/// The share of exceptions below which it follows.
const FOLLOWS: f64 = 0.025;

/// The share of exceptions below which it nearly follows.
const NEARLY: f64 = 0.1;

/// What a question can tell.
struct Prospect<'a> {
    likelihoods: &'a [Likelihood; Grade::ALL.len()],
    /// The entropy of the answer of a player who thinks of a thing with a grade, in bits.
    noise: &'a ByGrade,
    /// The probability of each grade.
    masses: ByGrade,
}

impl Guesser {
    /// The `n` most telling questions whose answers aren't known yet, best first, with their gains in bits.
    pub(crate) fn telling(&self, belief: &Belief, n: usize) -> Vec<(f64, QuestionId)> {
        let mut best = Vec::with_capacity(n + 1);
        for question in self.knowledge.questions() {
            if belief.is_settled(question) {
                continue;
            }
            let prospect = self.prospect(belief, question);
            // The expected gain is at least the gain given what was asked.
            let most = prospect.gain(&prospect.masses);
            let least = best.last().filter(|_| best.len() == n);
            if least.is_some_and(|(least, _)| most <= *least) {
                continue;
            }
            let exceptions = self.exceptions(belief, question);
            let mut pairs = exceptions.iter().zip(&belief.plain);
            if pairs.any(|(share, plain)| plain.is_reliable && *share < CERTAIN) {
                continue;
            }
            let gain = self.gain_given(belief, question, &prospect, &exceptions);
            keep(&mut best, n, (gain, question));
        }
        best
    }

    fn prospect(&self, belief: &Belief, question: QuestionId) -> Prospect<'_> {
        let mut masses = [0.0; Grade::ALL.len()];
        for fact in self.knowledge.facts(question) {
            masses[fact.grade as usize] += belief.probability(fact.thing);
        }
        let known = belief.known().max(f64::MIN_POSITIVE);
        masses = masses.map(|mass| mass / known);
        masses[Grade::No as usize] = rest(1.0, &masses);
        Prospect {
            likelihoods: self.likelihoods(question),
            noise: self.noise(question),
            masses,
        }
    }

    /// For each yes so far, how many of the things that have that yes are exceptions: those that clearly have
    /// another answer to this question than the others. To ask "Is it a plant?" after "Is it an animal?" would look silly. For each
    /// no, 1.
    fn exceptions(&self, belief: &Belief, question: QuestionId) -> Vec<f64> {
        // The priors of those that may have a yes, and of those that have one.
        let mut shares = vec![[0.0; 2]; belief.plain.len()];
        let yeses = belief.plain.iter().zip(0..);
        let yeses = yeses.fold(0, |bits, (plain, bit)| {
            bits | u32::from(plain.is_yes) << bit
        });
        for fact in self.knowledge.facts(question) {
            let fits = belief.fits[fact.thing.index()];
            let prior = self.knowledge.prior(fact.thing);
            each(yeses & !(fits.contradicted | fits.open), |answer| {
                shares[answer][0] += prior;
                if fact.grade.stated() > 0.5 {
                    shares[answer][1] += prior;
                }
            });
        }
        let pairs = shares.into_iter().zip(&belief.plain);
        pairs
            .map(|([may, has], plain)| {
                let share = has.min(plain.agreeing - may) / plain.agreeing;
                if plain.is_yes { share } else { 1.0 }
            })
            .collect()
    }

    /// The gain of a question given what was asked, in bits.
    ///
    /// An answer splits the things into three parts: those that it contradicts, those for which it depends, and
    /// those that it agrees with. To find out in which part the thing is would be to ask again: players who were wrong
    /// once are wrong again. By the chain rule of mutual information, a question tells something about the part, and
    /// something within the parts. What it tells about the part is what it repeats. It counts in part, or not at all if
    /// the question's answer nearly follows. If it follows, only what it tells within the things that the answer agrees
    /// with counts. Of several earlier answers, the one that leaves least counts.
    fn gain_given(
        &self,
        belief: &Belief,
        question: QuestionId,
        prospect: &Prospect<'_>,
        exceptions: &[f64],
    ) -> f64 {
        let none = [0.0; Grade::ALL.len()];
        let mut contradicted = vec![none; belief.plain.len()];
        let mut open = contradicted.clone();
        for fact in self.knowledge.facts(question) {
            let probability = belief.probability(fact.thing) / belief.known();
            // What is too unlikely to matter is contradicted by many answers.
            if probability > 1e-9 {
                let (fits, grade) = (belief.fits[fact.thing.index()], fact.grade as usize);
                each(fits.contradicted, |answer| {
                    contradicted[answer][grade] += probability
                });
                each(fits.open, |answer| open[answer][grade] += probability);
            }
        }
        let gain = prospect.gain(&prospect.masses);
        let mut least = gain;
        let parts = contradicted.into_iter().zip(open);
        for (((mut contradicted, mut open), plain), exceptions) in
            parts.zip(&belief.plain).zip(exceptions)
        {
            contradicted[Grade::No as usize] = rest(plain.contradicted, &contradicted);
            open[Grade::No as usize] = rest(plain.open, &open);
            let mut agreeing = prospect.masses;
            for (mass, parts) in agreeing.iter_mut().zip(contradicted.iter().zip(&open)) {
                *mass = (*mass - parts.0 - parts.1).max(0.0);
            }
            let within_agreeing = prospect.gain(&agreeing);
            let left = if plain.is_reliable && *exceptions < FOLLOWS {
                within_agreeing
            } else {
                let within = within_agreeing + prospect.gain(&contradicted) + prospect.gain(&open);
                let counts = if *exceptions < NEARLY {
                    1.0
                } else {
                    self.tuning.redundancy
                };
                gain - counts * (gain - within)
            };
            least = least.min(left);
        }
        least
    }
}

impl Prospect<'_> {
    /// The expected information gain about things with these probabilities of each grade, in bits: the entropy
    /// of the answer, less its entropy once the thing is known. This is the mutual information of thing and answer
    /// (Lindley 1956, "On a measure of the information provided by an experiment"), times the sum of the probabilities.
    fn gain(&self, masses: &ByGrade) -> f64 {
        let noise = masses.iter().zip(self.noise);
        self.uncertainty(masses) - noise.map(|(mass, noise)| mass * noise).sum::<f64>()
    }

    /// The entropy of the answer among things with these probabilities of each grade, times the sum of
    /// the probabilities.
    fn uncertainty(&self, masses: &ByGrade) -> f64 {
        let all: f64 = masses.iter().sum();
        let [mut yes, mut unsure] = [0.0; 2];
        for (mass, likelihood) in masses.iter().zip(self.likelihoods) {
            yes += mass * likelihood.yes;
            unsure += mass * likelihood.unsure;
        }
        let term = |part: f64| {
            if part > 0.0 {
                part * (all / part).log2()
            } else {
                0.0
            }
        };
        term(yes) + term(unsure) + term(all - yes - unsure)
    }
}

/// Calls `act` with the number of each bit that is set.
fn each(mut bits: u32, mut act: impl FnMut(usize)) {
    while bits != 0 {
        act(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// What is left for a plain No.
fn rest(all: f64, masses: &ByGrade) -> f64 {
    (all - masses.iter().sum::<f64>()).max(0.0)
}

/// The entropy of an answer, in bits.
pub(crate) fn entropy(likelihood: &Likelihood) -> f64 {
    let term = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    term(likelihood.yes) + term(likelihood.no) + term(likelihood.unsure)
}
