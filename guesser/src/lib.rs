//! The guesser: an embedded guesser that plays when no model does.
//!
//! Bayes over things: each answer multiplies a thing's weight by how likely a player who thinks of
//! it would have said so; the next question is the one that is expected to tell most. No answer
//! ever rules a thing out, so a slip of the player costs a question, not the game. The maths and
//! the format of the knowledge are in guesser/README.md.
//!
//! Pure: no I/O, no clock, no randomness. Compiles to wasm32.
//!
//! - [`grade`]: how likely a player says yes, in five steps
//! - [`knowledge`]: the things, the questions and a grade for each pair
//! - [`packed`]: the knowledge as bytes
//! - [`belief`]: how likely each thing is after some answers
//! - [`next_move`]: the next move
//! - [`explain`]: what the guesser thinks, and what surprised it
//! - [`lesson`]: things that players teach it
//!
//! The text under `knowledge/` is read by `source`, which only the build script and the tests use.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod belief;
pub mod explain;
pub mod grade;
pub mod knowledge;
pub mod lesson;
pub mod next_move;
pub mod packed;
#[cfg(test)]
mod source;

pub use belief::Belief;
pub use explain::{Surprise, Thought};
pub use grade::{Fact, Grade};
pub use knowledge::Knowledge;
pub use lesson::Lesson;
pub use next_move::{Guesser, Style};
pub use packed::UnpackError;

/// The packed knowledge of this build, some tens of kilobytes: what a browser fetches.
#[cfg(feature = "embedded")]
pub const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
