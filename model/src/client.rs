//! Calls: retries within a deadline, and every way in which they fail.

use crate::{
    chat::{self, ChatRequest, ErrorReply},
    config::{Price, Upstream},
    effort::Effort,
    fault::{CallError, Reason, Remedy},
    http::client_builder,
};
use jiff::civil::Date;
use reqwest::{
    RequestBuilder, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, InvalidHeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep, timeout_at};

/// Calls after the first one.
const RETRIES: u32 = 2;

/// The wait before the first retry; it doubles each time. Each wait is shortened at random by up to half, so
/// that many clients don't come back at once.
const BACKOFF: Duration = Duration::from_millis(500);

/// With less time left than this, a retry isn't worth its cost.
const WORTHWHILE: Duration = Duration::from_secs(1);

/// No honest reply to a short prompt is longer.
const MAX_REPLY: usize = 64 * 1024;

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
        let http = client_builder()
            .default_headers(headers(upstream)?)
            .user_agent(&upstream.user_agent)
            // Longer than a person thinks between two requests, shorter than AWS Lambda sleeps.
            .pool_idle_timeout(Duration::from_secs(60))
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

    /// The text of a chat completion. Retries until the given instant.
    ///
    /// # Errors
    /// The last [`CallError`]; the reasons of all are in the effort.
    pub(crate) async fn complete(
        &self,
        request: &ChatRequest<'_>,
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<String, CallError> {
        #[expect(
            clippy::expect_used,
            reason = "only maps with other keys than strings and hand-written Serialize impls can fail"
        )]
        let body = serde_json::to_vec(request).expect("a request is JSON");
        let mut attempt = 0;
        loop {
            effort.calls += 1;
            let error = match self.call(body.clone(), until, price, effort).await {
                Ok(content) => return Ok(content),
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
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<String, CallError> {
        let request = self
            .http
            .post(self.completions.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let body = self.send(request, until).await?;
        match chat::read_reply(&body) {
            Ok(completion) => {
                effort.spend(completion.usage, price);
                Ok(completion.content)
            }
            Err(error) => {
                effort.spend(error.usage, price);
                Err(error.into())
            }
        }
    }

    /// The day on which the model will be shut down, if the server announces one.
    pub(crate) async fn shutdown_date(&self, model: &str) -> Option<Date> {
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
        serde_json::from_slice::<Model>(&body).ok()?.shutdown_date
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
}

/// The URL of a path of the API.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

fn headers(upstream: &Upstream) -> Result<HeaderMap, ClientError> {
    let mut headers = HeaderMap::new();
    let key = upstream.key.as_ref();
    let token = key.map(|key| format!("Bearer {}", key.expose_secret()));
    let values = [
        (AUTHORIZATION.as_str(), token.as_deref()),
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

/// What an error status means. The code of the body takes precedence, because status 429 means two things.
fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> CallError {
    let ErrorReply { code, words } = chat::read_error(body);
    let quota = [
        "insufficient_quota",
        "billing_hard_limit_reached",
        "billing_not_active",
        "account_deactivated",
    ];
    let reason = match (status.as_u16(), code.as_str()) {
        (_, code) if quota.contains(&code) => Reason::Quota,
        (_, "model_not_found" | "model_deprecated") => Reason::ModelNotFound,
        (404, _) if words.contains("model") => Reason::ModelNotFound,
        (400 | 422, _) => Reason::BadRequest,
        (401, _) => Reason::Unauthorized,
        (403, _) => Reason::Forbidden,
        (408, _) => Reason::RequestTimeout,
        (409, _) => Reason::Conflict,
        (429, _) => Reason::RateLimit,
        (500..=599, _) => Reason::ServerError,
        _ => Reason::Status,
    };
    let retry_after = (reason.remedy() == Remedy::Retry)
        .then(|| retry_after(headers))
        .flatten();
    CallError::refused(reason, retry_after, format!("{code} {words}"))
}

/// How long the server asks to be left alone. `retry-after-ms` is finer than `retry-after`, which holds seconds
/// or a date, so it takes precedence.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok();
    let number = |name, unit: f64| {
        let value: f64 = text(name)?.trim().parse().ok()?;
        Duration::try_from_secs_f64(value * unit).ok()
    };
    let date = || {
        let date = httpdate::parse_http_date(text("retry-after")?).ok()?;
        Some(
            date.duration_since(SystemTime::now())
                .unwrap_or(Duration::ZERO),
        )
    };
    number("retry-after-ms", 0.001)
        .or_else(|| number("retry-after", 1.0))
        .or_else(date)
}

fn backoff(attempt: u32) -> Duration {
    (BACKOFF * 2_u32.pow(attempt)).mul_f64(0.5 + 0.5 * fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs<'a> = &'a [(&'static str, &'a str)];

    fn headers(pairs: Pairs<'_>) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|&(name, value)| {
                (
                    reqwest::header::HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn retry_after_is_read_in_all_its_forms() {
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
        let cases: [(Pairs<'_>, Option<u64>); 8] = [
            (&[], None),
            (&[("retry-after", "2")], Some(2_000)),
            (&[("retry-after", "0.25")], Some(250)),
            (
                &[("retry-after-ms", "300"), ("retry-after", "7")],
                Some(300),
            ),
            (
                &[("retry-after-ms", "soon"), ("retry-after", "7")],
                Some(7_000),
            ),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "1e400")], None),
            (&[("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT")], Some(0)),
        ];
        for (pairs, milliseconds) in cases {
            assert_eq!(
                retry_after(&headers(pairs)).map(|after| after.as_millis() as u64),
                milliseconds,
                "{pairs:?}"
            );
        }
        let after = retry_after(&headers(&[("retry-after", &later)])).unwrap();
        assert!(
            (98..=100).contains(&after.as_secs()),
            "{after:?} until {later}"
        );
    }

    #[test]
    fn the_code_takes_precedence_over_the_status() {
        let error =
            |code: &str| format!(r#"{{"error":{{"message":"x","type":"t","code":"{code}"}}}}"#);
        let cases = [
            (429, error("insufficient_quota"), Reason::Quota),
            (429, error("rate_limit_exceeded"), Reason::RateLimit),
            (429, "busy".to_owned(), Reason::RateLimit),
            (403, error("model_not_found"), Reason::ModelNotFound),
            (
                404,
                r#"{"error":{"message":"model 'x' not found"}}"#.to_owned(),
                Reason::ModelNotFound,
            ),
            (404, "not found".to_owned(), Reason::Status),
            (503, error("overloaded"), Reason::ServerError),
            (418, String::new(), Reason::Status),
        ];
        for (status, body, reason) in cases {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(
                refused(status, &HeaderMap::new(), body.as_bytes()).reason,
                reason,
                "{status} {body}"
            );
        }
    }
}
