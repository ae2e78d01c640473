//! The command line.

use lexopt::{Arg, Parser};
use server::{
    config::{self, LAMBDA_RUNTIME},
    evaluate,
};
#[cfg(feature = "site")]
use std::path::PathBuf;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Serve the site and the endpoint.
    Serve,
    /// Write the static site.
    #[cfg(feature = "site")]
    Site {
        /// The folder of the bundle.
        bundle: PathBuf,
        /// The folder to write.
        out: PathBuf,
    },
    /// Play games without a player.
    Evaluate(evaluate::Options),
    /// Check the health of a running server.
    Health,
    /// Print this text.
    Print(String),
}

/// What is wrong with the command line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// There is no such command.
    #[error("`{0}` is not a command; `server --help` lists the commands")]
    Command(String),
    /// The command doesn't take such arguments.
    #[error("invalid arguments; see `{0} --help`")]
    Arguments(&'static str, #[source] lexopt::Error),
    /// The options of `server evaluate` are wrong.
    #[error("invalid arguments; see `server evaluate --help`")]
    Evaluate(#[from] evaluate::OptionsError),
}

#[cfg(feature = "site")]
const SITE_USAGE: &str = "\
server site [--bundle FOLDER] [--out FOLDER]

Writes the static site: the page, its files with hashed names, and compressed forms of them.
The address for link previews comes from SITE_URL.

  --bundle  the bundle, as scripts/bundle or cargo-leptos builds it [target/site]
  --out     the folder to write; it replaces what is there only after all files are written [dist]
";

const HEALTH_USAGE: &str = "\
server health

Asks the server at ADDR for its health, within two seconds. The exit code is 0 if it is healthy, else 1.
";

/// Reads the command line.
pub(crate) fn parse(mut parser: Parser) -> Result<Command, CliError> {
    let first = parser
        .next()
        .map_err(|error| CliError::Arguments("server", error))?;
    let name = match first {
        None => return Ok(Command::Serve),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Print(help())),
        Some(Arg::Short('V') | Arg::Long("version")) => {
            return Ok(Command::Print(format!("{}\n", env!("CARGO_PKG_VERSION"))));
        }
        Some(Arg::Value(name)) => name,
        Some(option) => return Err(CliError::Arguments("server", option.unexpected())),
    };
    match name.to_str() {
        Some("help") => Ok(Command::Print(help())),
        #[cfg(feature = "site")]
        Some("site") => site(parser).map_err(|error| CliError::Arguments("server site", error)),
        Some("evaluate") => evaluate(parser),
        Some("health") => {
            health(parser).map_err(|error| CliError::Arguments("server health", error))
        }
        _ => Err(CliError::Command(name.to_string_lossy().into_owned())),
    }
}

#[cfg(feature = "site")]
fn site(mut parser: Parser) -> Result<Command, lexopt::Error> {
    let (mut bundle, mut out) = (PathBuf::from("target/site"), PathBuf::from("dist"));
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                return Ok(Command::Print(SITE_USAGE.to_owned()));
            }
            Arg::Long("bundle") => bundle = parser.value()?.into(),
            Arg::Long("out") => out = parser.value()?.into(),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Site { bundle, out })
}

/// `evaluate` parses its options itself.
fn evaluate(mut parser: Parser) -> Result<Command, CliError> {
    let words = parser
        .raw_args()
        .map_err(|error| CliError::Arguments("server evaluate", error))?;
    Ok(match evaluate::Options::read(words)? {
        evaluate::Command::Help => Command::Print(evaluate::USAGE.to_owned()),
        evaluate::Command::Play(options) => Command::Evaluate(options),
    })
}

fn health(mut parser: Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        None => Ok(Command::Health),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Print(HEALTH_USAGE.to_owned())),
        Some(other) => Err(other.unexpected()),
    }
}

/// The text of `server --help`.
fn help() -> String {
    let variables = config::help();
    // The build for Lambda can't write the site.
    let site = if cfg!(feature = "site") {
        "server site ...        writes the static site\n"
    } else {
        ""
    };
    format!(
        "\
Twenty Questions {version}

server                 serves the page and the moves of the AI
{site}server evaluate ...    plays games without a player and reports how well
server health          checks whether the server at ADDR is healthy
server --help          prints this text; each command takes --help too
server --version       prints the version

Environment variables; a file named .env in the working folder may set them too:
{variables}
If {LAMBDA_RUNTIME} is set, as it is in AWS Lambda, the server handles the invocations of the
function instead of listening on a socket.
",
        version = env!("CARGO_PKG_VERSION"),
    )
}
