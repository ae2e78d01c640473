//! What an error reply means: of OpenAI, or of a server that only looks like it.
//!
//! Source: <https://platform.openai.com/docs/guides/error-codes>.

use crate::fault::{CallError, Reason, Remedy};
use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;
use std::time::{Duration, SystemTime};

/// Codes of an account without money, besides those that name a spending limit.
const QUOTA: [&str; 5] = [
    "insufficient_quota",
    "insufficient_balance",
    "billing_hard_limit_reached",
    "billing_not_active",
    "account_deactivated",
];

/// What servers say of a model that they don't have.
const NO_MODEL: [&str; 7] = [
    "not found",
    "not exist",
    "invalid model",
    "unknown model",
    "not a valid model",
    "no such model",
    "no model named",
];

/// What servers say of a prompt that their filter doesn't let through.
const FILTERED: [&str; 5] = [
    "content_filter",
    "content_policy",
    "content policy",
    "content management policy",
    "moderation_blocked",
];

/// What servers say of a prompt that is longer than the model's context.
const TOO_LONG: [&str; 4] = [
    "context_length",
    "context length",
    "context window",
    "maximum context",
];

/// The error of a response with another status than 200.
#[must_use]
pub(crate) fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> CallError {
    let value = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let error = ErrorReply::read(value.get("error").unwrap_or(&value));
    let reason = error.reason(status.as_u16());
    let retry_after = (reason.remedy() == Remedy::Retry)
        .then(|| retry_after(headers))
        .flatten();
    CallError::refused(reason, retry_after, error.words)
}

/// The error that a response with status 200 holds instead of a completion, as gateways send it.
#[must_use]
pub(crate) fn error_in(reply: &Value) -> Option<CallError> {
    let error = match &reply["error"] {
        Value::Null | Value::Bool(false) => return None,
        Value::String(words) if words.is_empty() => return None,
        Value::Object(fields) if fields.is_empty() => return None,
        error => ErrorReply::read(error),
    };
    let status = error.status.unwrap_or(500);
    Some(CallError::refused(error.reason(status), None, error.words))
}

/// What an error says.
#[derive(Debug, Default, PartialEq, Eq)]
struct ErrorReply {
    /// `code`, or else `type`.
    code: String,
    /// The status that a gateway gives as the code.
    status: Option<u16>,
    /// The whole error in lower case, to learn from.
    words: String,
}

impl ErrorReply {
    fn read(error: &Value) -> Self {
        let field = |name: &str| error.get(name).and_then(Value::as_str);
        let code = field("code").or(field("type")).unwrap_or_default();
        let number = error
            .get("code")
            .or(error.get("status"))
            .and_then(Value::as_u64);
        let number = number.or_else(|| code.parse().ok());
        let by_kind = match code {
            "invalid_request_error" => Some(400),
            "authentication_error" | "invalid_api_key" => Some(401),
            "rate_limit_exceeded" | "rate_limit_error" => Some(429),
            _ => None,
        };
        let status = number.and_then(|number| u16::try_from(number).ok());
        Self {
            code: code.to_lowercase(),
            status: status
                .filter(|status| (400..600).contains(status))
                .or(by_kind),
            words: error.to_string().to_lowercase(),
        }
    }

