//! Names in the words of a model: whether "Is it a dog?" is a guess.

use super::vocabulary::VOCABULARY;
use knowledge::{Knowledge, name};

/// Sentences that a name ends.
const SENTENCES: [&str; 9] = [
    "are you perhaps thinking of ",
    "are you possibly thinking of ",
    "are you thinking about ",
    "are you thinking of ",
    "were you thinking of ",
    "my guess is ",
    "i guess it is ",
    "i think it is ",
    "i think it's ",
];

/// How a question about what the thing is begins, and what follows its subject.
const VERBS: [(&str, &str); 5] = [
    ("is ", ""),
    ("was ", ""),
    ("could ", "be "),
    ("might ", "be "),
    ("would ", "be "),
];

const PRONOUNS: [(&str, Subject); 5] = [
    ("it ", Subject::Thing),
    ("this ", Subject::Thing),
    ("that ", Subject::Thing),
    ("he ", Subject::Person),
    ("she ", Subject::Person),
];

const DETERMINERS: [&str; 4] = ["this ", "that ", "the ", "your "];

const NOUNS: [(&str, Subject); 17] = [
    ("animal ", Subject::Thing),
    ("answer ", Subject::Thing),
    ("food ", Subject::Thing),
    ("item ", Subject::Thing),
    ("object ", Subject::Thing),
    ("place ", Subject::Thing),
    ("thing ", Subject::Thing),
    ("actor ", Subject::Person),
    ("artist ", Subject::Person),
    ("celebrity ", Subject::Person),
    ("character ", Subject::Person),
    ("fictional character ", Subject::Person),
    ("individual ", Subject::Person),
    ("man ", Subject::Person),
    ("person ", Subject::Person),
    ("singer ", Subject::Person),
    ("woman ", Subject::Person),
];

/// What may follow a noun.
const RELATIVES: [&str; 3] = [
    "you're thinking of ",
    "you are thinking of ",
    "you have in mind ",
];

/// What may stand before the name.
const ADVERBS: [&str; 4] = ["possibly ", "perhaps ", "maybe ", "by any chance "];

/// What a question is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Thing,
    /// Of a person or a character, "a witch" and "a boxer" are what the knowledge has as things.
    Person,
}

/// Words that are small in a title: "the Lord of the Rings".
const SMALL: [&str; 14] = [
    "a", "al", "and", "da", "de", "der", "di", "du", "for", "la", "le", "of", "the", "van",
];

/// The longest name, in words.
const MOST_WORDS: usize = 8;

/// The rest of a question that may be a guess.
struct Framed<'a> {
    /// "a dog" in "Is it a dog?", but also "alive" in "Is it alive?".
    name: &'a str,
    subject: Subject,
    /// Whether only a noun can follow: "Are you thinking of dogs?".
    is_noun: bool,
}

fn framed(question: &str) -> Option<Framed<'_>> {
    let stem = question.trim_end_matches(['?', '.', '!', ' ']);
    let (rest, subject, is_noun) = match SENTENCES
        .iter()
        .find_map(|sentence| Some((sentence, after(stem, sentence)?)))
    {
        Some((sentence, rest)) => (rest, Subject::Thing, sentence.contains("thinking of ")),
        None => asked(stem)?,
    };
    let rest = ADVERBS
        .iter()
        .find_map(|adverb| after(rest, adverb))
        .unwrap_or(rest);
    let name = rest.trim_matches(['\'', ' ']);
    let is_short = !name.is_empty() && name.split(' ').count() <= MOST_WORDS;
    is_short.then_some(Framed {
        name,
        subject,
        is_noun,
    })
}

/// What follows "Is it", "Could this person be" or "Is the thing you're thinking of", its subject, and whether only a
/// noun can follow.
fn asked(stem: &str) -> Option<(&str, Subject, bool)> {
    let (rest, be) = VERBS
        .iter()
        .find_map(|(verb, be)| Some((after(stem, verb)?, be)))?;
    let noun = DETERMINERS
        .iter()
        .filter_map(|determiner| after(rest, determiner))
        .find_map(|rest| starting(rest, &NOUNS));
    let (rest, subject) = noun.or_else(|| starting(rest, &PRONOUNS))?;
    let relative = RELATIVES
        .iter()
        .find_map(|relative| after(rest, relative))
        .filter(|_| noun.is_some());
    let rest = after(relative.unwrap_or(rest), be)?;
    Some((rest, subject, relative.is_some()))
}

/// What follows one of these subjects.
fn starting<'a>(text: &'a str, subjects: &[(&str, Subject)]) -> Option<(&'a str, Subject)> {
    let mut subjects = subjects.iter();
    subjects.find_map(|&(subject, kind)| Some((after(text, subject)?, kind)))
}

/// What follows the beginning, in small letters or capitals.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// The name in a question that may be a guess: "a dog" in "Is it a dog?", but also "an animal" in "Is it an animal?".
/// It has an article or a capital, or the knowledge has it just so: "coffee", but not "orange" for "an orange".
#[must_use]
pub fn guessed<'a>(question: &'a str, knowledge: &Knowledge) -> Option<&'a str> {
    let Framed { name, is_noun, .. } = framed(question)?;
    let first = first_word(name);
    let looks_like_name = is_article(first)
        || first.starts_with(char::is_uppercase)
        || is_noun && knowledge.find_thing(name).is_some()
        || is_known_so(name, knowledge);
    looks_like_name.then_some(name)
}

