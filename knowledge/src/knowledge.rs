//! The things, the questions and what players answer.

use crate::{
    grade::{Fact, Grade},
    id::{QuestionId, ThingId},
    index::{Index, hash},
    name,
    packed::{Parts, UnpackError},
    rates::Rates,
};
use game::{MOVES, Text};

/// How much more often people think of a thing than of one whose fame is a step lower.
const STEP: f64 = 1.5;

/// What the guesser knows.
#[derive(Debug, Clone)]
pub struct Knowledge {
    questions: Vec<Question>,
    things: Vec<Thing>,
    opposites: Vec<[QuestionId; 2]>,
    /// By the hash of a wording's key.
    wordings: Index,
    /// By the hash of a name's key.
    names: Index,
    /// By the hash of a name's key without article and spaces.
    bare_names: Index,
}

#[derive(Debug, Clone)]
struct Question {
    text: Text,
    rates: Rates,
    /// Ordered by thing.
    facts: Vec<Fact>,
    /// Sum over all things of [`Grade::excess`], and of its square. Plain Noes add nothing, so both
    /// follow from the facts alone and stay right when a thing is added.
    excess: f64,
    squared_excess: f64,
}

#[derive(Debug, Clone)]
struct Thing {
    name: Text,
    prior: f64,
}

impl Knowledge {
    /// Reads packed knowledge.
    ///
    /// # Errors
    /// [`UnpackError`] if this version didn't pack the bytes.
    pub fn unpack(bytes: &[u8]) -> Result<Self, UnpackError> {
        let parts = Parts::unpack(bytes)?;
        // With fewer than `MOVES`, a game could run out of questions to ask or things to guess.
        if !(MOVES..=QuestionId::MOST).contains(&parts.questions.len())
            || !(MOVES..=ThingId::MOST).contains(&parts.things.len())
        {
            return Err(UnpackError::Damaged(
                "it has too few or too many questions or things",
            ));
        }
        let first = |lines: &str| Text::new(lines.split('|').next().unwrap_or_default());
        let mut questions = Vec::with_capacity(parts.questions.len());
        for ((lines, rates), facts) in parts.questions.iter().zip(parts.rates).zip(parts.facts) {
            let mut question = Question::new(first(lines)?, rates);
            question.facts.reserve_exact(facts.len());
            facts.into_iter().for_each(|fact| question.add(fact));
            questions.push(question);
        }
        let mut things = Vec::with_capacity(parts.things.len());
        for (names, fame) in &parts.things {
            things.push(Thing::new(first(names)?, (*fame).into()));
        }
        let [mut wordings, mut names, mut bare_names] = [const { Index::new() }; 3];
        for (id, lines) in QuestionId::first(questions.len()).zip(&parts.questions) {
            for wording in lines.split('|') {
                wordings.add(hash(name::key(wording).bytes()), id.0);
            }
        }
        for (id, (lines, _)) in ThingId::first(things.len()).zip(&parts.things) {
            for name in lines.split('|') {
                let key = name::key(name);
                names.add(hash(key.bytes()), id.0);
                bare_names.add(bare_hash(&key), id.0);
            }
        }
        let opposites = parts.opposites.into_iter();
        Ok(Self {
            questions,
            things,
            opposites: opposites.map(|pair| pair.map(QuestionId::at)).collect(),
            wordings,
            names,
            bare_names,
        })
    }

    /// All questions.
    pub fn questions(&self) -> impl ExactSizeIterator<Item = QuestionId> + Clone + use<> {
        QuestionId::first(self.questions.len())
    }

    /// The thing with this index.
    #[must_use]
    pub fn thing(&self, index: usize) -> Option<ThingId> {
        (index < self.things.len()).then(|| ThingId::at(index))
    }

    /// All things.
    pub fn things(&self) -> impl ExactSizeIterator<Item = ThingId> + Clone + use<> {
        ThingId::first(self.things.len())
    }

    /// A question as the player reads it.
    #[must_use]
    pub fn question(&self, question: QuestionId) -> &Text {
        &self.questions[question.index()].text
    }

    /// A thing's name, with its article.
    #[must_use]
    pub fn name(&self, thing: ThingId) -> &Text {
        &self.things[thing.index()].name
    }

    /// How often people think of the thing, as a weight: the weights don't sum to 1.
    #[must_use]
    pub fn prior(&self, thing: ThingId) -> f64 {
        self.things[thing.index()].prior
    }

    /// Draws a thing by its prior, with a random number from 0 to 1.
    #[must_use]
    pub fn draw(&self, random: f64) -> ThingId {
        let total: f64 = self.things.iter().map(|thing| thing.prior).sum();
        let mut rest = random * total;
        let is_drawn = |thing: &Thing| {
            rest -= thing.prior;
            rest < 0.0
        };
        // Rounding can leave a small rest after the last thing.
        let drawn = self.things.iter().position(is_drawn);
        ThingId::at(drawn.unwrap_or(self.things.len() - 1))
    }

    /// The things whose grade for the question isn't a plain No, ordered by thing.
    #[must_use]
    pub fn facts(&self, question: QuestionId) -> &[Fact] {
        &self.questions[question.index()].facts
    }

    /// How players who think of the thing answer the question.
    #[must_use]
    pub fn grade(&self, question: QuestionId, thing: ThingId) -> Grade {
        let facts = self.facts(question);
        let at = facts.binary_search_by_key(&thing, |fact| fact.thing);
        at.map_or(Grade::No, |at| facts[at].grade)
    }

