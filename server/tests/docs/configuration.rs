//! docs/configuration.md lists the variables that the server reads, and the timeouts that apply.

use crate::document::{self, source};
use server::config::{VARIABLES, Variable};

#[test]
fn the_document_matches_the_code() {
    // One after the other, because both may write the document.
    check_variables();
    check_timeouts();
}

fn check_variables() {
    let mut table =
        "| variable | default | accepted values | what it is for |\n| --- | --- | --- | --- |\n"
            .to_owned();
    for Variable {
        name,
        default,
        takes,
        about,
        ..
    } in VARIABLES
    {
        let default = if default.is_empty() || default.contains(' ') {
            (*default).to_owned()
        } else {
            format!("`{default}`")
        };
        let (takes, about) = (marked(takes), marked(about));
        table += &format!("| `{name}` | {default} | {takes} | {about} |\n");
    }
    document::check("docs/configuration.md", "variables", &table);
}

/// The text with names of variables as code.
fn marked(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words
        .map(|word| {
            let name = word.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let rest = word.strip_prefix(name).unwrap_or_default();
            if VARIABLES
                .iter()
                .any(|variable| variable.name == name && name != "LOG")
            {
                format!("`{name}`{rest}")
            } else {
                word.to_owned()
            }
        })
        .collect()
}

fn check_timeouts() {
    let [attempt, deadline, request] =
        ["OPENAI_TIMEOUT", "OPENAI_DEADLINE", "REQUEST_TIMEOUT"].map(default);
    let page = request + number("app/src/fetch.rs", "const MARGIN: u32 = ");
    let function = number("infra/src/options.ts", "timeout: whole('");
    let cloudfront = number("infra/src/settings.ts", "EDGE_TIMEOUT = ");
    let head = number(
        "server/src/http/port.rs",
        "HEAD_TIMEOUT: Duration = Duration::from_secs(",
    );
    let write = number(
        "server/src/http/port.rs",
        "WRITE_TIMEOUT: Duration = Duration::from_secs(",
    );
    let margin = number(
        "server/src/http/serve.rs",
        "GRACE_MARGIN: Duration = Duration::from_secs(",
    );
    // What the document says about them.
    assert!(attempt < deadline && deadline < request && request < page);
    assert!(request < function && function < cloudfront && page < cloudfront);

    let rows = [
        (
            attempt,
            "one attempt to reach the model",
            "`OPENAI_TIMEOUT`",
            "The attempt has failed. The server makes another one if the deadline allows it.",
        ),
        (
            deadline,
            "a move of the model, all attempts together",
            "`OPENAI_DEADLINE`",
            "The guesser moves instead.",
        ),
        (
            request,
            "a request to the server",
            "`REQUEST_TIMEOUT`",
            "The server responds with 503. The page tries once more; then its guesser goes on.",
        ),
        (
            page,
            "a request of the page",
            "`REQUEST_TIMEOUT`",
            "The page tries once more; then its guesser goes on.",
        ),
        (
            function,
            "an invocation of the function, on AWS only",
            "`-c timeout=`",
            "Lambda stops the function, and CloudFront responds with an error.",
        ),
        (
            cloudfront,
            "a response of the function, on AWS only",
            "fixed",
            "CloudFront responds with 504.",
        ),
        (
            head,
            "the head of a request, and an idle connection",
            "fixed",
            "The server closes the connection.",
        ),
        (
            write,
            "a response of which the client reads nothing more",
            "fixed",
            "The server resets the connection.",
        ),
        (
            request + margin,
            "open requests after SIGTERM or SIGINT",
            "`REQUEST_TIMEOUT`",
            "The server exits.",
        ),
    ];
    let mut table =
        "| seconds | for | set by | when they are over |\n| ---: | --- | --- | --- |\n".to_owned();
    for (seconds, what, by, then) in rows {
        table += &format!("| {seconds} | {what} | {by} | {then} |\n");
    }
    document::check("docs/configuration.md", "timeouts", &table);
}

/// The default of a variable in whole seconds.
fn default(name: &str) -> u32 {
    let variable = VARIABLES.iter().find(|variable| variable.name == name);
    let variable = variable.unwrap_or_else(|| panic!("there is no {name}"));
    variable.default.parse().unwrap()
}

/// The number that follows this text in a source file.
fn number(path: &str, before: &str) -> u32 {
    let source = source(path);
    let (_, after) = source
        .split_once(before)
        .unwrap_or_else(|| panic!("{path} has no `{before}`"));
    let digits = after
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '_');
    let digits: String = digits.filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
