//! What a move has cost.

use super::fault::Reason;
use crate::config::Price;

/// Everything that was spent on one move, whether it came to a move or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effort {
    /// Requests that were sent to the model.
    pub calls: u32,
    /// What went wrong with them, in order.
    pub faults: Vec<Reason>,
    /// Tokens of the prompts.
    pub tokens_in: u64,
    /// Tokens of the replies.
    pub tokens_out: u64,
    /// Dollars, by the prices of the configuration; 0 where they aren't known.
    pub dollars: f64,
    /// Requests that told the model what was wrong with its last reply.
    pub repairs: u32,
    /// Replies that repeated a question or a guess.
    pub repeats: u32,
}

impl Effort {
    /// Counts the tokens of a reply.
    pub fn spend(&mut self, tokens_in: u64, tokens_out: u64, price: Option<Price>) {
        self.tokens_in += tokens_in;
        self.tokens_out += tokens_out;
        if let Some(Price { input, output }) = price {
            self.dollars += (tokens_in as f64 * input + tokens_out as f64 * output) / 1e6;
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
        self.repairs += other.repairs;
        self.repeats += other.repeats;
    }
}
