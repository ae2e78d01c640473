//! Whether two questions ask the same in other words.
//!
//! A question is reduced to the set of its telling words: filler and endings are dropped, and synonyms become one
//! word. Two questions ask the same if their sets are equal. Anything looser would be wrong: "bigger than a car" and
//! "bigger than a house" differ in one word only. `server/tests/likeness.rs` measures how often this is right.

use knowledge::name;
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// The telling words of a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Meaning(BTreeSet<Cow<'static, str>>);

impl Meaning {
    /// What a question asks.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let words = words(question);
        let mut telling = BTreeSet::new();
        let mut at = 0;
        while at < words.len() {
            let (length, meaning) = VOCABULARY.longest(&words[at..]);
            match meaning {
                Some(meaning) => {
                    telling.extend(meaning.iter().map(|word| Cow::Borrowed(word.as_str())))
                }
                None => {
                    telling.insert(Cow::Owned(stem(&words[at])));
                }
            }
            at += length;
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

/// Words and what they mean.
struct Phrase {
    words: Vec<String>,
    /// Empty for filler.
    meaning: Vec<String>,
}

/// The vocabulary of likeness.txt.
struct Vocabulary {
    /// By their first word, longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    opposites: Vec<(String, String)>,
    categories: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("likeness.txt")));

impl Vocabulary {
    fn read(text: &str) -> Self {
        let mut vocabulary = Self {
            phrases: HashMap::new(),
            opposites: Vec::new(),
            categories: Vec::new(),
        };
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((meaning, phrases)) = line.split_once(':') else {
                continue;
            };
            let phrases = phrases.split(',').map(str::trim);
            match meaning {
                "OPPOSITES" => {
                    let pairs = phrases.filter_map(|pair| pair.split_once('/'));
                    vocabulary
                        .opposites
                        .extend(pairs.map(|(a, b)| (a.to_owned(), b.to_owned())));
                }
                "CATEGORIES" => vocabulary.categories.extend(phrases.map(str::to_owned)),
                meaning => {
                    let meaning: Vec<String> = meaning
                        .split_whitespace()
                        .filter(|word| *word != "-")
                        .map(str::to_owned)
                        .collect();
                    for words in phrases.map(words) {
                        if let Some(first) = words.first() {
                            let alike = vocabulary.phrases.entry(first.clone()).or_default();
                            let meaning = meaning.clone();
                            alike.push(Phrase { words, meaning });
                        }
                    }
                }
            }
        }
        for phrases in vocabulary.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        vocabulary
    }

    /// The longest phrase that the words begin with: how many words it has, and what it means.
    fn longest(&'static self, words: &[String]) -> (usize, Option<&'static [String]>) {
        let mut phrases = self.phrases.get(&words[0]).into_iter().flatten();
        match phrases.find(|phrase| words.starts_with(&phrase.words)) {
            Some(phrase) => (phrase.words.len(), Some(&phrase.meaning)),
            None => (1, None),
        }
    }
}

/// Words in lower case, without punctuation. "doesn't" becomes "does not", and "man-made" two words.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let mut words = Vec::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        let word = word.trim_matches('\'');
        match word.split_once('\'') {
            _ if word.is_empty() => {}
            Some((stem, "t")) => words.extend([
                stem.strip_suffix('n').unwrap_or(stem).to_owned(),
                "not".to_owned(),
            ]),
            Some((stem, _)) => words.push(stem.to_owned()),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// A word without its grammatical ending.
fn stem(word: &str) -> String {
    let is_long = |rest: &str| rest.len() >= 3;
    let undouble = |rest: &str| {
        let mut chars = rest.chars().rev();
        match (chars.next(), chars.next()) {
            (Some(a), Some(b)) if a == b && !"lsz".contains(a) => rest[..rest.len() - 1].to_owned(),
            _ => rest.trim_end_matches('e').to_owned(),
        }
    };
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| is_long(rest)) {
        return format!("{rest}y");
    }
    if let Some(rest) = word.strip_suffix("ing").filter(|rest| is_long(rest)) {
        return undouble(rest);
    }
    if let Some(rest) = word.strip_suffix("ed").filter(|rest| is_long(rest)) {
        return undouble(rest);
    }
    for ending in ["ches", "shes", "sses", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let singular = match word.strip_suffix('s') {
        Some(rest) if is_long(rest) && !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => word,
    };
    singular.trim_end_matches('e').to_owned()
}

/// The name in a question that is a guess: "a dog" in "Is it a dog?".
#[must_use]
pub fn guessed(question: &str) -> Option<&str> {
    const FRAMES: [&str; 9] = [
        "is it ",
        "is your thing ",
        "is the thing ",
        "are you thinking of ",
        "were you thinking of ",
        "is the answer ",
        "my guess is ",
        "i think it is ",
        "could it be ",
    ];
    let stem = question.trim_end_matches(['?', '.', '!', ' ']);
    let name = FRAMES.iter().find_map(|frame| {
        let head = stem.get(..frame.len())?;
        head.eq_ignore_ascii_case(frame)
            .then(|| &stem[frame.len()..])
    })?;
    let first = name.split(' ').next().unwrap_or_default();
    let has_article = ["a", "an", "the"].contains(&first.to_ascii_lowercase().as_str());
    let is_name = first.chars().next().is_some_and(char::is_uppercase);
    let is_short = name.split(' ').count() <= 5;
    (is_short && (has_article || is_name) && !is_category(name::bare(&name::key(name))))
        .then_some(name)
}

/// Whether a name, given without its article, names a kind of thing.
#[must_use]
pub(crate) fn is_category(bare: &str) -> bool {
    let vocabulary = &VOCABULARY.categories;
    vocabulary.iter().any(|category| {
        bare == category
            || ["kind of ", "type of ", "sort of "]
                .iter()
                .any(|frame| bare.strip_prefix(frame).is_some())
    })
}

/// Whether two words are opposites, so that yes doesn't answer "this or that".
#[must_use]
pub(crate) fn are_opposites(a: &str, b: &str) -> bool {
    let opposites = &VOCABULARY.opposites;
    opposites
        .iter()
        .any(|(x, y)| (a == x && b == y) || (a == y && b == x))
}