    /// What it means under this status. What it says takes precedence: status 429 and 400 mean many things.
    fn reason(&self, status: u16) -> Reason {
        let Self { code, words, .. } = self;
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
        let is_request = matches!(status, 400 | 404 | 413 | 422);
        match status {
            _ if QUOTA.contains(&code.as_str()) || code.contains("spend_limit") => Reason::Quota,
            _ if matches!(code.as_str(), "model_not_found" | "model_deprecated") => {
                Reason::ModelNotFound
            }
            400 | 403 | 422 if says(&FILTERED) => Reason::ContentFilter,
            _ if is_request && says(&TOO_LONG) => Reason::PromptTooLong,
            400 | 404 | 422 if words.contains("model") && says(&NO_MODEL) => Reason::ModelNotFound,
            400 | 422 => Reason::BadRequest,
            401 => Reason::Unauthorized,
            402 => Reason::Quota,
            403 => Reason::Forbidden,
            408 => Reason::RequestTimeout,
            409 => Reason::Conflict,
            429 => Reason::RateLimit,
            500..=599 => Reason::ServerError,
            _ => Reason::Status,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    type Pairs<'a> = &'a [(&'static str, &'a str)];

    fn headers(pairs: Pairs<'_>) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|&(name, value)| {
                (
                    HeaderName::from_static(name),
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
    fn what_an_error_says_takes_precedence_over_the_status() {
        let coded =
            |code: &str| format!(r#"{{"error":{{"message":"x","type":"t","code":"{code}"}}}}"#);
        let worded = |words: &str| format!(r#"{{"error":{{"message":"{words}","code":null}}}}"#);
        let cases = [
            (429, coded("insufficient_quota"), Reason::Quota),
            (429, coded("project_spend_limit_exceeded"), Reason::Quota),
            (
                429,
                coded("organization_spend_limit_exceeded"),
                Reason::Quota,
            ),
            (402, worded("payment required"), Reason::Quota),
            (429, coded("rate_limit_exceeded"), Reason::RateLimit),
            (429, "busy".to_owned(), Reason::RateLimit),
            (403, coded("model_not_found"), Reason::ModelNotFound),
            (400, coded("model_not_found"), Reason::ModelNotFound),
            (404, worded("model 'x' not found"), Reason::ModelNotFound),
            (
                400,
                worded("x is not a valid model ID"),
                Reason::ModelNotFound,
            ),
            (
                400,
                worded("The model `x` does not exist"),
                Reason::ModelNotFound,
            ),
            (
                400,
                worded("Invalid model name passed in model=x"),
                Reason::ModelNotFound,
            ),
            (
                400,
                worded("this model doesn't take a temperature"),
                Reason::BadRequest,
            ),
            (404, worded("this model has no such path"), Reason::Status),
            (404, "not found".to_owned(), Reason::Status),
            (400, coded("content_filter"), Reason::ContentFilter),
            (
                400,
                coded("content_policy_violation"),
                Reason::ContentFilter,
            ),
            (
                400,
                worded("triggering Azure's content management policy"),
                Reason::ContentFilter,
            ),
            (400, coded("context_length_exceeded"), Reason::PromptTooLong),
            (
                400,
                worded("This model's maximum context length is 2048 tokens"),
                Reason::PromptTooLong,
            ),
            (503, coded("overloaded"), Reason::ServerError),
            (418, String::new(), Reason::Status),
        ];
        for (status, body, reason) in cases {
            let status = StatusCode::from_u16(status).unwrap();
            let error = refused(status, &HeaderMap::new(), body.as_bytes());
            assert_eq!(error.reason, reason, "{status} {body}");
        }
    }

    #[test]
    fn an_error_inside_a_reply_is_read_by_its_own_status() {
        let reason = |reply: &str| {
            let reply: Value = serde_json::from_str(reply).unwrap();
            error_in(&reply).map(|error| error.reason)
        };
        let cases = [
            (
                r#"{"error":{"message":"busy","code":429}}"#,
                Some(Reason::RateLimit),
            ),
            (
                r#"{"error":{"message":"busy","code":"429"}}"#,
                Some(Reason::RateLimit),
            ),
            (
                r#"{"error":{"message":"no credits","code":402}}"#,
                Some(Reason::Quota),
            ),
            (
                r#"{"error":{"message":"x","type":"invalid_request_error"}}"#,
                Some(Reason::BadRequest),
            ),
            (r#"{"error":"overloaded"}"#, Some(Reason::ServerError)),
            (
                r#"{"error":{"message":"x","code":7}}"#,
                Some(Reason::ServerError),
            ),
            (r#"{"error":null}"#, None),
            (r#"{"error":{}}"#, None),
            (r#"{"error":""}"#, None),
            (r#"{"error":false}"#, None),
            ("{}", None),
        ];
        for (reply, expected) in cases {
            assert_eq!(reason(reply), expected, "{reply}");
        }
    }

    #[test]
    fn errors_of_different_servers_are_read() {
        let read = |body: &str| ErrorReply::read(&serde_json::from_str(body).unwrap());
        let openai = read(
            r#"{"message":"Unsupported parameter","type":"invalid_request_error","param":"temperature","code":"unsupported_parameter"}"#,
        );
        assert_eq!(openai.code, "unsupported_parameter");
        assert!(openai.words.contains("temperature"));
        let typed =
            read(r#"{"message":"model \"x\" not found","type":"not_found_error","code":null}"#);
        assert_eq!(typed.code, "not_found_error");
        assert!(
            read(r#""max_tokens is too big""#)
                .words
                .contains("max_tokens")
        );
    }
}
