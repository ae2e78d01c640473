//! The proof that this server made the moves of a transcript.
//!
//! A proxy that forwards what a browser sends is a free GPT for whoever finds it. So the server sends
//! each move with a seal over the move and everything before it, and only continues a transcript whose
//! last move comes with its seal. The player's answer to that move isn't sealed: it is one of three
//! words.

use crate::config::Config;
use base64ct::{Base64UrlUnpadded, Encoding};
use game::{Answer, Move, Transcript, Turn, wire::Seal};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;

/// Separates these seals from other uses of the key. Change it whenever the canonical bytes change.
const DOMAIN: &[u8] = b"twenty-questions/seal/1";

/// Derives the name of the key, which says nothing about the key.
const ID: &[u8] = b"twenty-questions/seal-id/1";

/// The key without a model, when there is nothing to protect: anybody can ask the guesser.
const PUBLIC_KEY: &[u8] = b"the house plays in the open";

/// Makes and checks seals.
#[derive(Clone)]
pub struct SealKey {
    mac: Hmac<Sha256>,
    id: [u8; 8],
    /// Whether it is the public constant.
    is_public: bool,
    /// The keys before, whose seals games in progress still have.
    before: Vec<Hmac<Sha256>>,
}

impl SealKey {
    /// Derives the key from the first of `SEAL_KEY`, else from `OPENAI_API_KEY`, else from a public constant. Each is
    /// the same on every instance and after a restart.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut keys = config
            .seal_keys
            .iter()
            .map(|key| Self::derived(key.expose_secret().as_bytes()));
        let mut first = keys.next().unwrap_or_else(|| Self {
            is_public: true,
            ..Self::derived(PUBLIC_KEY)
        });
        first.before = keys.map(|key| key.mac).collect();
        first
    }

    /// Accepts the seals of another key too, unless anybody can make them.
    pub(crate) fn accept(&mut self, before: &Self) {
        if !before.is_public {
            self.before.push(before.mac.clone());
        }
    }

    fn derived(secret: &[u8]) -> Self {
        let (mut key, mut id) = ([0; 32], [0; 8]);
        #[expect(
            clippy::expect_used,
            reason = "HKDF-SHA256 gives up to 8160 bytes, and HMAC takes a key of any length"
        )]
        {
            let hkdf = Hkdf::<Sha256>::new(None, secret);
            hkdf.expand(DOMAIN, &mut key)
                .expect("32 bytes are fewer than 8160");
            hkdf.expand(ID, &mut id)
                .expect("8 bytes are fewer than 8160");
            let mac = Hmac::new_from_slice(&key).expect("HMAC takes a key of any length");
            Self {
                mac,
                id,
                is_public: false,
                before: Vec::new(),
            }
        }
    }

    /// A name for this key, which everybody may know.
    #[must_use]
    pub(crate) fn id(&self) -> [u8; 8] {
        self.id
    }

    /// The seal of a move that follows `before`.
    #[must_use]
    pub fn seal(&self, before: &Transcript, mv: &Move) -> Seal {
        let tag = tag(&self.mac, before, mv).finalize().into_bytes();
        Seal(Base64UrlUnpadded::encode_string(&tag))
    }

    /// Whether the seal doesn't belong to the last move of the transcript. The comparison takes constant time.
    pub(crate) fn is_broken(&self, transcript: &Transcript, seal: &Seal) -> bool {
        let Some(last) = transcript.turns().len().checked_sub(1) else {
            return true;
        };
        let Ok(proof) = Base64UrlUnpadded::decode_vec(&seal.0) else {
            return true;
        };
        let (before, mv) = (transcript.before(last), &transcript.turns()[last].mv);
        let mut keys = std::iter::once(&self.mac).chain(&self.before);
        !keys.any(|key| tag(key, &before, mv).verify_slice(&proof).is_ok())
    }
}

fn tag(key: &Hmac<Sha256>, before: &Transcript, mv: &Move) -> Hmac<Sha256> {
    let mut tag = key.clone();
    tag.update(&[before.opening().0]);
    for Turn { mv, answer } in before.turns() {
        tag.update(&canonical(mv));
        tag.update(match answer {
            Some(Answer::Yes) => b"y",
            Some(Answer::No) => b"n",
            Some(Answer::Unsure) => b"u",
            None => b"-",
        });
    }
    tag.update(&canonical(mv));
    tag
}

/// The kind, length and text of a move. Because of the length, no two games have the same bytes.
fn canonical(mv: &Move) -> Vec<u8> {
    let text = mv.text().as_str().as_bytes();
    let mut bytes = vec![if mv.is_guess() { b'g' } else { b'q' }];
    bytes.extend((text.len() as u16).to_be_bytes());
    bytes.extend(text);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use game::{Event, Opening, Text};

    fn key(variables: &[(&str, &str)]) -> SealKey {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        SealKey::new(&Config::read(lookup).unwrap())
    }

    fn seal(key: &SealKey) -> Seal {
        let question = Move::Question(Text::new("Is it alive?").unwrap());
        key.seal(&Transcript::new(Opening(0)), &question)
    }

    #[test]
    fn the_seal_depends_on_the_keys_alone() {
        const ONE: &str = "sk-1-0123456789abcdef";
        const LONG: &str = "0123456789abcdef0123456789abcdef";
        let seals = [
            seal(&key(&[])),
            seal(&key(&[("OPENAI_API_KEY", ONE)])),
            seal(&key(&[("OPENAI_API_KEY", "sk-2-0123456789abcdef")])),
            seal(&key(&[("SEAL_KEY", LONG)])),
        ];
        for (a, first) in seals.iter().enumerate() {
            assert!(seals[..a].iter().all(|other| other != first));
        }
        assert_eq!(seals[1], seal(&key(&[("OPENAI_API_KEY", ONE)])));
        assert_eq!(
            seals[3],
            seal(&key(&[("SEAL_KEY", LONG), ("OPENAI_API_KEY", ONE)]))
        );
    }

    #[test]
    fn one_move_never_has_the_seal_of_two() {
        let key = key(&[]);
        let mut one = Transcript::new(Opening(0));
        let question = |words: &str| Move::Question(Text::new(words).unwrap());
        one.apply(Event::Move(question("a"))).unwrap();
        one.apply(Event::Answer(Answer::Yes)).unwrap();
        let split = key.seal(&one, &question("b"));
        let joined = key.seal(&Transcript::new(Opening(0)), &question("ayqb"));
        assert_ne!(split, joined);
    }
}
