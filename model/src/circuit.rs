//! The circuit breaker: leaves a failing server alone for a while, so that nobody waits for it in vain.

use crate::fault::{Reason, Remedy};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How long the server is left alone after a failure that another call can't fix.
pub(crate) const ALARM_REST: Duration = Duration::from_secs(60);

/// How long it is left alone after several passing failures.
pub(crate) const PASSING_REST: Duration = Duration::from_secs(15);

/// This many passing failures in a row open the circuit.
pub(crate) const PASSING_LIMIT: u32 = 3;

/// This many failures in a row that another call can't fix open it, unless they concern the whole account: a single one
/// may be a stray.
pub(crate) const LASTING_LIMIT: u32 = 2;

/// A server that asks to be left alone for no longer than this is only busy.
const BRIEF: Duration = Duration::from_secs(1);

/// While it is closed, every task may call the server. While it is open, none may. Once the rest is over, one
/// task tries, and the others wait for its result.
#[derive(Debug, Default)]
pub(crate) struct Circuit(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    open_until: Option<Instant>,
    /// Failures in a row.
    failures: u32,
    /// Of these, the last ones in a row that another call can't fix.
    lasting: u32,
    /// Whether a task tries an open circuit.
    is_tried: bool,
}

/// How a failure leaves the circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// The server may be called.
    Closed,
    /// The server is left alone for a while.
    Open,
}

impl Circuit {
    /// Whether the server may be called now. `trial` is the longest time that a task may take: if the
    /// one that tries an open circuit is never heard of again, another may try after that.
    #[must_use]
    pub(crate) fn admits(&self, trial: Duration) -> bool {
        let mut state = self.state();
        match state.open_until {
            None => true,
            Some(until) if Instant::now() < until => false,
            Some(_) => {
                state.open_until = Some(Instant::now() + trial);
                state.is_tried = true;
                true
            }
        }
    }

    /// A task has succeeded.
    pub(crate) fn close(&self) {
        *self.state() = State::default();
    }

    /// A task has failed; `retry_after` is how long the server asks to be left alone.
    pub(crate) fn fail(&self, reason: Reason, retry_after: Option<Duration>) -> Position {
        let mut state = self.state();
        state.failures += 1;
        let is_lasting = reason.remedy() == Remedy::Alarm;
        state.lasting = if is_lasting { state.lasting + 1 } else { 0 };
        let was_tried = std::mem::take(&mut state.is_tried);
        let rest = match retry_after {
            _ if is_lasting
                && (was_tried
                    || reason.concerns_the_account()
                    || state.lasting >= LASTING_LIMIT) =>
            {
                ALARM_REST
            }
            Some(retry_after) if retry_after > BRIEF => retry_after.min(ALARM_REST),
            _ if was_tried || state.failures >= PASSING_LIMIT => PASSING_REST,
            _ => return Position::Closed,
        };
        let until = Instant::now() + rest;
        // The end of a trial may be early; that of a rest isn't, whatever calls that were under way come to.
        state.open_until = match state.open_until {
            Some(before) if !was_tried => Some(before.max(until)),
            _ => Some(until),
        };
        Position::Open
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // No code under the lock can panic halfway, so a poisoned state is still a valid one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Position::*, *};

    const TRIAL: Duration = Duration::from_secs(20);

    #[tokio::test(start_paused = true)]
    async fn a_lasting_failure_opens_it_for_a_minute_and_then_one_task_tries() {
        let circuit = Circuit::default();
        assert!(circuit.admits(TRIAL));
        assert_eq!(circuit.fail(Reason::Unauthorized, None), Open);
        assert!(!circuit.admits(TRIAL));
        tokio::time::advance(ALARM_REST).await;
        assert!(circuit.admits(TRIAL), "one tries");
        assert!(!circuit.admits(TRIAL), "the others wait");
        circuit.close();
        assert!(circuit.admits(TRIAL) && circuit.admits(TRIAL));
    }

    #[tokio::test(start_paused = true)]
    async fn passing_failures_open_it_only_in_a_row() {
        let circuit = Circuit::default();
        for _ in 1..PASSING_LIMIT {
            assert_eq!(circuit.fail(Reason::Timeout, None), Closed);
        }
        circuit.close();
        for _ in 1..PASSING_LIMIT {
            assert_eq!(circuit.fail(Reason::Timeout, None), Closed);
        }
        assert_eq!(circuit.fail(Reason::Timeout, None), Open);
        tokio::time::advance(PASSING_REST).await;
        assert!(circuit.admits(TRIAL));
        assert_eq!(
            circuit.fail(Reason::Timeout, None),
            Open,
            "the trial failed"
        );
        assert!(!circuit.admits(TRIAL));
    }

    #[tokio::test(start_paused = true)]
    async fn a_single_stray_does_not_open_it() {
        for reason in [
            Reason::BadRequest,
            Reason::Status,
            Reason::TooLong,
            Reason::ModelNotFound,
        ] {
            let circuit = Circuit::default();
            assert_eq!(circuit.fail(reason, None), Closed, "{reason}");
            circuit.close();
            assert_eq!(circuit.fail(reason, None), Closed, "{reason}");
            assert_eq!(circuit.fail(reason, None), Open, "{reason}");
            assert!(!circuit.admits(TRIAL));
        }
        let circuit = Circuit::default();
        let brief = Some(Duration::ZERO);
        assert_eq!(circuit.fail(Reason::RateLimit, brief), Closed);
    }

    #[tokio::test(start_paused = true)]
    async fn only_lasting_failures_in_a_row_are_lasting_and_stragglers_do_not_shorten_a_rest() {
        let circuit = Circuit::default();
        assert_eq!(circuit.fail(Reason::Timeout, None), Closed);
        assert_eq!(circuit.fail(Reason::BadRequest, None), Closed);
        assert_eq!(circuit.fail(Reason::Unauthorized, None), Open);
        tokio::time::advance(Duration::from_secs(1)).await;
        circuit.fail(Reason::Timeout, None);
        tokio::time::advance(ALARM_REST - Duration::from_secs(2)).await;
        assert!(!circuit.admits(TRIAL));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(circuit.admits(TRIAL));
    }

    #[tokio::test(start_paused = true)]
    async fn a_trial_that_is_never_heard_of_again_does_not_block_it() {
        let circuit = Circuit::default();
        circuit.fail(Reason::Quota, None);
        tokio::time::advance(ALARM_REST).await;
        assert!(circuit.admits(TRIAL));
        tokio::time::advance(TRIAL).await;
        assert!(circuit.admits(TRIAL));
    }

    #[tokio::test(start_paused = true)]
    async fn it_honours_retry_after_up_to_a_minute() {
        let circuit = Circuit::default();
        let absurd = Duration::from_secs(1 << 40);
        assert_eq!(circuit.fail(Reason::RateLimit, Some(absurd)), Open);
        tokio::time::advance(ALARM_REST).await;
        assert!(circuit.admits(TRIAL));
    }
}
