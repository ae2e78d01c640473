//! The embedded guesser.

use super::{Asked, Asker, effort::Effort, likeness::Meaning};
use game::{Event, Move, Text, Transcript, wire::HOUSE};
use guesser::Knowledge;
use std::{convert::Infallible, sync::LazyLock};

static EMBEDDED: LazyLock<guesser::House> = LazyLock::new(guesser::House::embedded);

/// What each of its questions asks: worked out once, and only where somebody else has asked too.
static MEANINGS: LazyLock<Vec<Meaning>> = LazyLock::new(|| {
    let questions = 0..knowledge().questions();
    questions
        .map(|question| Meaning::of(knowledge().question(question).as_str()))
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
            MEANINGS.iter().position(|known| meaning.repeats(known))
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
        let mut own = Transcript::new(transcript.opening());
        for turn in transcript.turns() {
            let asked = match &turn.asked {
                Move::Question(text) => Move::Question(self.own_words(text)),
                guess => guess.clone(),
            };
            let events = [Some(Event::Ask(asked)), turn.answer.map(Event::Answer)];
            for event in events.into_iter().flatten() {
                // The shape of the game is the same, so nothing in it can be illegal.
                if own.apply(event).is_err() {
                    return transcript.clone();
                }
            }
        }
        own
    }

    fn own_words(&self, text: &Text) -> Text {
        let question = self.recognise(text.as_str());
        question.map_or_else(
            || text.clone(),
            |question| knowledge().question(question).clone(),
        )
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
