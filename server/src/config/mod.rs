//! The configuration: the environment variables, read and checked.

mod arn;
mod variable;
mod variables;

pub(crate) use arn::Arn;
pub use variable::{Variable, VariableError, bare};
pub use variables::VARIABLES;

use model::{ModelConfig, Price, Upstream};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use tracing_subscriber::filter::Targets;
use variable::Found;
use variables::*;

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    pub addr: SocketAddr,
    /// The folder of the static site.
    pub site_dir: PathBuf,
    /// The public address of the site, with a slash at its end; empty if it isn't known.
    pub site_url: String,
    /// The server that has the models; `None` if the guesser plays.
    pub(crate) upstream: Option<Upstream>,
    /// The secret that holds the keys, on AWS.
    pub(crate) secret_arn: Option<Arn>,
    /// How long its keys are used before they are read again.
    pub(crate) secret_ttl: Duration,
    /// The secrets that seals are derived from, the present one first; empty without a model, when there is nothing to
    /// protect.
    pub(crate) seal_keys: Vec<SecretString>,
    /// How many dollars the models may cost in a day.
    pub(crate) model_budget: f64,
    /// The number of first questions.
    pub openings: u8,
    /// Whether the page may fetch the next move for both answers ahead.
    pub(crate) ponder: bool,
    /// How long caches may keep a question of the model.
    pub(crate) question_ttl: Duration,
    /// The limit of requests; `None` in Lambda, where every connection comes from CloudFront.
    pub(crate) rate: Option<Rate>,
    /// The number of reverse proxies in front of the server.
    pub(crate) trusted_proxies: usize,
    /// How many connections may be open.
    pub(crate) max_connections: usize,
    /// The time for one request.
    pub(crate) request_timeout: Duration,
    /// The address to serve the metrics on.
    pub metrics_addr: Option<SocketAddr>,
    /// Which log lines are written.
    pub(crate) log: Targets,
    /// Their format.
    pub(crate) log_format: LogFormat,
}

/// The limit of requests for each client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// How many requests a minute, at least one.
    pub(crate) per_minute: u32,
    /// The number of reverse proxies in front of the server.
    pub(crate) trusted_proxies: usize,
}

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Human,
    /// For CloudWatch and other programs.
    Json,
}

/// Lambda's runtime sets it; the server recognises Lambda by it.
pub const LAMBDA_RUNTIME: &str = "AWS_LAMBDA_RUNTIME_API";

/// So much time must be left after the model's, for the guesser to move.
const MARGIN: Duration = Duration::from_millis(500);

/// Seals may be derived from an API key of at least this many characters. Somebody could guess a shorter key,
/// as local model servers accept, and forge seals with it.
const UNGUESSABLE: usize = 20;

