//! How an error is printed.

use std::{error::Error, fmt};

/// Displays an error followed by its causes, joined by ": ". No message of ours repeats its cause, so
/// whatever reports an error to a person prints it through this. Messages of libraries often do repeat
/// it; then it is left out.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut message = self.0.to_string();
        f.write_str(&message)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !message.ends_with(&text) {
                write!(f, ": {text}")?;
                message = text;
            }
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Outer(&'static str, #[source] io::Error);

    #[test]
    fn the_message_is_followed_by_its_causes() {
        let inner = io::Error::other(Outer("the disk", io::Error::other("it is full")));
        assert_eq!(Chain(&inner).to_string(), "the disk: it is full");
        let error = Outer("the site", io::Error::other("it is full"));
        assert_eq!(Chain(&error).to_string(), "the site: it is full");
        let repeating = Outer("the disk: it is full", io::Error::other("it is full"));
        assert_eq!(Chain(&repeating).to_string(), "the disk: it is full");
    }
}
