//! The things, the questions and what players answer.

use crate::{
    grade::{Fact, Grade},
    packed::{Parts, UnpackError},
};
use game::{MOVES, Text};

/// How much more often people think of a thing than of one that is a step of fame below.
const STEP: f64 = 1.7;

/// What the guesser knows. Questions and things go by their numbers, counted from 0.
#[derive(Debug, Clone)]
pub struct Knowledge {
    questions: Vec<Question>,
    things: Vec<Thing>,
}

#[derive(Debug, Clone)]
struct Question {
    text: Text,
    key: String,
    /// By thing.
    facts: Vec<Fact>,
    /// Sum and sum of squares of the stated shares of yes, over all things.
    moments: (f64, f64),
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
    /// [`UnpackError`] if the bytes are anything else than what this version packs.
    pub fn unpack(bytes: &[u8]) -> Result<Self, UnpackError> {
        let parts = Parts::unpack(bytes)?;
        // With fewer, a game could run out of questions to ask or things to guess.
        if parts.questions.len() < MOVES || parts.things.len() < MOVES {
            return Err(UnpackError("too few questions or things for a game"));
        }
        let thing = |(names, fame): (&str, u8)| {
            let first = names.split('|').next().unwrap_or_default();
            let name = Text::new(first).map_err(|_| UnpackError("an illegal name"))?;
            let keys = names.split('|').map(key).collect();
            Ok(Thing::new(name, keys, fame.into()))
        };
        let question = |(text, facts): (&str, Vec<Fact>)| {
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

    /// How many questions there are.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.questions.len()
    }

    /// How many things there are.
    #[must_use]
    pub fn things(&self) -> usize {
        self.things.len()
    }

    /// A question as it is put to the player.
    #[must_use]
    pub fn question(&self, question: usize) -> &Text {
        &self.questions[question].text
    }

    /// A thing's name, with its article.
    #[must_use]
    pub fn name(&self, thing: usize) -> &Text {
        &self.things[thing].name
    }

    /// All names of a thing in lower case, without punctuation.
    pub fn names(&self, thing: usize) -> impl Iterator<Item = &str> {
        self.things[thing].keys.iter().map(String::as_str)
    }

    /// How often people think of the thing; only the ratio of two priors means something.
    #[must_use]
    pub fn prior(&self, thing: usize) -> f64 {
        self.things[thing].prior
    }

    /// What a player thinks of: a thing drawn by how often people think of it, with luck from 0 to 1.
    #[must_use]
    pub fn draw(&self, luck: f64) -> usize {
        let total: f64 = self.things.iter().map(|thing| thing.prior).sum();
        let mut rest = luck * total;
        let is_drawn = |thing: &Thing| {
            rest -= thing.prior;
            rest < 0.0
        };
        // Rounding may leave a little when all are passed over.
        let drawn = self.things.iter().position(is_drawn);
        drawn.unwrap_or(self.things.len() - 1)
    }

    /// What isn't a plain no to the question, by thing.
    #[must_use]
    pub fn facts(&self, question: usize) -> &[Fact] {
        &self.questions[question].facts
    }

    /// What players who think of the thing answer to the question.
    #[must_use]
    pub fn grade(&self, question: usize, thing: usize) -> Grade {
        let facts = self.facts(question);
        let at = facts.binary_search_by_key(&thing, |fact| fact.thing.into());
        at.map_or(Grade::No, |at| facts[at].grade)
    }

    /// How much alike two questions are, from 0 to 1: the share of what the answers to one vary that
    /// the other explains, over all things (the square of Pearson's correlation).
    #[must_use]
    pub fn likeness(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.questions[a], &self.questions[b]);
        let mut joint = 0.0;
        let mut others = b.facts.iter().peekable();
        for fact in &a.facts {
            while others.next_if(|other| other.thing < fact.thing).is_some() {}
            if let Some(other) = others.next_if(|other| other.thing == fact.thing) {
                joint += fact.grade.stated() * other.grade.stated();
            }
        }
        self.explained(a, b, joint)
    }

    /// More than that two questions can't be alike: worked out without a look at their facts.
    #[must_use]
    pub(crate) fn likeness_at_most(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.questions[a], &self.questions[b]);
        let most = self.explained(a, b, a.moments.0.min(b.moments.0));
        most.max(self.explained(a, b, 0.0))
    }

    /// The likeness of two questions with this sum of products of their shares of yes.
    fn explained(&self, a: &Question, b: &Question, joint: f64) -> f64 {
        let things = self.things.len() as f64;
        let variance = |question: &Question| {
            question.moments.1 / things - (question.moments.0 / things).powi(2)
        };
        let covariance = joint / things - a.moments.0 * b.moments.0 / (things * things);
        let variances = variance(a) * variance(b);
        if variances > 0.0 {
            covariance * covariance / variances
        } else {
            0.0
        }
    }

    /// The number of a question, however it is spelt and punctuated.
    #[must_use]
    pub fn find_question(&self, text: &str) -> Option<usize> {
        let key = key(text);
        self.questions
            .iter()
            .position(|question| question.key == key)
    }

    /// The number of a thing by its name or one of its other names. The article decides between
    /// "glass" and "a glass", the plural between "a bean" and "beans"; else they don't matter.
    #[must_use]
    pub fn find_thing(&self, name: &str) -> Option<usize> {
        let key = key(name);
        let by = |alike: fn(&str) -> &str| {
            let is_it = |name: &String| alike(name) == alike(&key);
            self.things
                .iter()
                .position(|thing| thing.keys.iter().any(is_it))
        };
        by(|name| name)
            .or_else(|| by(bare))
            .or_else(|| by(singular))
    }

    /// Adds a thing with its answers to all questions. False if there is no room for another.
    pub(crate) fn add(&mut self, name: &Text, fame: i32, grades: &[Grade]) -> bool {
        let Ok(thing) = u16::try_from(self.things.len()) else {
            return false;
        };
        for (question, &grade) in self.questions.iter_mut().zip(grades) {
            if grade != Grade::No {
                question.add(Fact { thing, grade });
            }
        }
        let keys = vec![key(name.as_str())];
        self.things.push(Thing::new(name.clone(), keys, fame));
        true
    }
}

impl Question {
    fn new(text: &str) -> Result<Self, UnpackError> {
        Ok(Self {
            text: Text::new(text).map_err(|_| UnpackError("an illegal question"))?,
            key: key(text),
            facts: Vec::new(),
            moments: (0.0, 0.0),
        })
    }

    fn add(&mut self, fact: Fact) {
        let yes = fact.grade.stated();
        self.moments.0 += yes;
        self.moments.1 += yes * yes;
        self.facts.push(fact);
    }
}

impl Thing {
    fn new(name: Text, keys: Vec<String>, fame: i32) -> Self {
        let prior = STEP.powi(fame);
        Self { name, keys, prior }
    }
}

/// A text as it is compared: its words in lower case, without punctuation. Only ASCII is lowered:
/// the tables for the rest would be a twentieth of the page.
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

#[cfg(all(test, feature = "embedded"))]
mod tests {
    use super::*;

    #[test]
    fn no_two_questions_are_more_alike_than_they_can_be() {
        let knowledge = Knowledge::unpack(crate::PACKED).unwrap();
        let mut most = 0.0_f64;
        for a in 0..knowledge.questions() {
            for b in 0..a {
                let likeness = knowledge.likeness(a, b);
                assert!(likeness <= knowledge.likeness_at_most(a, b) + 1e-9);
                most = most.max(likeness);
            }
        }
        assert!(most > 0.6, "some are: {most}");
    }
}