impl Config {
    /// Reads the variables; an empty one counts as not set.
    ///
    /// # Errors
    /// [`VariableError`] names the first invalid variable, its value and what it takes.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, VariableError> {
        let lookup = &lookup;
        let is_lambda = lookup(LAMBDA_RUNTIME).is_some();
        let log_format = if is_lambda {
            LogFormat::Json
        } else {
            LogFormat::Human
        };
        let secret_arn = SECRET_ARN.read(lookup, Arn::parse)?;
        // If a secret is to hold the key, the model is called only once it does.
        let upstream =
            upstream(lookup)?.filter(|upstream| upstream.key.is_some() || secret_arn.is_none());
        let seal_key = |text: &str| (text.chars().count() >= 32).then(|| SecretString::from(text));
        let seal_keys = SEAL_KEY.read(lookup, |text| {
            let keys = text.split(',').map(str::trim).map(seal_key);
            // A key itself may have commas, as Secrets Manager generates them.
            let keys = keys.collect::<Option<Vec<_>>>();
            keys.or_else(|| seal_key(text).map(|key| vec![key]))
        })?;
        let seal_keys = match (seal_keys, &upstream) {
            (Some(keys), _) => keys,
            (None, None) => Vec::new(),
            (None, Some(Upstream { key: None, .. })) => {
                return Err(SEAL_KEY.refuse(Found::Nothing));
            }
            (None, Some(Upstream { key: Some(key), .. })) => {
                if key.expose_secret().chars().count() < UNGUESSABLE {
                    return Err(OPENAI_API_KEY.refuse(Found::Secret));
                }
                vec![key.clone()]
            }
        };
        let request_timeout = REQUEST_TIMEOUT.read_or_default(lookup, |text| {
            number(text, 1..=120_u64).map(Duration::from_secs)
        })?;
        if let Some(upstream) = &upstream
            && upstream.deadline + MARGIN > request_timeout
        {
            return Err(OPENAI_DEADLINE.refuse(Found::Other(format!("{:?}", upstream.deadline))));
        }
        let rate = RATE_LIMIT.read_or_default(lookup, |text| number(text, 0..=1_000_000_u32))?;
        let trusted_proxies =
            TRUSTED_PROXIES.read_or_default(lookup, |text| number(text, 0..=8_usize))?;
        Ok(Self {
            addr: ADDR.read_or_default(lookup, |text| text.parse().ok())?,
            site_dir: SITE_DIR.read_or_default(lookup, |text| Some(text.into()))?,
            site_url: SITE_URL.read(lookup, site_url)?.unwrap_or_default(),
            upstream,
            secret_arn,
            secret_ttl: SECRET_TTL.read_or_default(lookup, |text| {
                number(text, 1..=300_u64).map(Duration::from_secs)
            })?,
            seal_keys,
            model_budget: MODEL_BUDGET.read_or_default(lookup, |text| number(text, 0.0..=1e6))?,
            openings: OPENINGS.read_or_default(lookup, |text| number(text, 1..=64))?,
            ponder: PONDER.read_or_default(lookup, |text| text.parse().ok())?,
            question_ttl: QUESTION_TTL.read_or_default(lookup, |text| {
                number(text, 0..=31_536_000_u64).map(Duration::from_secs)
            })?,
            rate: (rate > 0 && !is_lambda).then_some(Rate {
                per_minute: rate,
                trusted_proxies,
            }),
            trusted_proxies,
            max_connections: MAX_CONNECTIONS
                .read_or_default(lookup, |text| number(text, 1..=65_536_usize))?,
            request_timeout,
            metrics_addr: METRICS_ADDR.read(lookup, |text| text.parse().ok())?,
            log: LOG.read_or_default(lookup, |text| text.parse().ok())?,
            log_format: LOG_FORMAT.read_or(lookup, log_format, |text| match text {
                "human" => Some(LogFormat::Human),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?,
        })
    }

    /// The time for one move.
    pub(crate) fn deadline(&self) -> Duration {
        let upstream = self.upstream.as_ref();
        upstream.map_or(self.request_timeout, |upstream| upstream.deadline)
    }

    /// Who plays the side of the AI: the names of the models, or the guesser.
    pub(crate) fn ai(&self) -> String {
        let Some(upstream) = &self.upstream else {
            return "the guesser".to_owned();
        };
        let names = upstream.models.iter().map(|model| model.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }
}

/// The server of the models; `None` without a key, unless another server than OpenAI's is named.
fn upstream(lookup: impl Fn(&str) -> Option<String>) -> Result<Option<Upstream>, VariableError> {
    let lookup = &lookup;
    // The value goes into an HTTP header.
    let line = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_graphic())
            .then(|| text.to_owned())
    };
    let key = OPENAI_API_KEY.read(lookup, |text| line(text).map(SecretString::from))?;
    let has_base_url = OPENAI_BASE_URL
        .read(lookup, |text| Some(text.len()))?
        .is_some();
    // The key may still be in the secret.
    let may_have_key = key.is_some() || SECRET_ARN.read(lookup, Arn::parse)?.is_some();
    let base_url = OPENAI_BASE_URL.read_or_default(lookup, base_url)?;
    let is_openai = base_url.host_str() == Some("api.openai.com");
    let upstream = Upstream {
        base_url,
        models: models(lookup, is_openai && may_have_key)?,
        organization: OPENAI_ORGANIZATION.read(lookup, line)?,
        project: OPENAI_PROJECT.read(lookup, line)?,
        user_agent: concat!("twenty-questions/", env!("CARGO_PKG_VERSION")).to_owned(),
        deadline: OPENAI_DEADLINE.read_or_default(lookup, seconds)?,
        timeout: OPENAI_TIMEOUT.read_or_default(lookup, seconds)?,
        key,
    };
    Ok((upstream.key.is_some() || has_base_url).then_some(upstream))
}

