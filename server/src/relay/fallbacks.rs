//! Tells the operator when the guesser keeps moving in the model's stead.

use model::Reason;
use std::sync::{Mutex, PoisonError};

/// So many fallbacks in a row are worth a warning.
const WORTH_A_WARNING: u32 = 3;

/// Fallbacks since the model's last move.
#[derive(Debug, Default)]
pub(super) struct Fallbacks(Mutex<Row>);

#[derive(Debug, Default)]
struct Row {
    length: u32,
    /// Why the last call failed; an open circuit breaker hides it.
    reason: Option<Reason>,
}

impl Fallbacks {
    /// The guesser has moved for this reason.
    pub(super) fn count(&self, reason: Reason) {
        let mut row = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        row.length += 1;
        if reason != Reason::CircuitOpen {
            row.reason = Some(reason);
        }
        if row.length == WORTH_A_WARNING {
            let reason = row.reason.unwrap_or(reason);
            tracing::warn!(
                %reason,
                "the guesser has moved {WORTH_A_WARNING} times in a row, because the model didn't: {}",
                advice(reason)
            );
        }
    }

    /// The model has moved.
    pub(super) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Row::default();
    }
}

/// What the operator can change.
fn advice(reason: Reason) -> &'static str {
    match reason {
        Reason::Timeout | Reason::RequestTimeout | Reason::Deadline => {
            "if it is slow, raise OPENAI_TIMEOUT, OPENAI_DEADLINE and REQUEST_TIMEOUT"
        }
        Reason::Unreachable | Reason::Reset | Reason::Redirect | Reason::Status => {
            "check OPENAI_BASE_URL and the server there"
        }
        Reason::Unauthorized | Reason::Forbidden | Reason::KeyInReply => "check OPENAI_API_KEY",
        Reason::Quota | Reason::RateLimit => "check the limits of the account of OPENAI_API_KEY",
        Reason::Budget => "MODEL_BUDGET is spent for today",
        Reason::Conflict | Reason::ServerError | Reason::CircuitOpen => "check its server",
        Reason::Panic => "this is a bug; please report it",
        Reason::NotJson
        | Reason::WrongShape
        | Reason::NoChoices
        | Reason::Empty
        | Reason::Refusal
        | Reason::Length
        | Reason::ContentFilter
        | Reason::Unusable
        | Reason::PromptTooLong
        | Reason::BadRequest
        | Reason::ModelNotFound
        | Reason::TooLong => "its replies can't be used, so set OPENAI_MODEL to another",
    }
}
