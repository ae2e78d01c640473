//! How likely each thing is after some answers.

use game::{Answer, Move, Transcript};
use knowledge::{Fact, Grade, Knowledge, QuestionId, ThingId};

/// The probability of each thing, and which questions were asked. The probabilities sum to 1.
#[derive(Debug, Clone)]
pub struct Belief {
    probabilities: Vec<f64>,
    was_asked: Vec<bool>,
    slip: f64,
}

/// The answer to a question.
struct Evidence {
    question: QuestionId,
    /// The likelihood of the answer for each grade, divided by the greatest of them.
    fits: [f64; Grade::ALL.len()],
}

/// Questions that are less alike than this count as independent.
const ALIKE: f64 = 0.6;

impl Belief {
    /// What to believe after a transcript. Ignores questions and names that the knowledge doesn't
    /// have. `slip` is the probability that a player answers the opposite of what was meant.
    pub(crate) fn new(knowledge: &Knowledge, transcript: &Transcript, slip: f64) -> Self {
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
                belief.probabilities[thing.index()] = 0.0;
            }
        }
        belief.normalise();
        belief
    }

    /// What to believe after these answers.
    pub(crate) fn after(
        knowledge: &Knowledge,
        answers: impl Iterator<Item = (QuestionId, Option<Answer>)>,
        slip: f64,
    ) -> Self {
        let priors = knowledge.things().map(|thing| knowledge.prior(thing));
        let mut belief = Self {
            probabilities: priors.collect(),
            was_asked: vec![false; knowledge.questions().len()],
            slip,
        };
        let mut earlier: Vec<Evidence> = Vec::new();
        for (question, answer) in answers {
            belief.was_asked[question.index()] = true;
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

    /// Multiplies each thing by its likelihood. The factor of a plain No is common to all things and
    /// cancels in [`Self::normalise`], so only facts are scaled.
    fn weigh(&mut self, knowledge: &Knowledge, evidence: &Evidence, earlier: &[Evidence]) {
        let Evidence { question, fits } = evidence;
        for fact in knowledge.facts(*question) {
            self.probabilities[fact.thing.index()] *=
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

    /// Softens evidence that repeats earlier evidence. Players answer two questions that are alike
    /// wrongly together: with a probability of `likeness`, an answer that contradicts a thing is the
    /// same mistake as before and says nothing new.
    fn excuse(
        &mut self,
        knowledge: &Knowledge,
        evidence: &Evidence,
        other: &Evidence,
        likeness: f64,
    ) {
        let fits = |evidence: &Evidence| {
            let mut fits = vec![evidence.fits[Grade::No as usize]; knowledge.things().len()];
            for fact in knowledge.facts(evidence.question) {
                fits[fact.thing.index()] = evidence.fits[fact.grade as usize];
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

    /// The probability of each thing, in the order of the ids.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The probability of a thing.
    #[must_use]
    pub fn probability(&self, thing: ThingId) -> f64 {
        self.probabilities[thing.index()]
    }

    /// Whether the question was asked.
    #[must_use]
    pub fn was_asked(&self, question: QuestionId) -> bool {
        self.was_asked[question.index()]
    }

    /// The `n` likeliest things, best first.
    #[must_use]
    pub fn best(&self, n: usize) -> Vec<ThingId> {
        let things = ThingId::first(self.probabilities.len());
        top(n, things.map(|thing| (self.probability(thing), thing)))
            .into_iter()
            .map(|(_, thing)| thing)
            .collect()
    }

    /// The joint probability of an answer and of a win with the `n` guesses after it. `things` holds the
    /// likelihood of the answer for each thing.
    pub(crate) fn chance(&self, n: usize, things: impl Iterator<Item = (ThingId, f64)>) -> f64 {
        let joint = things.map(|(thing, likelihood)| (self.probability(thing) * likelihood, thing));
        top(n, joint).iter().map(|(joint, _)| joint).sum()
    }

    /// The expected share of yes to the question with these facts, without slips.
    pub(crate) fn expected(&self, facts: &[Fact]) -> f64 {
        let masses = self.masses(facts);
        let share = |grade: Grade| masses[grade as usize] * grade.stated();
        Grade::ALL.map(share).iter().sum()
    }

    /// The expected information gain of the question with these facts, in bits: the mutual information
    /// of thing and answer, which is the entropy of the answer less its entropy once the thing is known
    /// (Lindley 1956, "On a measure of the information provided by an experiment").
    pub(crate) fn gain(&self, facts: &[Fact]) -> f64 {
        let masses = self.masses(facts);
        let (mut yes, mut known) = (0.0, 0.0);
        for grade in Grade::ALL {
            yes += masses[grade as usize] * grade.yes(self.slip);
            known += masses[grade as usize] * entropy(grade.yes(self.slip));
        }
        entropy(yes) - known
    }

    /// The probability of each grade.
    fn masses(&self, facts: &[Fact]) -> [f64; Grade::ALL.len()] {
        let mut masses = [0.0; Grade::ALL.len()];
        for fact in facts {
            masses[fact.grade as usize] += self.probabilities[fact.thing.index()];
        }
        masses[Grade::No as usize] = (1.0 - masses.iter().sum::<f64>()).max(0.0);
        masses
    }
}

/// The likelihood of an answer, up to a factor that all grades share.
pub(crate) fn likelihood(answer: Option<Answer>, grade: Grade, slip: f64) -> f64 {
    match answer {
        Some(Answer::Yes) => grade.yes(slip),
        Some(Answer::No) => 1.0 - grade.yes(slip),
        Some(Answer::Unsure) | None => 1.0,
    }
}

/// The `n` pairs with the greatest numbers, greatest first; among equals, the first. One pass, meant
/// for a small `n`: in the browser, a sort would make up most of the guesser's code.
pub(crate) fn top<T>(n: usize, pairs: impl Iterator<Item = (f64, T)>) -> Vec<(f64, T)> {
    let mut best: Vec<(f64, T)> = Vec::with_capacity(n + 1);
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
