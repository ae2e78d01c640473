//! The embedded guesser.

use super::{Asked, Asker, effort::Effort, likeness::Meaning};
use game::{Move, Text, Transcript, wire::HOUSE};
use guesser::Knowledge;
use std::{collections::HashMap, convert::Infallible, sync::LazyLock};

static EMBEDDED: LazyLock<guesser::House> = LazyLock::new(guesser::House::embedded);

/// The number of each of its questions by what it asks: worked out once, and only where somebody else
/// has asked too.
static MEANINGS: LazyLock<HashMap<Meaning, usize>> = LazyLock::new(|| {
    let questions = 0..knowledge().questions();
    questions
        .map(|question| {
            (
                Meaning::of(knowledge().question(question).as_str()),
                question,
            )
        })
        .collect()
});

/// What the house of this build knows.
#[must_use]
pub fn knowledge() -> &'static Knowledge {
    EMBEDDED.knowledge()
}

/// Plays without a model, or takes over from one. It thinks for a few milliseconds at most (`make
/// bench`), so it needs no thread of its own.
#[derive(Debug)]
pub struct House;

impl House {
    /// The number of its own question that asks the same as this text.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Option<usize> {
        knowledge().find_question(text).or_else(|| {
            let meaning = Meaning::of(text);
            MEANINGS.get(&meaning).copied()
        })
    }

    /// The next move.
    #[must_use]
    pub fn play(&self, transcript: &Transcript) -> Move {
        EMBEDDED.next_move(&self.in_own_words(transcript))
    }

    /// The same game with the model's questions as the house would have put them, where it knows
    /// them; the others stay, and tell it nothing.
    fn in_own_words(&self, transcript: &Transcript) -> Transcript {
        transcript.reworded(|turn| self.known_as(&transcript.turns()[turn].asked))
    }

    /// A question in its own words, if it knows it.
    #[must_use]
    pub fn known_as(&self, asked: &Move) -> Option<Text> {
        let Move::Question(text) = asked else {
            return None;
        };
        let question = self.recognise(text.as_str())?;
        Some(knowledge().question(question).clone())
    }
}

impl Asker for House {
    type Error = Infallible;

    async fn next_move(&self, transcript: &Transcript) -> Result<Asked, Infallible> {
        Ok(Asked {
            asked: self.play(transcript),
            by: HOUSE.to_owned(),
            effort: Effort::default(),
        })
    }
}
