//! Which of the first questions a game starts with.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How many openings a server has by default.
pub const DEFAULT_OPENINGS: u8 = 8;

/// How many openings a server can have; it accepts them all, so that a game begun before a change goes on.
pub const MAX_OPENINGS: u8 = 64;

/// The number of an opening. The same opening and answers always give the same moves, so a game can
/// be cached; several openings keep games from starting alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Opening(pub u8);

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
