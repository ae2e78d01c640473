//! The environment variables.

use game::opening::DEFAULT_OPENINGS;
use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};
use tracing_subscriber::filter::Targets;

/// What the operator has set, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The folder that `server site` has written.
    pub site_dir: PathBuf,
    /// What the seals are derived from.
    pub openai_api_key: Option<Secret>,
    /// The key of the seals, if it is set apart.
    pub seal_key: Option<Secret>,
    /// How many trees of questions there are.
    pub openings: u8,
    /// Whether the page may fetch both successors ahead.
    pub ponder: bool,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// What is logged.
    pub log: Targets,
    /// How it is logged.
    pub log_format: LogFormat,
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes.
    Human,
    /// For CloudWatch.
    Json,
}

/// A text that no log, error or debug print shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself; for the one who needs it and nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

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

const fn variable(
    name: &'static str,
    default: &'static str,
    takes: &'static str,
    about: &'static str,
) -> Variable {
    Variable {
        name,
        default,
        takes,
        about,
        is_secret: false,
    }
}

const fn secret(name: &'static str, takes: &'static str, about: &'static str) -> Variable {
    Variable {
        name,
        default: "",
        takes,
        about,
        is_secret: true,
    }
}

const ADDR: Variable = variable(
    "ADDR",
    "127.0.0.1:8080",
    "an address and a port",
    "where to listen",
);
const SITE_DIR: Variable = variable(
    "SITE_DIR",
    "dist",
    "a folder",
    "the site that `server site` has written",
);
const OPENAI_API_KEY: Variable = secret(
    "OPENAI_API_KEY",
    "a key of one line",
    "the key of the seals is derived from it unless SEAL_KEY is set",
);
const SEAL_KEY: Variable = secret(
    "SEAL_KEY",
    "at least 32 characters",
    "the key that proves which questions this server asked",
);
const OPENINGS: Variable = variable(
    "OPENINGS",
    "8",
    "a number from 1 to 64",
    "how many different first questions there are",
);
const PONDER: Variable = variable(
    "PONDER",
    "true",
    "true or false",
    "whether pages fetch the questions after yes and no ahead, for twice the calls",
);
const REQUEST_TIMEOUT: Variable = variable(
    "REQUEST_TIMEOUT",
    "22",
    "seconds, from 1 to 120",
    "how long a request may take",
);
const LOG: Variable = variable(
    "LOG",
    "info",
    "a level (error, warn, info, debug, trace) or target=level,...",
    "what is logged",
);
const LOG_FORMAT: Variable = variable(
    "LOG_FORMAT",
    "human (json in AWS Lambda)",
    "human or json",
    "the form of log lines",
);

/// All variables, in the order of `server --help`.
pub const VARIABLES: [&Variable; 9] = [
    &ADDR,
    &SITE_DIR,
    &OPENAI_API_KEY,
    &SEAL_KEY,
    &OPENINGS,
    &PONDER,
    &REQUEST_TIMEOUT,
    &LOG,
    &LOG_FORMAT,
];

/// Set by Lambda's runtime, and the sign that this is it.
pub const LAMBDA_RUNTIME: &str = "AWS_LAMBDA_RUNTIME_API";

/// A variable with a value that it doesn't take.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is {got}, but it takes {takes}")]
pub struct BadVariable {
    name: &'static str,
    got: String,
    takes: &'static str,
}

