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
    /// It has a control character, a line break, an invisible mark, `"` or `\`.
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
    !(c.is_control()
        || matches!(c, '"' | '\\')
        // Zero-width and bidirectional marks, line and paragraph separators, the byte order mark: with
        // them, a player could read something other than what the server checked.
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
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
