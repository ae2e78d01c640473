//! What can go wrong with the model, and what is done about it.

use std::{fmt, time::Duration};

/// Why a call came to nothing, or why the guesser moved. The name is what logs and metrics show;
/// nothing of the upstream's own words gets that far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No connection: refused, no such host, TLS.
    Unreachable,
    /// The connection ended before the reply did.
    Reset,
    /// An attempt took longer than `OPENAI_TIMEOUT`.
    Timeout,
    /// 408.
    RequestTimeout,
    /// 409.
    Conflict,
    /// 429, too many requests or tokens at the moment.
    RateLimit,
    /// 5xx.
    ServerError,
    /// The reply isn't JSON.
    NotJson,
    /// The reply is not that of chat completions.
    WrongShape,
    /// The reply has no choice.
    NoChoices,
    /// The reply's choice has no text.
    Empty,
    /// The model refuses.
    Refusal,
    /// The reply was cut at its limit of tokens.
    Length,
    /// The upstream's filter took the reply.
    ContentFilter,
    /// A reply that is no move, not even after a repair.
    Unusable,
    /// 400, 422: the request itself, and nothing in it that could be left out.
    BadRequest,
    /// 401: the key.
    Unauthorized,
    /// 403.
    Forbidden,
    /// The key doesn't have any of the models.
    ModelNotFound,
    /// 429, and nobody pays.
    Quota,
    /// Any other status.
    Status,
    /// 3xx: it is not followed, or the key would go elsewhere.
    Redirect,
    /// A reply longer than any question.
    TooLong,
    /// A reply with the key in it.
    KeyInReply,
    /// Not asked: the model has failed too often a moment ago.
    CircuitOpen,
    /// `OPENAI_DEADLINE` was over.
    Deadline,
}

/// What is done about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Ask again, if there is time.
    Retry,
    /// Ask once more and say what was wrong.
    Repair,
    /// Don't ask anybody for a while, and tell the operator.
    Alarm,
    /// The guesser moves.
    GiveUp,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Unreachable,
        Self::Reset,
        Self::Timeout,
        Self::RequestTimeout,
        Self::Conflict,
        Self::RateLimit,
        Self::ServerError,
        Self::NotJson,
        Self::WrongShape,
        Self::NoChoices,
        Self::Empty,
        Self::Refusal,
        Self::Length,
        Self::ContentFilter,
        Self::Unusable,
        Self::BadRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::ModelNotFound,
        Self::Quota,
        Self::Status,
        Self::Redirect,
        Self::TooLong,
        Self::KeyInReply,
        Self::CircuitOpen,
        Self::Deadline,
    ];

    /// What is done about it.
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
            Self::Unusable | Self::CircuitOpen | Self::Deadline => Remedy::GiveUp,
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
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A call that came to nothing.
#[derive(Debug)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// How long the upstream wishes to be left alone.
    pub after: Option<Duration>,
    /// What the upstream says is wrong with the request, for learning only: never logged or shown.
    pub words: String,
}

impl From<Reason> for Fault {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            after: None,
            words: String::new(),
        }
    }
}