impl Config {
    /// Reads the variables; an empty one counts as not set.
    ///
    /// # Errors
    /// [`BadVariable`] names the first that is wrong, what it is and what it takes.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, BadVariable> {
        let log_format = match lookup(LAMBDA_RUNTIME) {
            Some(_) => LogFormat::Json,
            None => LogFormat::Human,
        };
        let lookup = &lookup;
        let key = |text: &str| (!text.contains(char::is_control)).then(|| Secret::from(text));
        let long = |text: &str| (text.chars().count() >= 32).then(|| Secret::from(text));
        let seconds = |text: &str| {
            text.parse()
                .ok()
                .filter(|seconds| (1..=120).contains(seconds))
        };
        Ok(Self {
            addr: ADDR.read_or(lookup, SocketAddr::from(([127, 0, 0, 1], 8080)), |text| {
                text.parse().ok()
            })?,
            site_dir: SITE_DIR.read_or(lookup, PathBuf::from("dist"), |text| Some(text.into()))?,
            openai_api_key: OPENAI_API_KEY.read(lookup, key)?,
            seal_key: SEAL_KEY.read(lookup, long)?,
            openings: OPENINGS.read_or(lookup, DEFAULT_OPENINGS, |text| {
                text.parse()
                    .ok()
                    .filter(|openings| (1..=64).contains(openings))
            })?,
            ponder: PONDER.read_or(lookup, true, |text| text.parse().ok())?,
            request_timeout: Duration::from_secs(REQUEST_TIMEOUT.read_or(lookup, 22, seconds)?),
            log: LOG.read_or(
                lookup,
                Targets::new().with_default(tracing::Level::INFO),
                |text| text.parse().ok(),
            )?,
            log_format: LOG_FORMAT.read_or(lookup, log_format, |text| match text {
                "human" => Some(LogFormat::Human),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?,
        })
    }
}

impl Variable {
    fn read<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, BadVariable> {
        let Some(value) = lookup(self.name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let bad = || BadVariable {
            name: self.name,
            got: if self.is_secret {
                "not shown here".to_owned()
            } else {
                format!("{value:?}")
            },
            takes: self.takes,
        };
        parse(&value).map(Some).ok_or_else(bad)
    }

    fn read_or<T>(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
        default: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, BadVariable> {
        Ok(self.read(lookup, parse)?.unwrap_or(default))
    }
}

/// The text of `server --help`.
#[must_use]
pub fn help() -> String {
    let mut help = String::from(
        "Twenty Questions\n\n\
         server                                        serves the site and the endpoint\n\
         server site [--bundle FOLDER] [--out FOLDER]  writes the static site (target/site to dist)\n\
         server --help, server --version\n\n\
         Environment variables, also read from a file .env in the working folder:\n",
    );
    for Variable {
        name,
        default,
        takes,
        about,
        ..
    } in VARIABLES
    {
        let default = if default.is_empty() {
            String::new()
        } else {
            format!(" [{default}]")
        };
        help.push_str(&format!(
            "\n  {name}{default}\n      {about}\n      takes {takes}\n"
        ));
    }
    help.push_str(&format!("\nWhere {LAMBDA_RUNTIME} is set, as it is in AWS Lambda, the server answers the\nfunction's invocations and listens nowhere.\n"));
    help
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::RefCell, collections::BTreeSet};

    fn with(name: &'static str, value: &'static str) -> Result<Config, String> {
        Config::read(|asked| (asked == name).then(|| value.to_owned()))
            .map_err(|bad| bad.to_string())
    }

    #[test]
    fn a_bad_value_is_named_with_what_it_takes() {
        let cases = [
            (
                "ADDR",
                "localhost",
                "ADDR is \"localhost\", but it takes an address and a port",
            ),
            (
                "OPENINGS",
                "0",
                "OPENINGS is \"0\", but it takes a number from 1 to 64",
            ),
            (
                "OPENINGS",
                "65",
                "OPENINGS is \"65\", but it takes a number from 1 to 64",
            ),
            (
                "PONDER",
                "yes",
                "PONDER is \"yes\", but it takes true or false",
            ),
            (
                "REQUEST_TIMEOUT",
                "0",
                "REQUEST_TIMEOUT is \"0\", but it takes seconds, from 1 to 120",
            ),
            (
                "LOG_FORMAT",
                "xml",
                "LOG_FORMAT is \"xml\", but it takes human or json",
            ),
            (
                "SEAL_KEY",
                "short",
                "SEAL_KEY is not shown here, but it takes at least 32 characters",
            ),
            (
                "OPENAI_API_KEY",
                "sk-1\nsk-2",
                "OPENAI_API_KEY is not shown here, but it takes a key of one line",
            ),
        ];
        for (name, value, expected) in cases {
            assert_eq!(with(name, value).expect_err(name), expected);
        }
    }

    #[test]
    fn good_values_are_taken_and_empty_ones_count_as_unset() {
        assert_eq!(with("ADDR", "0.0.0.0:80").unwrap().addr.port(), 80);
        assert!(!with("PONDER", "false").unwrap().ponder);
        assert_eq!(with("OPENINGS", "").unwrap().openings, 8);
        assert_eq!(
            with(LAMBDA_RUNTIME, "127.0.0.1:1").unwrap().log_format,
            LogFormat::Json
        );
    }

    #[test]
    fn every_variable_is_documented_and_every_documented_one_is_read() {
        let asked = RefCell::new(BTreeSet::new());
        let config = Config::read(|name| {
            asked.borrow_mut().insert(name.to_owned());
            None
        });
        assert!(config.is_ok());
        asked.borrow_mut().remove(LAMBDA_RUNTIME);
        let documented: BTreeSet<String> = VARIABLES
            .iter()
            .map(|variable| variable.name.to_owned())
            .collect();
        assert_eq!(*asked.borrow(), documented);
        assert!(documented.iter().all(|name| help().contains(name)));
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = with("OPENAI_API_KEY", "sk-verysecret").unwrap();
        assert!(!format!("{config:?}").contains("verysecret"));
    }
}
