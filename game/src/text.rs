//! The text of a question or a guess.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest text, in bytes of UTF-8. Twenty-five such texts fit into a URL that CloudFront accepts.
pub const MAX_BYTES: usize = 160;

/// A question or the name of a thing: one line of plain text, 1 to [`MAX_BYTES`] bytes.
///
/// It contains no `"` and no backslash, because JSON escapes them. So the longest game has a known size,
/// and [`Request::encode`](crate::wire::Request::encode) can write its JSON without escaping.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

/// Why a string is not a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// It is empty, or starts or ends with white space.
    #[error("the text is empty, or starts or ends with white space")]
    Untrimmed,
    /// It is longer than [`MAX_BYTES`].
    #[error("the text has {0} bytes, but at most {MAX_BYTES} are allowed")]
    TooLong(usize),
    /// It has a control character, a line break, an [invisible](is_invisible) character, `"` or `\`.
    #[error("the text has the character U+{:04X}, which is not plain text", u32::from(*.0))]
    Character(char),
}

impl Text {
    /// Accepts or refuses the string as it is; never trims or repairs it.
    ///
    /// # Errors
    /// [`TextError`] says what is wrong.
    pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        if text.trim() != text || text.is_empty() {
            return Err(TextError::Untrimmed);
        }
        if text.len() > MAX_BYTES {
            return Err(TextError::TooLong(text.len()));
        }
        match text.chars().find(|&c| !is_plain(c)) {
            Some(c) => Err(TextError::Character(c)),
            None => Ok(Self(text)),
        }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plain(c: char) -> bool {
    // Line and paragraph separators are white space, but they would break the line.
    !(c.is_control() || is_invisible(c) || matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}'))
}

/// Where runs of invisible characters begin and end, by turns; the last one has no end.
///
/// They are the characters with general category Cf (format) or Co (private use), `Bidi_Control` or
/// `Default_Ignorable_Code_Point`, and all from U+E0000, where no others are. A crate with these properties would cost
/// the page tens of kilobytes, this table 100 bytes; a test compares it with such a crate.
static EDGES: [u32; 51] = [
    0xad, 0xae, 0x34f, 0x350, 0x600, 0x606, 0x61c, 0x61d, 0x6dd, 0x6de, 0x70f, 0x710, 0x890, 0x892,
    0x8e2, 0x8e3, 0x115f, 0x1161, 0x17b4, 0x17b6, 0x180b, 0x1810, 0x200b, 0x2010, 0x202a, 0x202f,
    0x2060, 0x2070, 0x3164, 0x3165, 0xe000, 0xf900, 0xfe00, 0xfe10, 0xfeff, 0xff00, 0xffa0, 0xffa1,
    0xfff0, 0xfffc, 0x110bd, 0x110be, 0x110cd, 0x110ce, 0x13430, 0x13440, 0x1bca0, 0x1bca4,
    0x1d173, 0x1d17b, 0xe0000,
];

/// Whether the character may be invisible or change the order of others. With it, a player could read something other
/// than what the server checked.
///
/// Joiners and variation selectors of emoji are such characters too: an astronaut becomes a woman and a rocket. Unassigned characters aren't, since
/// browsers show them as a box. No white space and no control character is.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let edges = EDGES.iter().filter(|&&edge| edge <= u32::from(c));
    edges.count() % 2 == 1
}

/// What is left of a text without its invisible characters and without white space at its ends. Earlier pages and
/// servers allowed more of them, so whoever reads what they stored strips it first.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut visible = String::new();
    // `filter` and `collect` would bring code of their own into the page.
    for c in text.chars() {
        if !is_invisible(c) {
            visible.push(c);
        }
    }
    visible.trim().to_owned()
}

impl TryFrom<String> for Text {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