fn number<T: std::str::FromStr + PartialOrd>(
    text: &str,
    range: std::ops::RangeInclusive<T>,
) -> Option<T> {
    text.parse().ok().filter(|number| range.contains(number))
}

fn seconds(text: &str) -> Option<Duration> {
    number(text, 0.1..=110.0).map(Duration::from_secs_f64)
}

/// Where the API begins: of an address without a path, of a whole endpoint, and with Azure's version. A user or password
/// is refused, because URLs are logged.
fn base_url(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_versioned = url.query_pairs().all(|(name, _)| name == "api-version");
    if !(matches!(url.scheme(), "http" | "https") && is_plain && is_versioned) {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/chat/completions").unwrap_or(path);
    // What else is on offer there speaks another language.
    if path.ends_with("/responses") || path.ends_with("/completions") {
        return None;
    }
    let path = if path.is_empty() { "/v1" } else { path };
    let path = format!("{path}/");
    url.set_path(&path);
    Some(url)
}

/// The variables among these names that look like settings of this server but aren't any: most likely misspelt.
pub fn misspelt(names: impl Iterator<Item = String>) -> Vec<String> {
    let is_ours = |name: &str| VARIABLES.iter().any(|variable| variable.name == name);
    let looks_ours = |name: &str| {
        let name = name.to_ascii_uppercase().replace(['_', '-'], "");
        ["OPENAI", "SEALKEY", "MODELBUDGET", "RATELIMIT"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    let mut misspelt: Vec<_> = names
        .filter(|name| looks_ours(name) && !is_ours(name))
        .collect();
    misspelt.sort();
    misspelt.dedup();
    misspelt
}

/// Ends with a slash, so that paths can be appended to it.
fn site_url(text: &str) -> Option<String> {
    let url = Url::parse(&format!("{}/", text.trim_end_matches('/'))).ok()?;
    let is_plain = url.query().is_none() && url.fragment().is_none();
    (matches!(url.scheme(), "http" | "https") && is_plain).then(|| url.to_string())
}

fn models(
    lookup: impl Fn(&str) -> Option<String>,
    is_openai: bool,
) -> Result<Vec<ModelConfig>, VariableError> {
    let lookup = &lookup;
    let name = |name: &str| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
        let name = name.trim();
        (!name.is_empty() && name.len() <= 80 && name.chars().all(is_name)).then(|| name.to_owned())
    };
    let names = |text: &str| text.split(',').map(name).collect::<Option<Vec<_>>>();
    let dollars = |text: &str| number(text.trim(), 0.0..=100_000.0);
    let price = |text: &str| {
        let (input, output) = text.split_once('/')?;
        Some(Price {
            input: dollars(input)?,
            output: dollars(output)?,
        })
    };
    let prices = |text: &str| text.split(',').map(price).collect::<Option<Vec<_>>>();
    let price_of = |name: &String| {
        let mut known = OPENAI_MODEL
            .default
            .split(',')
            .zip(OPENAI_PRICES.default.split(','));
        known
            .find(|(model, _)| model == name)
            .and_then(|(_, dollars)| price(dollars))
    };
    let is_model_set = OPENAI_MODEL.read(lookup, names)?.is_some();
    let names = OPENAI_MODEL.read_or_default(lookup, names)?;
    let prices = match OPENAI_PRICES.read(lookup, prices)? {
        Some(prices) if prices.len() != names.len() => {
            let found = format!("{} for {} models", prices.len(), names.len());
            return Err(OPENAI_PRICES.refuse(Found::Other(found)));
        }
        Some(prices) => prices.into_iter().map(Some).collect(),
        // Nobody can keep a budget without prices.
        None if is_model_set && is_openai => {
            let unpriced = names.iter().find(|name| price_of(name).is_none());
            if let Some(name) = unpriced {
                let found = format!("not set, and the price of {name} isn't known");
                return Err(OPENAI_PRICES.refuse(Found::Other(found)));
            }
            names.iter().map(price_of).collect()
        }
        None if is_model_set => vec![None; names.len()],
        None => prices(OPENAI_PRICES.default)
            .unwrap_or_default()
            .into_iter()
            .map(Some)
            .collect(),
    };
    let models = names.into_iter().zip(prices);
    Ok(models
        .map(|(name, price)| ModelConfig { name, price })
        .collect())
}

/// The list of all variables for `server --help`.
#[must_use]
pub fn help() -> String {
    let mut help = String::new();
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
        help += &format!("\n  {name}{default}\n      {about}\n      Takes: {takes}\n");
    }
    help
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::RefCell, collections::BTreeSet};

    fn with(name: &'static str, value: &'static str) -> Result<Config, String> {
        Config::read(|read| (read == name).then(|| value.to_owned()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_error_says_what_an_invalid_value_should_be() {
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
                "SEAL_KEY is not shown here, but it takes one or more keys of at least 32 characters, separated by commas",
            ),
            (
                "OPENAI_API_KEY",
                "sk-1\nsk-2",
                "OPENAI_API_KEY is not shown here, but it takes a key of one line, of at least 20 characters unless SEAL_KEY is set",
            ),
            (
                "OPENAI_API_KEY",
                "sk-short",
                "OPENAI_API_KEY is not shown here, but it takes a key of one line, of at least 20 characters unless SEAL_KEY is set",
            ),
            (
                "OPENAI_BASE_URL",
                "ftp://models",
                "OPENAI_BASE_URL is \"ftp://models\", but it takes an http or https URL without user and password; its query may only hold an api-version",
            ),
            (
                "OPENAI_BASE_URL",
                "https://me:pass@models/v1",
                "OPENAI_BASE_URL is not shown here, but it takes an http or https URL without user and password; its query may only hold an api-version",
            ),
            (
                "OPENAI_BASE_URL",
                "https://models/v1?key=sk-1",
                "OPENAI_BASE_URL is not shown here, but it takes an http or https URL without user and password; its query may only hold an api-version",
            ),
            (
                "OPENAI_BASE_URL",
                "http://127.0.0.1:11434/v1",
                "SEAL_KEY is not set, but it takes one or more keys of at least 32 characters, separated by commas",
            ),
            (
                "SITE_URL",
                "example.com",
                "SITE_URL is \"example.com\", but it takes an http or https URL",
            ),
            (
                "OPENAI_MODEL",
                "gpt-4.1,,gpt-4",
                "OPENAI_MODEL is \"gpt-4.1,,gpt-4\", but it takes names of models, separated by commas",
            ),
            (
                "OPENAI_PRICES",
                "2/8",
                "OPENAI_PRICES is 1 for 2 models, but it takes a pair like 2/8 for each of OPENAI_MODEL, separated by commas",
            ),
            (
                "OPENAI_DEADLINE",
                "0",
                "OPENAI_DEADLINE is \"0\", but it takes seconds, from 0.1 to 110, at least half a second less than REQUEST_TIMEOUT",
            ),
            (
                "RATE_LIMIT",
                "-1",
                "RATE_LIMIT is \"-1\", but it takes a number from 0 (no limit) to 1000000",
            ),
            (
                "MAX_CONNECTIONS",
                "0",
                "MAX_CONNECTIONS is \"0\", but it takes a number from 1 to 65536",
            ),
            (
                "METRICS_ADDR",
                "9464",
                "METRICS_ADDR is \"9464\", but it takes an address and a port",
            ),
        ];
        for (name, value, expected) in cases {
            assert_eq!(with(name, value).expect_err(name), expected);
        }
    }

    #[test]
    fn valid_values_are_used_and_empty_ones_count_as_unset() {
        assert_eq!(with("ADDR", "0.0.0.0:80").unwrap().addr.port(), 80);
        assert!(!with("PONDER", "false").unwrap().ponder);
        assert_eq!(with("OPENINGS", "").unwrap().openings, 8);
        assert_eq!(
            with(LAMBDA_RUNTIME, "127.0.0.1:1").unwrap().log_format,
            LogFormat::Json
        );
    }

    #[test]
    fn a_base_url_is_completed() {
        let read = |text: &str| base_url(text).map(|url| url.to_string());
        for (text, expected) in [
            ("https://api.openai.com", "https://api.openai.com/v1/"),
            ("https://api.openai.com/", "https://api.openai.com/v1/"),
            ("https://api.openai.com/v1", "https://api.openai.com/v1/"),
            (
                "https://api.openai.com/v1/chat/completions",
                "https://api.openai.com/v1/",
            ),
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/"),
            (
                "https://openrouter.ai/api/v1/",
                "https://openrouter.ai/api/v1/",
            ),
            ("http://models/chat/completions/", "http://models/v1/"),
            (
                "https://me.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
                "https://me.openai.azure.com/openai/deployments/gpt/?api-version=2024-10-21",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "models",
            "ftp://models",
            "https://me@models/v1",
            "https://models/v1?api-version=1&key=sk-1",
            "https://models/v1#top",
            "https://models/v1/responses",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_model_of_openai_needs_a_price_and_another_server_none() {
        let read = |pairs: &[(&str, &str)]| {
            Config::read(|name| {
                let found = pairs.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
            .map_err(|error| error.to_string())
        };
        let key = ("OPENAI_API_KEY", "sk-test-0123456789abcdef");
        let error = read(&[key, ("OPENAI_MODEL", "gpt-9")]).unwrap_err();
        assert_eq!(
            error,
            "OPENAI_PRICES is not set, and the price of gpt-9 isn't known, but it takes a pair like 2/8 for each of OPENAI_MODEL, separated by commas"
        );
        assert!(read(&[key, ("OPENAI_MODEL", "gpt-9"), ("OPENAI_PRICES", "1/4")]).is_ok());
        let known = read(&[key, ("OPENAI_MODEL", "gpt-4.1")])
            .unwrap()
            .upstream
            .unwrap();
        assert_eq!(
            known.models[0].price,
            Some(Price {
                input: 2.0,
                output: 8.0
            })
        );
        assert!(
            read(&[
                key,
                ("OPENAI_MODEL", "llama3"),
                ("OPENAI_BASE_URL", "http://127.0.0.1:11434")
            ])
            .is_ok()
        );
    }

    #[test]
    fn several_seal_keys_are_read() {
        const KEYS: &str = "0123456789abcdef0123456789abcdef, fedcba9876543210fedcba9876543210";
        assert_eq!(with("SEAL_KEY", KEYS).unwrap().seal_keys.len(), 2);
        // Secrets Manager generates keys of 64 characters, which can't be two.
        const ONE: &str = "0123456789abcdef,123456789abcdef0123456789abcdef,123456789abcdef";
        assert_eq!(with("SEAL_KEY", ONE).unwrap().seal_keys.len(), 1);
        assert!(with("SEAL_KEY", "short,short").is_err());
    }

    #[test]
    fn names_that_look_like_a_setting_are_noticed() {
        let names = [
            "OPENAI_KEY",
            "OPEN_AI_API_KEY",
            "openai_api_key",
            "OPENAI_API_KEY",
            "PATH",
        ];
        assert_eq!(
            misspelt(names.iter().map(|name| (*name).to_owned())),
            ["OPENAI_KEY", "OPEN_AI_API_KEY", "openai_api_key"]
        );
    }

    #[test]
    fn what_editors_and_shells_leave_around_a_value_is_dropped() {
        for value in [
            "\u{feff}0.0.0.0:80",
            "0.0.0.0:80\r",
            "  0.0.0.0:80 ",
            "'0.0.0.0:80'",
            "\"0.0.0.0:80\"\n",
        ] {
            let value: &'static str = value;
            assert_eq!(with("ADDR", value).unwrap().addr.port(), 80, "{value:?}");
        }
        assert_eq!(with("OPENINGS", " \"\" ").unwrap().openings, 8);
    }

    #[test]
    fn all_documented_variables_are_read_and_no_others() {
        let read = RefCell::new(BTreeSet::new());
        let config = Config::read(|name| {
            read.borrow_mut().insert(name.to_owned());
            None
        });
        assert!(config.is_ok());
        read.borrow_mut().remove(LAMBDA_RUNTIME);
        let documented: BTreeSet<String> = VARIABLES
            .iter()
            .map(|variable| variable.name.to_owned())
            .collect();
        assert_eq!(*read.borrow(), documented);
        assert!(documented.iter().all(|name| help().contains(name)));
    }

    #[test]
    fn debug_output_hides_secrets() {
        let config = with("OPENAI_API_KEY", "sk-verysecret-0123456789").unwrap();
        assert!(!format!("{config:?}").contains("verysecret"));
    }
}
