//! The embedded guesser.

use super::{Asked, Asker};
use game::{Transcript, wire::HOUSE};
use std::convert::Infallible;

/// Plays without a model. It thinks for a few milliseconds at most (`make bench`), so it needs no
/// thread of its own.
#[derive(Debug)]
pub struct House(guesser::House);

impl Default for House {
    fn default() -> Self {
        Self(guesser::House::embedded())
    }
}

impl Asker for House {
    type Error = Infallible;

    async fn next_move(&self, transcript: &Transcript) -> Result<Asked, Infallible> {
        Ok(Asked {
            asked: self.0.next_move(transcript),
            by: HOUSE.to_owned(),
        })
    }
}
