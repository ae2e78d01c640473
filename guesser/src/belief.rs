//! How likely each thing is after some answers.

use crate::next_move::Guesser;
use game::{Answer, Move, Transcript};
use knowledge::{Fact, Grade, Knowledge, Likelihood, QuestionId, ThingId};

/// The probability of each thing, and of none of them. All sum to 1.
#[derive(Debug, Clone)]
pub struct Belief {
    probabilities: Vec<f64>,
    unknown: f64,
    was_asked: Vec<bool>,
    /// Whether the answer to a question is known: it was asked, or the opposite was answered.
    is_settled: Vec<bool>,
    /// The plain answers, at most [`MOST_PLAIN`].
    pub(crate) plain: Vec<Plain>,
    /// For each thing, which of the plain answers contradict it, and which were open for it.
    pub(crate) fits: Vec<Fits>,
    /// For each thing, how many reliable answers contradict a plain yes or no.
    strikes: Vec<u8>,
}

/// How plain answers fit a thing: a bit for each answer. Those in neither set are what the knowledge says.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fits {
    /// The answers that contradict the knowledge.
    pub(crate) contradicted: u32,
    /// The answers to questions for which it depends.
    pub(crate) open: u32,
}

/// A yes or a no to a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain {
    /// The probability of the things that it contradicts, in proportion to that of all known things.
    pub(crate) contradicted: f64,
    /// The same for those for which it depends.
    pub(crate) open: f64,
    /// The sum of the priors of the things that it agrees with.
    pub(crate) agreeing: f64,
    pub(crate) is_yes: bool,
    /// Whether players who contradict the knowledge in this way are rare.
    pub(crate) is_reliable: bool,
}

/// An answer, and how well it fits.
struct Evidence {
    question: QuestionId,
    /// The likelihood of the answer for each grade.
    likelihoods: [f64; Grade::ALL.len()],
}

/// A way in which the answers of a player may differ from the knowledge.
struct Hypothesis {
    weight: f64,
    /// The share of answers that say nothing.
    blur: f64,
}

/// The player and the description of the thing are as the panel was on average, or both are worse.
/// One wrong answer makes others likelier, so that a thing which fits all other answers survives it.
const KNOWN: [Hypothesis; 2] = [
    Hypothesis {
        weight: 0.65,
        blur: 0.0,
    },
    Hypothesis {
        weight: 0.35,
        blur: 0.15,
    },
];

/// A thing that isn't known is like a known one in some ways and not in others.
const UNKNOWN_BLUR: f64 = 0.35;

/// An answer that says nothing.
const NOTHING: Likelihood = Likelihood::new(0.5, 0.04);

/// Questions that are less alike than this count as independent.
const ALIKE: f64 = 0.6;

/// An answer to a question is reliable if at most this share of the panel contradicted the knowledge.
const RELIABLE: f64 = 0.05;

/// How many plain answers have a bit.
const MOST_PLAIN: usize = u32::BITS as usize;

/// A thing that this many reliable answers contradict is guessed only if there is no other.
const TOO_MANY: u8 = 2;

impl Belief {
    /// What to believe after a transcript. Ignores questions and names that the knowledge doesn't have.
    pub(crate) fn new(guesser: &Guesser, transcript: &Transcript) -> Self {
        let knowledge = guesser.knowledge();
        let (mut answers, mut refused) = (Vec::new(), Vec::new());
        for turn in transcript.turns() {
            match &turn.mv {
                Move::Question(text) => {
                    let question = knowledge.find_question(text.as_str());
                    answers.extend(question.map(|question| (question, turn.answer)));
                }
                Move::Guess(name) if turn.answer == Some(Answer::No) => {
                    refused.extend(knowledge.find_thing(name.as_str()));
                }
                // An open guess is as likely as before.
                Move::Guess(_) => {}
            }
        }
        Self::after(guesser, &answers, &refused)
    }

