//! The things, the questions and what players answer.

use crate::{
    grade::{Fact, Grade},
    id::{QuestionId, ThingId},
    packed::{Parts, UnpackError},
};
use game::{MOVES, Text};

/// How much more often people think of a thing than of one whose fame is a step lower.
const STEP: f64 = 1.7;

/// What the guesser knows.
#[derive(Debug, Clone)]
pub struct Knowledge {
    questions: Vec<Question>,
    things: Vec<Thing>,
}

#[derive(Debug, Clone)]
struct Question {
    text: Text,
    key: String,
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
    /// The keys of all its names.
    keys: Vec<String>,
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
        let thing = |(names, fame): (&str, u8)| -> Result<_, UnpackError> {
            let first = names.split('|').next().unwrap_or_default();
            let name = Text::new(first)?;
            let keys = names.split('|').map(key).collect();
            Ok(Thing::new(name, keys, fame.into()))
        };
        let question = |(text, facts): (&str, Vec<Fact>)| -> Result<_, UnpackError> {
            let mut question = Question::new(text)?;
            question.facts.reserve_exact(facts.len());
            facts.into_iter().for_each(|fact| question.add(fact));
            Ok(question)
        };
        let questions = parts.questions.into_iter().zip(parts.facts);
        Ok(Self {
            questions: questions.map(question).collect::<Result<_, _>>()?,
            things: parts
                .things
                .into_iter()
                .map(thing)
                .collect::<Result<_, _>>()?,
        })
    }

    /// All questions.
    pub fn questions(&self) -> impl ExactSizeIterator<Item = QuestionId> + Clone + use<> {
        QuestionId::first(self.questions.len())
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

    /// All names of a thing in lower case, without punctuation.
    pub fn names(&self, thing: ThingId) -> impl Iterator<Item = &str> {
        self.things[thing.index()].keys.iter().map(String::as_str)
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

    /// Finds a question by its text, whatever the case and punctuation.
    #[must_use]
    pub fn find_question(&self, text: &str) -> Option<QuestionId> {
        let key = key(text);
        let mut questions = self.questions.iter();
        questions
            .position(|question| question.key == key)
            .map(QuestionId::at)
    }

    /// Finds a thing by any of its names. Articles and the s of a plural matter only where two things
    /// differ in nothing else, such as "glass" and "a glass", or "a bean" and "beans".
    #[must_use]
    pub fn find_thing(&self, name: &str) -> Option<ThingId> {
        let key = key(name);
        let find_by = |form: fn(&str) -> &str| {
            let is_match = |name: &String| form(name) == form(&key);
            let mut things = self.things.iter();
            things.position(|thing| thing.keys.iter().any(is_match))
        };
        find_by(|name| name)
            .or_else(|| find_by(bare))
            .or_else(|| find_by(singular))
            .map(ThingId::at)
    }

    /// Adds a thing with a grade for each question. `None` if there is no room for another thing.
    pub fn add(&mut self, name: &Text, fame: i32, grades: &[Grade]) -> Option<ThingId> {
        let thing = ThingId(u16::try_from(self.things.len()).ok()?);
        for (question, &grade) in self.questions.iter_mut().zip(grades) {
            if grade != Grade::No {
                question.add(Fact { thing, grade });
            }
        }
        let keys = vec![key(name.as_str())];
        self.things.push(Thing::new(name.clone(), keys, fame));
        Some(thing)
    }
}

impl Question {
    fn new(text: &str) -> Result<Self, UnpackError> {
        Ok(Self {
            text: Text::new(text)?,
            key: key(text),
            facts: Vec::new(),
            excess: 0.0,
            squared_excess: 0.0,
        })
    }

    fn add(&mut self, fact: Fact) {
        let excess = fact.grade.excess();
        self.excess += excess;
        self.squared_excess += excess * excess;
        self.facts.push(fact);
    }
}

impl Thing {
    fn new(name: Text, keys: Vec<String>, fame: i32) -> Self {
        let prior = STEP.powi(fame);
        Self { name, keys, prior }
    }
}

/// The form of a text for comparisons: its words in lower case, without punctuation. Only ASCII letters
/// are lowered, because the tables for all others would be a twentieth of the page's bundle.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        if !(key.is_empty() || word.is_empty()) {
            key.push(' ');
        }
        key.push_str(word);
    }
    key.make_ascii_lowercase();
    key
}

/// A name without its article.
fn bare(name: &str) -> &str {
    let articles = ["a ", "an ", "the "];
    articles
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

/// A name without its article and the s of a plural.
fn singular(name: &str) -> &str {
    let bare = bare(name);
    bare.strip_suffix('s').unwrap_or(bare)
}
