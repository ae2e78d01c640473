//! Calls: retries within a deadline, and every way in which they fail.

use crate::{
    config::{Price, Upstream},
    effort::Effort,
    fault::{CallError, Reason, Remedy},
    http::client_builder,
    refusal::refused,
    reply::{self, Completion, Usage},
    request::ChatRequest,
};
use jiff::civil::Date;
use reqwest::{
    RequestBuilder, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, InvalidHeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

/// Calls after the first one.
const RETRIES: u32 = 2;

/// The wait before the first retry; it doubles each time. Each wait is shortened at random by up to half, so
/// that many clients don't come back at once.
const BACKOFF: Duration = Duration::from_millis(500);

/// With less time left than this, a retry isn't worth its cost.
const WORTHWHILE: Duration = Duration::from_secs(1);

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// No honest reply to a short prompt is longer.
const MAX_REPLY: usize = 64 * 1024;

/// Where a reply doesn't tell how many tokens were spent, each is taken for so many bytes. English has 4 to 5, JSON fewer.
const BYTES_PER_TOKEN: usize = 3;

/// A shorter key isn't a secret: local servers accept any word, which a reply may contain by chance.
const SHORTEST_SECRET: usize = 16;

/// Why a [`Model`](crate::Model) can't be created.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The HTTP client can't be built, for example on a system without certificates.
    #[error("the HTTP client for the model can't be built")]
    Http(#[source] reqwest::Error),
    /// The key, the organisation or the project has characters that no header may have.
    #[error("the value for the header {0} can't be sent")]
    Header(&'static str, #[source] InvalidHeaderValue),
    /// The list of models is empty.
    #[error("there is no model to ask")]
    NoModels,
}

/// Speaks to the server.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    base_url: Url,
    completions: Url,
    /// No reply may contain it.
    key: Option<SecretString>,
    timeout: Duration,
}

impl Client {
    /// A client for this server.
    ///
    /// # Errors
    /// [`ClientError`].
    pub(crate) fn new(upstream: &Upstream) -> Result<Self, ClientError> {
        let http = client_builder(&upstream.base_url)
            .default_headers(headers(upstream)?)
            .user_agent(&upstream.user_agent)
            // Longer than a person thinks between two requests, shorter than AWS Lambda sleeps.
            .pool_idle_timeout(Duration::from_secs(60))
            // Without a connection nothing is spent, so that is a failure of its own.
            .connect_timeout(upstream.timeout.min(CONNECT_TIMEOUT))
            .build()
            .map_err(ClientError::Http)?;
        Ok(Self {
            http,
            base_url: upstream.base_url.clone(),
            completions: below(&upstream.base_url, "chat/completions"),
            key: upstream.key.clone(),
            timeout: upstream.timeout,
        })
    }

    /// A chat completion with a text. Retries until the given instant.
    ///
    /// # Errors
    /// The last [`CallError`]; the reasons of all are in the effort.
    pub(crate) async fn complete(
        &self,
        request: &ChatRequest<'_>,
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<Completion, CallError> {
        #[expect(
            clippy::expect_used,
            reason = "only maps with other keys than strings and hand-written Serialize impls can fail"
        )]
        let body = serde_json::to_vec(request).expect("a request is JSON");
        let mut attempt = 0;
        loop {
            effort.calls += 1;
            let error = match self
                .call(body.clone(), request.tokens(), until, price, effort)
                .await
            {
                Ok(completion) => return Ok(completion),
                Err(error) => error,
            };
            effort.faults.push(error.reason);
            let wait = error.retry_after.unwrap_or_else(|| backoff(attempt));
            let is_in_time = wait < until.saturating_duration_since(Instant::now() + WORTHWHILE);
            if error.reason.remedy() != Remedy::Retry || attempt == RETRIES || !is_in_time {
                return Err(error);
            }
            sleep(wait).await;
            attempt += 1;
        }
    }

    async fn call(
        &self,
        body: Vec<u8>,
        tokens: u32,
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<Completion, CallError> {
        let estimate = |output: usize| Usage {
            input: (body.len() / BYTES_PER_TOKEN) as u64,
            output: output as u64,
        };
        let request = self
            .http
            .post(self.completions.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body.clone());
        let reply = match self.send(request, until).await {
            Ok(reply) => reply,
            Err(error) => {
                let is_spent = matches!(
                    error.reason,
                    Reason::Timeout | Reason::Reset | Reason::TooLong | Reason::KeyInReply
                );
                if is_spent {
                    // The server may have done its work all the same.
                    effort.spend(estimate(tokens as usize), price);
                }
                return Err(error);
            }
        };
        let (completion, usage) = reply::read(&reply);
        let written = completion
            .as_ref()
            .map_or(0, |completion| completion.content.len());
        effort.spend(
            usage.unwrap_or_else(|| estimate(written / BYTES_PER_TOKEN)),
            price,
        );
        completion
    }

    /// The day on which the model will be shut down, if the server announces one; `None` if the server doesn't say.
    pub(crate) async fn shutdown_date(&self, model: &str) -> Option<Option<Date>> {
        #[derive(Deserialize)]
        struct Model {
            shutdown_date: Option<Date>,
        }
        let request = self
            .http
            .get(below(&self.base_url, &format!("models/{model}")));
        let body = self
            .send(request, Instant::now() + self.timeout)
            .await
            .ok()?;
        Some(serde_json::from_slice::<Model>(&body).ok()?.shutdown_date)
    }

    /// The body of a response with status 200.
    async fn send(&self, request: RequestBuilder, until: Instant) -> Result<Vec<u8>, CallError> {
        let until = until.min(Instant::now() + self.timeout);
        let exchange = async {
            let response = request.send().await.map_err(|error| {
                let reason = if error.is_connect() {
                    Reason::Unreachable
                } else {
                    Reason::Reset
                };
                CallError::caused_by(reason, error.without_url())
            })?;
            let (status, headers) = (response.status(), response.headers().clone());
            if status.is_redirection() {
                return Err(Reason::Redirect.into());
            }
            let body = read(response).await;
            if self.is_leaked(body.as_deref().unwrap_or_default()) {
                return Err(Reason::KeyInReply.into());
            }
            if status == StatusCode::OK {
                return body;
            }
            Err(refused(status, &headers, &body.unwrap_or_default()))
        };
        timeout_at(until, exchange)
            .await
            .unwrap_or_else(|_| Err(Reason::Timeout.into()))
    }

    /// Whether the body contains the key.
    fn is_leaked(&self, body: &[u8]) -> bool {
        let Some(key) = &self.key else { return false };
        let key = key.expose_secret().as_bytes();
        key.len() >= SHORTEST_SECRET && body.windows(key.len()).any(|part| part == key)
    }

    /// Whether a text holds [`SHORTEST_SECRET`] letters and digits of the key in a row, whatever stands between them.
    pub(crate) fn is_key_in(&self, text: &str) -> bool {
        let letters = |text: &str| -> Vec<u8> {
            let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_lowercase()).collect()
        };
        let Some(key) = &self.key else { return false };
        let (key, text) = (letters(key.expose_secret()), letters(text));
        let mut parts = key.windows(SHORTEST_SECRET);
        parts.any(|part| text.windows(part.len()).any(|other| other == part))
    }
}

