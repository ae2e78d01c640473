//! Which of the first questions a game starts with.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How many openings a server has unless it is told otherwise.
pub const DEFAULT_OPENINGS: u8 = 8;

/// The number of a tree of questions. The same opening and answers give the same questions, so
/// each tree can be cached; several trees keep games from starting alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Opening(pub u8);

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
