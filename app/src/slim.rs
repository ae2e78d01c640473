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

/// A number that isn't negative, with one decimal, rounded down. `{:.1}` would bring 8 KB.
pub(crate) fn one_decimal(number: f64) -> String {
    let tenths = (number * 10.0) as u32;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A share from 0 to 1 in whole percent, rounded down.
pub(crate) fn percent(share: f64) -> String {
    match (share * 100.0) as u32 {
        0 => "< 1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}
