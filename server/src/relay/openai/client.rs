//! Calls: one deadline, retries within it, and every way in which they fail.

use super::wire::{self, ChatRequest, Completion};
use crate::{
    client,
    config::{Price, Secret, Upstream},
    relay::{
        effort::Effort,
        fault::{Fault, Reason, Remedy},
    },
};
use jiff::civil::Date;
use reqwest::{
    RequestBuilder, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::Deserialize;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep, timeout_at};

/// Attempts after the first.
const RETRIES: u32 = 2;

/// The wait before the first of them; it doubles. Each is shortened at random by up to half, so
/// that many servers don't come back at once.
const BACKOFF: Duration = Duration::from_millis(500);

/// With less time than this an attempt isn't worth its cost.
const WORTHWHILE: Duration = Duration::from_secs(1);

/// A reply to a question of 160 bytes is far shorter.
const MAX_REPLY: usize = 64 * 1024;

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
#[error("the client for OPENAI_BASE_URL can't be made: {0}")]
pub struct ClientError(reqwest::Error);

/// Speaks to the model's server.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    base_url: Url,
    completions: Url,
    /// Looked for in every reply.
    key: Option<Secret>,
    timeout: Duration,
}

impl Client {
    /// A client for this server.
    ///
    /// # Errors
    /// [`ClientError`], where the system has no certificates, for example.
    pub(super) fn new(upstream: &Upstream) -> Result<Self, ClientError> {
        let http = client::client()
            .default_headers(headers(upstream))
            .user_agent(concat!("twenty-questions/", env!("CARGO_PKG_VERSION")))
            // Idle connections outlive the pauses between moves, but not a Lambda's sleep.
            .pool_idle_timeout(Duration::from_secs(60))
            .build()
            .map_err(ClientError)?;
        Ok(Self {
            http,
            base_url: upstream.base_url.clone(),
            completions: below(&upstream.base_url, "chat/completions"),
            key: upstream.key.clone(),
            timeout: upstream.timeout,
        })
    }

    /// Asks for a completion, again and again where that may help, until then.
    ///
    /// # Errors
    /// The last [`Fault`]; all of them are in the effort.
    pub(super) async fn ask(
        &self,
        request: &ChatRequest<'_>,
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<Completion, Fault> {
        #[allow(
            clippy::expect_used,
            reason = "no map with other keys than strings, no own Serialize"
        )]
        let body = serde_json::to_vec(request).expect("a request is JSON");
        let mut attempt = 0;
        loop {
            effort.calls += 1;
            let fault = match self.complete(body.clone(), until, price, effort).await {
                Ok(completion) => return Ok(completion),
                Err(fault) => fault,
            };
            effort.faults.push(fault.reason);
            let wait = fault.after.unwrap_or_else(|| backoff(attempt));
            let is_in_time = wait < until.saturating_duration_since(Instant::now() + WORTHWHILE);
            if fault.reason.remedy() != Remedy::Retry || attempt == RETRIES || !is_in_time {
                return Err(fault);
            }
            sleep(wait).await;
            attempt += 1;
        }
    }

    async fn complete(
        &self,
        body: Vec<u8>,
        until: Instant,
        price: Option<Price>,
        effort: &mut Effort,
    ) -> Result<Completion, Fault> {
        let request = self
            .http
            .post(self.completions.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let body = self.send(request, until).await?;
        match wire::read_reply(&body) {
            Ok(completion) => {
                effort.spend(completion.tokens_in, completion.tokens_out, price);
                Ok(completion)
            }
            Err((reason, tokens_in, tokens_out)) => {
                effort.spend(tokens_in, tokens_out, price);
                Err(reason.into())
            }
        }
    }

    /// When the model is shut down, if that is announced and this server tells.
    pub(super) async fn shutdown_date(&self, model: &str) -> Option<Date> {
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

    /// The body of a reply of status 200.
    async fn send(&self, request: RequestBuilder, until: Instant) -> Result<Vec<u8>, Fault> {
        let until = until.min(Instant::now() + self.timeout);
        let exchange = async {
            let response = request.send().await.map_err(|error| {
                if error.is_connect() {
                    Reason::Unreachable
                } else {
                    Reason::Reset
                }
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
                return body.map_err(Fault::from);
            }
            Err(refused(status, &headers, &body.unwrap_or_default()))
        };
        timeout_at(until, exchange)
            .await
            .unwrap_or_else(|_| Err(Reason::Timeout.into()))
    }

    /// Whether the key stands in it. A key of a few letters, as local servers take, is no secret
    /// and would be found by chance.
    fn is_leaked(&self, body: &[u8]) -> bool {
        let Some(key) = self.key.as_ref().map(|key| key.expose().as_bytes()) else {
            return false;
        };
        key.len() >= 16 && body.windows(key.len()).any(|part| part == key)
    }
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path()));
    url
}

fn headers(upstream: &Upstream) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let key = upstream
        .key
        .as_ref()
        .map(|key| format!("Bearer {}", key.expose()));
    let values = [
        (AUTHORIZATION.as_str(), key.as_deref()),
        ("openai-organization", upstream.organization.as_deref()),
        ("openai-project", upstream.project.as_deref()),
    ];
    for (name, value) in values {
        // The configuration takes nothing that a header doesn't.
        if let Some(Ok(mut value)) = value.map(HeaderValue::from_str) {
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
    headers
}

/// A body, as long as it is no longer than any reply.
async fn read(mut response: Response) -> Result<Vec<u8>, Reason> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Reason::Reset)? {
        if body.len() + chunk.len() > MAX_REPLY {
            return Err(Reason::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What an error status means. The code goes before the status: 429 is two things.
fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Fault {
    let wire::ErrorReply { code, words } = wire::read_error(body);
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
    let after = (reason.remedy() == Remedy::Retry)
        .then(|| retry_after(headers))
        .flatten();
    Fault {
        reason,
        after,
        words: format!("{code} {words}"),
    }
}

/// `retry-after-ms` is finer, so it goes before `retry-after`, which is seconds or a date.
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
    fn the_code_goes_before_the_status() {
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
