//! The embedded guesser.

use super::likeness::Meaning;
use game::{Move, Text, Transcript};
use knowledge::{Knowledge, QuestionId};
use std::{collections::HashMap, sync::LazyLock};

static EMBEDDED: LazyLock<guesser::Guesser> = LazyLock::new(guesser::Guesser::embedded);

/// How models put its questions.
const WORDINGS: &str = include_str!("wordings.txt");

/// The number of each of its questions by what it asks, in its own words and in others': worked out
/// once, and only where somebody else has asked too.
static MEANINGS: LazyLock<HashMap<(Meaning, bool), QuestionId>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    // Of questions that come down to the same words the one that more things say yes to is meant.
    let mut own: Vec<_> = knowledge().questions().collect();
    own.sort_by_key(|&question| knowledge().facts(question).len());
    for question in own {
        meanings.insert(sense(knowledge().question(question).as_str()), question);
    }
    for line in WORDINGS.lines().filter(|line| !line.starts_with('#')) {
        let mut wordings = line.split('|').map(str::trim);
        if let Some(question) = wordings
            .next()
            .and_then(|own| knowledge().find_question(own))
        {
            for wording in wordings {
                meanings.entry(sense(wording)).or_insert(question);
            }
        }
    }
    meanings
});

/// What a question asks, and whether it asks for the opposite: "smaller than a car" is about the size
/// of a car too, but its yes is the other's no.
fn sense(question: &str) -> (Meaning, bool) {
    const OPPOSITES: [&str; 22] = [
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
    let words = question.split(|c: char| !c.is_alphanumeric());
    let is_opposite = |word: &str| {
        OPPOSITES
            .iter()
            .any(|other| word.eq_ignore_ascii_case(other))
    };
    let turned = words.filter(|word| is_opposite(word)).count() % 2 == 1;
    (Meaning::of(question), turned)
}

/// What the guesser of this build knows.
#[must_use]
pub fn knowledge() -> &'static Knowledge {
    EMBEDDED.knowledge()
}

/// Plays without a model, or takes over from one. It thinks for a few milliseconds at most (`make
/// bench`), so it needs no thread of its own.
#[derive(Debug)]
pub struct Guesser;

impl Guesser {
    /// The number of its own question that asks the same as this text.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Option<QuestionId> {
        knowledge().find_question(text).or_else(|| {
            let sense = sense(text);
            // Of a question that is all filler nothing is known.
            let sense = Some(sense).filter(|(meaning, _)| !meaning.is_empty())?;
            MEANINGS.get(&sense).copied()
        })
    }

    /// The next move.
    #[must_use]
    pub fn play(&self, transcript: &Transcript) -> Move {
        EMBEDDED.next_move(&self.in_own_words(transcript))
    }

    /// The same game with the model's questions as the guesser would have put them, where it knows
    /// them; the others stay, and tell it nothing.
    fn in_own_words(&self, transcript: &Transcript) -> Transcript {
        transcript.reworded(|turn| self.known_as(&transcript.turns()[turn].mv))
    }

    /// A question in its own words, if it knows it.
    #[must_use]
    pub fn known_as(&self, mv: &Move) -> Option<Text> {
        let Move::Question(text) = mv else {
            return None;
        };
        let question = self.recognise(text.as_str())?;
        Some(knowledge().question(question).clone())
    }
}
