//! Leaves a model alone that keeps failing, so that no player waits for it.

use crate::relay::fault::{Reason, Remedy};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How long the model is left alone after a fault that asking again can't mend.
pub(super) const ALARM_REST: Duration = Duration::from_secs(60);

/// And after moves that failed for no lasting reason.
pub(super) const TROUBLE_REST: Duration = Duration::from_secs(15);

/// So many failed moves in a row open the circuit.
pub(super) const TROUBLES: u32 = 3;

/// Closed, a move may be asked for. Open, it may not, until the rest is over; then one request
/// tries, and the others wait for what becomes of it.
#[derive(Debug, Default)]
pub(super) struct Circuit(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    open_until: Option<Instant>,
    troubles: u32,
}

impl Circuit {
    /// Whether the model may be asked. `trial` is the longest that the one request takes which
    /// tries an open circuit.
    #[must_use]
    pub(super) fn admits(&self, trial: Duration) -> bool {
        let mut state = self.state();
        match state.open_until {
            None => true,
            Some(until) if Instant::now() < until => false,
            Some(_) => {
                state.open_until = Some(Instant::now() + trial);
                true
            }
        }
    }

    /// A move came.
    pub(super) fn close(&self) {
        *self.state() = State::default();
    }

    /// No move came; `after` is how long the upstream wishes to be left alone. Gives whether this
    /// has opened the circuit.
    pub(super) fn fail(&self, reason: Reason, after: Option<Duration>) -> bool {
        let mut state = self.state();
        state.troubles += 1;
        let rest = match (reason.remedy(), after) {
            (Remedy::Alarm, _) => Some(ALARM_REST),
            (_, Some(after)) => Some(after.min(ALARM_REST)),
            // Half-open: the one that tried has failed.
            _ if state.open_until.is_some() || state.troubles >= TROUBLES => Some(TROUBLE_REST),
            _ => None,
        };
        if let Some(rest) = rest {
            state.open_until = Some(Instant::now() + rest);
        }
        rest.is_some()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A panic can't leave two numbers half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIAL: Duration = Duration::from_secs(20);

    #[tokio::test(start_paused = true)]
    async fn a_lasting_fault_opens_it_for_a_minute_and_one_tries() {
        let circuit = Circuit::default();
        assert!(circuit.admits(TRIAL));
        assert!(circuit.fail(Reason::Unauthorized, None));
        assert!(!circuit.admits(TRIAL));
        tokio::time::advance(ALARM_REST).await;
        assert!(circuit.admits(TRIAL), "one tries");
        assert!(!circuit.admits(TRIAL), "the others wait");
        circuit.close();
        assert!(circuit.admits(TRIAL) && circuit.admits(TRIAL));
    }

    #[tokio::test(start_paused = true)]
    async fn troubles_open_it_only_in_a_row() {
        let circuit = Circuit::default();
        for _ in 1..TROUBLES {
            assert!(!circuit.fail(Reason::Timeout, None));
        }
        circuit.close();
        for _ in 1..TROUBLES {
            assert!(!circuit.fail(Reason::Timeout, None));
        }
        assert!(circuit.fail(Reason::Timeout, None));
        tokio::time::advance(TROUBLE_REST).await;
        assert!(circuit.admits(TRIAL));
        assert!(circuit.fail(Reason::Timeout, None), "the trial has failed");
        assert!(!circuit.admits(TRIAL));
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
    async fn a_wish_to_be_left_alone_is_granted_up_to_a_minute() {
        let circuit = Circuit::default();
        let absurd = Duration::from_secs(1 << 40);
        assert!(circuit.fail(Reason::RateLimit, Some(absurd)));
        tokio::time::advance(ALARM_REST).await;
        assert!(circuit.admits(TRIAL));
    }
}