    /// How alike two questions are, from 0 to 1: Pearson's r² of their stated shares of yes over all
    /// things, which is the share of the variance of one that the other explains.
    #[must_use]
    pub fn likeness(&self, a: QuestionId, b: QuestionId) -> f64 {
        // Excesses suffice: a constant shift changes no correlation, and only facts have an excess.
        let (a, b) = (&self.questions[a.index()], &self.questions[b.index()]);
        let mut joint = 0.0;
        let mut others = b.facts.iter().peekable();
        for fact in &a.facts {
            while others.next_if(|other| other.thing < fact.thing).is_some() {}
            if let Some(other) = others.next_if(|other| other.thing == fact.thing) {
                joint += fact.grade.excess() * other.grade.excess();
            }
        }
        self.explained(a, b, joint)
    }

    /// An upper bound of [`Self::likeness`], found without looking at the facts.
    #[must_use]
    pub fn likeness_at_most(&self, a: QuestionId, b: QuestionId) -> f64 {
        let (a, b) = (&self.questions[a.index()], &self.questions[b.index()]);
        // The greatest and the least sum of products that these sums allow.
        let most = a.excess.min(b.excess) * Grade::MOST_EXCESS;
        self.explained(a, b, most).max(self.explained(a, b, 0.0))
    }

    /// The likeness of two questions, given the sum over all things of the products of their excesses.
    fn explained(&self, a: &Question, b: &Question, joint: f64) -> f64 {
        let things = self.things.len() as f64;
        let variance = |question: &Question| {
            question.squared_excess / things - (question.excess / things).powi(2)
        };
        let covariance = joint / things - a.excess * b.excess / (things * things);
        let variances = variance(a) * variance(b);
        if variances > 0.0 {
            covariance * covariance / variances
        } else {
            0.0
        }
    }

    /// The questions that an answer to this one settles: "Is it soft?" for "Is it hard?".
    pub fn opposites(&self, question: QuestionId) -> impl Iterator<Item = QuestionId> {
        self.opposites.iter().filter_map(move |&[one, other]| {
            if one == question {
                Some(other)
            } else {
                (other == question).then_some(one)
            }
        })
    }

    /// How often players contradict the knowledge when they answer the question.
    #[must_use]
    pub fn rates(&self, question: QuestionId) -> Rates {
        self.questions[question.index()].rates
    }

    /// Finds a question by its wording or a former wording, however it is typed
    /// ([`name::key`]).
    #[must_use]
    pub fn find_question(&self, text: &str) -> Option<QuestionId> {
        let mut found = self.wordings.find(hash(name::key(text).bytes()));
        found.next().map(QuestionId)
    }

    /// Finds a thing by any of its names, however it is typed. Articles and the number of a noun matter
    /// only where two things differ in nothing else, such as "glass" and "a glass", or "a bean" and
    /// "beans". Of several things, it is the one that people think of most.
    #[must_use]
    pub fn find_thing(&self, text: &str) -> Option<ThingId> {
        let key = name::key(text);
        let most = |index: &Index, hash: u64| {
            let things = index.find(hash).map(ThingId);
            things.max_by(|&a, &b| self.prior(a).total_cmp(&self.prior(b)))
        };
        let other_number = || {
            let numbers = name::numbers(&name::joined(&key));
            let mut numbers = numbers.iter();
            numbers.find_map(|other| most(&self.bare_names, hash(other.bytes())))
        };
        most(&self.names, hash(key.bytes()))
            .or_else(|| most(&self.bare_names, bare_hash(&key)))
            .or_else(other_number)
    }

    /// Whether two names mean the same thing: because both are names of it, or by [`name::same`] if a
    /// name is unknown.
    #[must_use]
    pub fn is_same_thing(&self, a: &str, b: &str) -> bool {
        match (self.find_thing(a), self.find_thing(b)) {
            (Some(a), Some(b)) => a == b,
            _ => name::same(a, b),
        }
    }

    /// Adds a thing with a grade for each question. `None` if there is no room for another thing.
    pub fn add(&mut self, name: &Text, fame: i32, grades: &[Grade]) -> Option<ThingId> {
        let thing = ThingId(u16::try_from(self.things.len()).ok()?);
        for (question, &grade) in self.questions.iter_mut().zip(grades) {
            if grade != Grade::No {
                question.add(Fact { thing, grade });
            }
        }
        let key = name::key(name.as_str());
        self.names.add(hash(key.bytes()), thing.0);
        self.bare_names.add(bare_hash(&key), thing.0);
        self.things.push(Thing::new(name.clone(), fame));
        Some(thing)
    }
}

impl Question {
    fn new(text: Text, rates: Rates) -> Self {
        Self {
            text,
            rates,
            facts: Vec::new(),
            excess: 0.0,
            squared_excess: 0.0,
        }
    }

    fn add(&mut self, fact: Fact) {
        let excess = fact.grade.excess();
        self.excess += excess;
        self.squared_excess += excess * excess;
        self.facts.push(fact);
    }
}

impl Thing {
    fn new(name: Text, fame: i32) -> Self {
        let prior = STEP.powi(fame);
        Self { name, prior }
    }
}

/// The hash of [`name::joined`].
fn bare_hash(key: &str) -> u64 {
    hash(name::bare(key).bytes().filter(|&byte| byte != b' '))
}