    /// What to believe after these answers, if it is none of the refused things.
    pub(crate) fn after(
        guesser: &Guesser,
        answers: &[(QuestionId, Option<Answer>)],
        refused: &[ThingId],
    ) -> Self {
        let knowledge = guesser.knowledge();
        let mut was_asked = vec![false; knowledge.questions().len()];
        for (question, _) in answers {
            was_asked[question.index()] = true;
        }
        let mut is_settled = was_asked.clone();
        for &(question, answer) in answers {
            if matches!(answer, Some(Answer::Yes | Answer::No)) {
                for opposite in knowledge.opposites(question) {
                    is_settled[opposite.index()] = true;
                }
            }
        }
        let given = answers.iter().filter_map(|&(q, answer)| Some((q, answer?)));
        let given: Vec<_> = given.collect();
        let alike = alike(knowledge, &given);
        let priors: Vec<f64> = knowledge
            .things()
            .map(|thing| knowledge.prior(thing))
            .collect();
        let weights = |blur| {
            let mut weights = Weights {
                all: priors.clone(),
                common: 1.0,
            };
            let mut earlier: Vec<Evidence> = Vec::new();
            for (&(question, answer), alike) in given.iter().zip(&alike) {
                let likelihoods = guesser.likelihoods(question);
                let likelihoods =
                    likelihoods.map(|likelihood| likelihood.mixed(&NOTHING, blur).of(answer));
                let evidence = Evidence {
                    question,
                    likelihoods,
                };
                weights.weigh(knowledge, &evidence);
                weights.excuse(knowledge, &evidence, &earlier, alike);
                earlier.push(evidence);
            }
            weights
        };
        let mut probabilities = vec![0.0; priors.len()];
        for Hypothesis { weight, blur } in KNOWN {
            let weights = weights(blur);
            for (sum, part) in probabilities.iter_mut().zip(weights.all) {
                *sum += weight * weights.common * part;
            }
        }
        let unknown = {
            let weights = weights(UNKNOWN_BLUR);
            let sum: f64 = weights.all.iter().sum();
            let prior = guesser.tuning.unknown;
            prior / (1.0 - prior) * weights.common * sum
        };
        for thing in refused {
            probabilities[thing.index()] = 0.0;
        }
        let all = unknown + probabilities.iter().sum::<f64>();
        for probability in &mut probabilities {
            *probability /= all;
        }
        let mut belief = Self {
            fits: vec![Fits::default(); probabilities.len()],
            strikes: vec![0; probabilities.len()],
            probabilities,
            unknown: unknown / all,
            was_asked,
            is_settled,
            plain: Vec::new(),
        };
        for (question, answer) in given {
            belief.note(guesser, question, answer);
        }
        belief
    }

    /// Notes how a plain answer fits each thing. A game has at most twenty; a lesson that somebody has written
    /// by hand may have more than there are bits.
    fn note(&mut self, guesser: &Guesser, question: QuestionId, answer: Answer) {
        if answer == Answer::Unsure || self.plain.len() == MOST_PLAIN {
            return;
        }
        let bit = 1 << self.plain.len();
        let is_yes = answer == Answer::Yes;
        let is_reliable = is_reliable(guesser, question, answer);
        // A yes contradicts a plain No, which is what most things have. The facts are then taken back.
        if is_yes {
            for (fits, strikes) in self.fits.iter_mut().zip(&mut self.strikes) {
                fits.contradicted |= bit;
                *strikes += u8::from(is_reliable);
            }
        }
        for fact in guesser.knowledge().facts(question) {
            let thing = fact.thing.index();
            let fits = &mut self.fits[thing];
            fits.contradicted &= !bit;
            match fact.grade {
                Grade::Either | Grade::Seldom => fits.open |= bit,
                _ if !is_yes => fits.contradicted |= bit,
                _ => {}
            }
            if is_reliable {
                match (is_yes, fact.grade) {
                    (true, _) => self.strikes[thing] -= 1,
                    (false, Grade::Yes) => self.strikes[thing] += 1,
                    (false, _) => {}
                }
            }
        }
        let [mut contradicted, mut open, mut agreeing] = [0.0; 3];
        for (thing, fits) in guesser.knowledge().things().zip(&self.fits) {
            if fits.contradicted & bit != 0 {
                contradicted += self.probability(thing);
            } else if fits.open & bit != 0 {
                open += self.probability(thing);
            } else {
                agreeing += guesser.knowledge().prior(thing);
            }
        }
        self.plain.push(Plain {
            contradicted: contradicted / self.known(),
            open: open / self.known(),
            agreeing,
            is_yes,
            is_reliable,
        });
    }

