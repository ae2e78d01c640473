//! One environment variable: its name, what it takes, and how it is read.

/// An environment variable: the one place that says what it is called and what it takes.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What holds when it isn't set; empty: nothing.
    pub default: &'static str,
    /// The values that are accepted.
    pub takes: &'static str,
    /// What it is for.
    pub about: &'static str,
    is_secret: bool,
}

/// A variable with a value that it doesn't take.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is {got}, but it takes {takes}")]
pub struct VariableError {
    name: &'static str,
    got: String,
    takes: &'static str,
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

    /// One whose value no error shows.
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

    /// Its value, `None` if it isn't set; an empty one counts as not set.
    pub(super) fn read<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, VariableError> {
        let Some(value) = lookup(self.name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        parse(&value)
            .map(Some)
            .ok_or_else(|| self.bad(&format!("{value:?}")))
    }

    pub(super) fn read_or<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        default: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, VariableError> {
        Ok(self.read(lookup, parse)?.unwrap_or(default))
    }

    /// Its value, or its documented default read by the same parser.
    pub(super) fn read_or_default<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, VariableError> {
        match self.read(lookup, &parse)? {
            Some(value) => Ok(value),
            None => parse(self.default).ok_or_else(|| self.bad("not set")),
        }
    }

    /// That the value isn't taken; `got` is not shown where it is a secret.
    pub(super) fn bad(&self, got: &str) -> VariableError {
        VariableError {
            name: self.name,
            got: if self.is_secret && got != "not set" {
                "not shown here".to_owned()
            } else {
                got.to_owned()
            },
            takes: self.takes,
        }
    }
}
