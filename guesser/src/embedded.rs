//! The knowledge of this build, inside the program. The page does without and fetches it.

use crate::next_move::Guesser;
use knowledge::Knowledge;

/// The packed knowledge. A browser fetches it, compressed to a quarter.
pub const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));

impl Guesser {
    /// A guesser that plays by the knowledge of this build.
    #[must_use]
    pub fn embedded() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the build script packed it, and a test unpacks it"
        )]
        Self::new(Knowledge::unpack(PACKED).expect("packed by the build script"))
    }
}
