//! Recognises the guesser's questions in a model's words.

use super::likeness::Meaning;
use knowledge::{Knowledge, QuestionId};
use std::collections::HashMap;

/// How models word the guesser's questions.
const WORDINGS: &str = include_str!("wordings.txt");

/// The guesser's questions by what they ask, in its own words and in others.
pub(super) struct Wordings(HashMap<Sense, QuestionId>);

/// What a question asks.
#[derive(PartialEq, Eq, Hash)]
struct Sense {
    meaning: Meaning,
    /// Whether a yes means the opposite: "Is it smaller than a car?" is about the size of a car just as
    /// "Is it bigger than a car?" is, but its yes is the other's no.
    is_inverted: bool,
}

impl Wordings {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let mut questions = HashMap::new();
        // If several questions have the same sense, the one that more things say yes to wins.
        let mut own: Vec<_> = knowledge.questions().collect();
        own.sort_by_key(|&question| knowledge.facts(question).len());
        for question in own {
            let sense = Sense::of(knowledge.question(question).as_str());
            questions.insert(sense, question);
        }
        for line in WORDINGS.lines().filter(|line| !line.starts_with('#')) {
            let mut wordings = line.split('|').map(str::trim);
            let own = wordings.next();
            if let Some(question) = own.and_then(|own| knowledge.find_question(own)) {
                for wording in wordings {
                    questions.entry(Sense::of(wording)).or_insert(question);
                }
            }
        }
        Self(questions)
    }

    /// The question that asks the same as this text.
    pub(super) fn find(&self, text: &str) -> Option<QuestionId> {
        let sense = Sense::of(text);
        // A question that is all filler could ask anything.
        if sense.meaning.is_empty() {
            return None;
        }
        self.0.get(&sense).copied()
    }
}

/// Words that invert a question. Two of them cancel out.
const INVERTING: [&str; 22] = [
    "abstract",
    "concept",
    "idea",
    "inanimate",
    "inedible",
    "inexpensive",
    "intangible",
    "lifeless",
    "lighter",
    "natural",
    "naturally",
    "nature",
    "never",
    "no",
    "non",
    "nonliving",
    "not",
    "outdoors",
    "outside",
    "shorter",
    "smaller",
    "without",
];

impl Sense {
    fn of(question: &str) -> Self {
        let inverts = |word: &&str| {
            let mut words = INVERTING.iter();
            words.any(|inverting| word.eq_ignore_ascii_case(inverting))
        };
        let words = question.split(|c: char| !c.is_alphanumeric());
        Self {
            meaning: Meaning::of(question),
            is_inverted: words.filter(inverts).count() % 2 == 1,
        }
    }
}
