//! A move and its origin, read from their fields.

use game::{Move, Mover, Origin, Text};

/// The move, if exactly one of the two is present.
pub(super) fn read_move(question: Option<String>, guess: Option<String>) -> Option<Move> {
    match (question, guess) {
        (Some(question), None) => Some(Move::Question(Text::new(question).ok()?)),
        (None, Some(name)) => Some(Move::Guess(Text::new(name).ok()?)),
        _ => None,
    }
}

/// The origin, without the guesser's wording if that can't be read.
pub(super) fn read_origin(by: String, known_as: Option<String>) -> Origin {
    Origin {
        by: Mover::from(by),
        known_as: known_as.and_then(|text| Text::new(text).ok()),
    }
}
