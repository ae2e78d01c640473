//! All environment variables.

use super::variable::Variable;

pub(super) const ADDR: Variable = Variable::new(
    "ADDR",
    "127.0.0.1:8080",
    "an address and a port",
    "Address to listen on. It is plain HTTP: put a reverse proxy in front for TLS.",
);
pub(super) const SITE_DIR: Variable = Variable::new(
    "SITE_DIR",
    "dist",
    "a folder",
    "The static site, as `server site` writes it.",
);
pub(super) const SITE_URL: Variable = Variable::new(
    "SITE_URL",
    "",
    "an http or https URL",
    "Public address of the site, such as https://example.com/. `server site` writes it into the page, because link previews need the whole address of their picture.",
);
pub(super) const OPENAI_API_KEY: Variable = Variable::secret(
    "OPENAI_API_KEY",
    "a key of one line, of at least 20 characters unless SEAL_KEY is set",
    "API key for the model. If neither this nor OPENAI_BASE_URL is set, the built-in guesser plays.",
);
pub(super) const OPENAI_MODEL: Variable = Variable::new(
    "OPENAI_MODEL",
    "gpt-6-luna,gpt-4.1",
    "names of models, separated by commas",
    "Models in order of preference. The server uses the first one that the key has access to.",
);
pub(super) const OPENAI_PRICES: Variable = Variable::new(
    "OPENAI_PRICES",
    "0.10/0.50,2/8",
    "a pair like 2/8 for each of OPENAI_MODEL, separated by commas",
    "Dollars per million input/output tokens of each model, for MODEL_BUDGET and the cost metric. The prices of the default models are known; any other model of OpenAI needs one, and on other servers it may cost nothing.",
);
pub(super) const OPENAI_BASE_URL: Variable = Variable::new(
    "OPENAI_BASE_URL",
    "https://api.openai.com/v1",
    "an http or https URL without user and password; its query may only hold an api-version",
    "Base URL of the model's API: OpenAI or any server that speaks chat completions. Without a path it gets /v1; a whole endpoint is fine too. With Azure's api-version, the key is sent as api-key.",
);
pub(super) const OPENAI_ORGANIZATION: Variable = Variable::new(
    "OPENAI_ORGANIZATION",
    "",
    "an identifier of one word",
    "Organisation to bill, if the key belongs to several.",
);
pub(super) const OPENAI_PROJECT: Variable = Variable::new(
    "OPENAI_PROJECT",
    "",
    "an identifier of one word",
    "Project to bill, if the key belongs to several.",
);
pub(super) const OPENAI_DEADLINE: Variable = Variable::new(
    "OPENAI_DEADLINE",
    "20",
    "seconds, from 0.1 to 110, at least half a second less than REQUEST_TIMEOUT",
    "Time for one move of the model, all attempts together. After that the guesser moves.",
);
pub(super) const OPENAI_TIMEOUT: Variable = Variable::new(
    "OPENAI_TIMEOUT",
    "8",
    "seconds, from 0.1 to 110",
    "Time for one attempt to reach the model.",
);
pub(super) const MODEL_BUDGET: Variable = Variable::new(
    "MODEL_BUDGET",
    "5",
    "dollars, from 0 to 1000000",
    "What the model may cost in a day, by the UTC calendar and OPENAI_PRICES. After that the guesser moves until midnight. Each process counts for itself and forgets it at a restart. It can't limit a model whose price isn't known.",
);
pub(super) const SEAL_KEY: Variable = Variable::secret(
    "SEAL_KEY",
    "one or more keys of at least 32 characters, separated by commas",
    "Secret from which the seals are made: the proof that this server asked the questions of a game. If it isn't set, the seals are made from OPENAI_API_KEY, and a new API key ends running games. Required if OPENAI_BASE_URL is set without a key. `openssl rand -hex 32` makes one. To change it without ending running games, set the new key and the old one: new,old.",
);
pub(super) const SECRET_ARN: Variable = Variable::new(
    "SECRET_ARN",
    "",
    "the ARN of a secret in AWS Secrets Manager",
    "Secret that holds OPENAI_API_KEY and SEAL_KEY as JSON, for AWS. The server reads it at start and again after SECRET_TTL.",
);
pub(super) const SECRET_TTL: Variable = Variable::new(
    "SECRET_TTL",
    "240",
    "seconds, from 1 to 300",
    "How long the keys of SECRET_ARN are used before the server reads them again. A new key takes effect after this time, without a restart.",
);
pub(super) const OPENINGS: Variable = Variable::new(
    "OPENINGS",
    "8",
    "a number from 1 to 64",
    "Number of different first questions. Pages learn it from /api/settings.",
);
pub(super) const PONDER: Variable = Variable::new(
    "PONDER",
    "true",
    "true or false",
    "Whether pages fetch the next question for both answers ahead. There is then no waiting, but about twice as many calls to the model.",
);
pub(super) const QUESTION_TTL: Variable = Variable::new(
    "QUESTION_TTL",
    "86400",
    "seconds, from 0 to 31536000",
    "How long caches may keep a question of the model.",
);
pub(super) const RATE_LIMIT: Variable = Variable::new(
    "RATE_LIMIT",
    "240",
    "a number from 0 (no limit) to 1000000",
    "Requests for a move that one client may make per minute. Ignored in AWS Lambda, where the firewall counts.",
);
pub(super) const TRUSTED_PROXIES: Variable = Variable::new(
    "TRUSTED_PROXIES",
    "0",
    "a number from 0 to 8",
    "Number of reverse proxies in front of the server; set 1 behind Caddy or nginx. The server then takes a client's address from X-Forwarded-For; with 0 it ignores that header.",
);
pub(super) const MAX_CONNECTIONS: Variable = Variable::new(
    "MAX_CONNECTIONS",
    "1024",
    "a number from 1 to 65536",
    "Connections that may be open at a time. Others wait until one is closed. Without proxies, one client may have 64 of them. Ignored in AWS Lambda.",
);
pub(super) const REQUEST_TIMEOUT: Variable = Variable::new(
    "REQUEST_TIMEOUT",
    "22",
    "seconds, from 1 to 120",
    "Time for one request. After that the server responds with an error (503).",
);
pub(super) const METRICS_ADDR: Variable = Variable::new(
    "METRICS_ADDR",
    "",
    "an address and a port",
    "Address to serve /metrics on for Prometheus, such as 127.0.0.1:9464. If it isn't set, no metrics are served.",
);
pub(super) const LOG: Variable = Variable::new(
    "LOG",
    "info",
    "a level (error, warn, info, debug, trace) or target=level,...",
    "How much is logged, to stderr.",
);
pub(super) const LOG_FORMAT: Variable = Variable::new(
    "LOG_FORMAT",
    "human (json in AWS Lambda)",
    "human or json",
    "Format of the log lines.",
);

/// All variables, in the order of `server --help`.
pub const VARIABLES: [&Variable; 25] = [
    &ADDR,
    &SITE_DIR,
    &SITE_URL,
    &OPENAI_API_KEY,
    &OPENAI_MODEL,
    &OPENAI_PRICES,
    &OPENAI_BASE_URL,
    &OPENAI_ORGANIZATION,
    &OPENAI_PROJECT,
    &OPENAI_DEADLINE,
    &OPENAI_TIMEOUT,
    &MODEL_BUDGET,
    &SEAL_KEY,
    &SECRET_ARN,
    &SECRET_TTL,
    &OPENINGS,
    &PONDER,
    &QUESTION_TTL,
    &RATE_LIMIT,
    &TRUSTED_PROXIES,
    &MAX_CONNECTIONS,
    &REQUEST_TIMEOUT,
    &METRICS_ADDR,
    &LOG,
    &LOG_FORMAT,
];
