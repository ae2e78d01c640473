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
//! - `rates`: how players answer a question, given the grade
//! - `name`: names and wordings in a form for comparisons
//! - `index`: finds things and questions by their words
//! - `knowledge`: looks up things, questions and grades
//! - `packed`: the knowledge as bytes
//! - `source`: the knowledge as text (feature `text`)
//! - `panel`: answers of independent answerers, and the rates estimated from them (feature `text`)
//! - `beta`: rates from few observations (feature `text`)
//! - `pack`: from text to bytes (feature `text`)
//! - `order`: an order in which neighbours are alike (feature `text`)

#[cfg(feature = "text")]
mod beta;
mod grade;
mod id;
mod index;
mod knowledge;
pub mod name;
#[cfg(feature = "text")]
mod order;
#[cfg(feature = "text")]
mod pack;
mod packed;
#[cfg(feature = "text")]
mod panel;
mod rates;
#[cfg(feature = "text")]
mod source;

#[cfg(feature = "text")]
pub use beta::{Beta, Count};
pub use grade::{Fact, Grade};
pub use id::{QuestionId, ThingId};
pub use knowledge::Knowledge;
pub use packed::UnpackError;
#[cfg(feature = "text")]
pub use panel::{Observed, Panel, PanelAnswer, Priors};
pub use rates::{Likelihood, Rates};
#[cfg(feature = "text")]
pub use source::{Place, Question, Source, SourceError, Thing};
