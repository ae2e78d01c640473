//! All environment variables.

use super::variable::Variable;

pub(super) const ADDR: Variable = Variable::new(
    "ADDR",
    "127.0.0.1:8080",
    "an address and a port",
    "where to listen",
);
pub(super) const SITE_DIR: Variable = Variable::new(
    "SITE_DIR",
    "dist",
    "a folder",
    "the site that `server site` has written",
);
pub(super) const OPENAI_API_KEY: Variable = Variable::secret(
    "OPENAI_API_KEY",
    "a key of one line, of at least 20 characters unless SEAL_KEY is set",
    "the key for the model; without it, and without OPENAI_BASE_URL, the guesser plays",
);
pub(super) const OPENAI_MODEL: Variable = Variable::new(
    "OPENAI_MODEL",
    "gpt-4.1,gpt-6-luna",
    "names of models, separated by commas",
    "who asks the questions: the first of them that the key has",
);
pub(super) const OPENAI_PRICES: Variable = Variable::new(
    "OPENAI_PRICES",
    "2/8,0.10/0.50",
    "a pair like 2/8 for each of OPENAI_MODEL, separated by commas",
    "dollars per million tokens in/out, for the cost figure; other models than the default ones have none unless it is set",
);
pub(super) const OPENAI_BASE_URL: Variable = Variable::new(
    "OPENAI_BASE_URL",
    "https://api.openai.com/v1",
    "an http or https URL",
    "where the model is: OpenAI or any server that speaks chat completions",
);
pub(super) const OPENAI_ORGANIZATION: Variable = Variable::new(
    "OPENAI_ORGANIZATION",
    "",
    "an identifier of one word",
    "the organisation that pays, where the key has several",
);
pub(super) const OPENAI_PROJECT: Variable = Variable::new(
    "OPENAI_PROJECT",
    "",
    "an identifier of one word",
    "the project that pays, where the key has several",
);
pub(super) const OPENAI_DEADLINE: Variable = Variable::new(
    "OPENAI_DEADLINE",
    "20",
    "seconds, from 0.1 to 110, less than REQUEST_TIMEOUT",
    "how long the model may take for a move, all attempts together; then the guesser moves",
);
pub(super) const OPENAI_TIMEOUT: Variable = Variable::new(
    "OPENAI_TIMEOUT",
    "8",
    "seconds, from 0.1 to 110",
    "how long one attempt may take",
);
pub(super) const SEAL_KEY: Variable = Variable::secret(
    "SEAL_KEY",
    "at least 32 characters",
    "the key that proves which questions this server asked; else derived from OPENAI_API_KEY",
);
pub(super) const SECRET_ARN: Variable = Variable::new(
    "SECRET_ARN",
    "",
    "the ARN of a secret in AWS Secrets Manager",
    "where OPENAI_API_KEY and SEAL_KEY are on AWS: JSON with these names, read at start and anew when SECRET_TTL is over",
);
pub(super) const SECRET_TTL: Variable = Variable::new(
    "SECRET_TTL",
    "240",
    "seconds, from 1 to 300",
    "how long the keys of SECRET_ARN are believed: a new key takes effect after that",
);
pub(super) const OPENINGS: Variable = Variable::new(
    "OPENINGS",
    "8",
    "a number from 1 to 64",
    "how many different first questions there are",
);
pub(super) const PONDER: Variable = Variable::new(
    "PONDER",
    "true",
    "true or false",
    "whether pages fetch the questions after yes and no ahead, for twice the calls",
);
pub(super) const QUESTION_TTL: Variable = Variable::new(
    "QUESTION_TTL",
    "86400",
    "seconds, from 0 to 31536000",
    "how long a question of the model may be answered from caches",
);
pub(super) const RATE_LIMIT: Variable = Variable::new(
    "RATE_LIMIT",
    "240",
    "a number from 0 (no limit) to 1000000",
    "how many requests for a move a client may make in a minute; not in AWS Lambda",
);
pub(super) const TRUSTED_PROXIES: Variable = Variable::new(
    "TRUSTED_PROXIES",
    "0",
    "a number from 0 to 8",
    "how many proxies stand before the server; only their entries of X-Forwarded-For are believed",
);
pub(super) const REQUEST_TIMEOUT: Variable = Variable::new(
    "REQUEST_TIMEOUT",
    "22",
    "seconds, from 1 to 120",
    "how long a request may take",
);
pub(super) const METRICS_ADDR: Variable = Variable::new(
    "METRICS_ADDR",
    "",
    "an address and a port",
    "where to serve /metrics for Prometheus, say 127.0.0.1:9464; nowhere unless it is set",
);
pub(super) const LOG: Variable = Variable::new(
    "LOG",
    "info",
    "a level (error, warn, info, debug, trace) or target=level,...",
    "what is logged",
);
pub(super) const LOG_FORMAT: Variable = Variable::new(
    "LOG_FORMAT",
    "human (json in AWS Lambda)",
    "human or json",
    "the form of log lines",
);

/// All variables, in the order of `server --help`.
pub const VARIABLES: [&Variable; 22] = [
    &ADDR,
    &SITE_DIR,
    &OPENAI_API_KEY,
    &OPENAI_MODEL,
    &OPENAI_PRICES,
    &OPENAI_BASE_URL,
    &OPENAI_ORGANIZATION,
    &OPENAI_PROJECT,
    &OPENAI_DEADLINE,
    &OPENAI_TIMEOUT,
    &SEAL_KEY,
    &SECRET_ARN,
    &SECRET_TTL,
    &OPENINGS,
    &PONDER,
    &QUESTION_TTL,
    &RATE_LIMIT,
    &TRUSTED_PROXIES,
    &REQUEST_TIMEOUT,
    &METRICS_ADDR,
    &LOG,
    &LOG_FORMAT,
];