    /// The probability of each thing, in the order of the ids. With [`Self::unknown`], they sum to 1.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The probability of a thing.
    #[must_use]
    pub fn probability(&self, thing: ThingId) -> f64 {
        self.probabilities[thing.index()]
    }

    /// The probability that it is nothing of what the guesser knows.
    #[must_use]
    pub const fn unknown(&self) -> f64 {
        self.unknown
    }

    /// The probability that it is something that the guesser knows and that wasn't refused.
    #[must_use]
    pub const fn known(&self) -> f64 {
        1.0 - self.unknown
    }

    /// How many known things are left: 2 to the power of the entropy of their probabilities, the number of
    /// equally likely things that would be as hard to tell apart (perplexity).
    #[must_use]
    pub fn left(&self) -> f64 {
        self.left_without(None)
    }

    /// How many would be left if it didn't know this thing.
    #[must_use]
    pub fn left_without(&self, thing: Option<ThingId>) -> f64 {
        let known = self.known() - thing.map_or(0.0, |thing| self.probability(thing));
        let without = thing.map(ThingId::index);
        let probabilities = self.probabilities.iter().enumerate();
        let bits: f64 = probabilities
            .filter(|(index, probability)| Some(*index) != without && **probability > 0.0)
            .map(|(_, probability)| probability / known)
            .map(|share| -share * share.log2())
            .sum();
        (bits * std::f64::consts::LN_2).exp()
    }

    /// Whether the question was asked.
    #[must_use]
    pub fn was_asked(&self, question: QuestionId) -> bool {
        self.was_asked[question.index()]
    }

    pub(crate) fn is_settled(&self, question: QuestionId) -> bool {
        self.is_settled[question.index()]
    }

    /// The `n` likeliest things, best first.
    #[must_use]
    pub fn best(&self, n: usize) -> Vec<ThingId> {
        self.best_of(n, |_| true)
    }

    /// The things to guess, best first: the `n` likeliest of those that not too many reliable answers
    /// contradict. If they contradict all, the `n` likeliest.
    #[must_use]
    pub fn candidates(&self, n: usize) -> Vec<ThingId> {
        let fits = |thing: ThingId| {
            self.strikes[thing.index()] < TOO_MANY && self.probability(thing) > 0.0
        };
        let candidates = self.best_of(n, fits);
        if candidates.is_empty() {
            self.best(n)
        } else {
            candidates
        }
    }

    fn best_of(&self, n: usize, is_eligible: impl Fn(ThingId) -> bool) -> Vec<ThingId> {
        let things = ThingId::first(self.probabilities.len()).filter(|&thing| is_eligible(thing));
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

    /// The expected share of yes to the question with these facts, without mistakes.
    pub(crate) fn expected(&self, facts: &[Fact]) -> f64 {
        let excess = |fact: &Fact| {
            let share = fact.grade.stated() - Grade::No.stated();
            self.probability(fact.thing) * share
        };
        Grade::No.stated() + facts.iter().map(excess).sum::<f64>() / self.known()
    }
}

/// Whether players rarely give this plain answer where the knowledge says the opposite.
pub(crate) fn is_reliable(guesser: &Guesser, question: QuestionId, answer: Answer) -> bool {
    let [no, .., yes] = guesser.likelihoods(question);
    match answer {
        Answer::Yes => no.yes <= RELIABLE,
        Answer::No => yes.no <= RELIABLE,
        Answer::Unsure => false,
    }
}

/// Priors times likelihoods, thing by thing, without the factor `common`, which all things share.
struct Weights {
    all: Vec<f64>,
    common: f64,
}

impl Weights {
    /// Multiplies each thing by its likelihood. That of a plain No goes into the common factor, so only
    /// facts are scaled.
    fn weigh(&mut self, knowledge: &Knowledge, evidence: &Evidence) {
        let Evidence {
            question,
            likelihoods,
        } = evidence;
        let no = likelihoods[Grade::No as usize];
        let factors = likelihoods.map(|likelihood| likelihood / no);
        self.common *= no;
        for fact in knowledge.facts(*question) {
            self.all[fact.thing.index()] *= factors[fact.grade as usize];
        }
    }

