//! One environment variable: its name, its values, and how it is read.

use std::fmt;

/// An environment variable. `--help`, docs/configuration.md and the errors all come from here.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What applies when it isn't set; empty if nothing does.
    pub default: &'static str,
    /// The accepted values.
    pub takes: &'static str,
    /// What it is for.
    pub about: &'static str,
    is_secret: bool,
}

/// A variable has a value that isn't accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is {found}, but it takes {takes}")]
pub struct VariableError {
    name: &'static str,
    found: Found,
    takes: &'static str,
}

/// What there was in place of an accepted value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This value.
    Value(String),
    /// This description, where the variable's own value doesn't show what is wrong.
    Other(String),
    /// No value, though one is needed.
    Nothing,
    /// A value that must not be shown.
    Secret,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value:?}"),
            Self::Other(text) => f.write_str(text),
            Self::Nothing => f.write_str("not set"),
            Self::Secret => f.write_str("not shown here"),
        }
    }
}

/// A value without what editors, shells and consoles leave around it: white space, a byte order mark, quotes.
#[must_use]
pub fn bare(value: &str) -> &str {
    let trim = |text| str::trim_matches(text, |c: char| c.is_whitespace() || c == '\u{feff}');
    let value = trim(value);
    let quoted = ['"', '\''].iter().find_map(|&quote| {
        let rest = value.strip_prefix(quote)?;
        rest.strip_suffix(quote)
    });
    quoted.map_or(value, trim)
}

impl Variable {
    pub(super) const fn new(
        name: &'static str,
        default: &'static str,
        takes: &'static str,
        about: &'static str,
    ) -> Self {
        Self {
            name,
            default,
            takes,
            about,
            is_secret: false,
        }
    }

    /// A variable whose value no error shows.
    pub(super) const fn secret(
        name: &'static str,
        takes: &'static str,
        about: &'static str,
    ) -> Self {
        Self {
            name,
            default: "",
            takes,
            about,
            is_secret: true,
        }
    }

    /// Its value; `None` if it is empty or isn't set.
    pub(super) fn read<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, VariableError> {
        let value = lookup(self.name).unwrap_or_default();
        let value = bare(&value);
        if value.is_empty() {
            return Ok(None);
        }
        parse(value)
            .map(Some)
            .ok_or_else(|| self.refuse(Found::Value(value.to_owned())))
    }

    /// Its value, or a default that depends on more than the variable.
    pub(super) fn read_or<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        default: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, VariableError> {
        Ok(self.read(lookup, parse)?.unwrap_or(default))
    }

    /// Its value, or its documented default, read by the same parser.
    pub(super) fn read_or_default<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, VariableError> {
        match self.read(lookup, &parse)? {
            Some(value) => Ok(value),
            None => parse(self.default).ok_or_else(|| self.refuse(Found::Nothing)),
        }
    }

    /// The error for what was found; it hides the value of a secret.
    pub(super) fn refuse(&self, found: Found) -> VariableError {
        let found = match found {
            Found::Nothing => Found::Nothing,
            _ if self.is_secret => Found::Secret,
            // The part before the @ of a URL, and its query, may hold a password or a key.
            Found::Value(value) if value.contains("://") && value.contains(['@', '?']) => {
                Found::Secret
            }
            found => found,
        };
        VariableError {
            name: self.name,
            found,
            takes: self.takes,
        }
    }
}
