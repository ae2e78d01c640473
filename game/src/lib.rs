//! The rules of Twenty Questions and the messages that the page and the server exchange.
//!
//! Pure: no I/O, no clock, no async. A [`Transcript`] is the whole state of a game, and
//! [`Transcript::apply`] the only way to change one; [`RuleError`] names the rule that an event breaks.
//!
//! - [`text`]: the text of a question or a guess
//! - `moves`: a move of the AI, who made it, and the player's answer
//! - [`opening`]: which of the first questions a game starts with
//! - `transcript`: the game so far, its phase and its outcome
//! - [`count`]: numbers of things in words
//! - [`json`]: writes JSON, for requests and for what the page stores
//! - [`lines`]: games and lessons as lines of text, for the guesser in the page
//! - [`past`]: a game that is over, as a line of text
//! - [`wire`]: request and reply of `GET /api/next`, the settings, and the problem document

pub mod count;
pub mod json;
pub mod lines;
mod moves;
pub mod opening;
pub mod past;
pub mod text;
mod transcript;
pub mod wire;

pub use moves::{Answer, AttributedMove, MOVES, Move, Mover, OVERTIME, Origin};
pub use opening::Opening;
pub use text::Text;
pub use transcript::{Event, Outcome, Phase, RuleError, Transcript, Turn, Winner};
