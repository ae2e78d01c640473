//! The vocabulary of likeness.txt: what words and phrases mean.

use super::words::words;
use std::{collections::HashMap, sync::LazyLock};

/// Words and what they mean.
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    /// Empty for filler.
    pub(super) meaning: Vec<String>,
    /// Whether it tells only before an object: "by" in "made by bees", but not in "What is it made by?".
    is_relation: bool,
}

/// All phrases and lists.
pub(super) struct Vocabulary {
    /// By their first word, longest first, a relation before a phrase as long.
    phrases: HashMap<String, Vec<Phrase>>,
    opposites: Vec<(String, String)>,
    categories: Vec<String>,
    /// Things that are also kinds of things: "a fish".
    kinds: Vec<String>,
    /// Before these, a relation tells nothing: "for cleaning" is "to clean".
    activities: Vec<String>,
    /// Before these, "made of" tells nothing: "made of wood" is "wooden".
    materials: Vec<String>,
    /// Who uses, makes or eats things: "Do children use it?" is "Is it used by children?".
    beings: Vec<String>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("likeness.txt")));

/// What may stand between a relation and its object, or between "do" and its subject.
const DETERMINERS: [&str; 24] = [
    "a", "all", "an", "any", "average", "both", "each", "her", "his", "its", "many", "most",
    "only", "other", "our", "several", "some", "the", "their", "these", "those", "typical", "very",
    "your",
];

/// Words that begin a question whose subject may follow: "Would a doctor use it?".
const AUXILIARIES: [&str; 9] = [
    "can", "could", "did", "do", "does", "may", "might", "will", "would",
];

/// Words that begin a clause whose subject may follow: "something that children use".
const RELATIVES: [&str; 6] = ["anything", "something", "that", "thing", "things", "which"];

