//! What can go wrong with a call, and what the remedy is.

use secrecy::{ExposeSecret, SecretString};
use std::{error::Error, fmt, time::Duration};

/// Why there is no usable reply. Its [name](Self::name) is safe for logs and metrics: it never quotes the
/// server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No connection: refused, unknown host, or TLS failed.
    Unreachable,
    /// The connection broke before the whole reply was there.
    Reset,
    /// A request took longer than [`Upstream::timeout`](crate::Upstream::timeout), or than the rest of the deadline.
    Timeout,
    /// Status 408.
    RequestTimeout,
    /// Status 409.
    Conflict,
    /// Status 429: too many requests or tokens at the moment.
    RateLimit,
    /// Status 5xx.
    ServerError,
    /// The reply isn't JSON.
    NotJson,
    /// The reply is JSON, but no chat completion.
    WrongShape,
    /// The reply has no choices.
    NoChoices,
    /// The reply's choice has no text.
    Empty,
    /// The model refuses.
    Refusal,
    /// The reply was cut off at its token limit.
    Length,
    /// The server's content filter withheld the reply.
    ContentFilter,
    /// The caller couldn't use the reply, not even after a repair.
    Unusable,
    /// The prompt is longer than the model's context.
    PromptTooLong,
    /// Status 400 or 422, and no parameter is left that could be dropped.
    BadRequest,
    /// Status 401: the key is wrong.
    Unauthorized,
    /// Status 403.
    Forbidden,
    /// None of the models exists for this key.
    ModelNotFound,
    /// Status 429: the account has no money or quota left.
    Quota,
    /// Any other status.
    Status,
    /// Status 3xx. Redirects aren't followed, because they could carry the key to another server.
    Redirect,
    /// The reply is longer than any honest one.
    TooLong,
    /// The reply contains the key.
    KeyInReply,
    /// The circuit breaker is open: the server failed a moment ago, so it wasn't called.
    CircuitOpen,
    /// The deadline has passed.
    Deadline,
    /// The [`Budget`](crate::Budget) of the day is spent.
    Budget,
    /// A bug: the task has panicked.
    Panic,
}

/// What to do about a [`Reason`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Send the same request again, if there is time.
    Retry,
    /// Ask once more and say what was wrong with the reply.
    Repair,
    /// Stop calling the server for a while and tell the operator: calling again won't help.
    Alarm,
    /// Do without a reply.
    GiveUp,
}

impl Reason {
    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        match self {
            Self::Unreachable
            | Self::Reset
            | Self::Timeout
            | Self::RequestTimeout
            | Self::Conflict
            | Self::RateLimit
            | Self::ServerError => Remedy::Retry,
            Self::NotJson
            | Self::WrongShape
            | Self::NoChoices
            | Self::Empty
            | Self::Refusal
            | Self::Length
            | Self::ContentFilter => Remedy::Repair,
            Self::BadRequest
            | Self::Unauthorized
            | Self::Forbidden
            | Self::ModelNotFound
            | Self::Quota
            | Self::Status
            | Self::Redirect
            | Self::TooLong
            | Self::KeyInReply => Remedy::Alarm,
            Self::Unusable
            | Self::PromptTooLong
            | Self::CircuitOpen
            | Self::Deadline
            | Self::Budget
            | Self::Panic => Remedy::GiveUp,
        }
    }

    /// Its name in logs and metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Reset => "reset",
            Self::Timeout => "timeout",
            Self::RequestTimeout => "request_timeout",
            Self::Conflict => "conflict",
            Self::RateLimit => "rate_limit",
            Self::ServerError => "server_error",
            Self::NotJson => "not_json",
            Self::WrongShape => "wrong_shape",
            Self::NoChoices => "no_choices",
            Self::Empty => "empty",
            Self::Refusal => "refusal",
            Self::Length => "length",
            Self::ContentFilter => "content_filter",
            Self::Unusable => "unusable",
            Self::PromptTooLong => "prompt_too_long",
            Self::BadRequest => "bad_request",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::ModelNotFound => "model_not_found",
            Self::Quota => "quota",
            Self::Status => "status",
            Self::Redirect => "redirect",
            Self::TooLong => "too_long",
            Self::KeyInReply => "key_in_reply",
            Self::CircuitOpen => "circuit_open",
            Self::Deadline => "deadline",
            Self::Budget => "budget",
            Self::Panic => "panic",
        }
    }

    /// Whether it says that the server works, although the reply is of no use.
    pub(crate) fn is_from_a_working_server(self) -> bool {
        self.remedy() == Remedy::Repair || matches!(self, Self::Unusable | Self::PromptTooLong)
    }

    /// Whether it concerns the whole account, so that one observation is enough.
    pub(crate) fn concerns_the_account(self) -> bool {
        matches!(self, Self::Unauthorized | Self::Forbidden | Self::Quota)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A call without a usable reply. Its message, its sources and its debug form never contain the key or a
/// word of the server.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct CallError {
    /// Why.
    pub reason: Reason,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
    /// What the server says is wrong with the request, to learn from. A type that can't be printed,
    /// because servers quote requests and even keys.
    words: SecretString,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl CallError {
    /// A failure with its cause, which must not quote the server.
    pub(crate) fn caused_by(reason: Reason, source: impl Error + Send + Sync + 'static) -> Self {
        Self {
            source: Some(Box::new(source)),
            ..reason.into()
        }
    }

    /// A request that the server refused with these words.
    pub(crate) fn refused(reason: Reason, retry_after: Option<Duration>, words: String) -> Self {
        Self {
            retry_after,
            words: words.into(),
            ..reason.into()
        }
    }

    /// What the server says is wrong with the request, in lower case. Not for logs.
    pub(crate) fn words(&self) -> &str {
        self.words.expose_secret()
    }
}

impl From<Reason> for CallError {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            retry_after: None,
            words: SecretString::default(),
            source: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;

    #[test]
    fn an_error_shows_its_causes_but_no_word_of_the_server() {
        let words = "incorrect api key provided: sk-secret".to_owned();
        let refused = CallError::refused(Reason::Unauthorized, None, words);
        for shown in [
            refused.to_string(),
            Chain(&refused).to_string(),
            format!("{refused:?}"),
        ] {
            assert!(!shown.contains("sk-secret"), "{shown}");
        }
        assert!(refused.words().contains("sk-secret"));
        let io = std::io::Error::other("connection refused");
        let unreachable = CallError::caused_by(Reason::Unreachable, io);
        assert_eq!(unreachable.to_string(), "unreachable");
        assert_eq!(
            Chain(&unreachable).to_string(),
            "unreachable: connection refused"
        );
    }
}
