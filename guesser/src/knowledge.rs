//! The things, the questions and a grade for each pair.

use crate::{
    grade::Grade,
    packed::{Damaged, Parts},
};
use game::{MOVES, Text};

/// What the house knows. Questions and things go by their numbers, counted from 0.
#[derive(Debug, Clone)]
pub struct Knowledge {
    questions: Vec<Question>,
    things: Vec<Thing>,
    grades: Vec<Grade>,
}

#[derive(Debug, Clone)]
struct Question {
    text: Text,
    key: String,
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
    /// [`Damaged`] if the bytes are anything else than what this version packs.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Damaged> {
        let parts = Parts::unpack(bytes)?;
        // With fewer, a game could run out of questions to ask or things to guess.
        if parts.questions.len() < MOVES || parts.things.len() < MOVES {
            return Err(Damaged("too few questions or things for a game"));
        }
        let thing = |line: &str| {
            let (fame, names) = line
                .split_once('|')
                .ok_or(Damaged("a thing without a name"))?;
            let fame: i32 = fame.parse().map_err(|_| Damaged("a thing without fame"))?;
            let first = names.split('|').next().unwrap_or_default();
            Ok(Thing {
                name: Text::new(first).map_err(|_| Damaged("an illegal name"))?,
                keys: names.split('|').map(key).collect(),
                prior: 1.5_f64.powi(fame),
            })
        };
        let question = |text: &str| {
            Ok(Question {
                text: Text::new(text).map_err(|_| Damaged("an illegal question"))?,
                key: key(text),
            })
        };
        Ok(Self {
            questions: parts
                .questions
                .into_iter()
                .map(question)
                .collect::<Result<_, _>>()?,
            things: parts
                .things
                .into_iter()
                .map(thing)
                .collect::<Result<_, _>>()?,
            grades: parts.grades,
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

    /// How often people think of the thing; only the ratio of two priors means something.
    #[must_use]
    pub fn prior(&self, thing: usize) -> f64 {
        self.things[thing].prior
    }

    /// What players answer to the question, thing by thing.
    #[must_use]
    pub fn grades(&self, question: usize) -> &[Grade] {
        let from = question * self.things.len();
        &self.grades[from..from + self.things.len()]
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
    /// "glass" and "a glass"; else it doesn't matter.
    #[must_use]
    pub fn find_thing(&self, name: &str) -> Option<usize> {
        let key = key(name);
        let is_exact = |thing: &Thing| thing.keys.contains(&key);
        let is_alike = |thing: &Thing| thing.keys.iter().any(|name| bare(name) == bare(&key));
        self.things
            .iter()
            .position(is_exact)
            .or_else(|| self.things.iter().position(is_alike))
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
