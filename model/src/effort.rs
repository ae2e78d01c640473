//! What a reply has cost.

use crate::{config::Price, fault::Reason, reply::Usage};

/// Everything that was spent on a task, whether it succeeded or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effort {
    /// Requests sent to the server.
    pub calls: u32,
    /// Why calls failed, in order.
    pub faults: Vec<Reason>,
    /// Tokens of the prompts. Estimated where a reply doesn't tell them.
    pub tokens_in: u64,
    /// Tokens of the replies, likewise.
    pub tokens_out: u64,
    /// Dollars by the configured prices; 0 for models whose price isn't known.
    pub dollars: f64,
}

impl Effort {
    /// Adds the tokens of one reply.
    pub(crate) fn spend(&mut self, usage: Usage, price: Option<Price>) {
        self.tokens_in += usage.input;
        self.tokens_out += usage.output;
        if let Some(Price { input, output }) = price {
            self.dollars += (usage.input as f64 * input + usage.output as f64 * output) / 1e6;
        }
    }
}

impl std::ops::AddAssign<&Self> for Effort {
    fn add_assign(&mut self, other: &Self) {
        self.calls += other.calls;
        self.faults.extend_from_slice(&other.faults);
        self.tokens_in += other.tokens_in;
        self.tokens_out += other.tokens_out;
        self.dollars += other.dollars;
    }
}
