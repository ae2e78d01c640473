//! What few players open: the statistics, and the sharing of a game. A WebAssembly module of its own, which the page
//! loads on demand with its script, `public/extras.js`.
//!
//! It makes text and HTML of the log of past games (`game::past`) and of games as lines (`game::lines`). All else, such as
//! the clipboard and files, is the script's.
//!
//! - [`mod@statistics`]: what the log says about all games
//! - [`share`]: a game as a few lines, as a link and read from a link
//! - `html`: what both need to write HTML

mod html;
pub mod share;
pub mod statistics;

use statistics::Statistics;
use wasm_bindgen::prelude::*;

// A third of the size of the one that Rust brings.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// The statistics of a log as HTML.
#[wasm_bindgen]
#[must_use]
pub fn statistics(log: &str) -> String {
    Statistics::of(log).html()
}

/// Both logs in one, without the games that both have at their beginning; nothing if `imported` is no log.
#[wasm_bindgen]
#[must_use]
pub fn merge(log: &str, imported: &str) -> Option<String> {
    statistics::merge(log, imported)
}

/// A decided game as text, without saying what the thing was; `things` is how many things the guesser knows, `left` how
/// many of them were left before the last answer. Nothing if the game isn't decided.
#[wasm_bindgen]
#[must_use]
pub fn summary(game: &str, things: usize, left: Option<f64>) -> Option<String> {
    share::summary(&share::decided(game)?, things, left)
}

/// A decided game and its thing as the fragment of a link.
#[wasm_bindgen]
#[must_use]
pub fn fragment(game: &str, thing: Option<String>) -> Option<String> {
    share::fragment(&share::decided(game)?, thing)
}

/// The game of a link's fragment as HTML; nothing if it is no such fragment.
#[wasm_bindgen]
#[must_use]
pub fn shared(fragment: &str) -> Option<String> {
    share::Shared::read(fragment).map(|shared| shared.html())
}