/// The URL of a path of the API.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

fn headers(upstream: &Upstream) -> Result<HeaderMap, ClientError> {
    let mut headers = HeaderMap::new();
    let key = upstream.key.as_ref().map(ExposeSecret::expose_secret);
    let token = key.map(|key| format!("Bearer {key}"));
    // Only Azure has versions in the query, and it takes its keys in a header of its own.
    let credentials = match upstream.base_url.query() {
        Some(_) => ("api-key", key),
        None => (AUTHORIZATION.as_str(), token.as_deref()),
    };
    let values = [
        credentials,
        ("openai-organization", upstream.organization.as_deref()),
        ("openai-project", upstream.project.as_deref()),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            let mut value =
                HeaderValue::from_str(value).map_err(|error| ClientError::Header(name, error))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// The body, unless it is longer than [`MAX_REPLY`].
async fn read(mut response: Response) -> Result<Vec<u8>, CallError> {
    let mut body = Vec::new();
    let reset = |error: reqwest::Error| CallError::caused_by(Reason::Reset, error.without_url());
    while let Some(chunk) = response.chunk().await.map_err(reset)? {
        if body.len() + chunk.len() > MAX_REPLY {
            return Err(Reason::TooLong.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn backoff(attempt: u32) -> Duration {
    (BACKOFF * 2_u32.pow(attempt)).mul_f64(0.5 + 0.5 * fastrand::f64())
}
