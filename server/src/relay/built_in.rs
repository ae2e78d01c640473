//! The built-in guesser, which also understands questions in a model's words.

use super::wordings::Wordings;
use game::{Move, Text, Transcript};
use guesser::Guesser;
use knowledge::{Knowledge, QuestionId};
use std::sync::{LazyLock, OnceLock};

/// Plays without a model, or takes over from one. A move takes it a few milliseconds at most (`make bench`), so
/// it needs no thread of its own.
///
/// It unpacks its knowledge when that is first needed, and its wordings only once a model has asked a question,
/// because AWS Lambda's first player waits for the start.
pub struct BuiltInGuesser {
    guesser: LazyLock<Guesser>,
    wordings: OnceLock<Wordings>,
}

impl Default for BuiltInGuesser {
    fn default() -> Self {
        Self {
            guesser: LazyLock::new(Guesser::embedded),
            wordings: OnceLock::new(),
        }
    }
}

impl BuiltInGuesser {
    /// The one that all relays of this process share, so that a relay with new keys needn't unpack the knowledge
    /// again.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<BuiltInGuesser> = LazyLock::new(BuiltInGuesser::default);
        &SHARED
    }

    /// What it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        self.guesser.knowledge()
    }

    /// Its own question that asks the same as this text.
    #[must_use]
    pub(crate) fn recognise(&self, text: &str) -> Option<QuestionId> {
        let knowledge = self.knowledge();
        knowledge.find_question(text).or_else(|| {
            self.wordings
                .get_or_init(|| Wordings::new(knowledge))
                .find(text)
        })
    }

    /// A model's question in the guesser's own words, if the guesser has such a question.
    #[must_use]
    pub fn known_as(&self, mv: &Move) -> Option<Text> {
        let Move::Question(text) = mv else {
            return None;
        };
        let question = self.recognise(text.as_str())?;
        Some(self.knowledge().question(question).clone())
    }

    /// The next move of a game, whoever made the moves before.
    #[must_use]
    pub fn next_move(&self, transcript: &Transcript) -> Move {
        self.guesser.next_move(&self.in_own_words(transcript))
    }

    /// The turns, by index, whose answers contradict a thing beyond doubt. None if the guesser doesn't know the thing.
    pub(crate) fn contradictions(&self, transcript: &Transcript, thing: &str) -> Vec<usize> {
        let in_own_words = self.in_own_words(transcript);
        let turns = self.guesser.contradictions(&in_own_words, thing);
        turns.unwrap_or_default()
    }

    /// Questions that the guesser doesn't recognise stay as they are and tell it nothing.
    fn in_own_words(&self, transcript: &Transcript) -> Transcript {
        transcript.reworded(|turn| self.known_as(&transcript.turns().get(turn)?.mv))
    }
}
