//! Size tricks: code that a library would do better if bytes were free. Nothing else in the page is
//! written for its size alone.
//!
//! Players wait for every byte of the bundle, so it has a budget (end2end/page.spec.ts). A few
//! decisions that shape the page serve the same budget; their files give the reasons:
//!
//! - `lib.rs` replaces the page that the server rendered instead of hydrating it
//! - [`crate::views`] is one reactive closure, and all its lists have one shape
//! - [`crate::json`] reads with miniserde

/// A JSON object. The values are JSON already.
///
/// miniserde could write JSON from the records that it reads, but brings the code that prints floats:
/// 10 KB of tables for numbers that the page doesn't have.
pub(crate) fn object(fields: &[(&str, String)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// A JSON array. The items are JSON already.
pub(crate) fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

/// What `write` makes of the value, or `null`.
pub(crate) fn optional<T>(value: Option<T>, write: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "null".to_owned(), |value| write(&value))
}

/// A JSON string. Control characters are left out instead of escaped: no text of the page has any.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars().filter(|c| *c >= ' ') {
        if c == '"' || c == '\\' {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

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