/// The name in a question that the model calls a guess: also "dog" in "Is it dog?".
pub(super) fn meant<'a>(question: &'a str, knowledge: &Knowledge) -> Option<&'a str> {
    let is_known = |name: &&str| knowledge.find_thing(name).is_some();
    let framed = framed(question).map(|framed| framed.name);
    guessed(question, knowledge).or_else(|| framed.filter(is_known))
}

/// The name in a question that is a guess, although the model called it a question.
///
/// The knowledge decides: what it knows as a thing is a guess, unless the guesser asks the same ("Is it a tower?"), or
/// the name is also a kind of things ("a fish"), a material ("glass") or an origin ("German"). A name that it doesn't know could be any
/// question ("Is it a big animal?"), unless it looks like a proper name ("Is it Ada Example?"). Of a person or a
/// character, only a proper name is a guess: "Is this character a witch?" asks about one.
///
/// A name in doubt stays a question. Either mistake costs a move: a guess that is taken for a question needs another
/// move to confirm it. A question that is taken for a guess also loses its answer, since the player only refuses a name.
#[must_use]
pub fn named<'a>(question: &'a str, knowledge: &Knowledge) -> Option<&'a str> {
    let name = guessed(question, knowledge)?;
    let key = name::key(name);
    let bare = name::bare(&key);
    let is_asked_about =
        VOCABULARY.is_kind(bare) || VOCABULARY.is_material(bare) || is_origin(name, knowledge);
    if is_asked_about || knowledge.find_question(question).is_some() {
        return None;
    }
    let is_capital = first_word(name).starts_with(char::is_uppercase);
    let is_thing = match knowledge.find_thing(name) {
        Some(_) if framed(question)?.subject == Subject::Person => {
            // In capitals throughout, nothing tells names apart.
            has_capital(name)
                && question.contains(char::is_lowercase)
                && is_known_proper(name, knowledge)
        }
        // "Is it Apple?" isn't "Is it an apple?".
        Some(_) if is_capital && !is_article(first_word(name)) => {
            is_known_proper(name, knowledge) || is_known_so(name, knowledge)
        }
        thing => thing.is_some(),
    };
    (is_thing || is_proper(name)).then_some(name)
}

/// Whether a guess names a kind of things instead of one. Of the kinds that people also think of ("a fish"), the
/// knowledge says whether they are things.
pub(super) fn is_category(name: &str, knowledge: &Knowledge) -> bool {
    let key = name::key(name);
    let bare = name::bare(&key);
    VOCABULARY.is_category(bare) || VOCABULARY.is_kind(bare) && knowledge.find_thing(name).is_none()
}

/// Whether the knowledge has a thing with just this name, such as "coffee".
fn is_known_so(name: &str, knowledge: &Knowledge) -> bool {
    let thing = knowledge.find_thing(name);
    thing.is_some_and(|thing| name::key(knowledge.name(thing).as_str()) == name::key(name))
}

/// Whether the knowledge has a proper name for it: "Paris", "the Joker".
fn is_known_proper(name: &str, knowledge: &Knowledge) -> bool {
    let thing = knowledge.find_thing(name);
    thing.is_some_and(|thing| has_capital(knowledge.name(thing).as_str()))
}

/// Whether a name begins with a capital, after "the" if it has that.
fn has_capital(name: &str) -> bool {
    after(name, "the ")
        .unwrap_or(name)
        .starts_with(char::is_uppercase)
        && !is_indefinite(name)
}

fn is_indefinite(name: &str) -> bool {
    after(name, "a ").or_else(|| after(name, "an ")).is_some()
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

fn is_article(word: &str) -> bool {
    let mut articles = ["a", "an", "the"].into_iter();
    articles.any(|article| word.eq_ignore_ascii_case(article))
}

/// Whether a name that nobody knows looks like one: "the Louvre" and "Ada Example", but not "American".
fn is_proper(name: &str) -> bool {
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let has_article = first_word(name).eq_ignore_ascii_case("the");
    let words: Vec<&str> = name.split(' ').skip(usize::from(has_article)).collect();
    let is_title = words
        .iter()
        .all(|word| is_capital(word) || SMALL.contains(word));
    // In capitals throughout, nothing tells names apart.
    let has_small = name.contains(char::is_lowercase);
    words.first().is_some_and(is_capital)
        && is_title
        && has_small
        && (has_article || words.len() > 1)
}

/// Whether a name says where something comes from: "German", "Middle Eastern", "Native American". Names of people end
/// like that too, so one of several words isn't an origin if the knowledge has it: "Kim Kardashian", "Mr. Bean".
fn is_origin(name: &str, knowledge: &Knowledge) -> bool {
    const ORIGINS: [&str; 28] = [
        "Arab",
        "Arabic",
        "Asian",
        "Aztec",
        "Black",
        "Buddhist",
        "Celtic",
        "Czech",
        "Dutch",
        "Filipino",
        "French",
        "German",
        "Greek",
        "Hindu",
        "Iraqi",
        "Israeli",
        "Kenyan",
        "Latin",
        "Libyan",
        "Mayan",
        "Muslim",
        "Nordic",
        "Norse",
        "Pakistani",
        "Roman",
        "Slavic",
        "Swiss",
        "Thai",
    ];
    const ENDINGS: [&str; 10] = [
        "ean", "ese", "ian", "ican", "ish", "kan", "lic", "occan", "stern", "thern",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name);
    let has_ending = ORIGINS.contains(&last) || ENDINGS.iter().any(|ending| last.ends_with(ending));
    let is_own_name = || name.contains(' ') && is_known_proper(name, knowledge);
    last.starts_with(char::is_uppercase) && has_ending && !is_own_name()
}
