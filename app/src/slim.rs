//! Size tricks: code that a library would do better if bytes were free. Nothing else in the page is
//! written for its size alone.
//!
//! Players wait for every byte of the bundle, so it has a budget (end2end/page.spec.ts). A few
//! decisions that shape the page serve the same budget; their files give the reasons:
//!
//! - `lib.rs` replaces the page that the server rendered instead of hydrating it
//! - [`crate::views`] is one reactive closure, and all its lists have one shape
//! - [`crate::json`] reads with miniserde, and `game::json` writes without a serialiser: miniserde would bring the
//!   code that prints floats, 10 KB of tables for numbers that the page doesn't have

/// A certainty, as the guesser rounds it down.
pub(crate) fn percent(percent: u8) -> String {
    match percent {
        0 => "< 1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}
