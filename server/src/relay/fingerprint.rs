//! A number that changes with every change of what the model is asked and of how its replies are checked.

/// The files that decide which moves a model makes.
const SOURCES: [&str; 25] = [
    // It decides which characters a move may have.
    include_str!("../../../game/src/text.rs"),
    include_str!("../../../guesser/src/belief.rs"),
    include_str!("../../../guesser/src/explain.rs"),
    include_str!("../../../knowledge/src/knowledge.rs"),
    include_str!("../../../knowledge/src/name.rs"),
    include_str!("../../../model/src/abilities.rs"),
    include_str!("../../../model/src/request.rs"),
    include_str!("built_in.rs"),
    include_str!("checks.rs"),
    include_str!("contradiction.rs"),
    include_str!("likeness.rs"),
    include_str!("likeness.txt"),
    include_str!("model_move.rs"),
    include_str!("names.rs"),
    include_str!("personal.rs"),
    include_str!("prompt.rs"),
    include_str!("proposal.rs"),
    include_str!("suitable.rs"),
    include_str!("tidy.rs"),
    include_str!("unsuitable.txt"),
    include_str!("vocabulary.rs"),
    include_str!("wordings.rs"),
    include_str!("wordings.txt"),
    include_str!("words.rs"),
    include_str!("yes_no.rs"),
];

/// Computed by the compiler, so the program doesn't contain the sources. The knowledge is in it because it recognises
/// names and the guesser's own questions.
#[expect(long_running_const_eval, reason = "the knowledge has half a megabyte")]
pub(crate) const FINGERPRINT: u64 = {
    let mut hash = fnv(START, guesser::PACKED);
    let mut index = 0;
    while index < SOURCES.len() {
        hash = fnv(hash, SOURCES[index].as_bytes());
        index += 1;
    }
    hash
};

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The 64-bit FNV-1a hash, continued: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
const fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u64).wrapping_mul(0x0100_0000_01b3);
        index += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{START, fnv};

    #[test]
    fn it_is_fnv_1a() {
        assert_eq!(fnv(START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(START, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(fnv(START, b"foo"), b"bar"), 0x8594_4171_f739_67e8);
    }
}
