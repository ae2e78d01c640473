//! The guesser: the built-in player, which plays when no model does.
//!
//! It is a Bayesian: each answer multiplies the probability of a thing by the probability that a
//! player who thinks of that thing gives the answer. The next question is the one with the greatest
//! expected information gain. No answer to a question ever rules a thing out, so a slip of the player costs a
//! question, not the game. README.md has the maths.
//!
//! Pure: no I/O, no clock, no randomness. Compiles to wasm32.
//!
//! - `belief`: how likely each thing is after some answers
//! - `gain`: how much the answer to a question would tell
//! - `next_move`: the next move
//! - `embedded`: the knowledge of this build, inside the program (feature `embedded`)
//! - `explain`: what surprised the guesser, and what contradicts a thing
//! - `lesson`: things that players teach it

mod belief;
#[cfg(feature = "embedded")]
mod embedded;
mod explain;
mod gain;
mod lesson;
mod next_move;

pub use belief::Belief;
#[cfg(feature = "embedded")]
pub use embedded::PACKED;
pub use explain::Surprise;
pub use lesson::{Learned, Lesson};
pub use next_move::{Guesser, Tuning};
