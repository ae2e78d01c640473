//! What the guesser knows: things, questions, and how players who think of a thing answer a question.
//!
//! People write it as text (the files under `text/`). A build packs the text into one file, and
//! programs unpack that into a [`Knowledge`]. docs/knowledge.md describes the text and shows how to
//! add to it.
//!
//! Pure: no I/O, no clock, no randomness; callers read and write the files. Compiles to wasm32.
//!
//! - `id`: which thing, which question
//! - `grade`: how likely a player says yes, in five steps
//! - `knowledge`: looks up things, questions and grades
//! - `packed`: the knowledge as bytes
//! - `source`: the knowledge as text (feature `text`)
//! - `pack`: from text to bytes (feature `text`)

mod grade;
mod id;
mod knowledge;
#[cfg(feature = "text")]
mod pack;
mod packed;
#[cfg(feature = "text")]
mod source;

pub use grade::{Fact, Grade};
pub use id::{QuestionId, ThingId};
pub use knowledge::Knowledge;
pub use packed::UnpackError;
#[cfg(feature = "text")]
pub use source::{Place, Question, Source, SourceError, Thing};
