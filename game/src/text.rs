//! The text of a question or a guess.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest text, in bytes of UTF-8. Twenty of them fit a URL that CloudFront accepts.
pub const MAX_BYTES: usize = 160;

/// A question or the name of a thing: one line of plain text, 1 to [`MAX_BYTES`] bytes.
///
/// Quotation marks (`"`) and backslashes are refused, so that a text is as long in JSON as it is
/// here and the longest game has a known size.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

/// Why a string is no [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing but white space, or white space at an end.
    #[error("a text is empty or has white space at an end")]
    Untrimmed,
    /// More than [`MAX_BYTES`].
    #[error("a text has {0} bytes, the most is {MAX_BYTES}")]
    TooLong(usize),
    /// A control character, a line break, an invisible mark, `"` or `\`.
    #[error("a text has the character U+{:04X}, which is not plain text", u32::from(*.0))]
    Character(char),
}

impl Text {
    /// Takes a string as it is; nothing is trimmed or repaired.
    ///
    /// # Errors
    /// [`BadText`] says what is wrong with it.
    pub fn new(text: impl Into<String>) -> Result<Self, BadText> {
        let text = text.into();
        if text.trim() != text || text.is_empty() {
            return Err(BadText::Untrimmed);
        }
        if text.len() > MAX_BYTES {
            return Err(BadText::TooLong(text.len()));
        }
        match text.chars().find(|&c| !is_plain(c)) {
            Some(c) => Err(BadText::Character(c)),
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
    !(c.is_control()
        || matches!(c, '"' | '\\')
        // Zero-width and bidirectional marks, line and paragraph separators, the byte order mark:
        // they could make a question read otherwise than it was checked.
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

impl TryFrom<String> for Text {
    type Error = BadText;
    fn try_from(text: String) -> Result<Self, BadText> {
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
