//! The things, the questions and a grade for each pair.

use crate::{
    grade::Grade,
    packed::{Damaged, Parts},
};
use game::{MOVES, Text};
use std::collections::HashMap;

/// What the house knows. Questions and things go by their numbers, counted from 0.
#[derive(Debug, Clone)]
pub struct Knowledge {
    questions: Vec<Text>,
    things: Vec<Thing>,
    grades: Vec<Grade>,
    question_by_text: HashMap<String, usize>,
    thing_by_name: HashMap<String, usize>,
    thing_by_bare_name: HashMap<String, usize>,
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
    /// [`Damaged`] if the bytes are anything else than what this version packs.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Damaged> {
        let parts = Parts::unpack(bytes)?;
        // With fewer, a game could run out of questions to ask or things to guess.
        if parts.questions.len() < MOVES || parts.things.len() < MOVES {
            return Err(Damaged("too few questions or things for a game"));
        }
        let mut thing_by_name = HashMap::new();
        let mut thing_by_bare_name = HashMap::new();
        let mut things = Vec::with_capacity(parts.things.len());
        for line in parts.things {
            let mut fields = line.split('|');
            let fame: i32 = fields
                .next()
                .and_then(|fame| fame.parse().ok())
                .ok_or(Damaged("a thing without fame"))?;
            let mut names = fields.clone();
            let name = names.next().and_then(|name| Text::new(name).ok());
            for name in fields {
                thing_by_name.insert(key(name), things.len());
                thing_by_bare_name.entry(bare(&key(name)).to_owned()).or_insert(things.len());
            }
            things.push(Thing {
                name: name.ok_or(Damaged("a thing without a legal name"))?,
                prior: 1.5_f64.powi(fame),
            });
        }
        let mut question_by_text = HashMap::new();
        let mut questions = Vec::with_capacity(parts.questions.len());
        for text in parts.questions {
            question_by_text.insert(key(text), questions.len());
            questions.push(Text::new(text).map_err(|_| Damaged("an illegal question"))?);
        }
        Ok(Self {
            questions,
            things,
            grades: parts.grades,
            question_by_text,
            thing_by_name,
            thing_by_bare_name,
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
        &self.questions[question]
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
        self.question_by_text.get(&key(text)).copied()
    }

    /// The number of a thing by its name or one of its other names. The article decides between
    /// "glass" and "a glass"; else it doesn't matter.
    #[must_use]
    pub fn find_thing(&self, name: &str) -> Option<usize> {
        let name = key(name);
        let exact = self.thing_by_name.get(&name);
        exact.or_else(|| self.thing_by_bare_name.get(bare(&name))).copied()
    }
}

/// A text as it is compared: its words in lower case, without punctuation.
fn key(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A name without its article.
fn bare(name: &str) -> &str {
    let articles = ["a ", "an ", "the "];
    articles.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}
