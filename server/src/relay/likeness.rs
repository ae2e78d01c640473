//! Whether two questions ask the same in other words.
//!
//! A question is reduced to the set of its telling words: filler and endings are dropped, and synonyms become one
//! word. Two questions ask the same if their sets are equal. Anything looser would be wrong: "bigger than a car" and
//! "bigger than a house" differ in one word only. `server/tests/likeness.rs` measures how often this is right.

use super::{
    vocabulary::VOCABULARY,
    words::{stem, words},
};
use std::{borrow::Cow, collections::BTreeSet};

/// The telling words of a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Meaning(BTreeSet<Cow<'static, str>>);

/// What a thing has whenever it does it.
const SENSES: [&str; 2] = ["smell", "taste"];

impl Meaning {
    /// What a question asks.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let words = words(question);
        let mut telling = BTreeSet::new();
        let mut at = 0;
        while let Some((first, _)) = words.get(at..).and_then(<[String]>::split_first) {
            let rest = words.get(at..).unwrap_or_default();
            let phrase = VOCABULARY.longest(rest);
            let length = phrase.map_or(1, |phrase| phrase.words.len());
            let is_filler = phrase.is_some_and(|phrase| phrase.meaning.is_empty());
            if length == 1 && !is_filler && VOCABULARY.is_agent(&words, at) {
                telling.insert(Cow::Borrowed("by"));
            }
            match phrase {
                Some(phrase) => {
                    let meaning = phrase.meaning.iter();
                    telling.extend(meaning.map(|word| Cow::Borrowed(word.as_str())));
                }
                None => {
                    telling.insert(Cow::Owned(stem(first)));
                }
            }
            at += length;
        }
        // "Does it have a bad smell?" is "Does it smell bad?", and "Does it have a purpose?" is filler but for "have".
        if telling.len() == 1 || SENSES.iter().any(|&sense| telling.contains(sense)) {
            telling.remove("have");
        }
        Self(telling)
    }

    /// Whether the question is all filler.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both questions ask the same. Questions that are all filler repeat nothing.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        !self.is_empty() && self == other
    }
}