impl Vocabulary {
    fn read(text: &str) -> Self {
        let mut vocabulary = Self {
            phrases: HashMap::new(),
            opposites: Vec::new(),
            categories: Vec::new(),
            kinds: Vec::new(),
            activities: Vec::new(),
            materials: Vec::new(),
            beings: Vec::new(),
        };
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((meaning, list)) = line.split_once(':') else {
                continue;
            };
            let list = list.split(',').map(str::trim);
            match meaning {
                "OPPOSITES" => {
                    let pairs = list.filter_map(|pair| pair.split_once('/'));
                    let pairs = pairs.map(|(a, b)| (a.to_owned(), b.to_owned()));
                    vocabulary.opposites.extend(pairs);
                }
                "CATEGORIES" => vocabulary.categories.extend(list.map(str::to_owned)),
                "KINDS" => vocabulary.kinds.extend(list.map(str::to_owned)),
                "ACTIVITIES" => vocabulary.activities.extend(list.map(str::to_owned)),
                "MATERIALS" => vocabulary.materials.extend(list.map(str::to_owned)),
                "BEINGS" => vocabulary.beings.extend(list.map(str::to_owned)),
                meaning => list.for_each(|phrase| vocabulary.add(meaning, phrase)),
            }
        }
        for phrases in vocabulary.phrases.values_mut() {
            phrases
                .sort_by_key(|phrase| std::cmp::Reverse((phrase.words.len(), phrase.is_relation)));
        }
        vocabulary
    }

    fn add(&mut self, meaning: &str, phrase: &str) {
        let (is_relation, meaning) = match meaning.strip_prefix('@') {
            Some(meaning) => (true, meaning),
            None => (false, meaning),
        };
        let meaning = meaning.split_whitespace().filter(|word| *word != "-");
        let words = words(phrase);
        if let Some(first) = words.first() {
            let alike = self.phrases.entry(first.clone()).or_default();
            alike.push(Phrase {
                meaning: meaning.map(str::to_owned).collect(),
                words,
                is_relation,
            });
        }
    }

    /// The longest phrase that the words begin with.
    pub(super) fn longest(&self, words: &[String]) -> Option<&Phrase> {
        let phrases = self.phrases.get(words.first()?)?;
        phrases.iter().find(|phrase| {
            words
                .strip_prefix(phrase.words.as_slice())
                .is_some_and(|rest| !phrase.is_relation || self.has_object(&phrase.meaning, rest))
        })
    }

    /// Whether the words after a relation begin with an object that the relation tells something about.
    fn has_object(&self, relation: &[String], after: &[String]) -> bool {
        let is_determiner = |word: &&String| DETERMINERS.contains(&word.as_str());
        let skipped = after.iter().take_while(is_determiner).count();
        let Some((first, _)) = after.get(skipped..).and_then(<[String]>::split_first) else {
            return false;
        };
        let object = self.longest(after.get(skipped..).unwrap_or_default());
        let is_in = |list: &[String]| match object {
            Some(object) => object.meaning.iter().any(|word| list.contains(word)),
            None => list.contains(first),
        };
        // "You keep it in the fridge" keeps nothing in it.
        let is_none = object.is_some_and(|object| object.meaning.is_empty() || object.is_relation);
        let is_activity = match object {
            Some(_) => is_in(&self.activities),
            None => first.ends_with("ing") || is_in(&self.activities),
        };
        let is_absorbed = match relation {
            // "Is it about cooking?" isn't "Do you cook with it?".
            [about] if about == "about" => false,
            [from] if from == "from" => is_activity || is_in(&self.materials),
            _ => is_activity,
        };
        !(is_none || is_absorbed)
    }

    /// Whether the word at this place does what the question asks about: "children" in "Do children use it?".
    pub(super) fn is_agent(&self, words: &[String], at: usize) -> bool {
        let (before, rest) = words.split_at(at);
        let is_determiner = |word: &&String| DETERMINERS.contains(&word.as_str());
        let skipped = before.iter().rev().take_while(is_determiner).count();
        let Some((last, earlier)) = before
            .get(..before.len() - skipped)
            .and_then(<[String]>::split_last)
        else {
            return false;
        };
        let is_being = || match (self.longest(rest), rest.first()) {
            (Some(phrase), _) => phrase.meaning.iter().any(|word| self.beings.contains(word)),
            (None, Some(word)) => {
                let singular = word.strip_suffix('s').unwrap_or(word);
                self.beings.iter().any(|being| being == singular)
            }
            (None, None) => false,
        };
        // "Does the person sing?" is about the thing itself.
        let is_other = before.last().is_none_or(|word| word != "the");
        is_other
            && (earlier.is_empty() && AUXILIARIES.contains(&last.as_str())
                || RELATIVES.contains(&last.as_str()) && is_being())
    }

    /// Whether a name, given without its article, names a kind of thing.
    pub(super) fn is_category(&self, bare: &str) -> bool {
        let frames = ["kind of ", "type of ", "sort of "];
        frames.iter().any(|frame| bare.starts_with(frame))
            || self.categories.iter().any(|category| bare == category)
    }

    /// Whether a name, given without its article, is one that questions ask about as a kind of things.
    pub(super) fn is_kind(&self, bare: &str) -> bool {
        self.is_category(bare)
            || bare.starts_with("color ")
            || self.kinds.iter().any(|kind| bare == kind)
    }

    /// Whether things are made of it.
    pub(super) fn is_material(&self, bare: &str) -> bool {
        let meaning = self.longest(&words(bare)).map(|phrase| &phrase.meaning);
        let mut materials = self.materials.iter();
        materials.any(|material| {
            bare == material || meaning.is_some_and(|words| words == &[material.as_str()])
        })
    }

    /// Whether two words are opposites.
    pub(super) fn are_opposites(&self, a: &str, b: &str) -> bool {
        let mut opposites = self.opposites.iter();
        opposites.any(|(x, y)| (a == x && b == y) || (a == y && b == x))
    }
}
