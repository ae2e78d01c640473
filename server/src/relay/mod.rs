//! Who makes the next move.

mod house;

pub use house::House;

use game::{Move, Transcript};
use std::{convert::Infallible, future::Future};

/// Somebody who plays the AI's side.
pub trait Asker {
    /// Why no move came.
    type Error;

    /// The next move of a game in which it is the AI's turn.
    fn next_move(
        &self,
        transcript: &Transcript,
    ) -> impl Future<Output = Result<Asked, Self::Error>> + Send;
}

/// A move and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The move.
    pub asked: Move,
    /// The name of a model, or [`game::wire::HOUSE`].
    pub by: String,
}

/// Composes those who can play. The house is the last and never fails, so that a game always goes on.
#[derive(Debug, Default)]
pub struct Relay {
    house: House,
}

impl Asker for Relay {
    type Error = Infallible;

    async fn next_move(&self, transcript: &Transcript) -> Result<Asked, Infallible> {
        self.house.next_move(transcript).await
    }
}