    /// Softens evidence that repeats earlier evidence. Players answer two questions that are alike wrongly together:
    /// with a probability of their likeness, an answer that contradicts a thing is the same mistake as before and says
    /// nothing new. Of several earlier answers, the one that excuses most counts.
    fn excuse(
        &mut self,
        knowledge: &Knowledge,
        evidence: &Evidence,
        earlier: &[Evidence],
        alike: &[(usize, f64)],
    ) {
        if alike.is_empty() {
            return;
        }
        let mut excuses = vec![0.0_f64; self.all.len()];
        for &(other, likeness) in alike {
            for (excuse, fit) in excuses.iter_mut().zip(earlier[other].fits(knowledge)) {
                *excuse = excuse.max(likeness * (1.0 - fit));
            }
        }
        let pairs = evidence.fits(knowledge).into_iter().zip(excuses);
        for (weight, (fit, excuse)) in self.all.iter_mut().zip(pairs) {
            *weight *= (fit + (1.0 - fit) * excuse) / fit;
        }
    }
}

/// For each answer, the earlier ones whose questions are alike, by their place, with the likeness.
fn alike(knowledge: &Knowledge, given: &[(QuestionId, Answer)]) -> Vec<Vec<(usize, f64)>> {
    let mut all = Vec::with_capacity(given.len());
    for (at, &(question, _)) in given.iter().enumerate() {
        let mut alike = Vec::new();
        for (place, &(other, _)) in given[..at].iter().enumerate() {
            if knowledge.likeness_at_most(question, other) > ALIKE {
                let likeness = knowledge.likeness(question, other);
                if likeness > ALIKE {
                    alike.push((place, likeness));
                }
            }
        }
        all.push(alike);
    }
    all
}

impl Evidence {
    /// The likelihood of the answer for each thing, divided by the greatest of any grade.
    fn fits(&self, knowledge: &Knowledge) -> Vec<f64> {
        let best = self.likelihoods.iter().copied().fold(0.0, f64::max);
        let fits = self.likelihoods.map(|likelihood| likelihood / best);
        let mut all = vec![fits[Grade::No as usize]; knowledge.things().len()];
        for fact in knowledge.facts(self.question) {
            all[fact.thing.index()] = fits[fact.grade as usize];
        }
        all
    }
}

/// The `n` pairs with the greatest numbers, greatest first; among equals, the first. One pass, meant
/// for a small `n`: in the browser, a sort would make up most of the guesser's code.
pub(crate) fn top<T>(n: usize, pairs: impl Iterator<Item = (f64, T)>) -> Vec<(f64, T)> {
    let mut best: Vec<(f64, T)> = Vec::with_capacity(n + 1);
    for pair in pairs {
        keep(&mut best, n, pair);
    }
    best
}

/// Adds a pair to the best `n`, if it belongs to them.
pub(crate) fn keep<T>(best: &mut Vec<(f64, T)>, n: usize, pair: (f64, T)) {
    if best.len() < n || best.last().is_some_and(|least| pair.0 > least.0) {
        let at = best.partition_point(|other| other.0 >= pair.0);
        best.insert(at, pair);
        best.truncate(n);
    }
}
