//! Remembers checked moves of the model, and lets only one of many equal requests ask for one.

use game::{AttributedMove, Transcript};
use model::Reason;
use sha2::{Digest, Sha256};
use std::{future::Future, time::Duration};

/// How many moves it holds, at about 500 bytes each.
const MOVES: u64 = 5_000;

/// Checked moves of the model, by transcript. Failures aren't remembered.
#[derive(Debug)]
pub(super) struct Cache(moka::future::Cache<Key, AttributedMove>);

/// A digest of a transcript.
pub(super) type Key = [u8; 32];

/// A move, and whether it came for free.
#[derive(Debug)]
pub(super) struct Found {
    /// The move.
    pub(super) attributed: AttributedMove,
    /// Whether the cache held it, or another request was already asking for it.
    pub(super) is_cached: bool,
}

impl Cache {
    /// An empty cache that forgets each move after this time.
    #[must_use]
    pub(super) fn new(ttl: Duration) -> Self {
        let cache = moka::future::Cache::builder()
            .max_capacity(MOVES)
            .time_to_live(ttl);
        Self(cache.build())
    }

    /// The move for a transcript, if it is in memory.
    pub(super) async fn get(&self, key: &Key) -> Option<Found> {
        let attributed = self.0.get(key).await?;
        Some(Found {
            attributed,
            is_cached: true,
        })
    }

    /// The move for a transcript: from memory, from another request that is asking for it right now, or
    /// from `ask`.
    ///
    /// # Errors
    /// The [`Reason`] why asking failed, here or in the request that this one waited for.
    pub(super) async fn get_or_ask(
        &self,
        key: Key,
        ask: impl Future<Output = Result<AttributedMove, Reason>>,
    ) -> Result<Found, Reason> {
        let entry = self.0.entry(key).or_try_insert_with(ask);
        match entry.await {
            Ok(entry) => Ok(Found {
                is_cached: !entry.is_fresh(),
                attributed: entry.into_value(),
            }),
            Err(reason) => Err(*reason),
        }
    }
}

/// A digest, because a transcript can be kilobytes long. Overtime needs no mark: after twenty moves a game goes on only
/// in overtime.
pub(super) fn key(transcript: &Transcript) -> Key {
    let mut digest = Sha256::new();
    digest.update([transcript.opening().0]);
    for turn in transcript.turns() {
        let text = turn.mv.text().as_str();
        let answer = turn.answer.map_or("", game::Answer::word);
        // Line breaks separate the parts: neither a text nor an answer contains one.
        digest.update([u8::from(turn.mv.is_guess())]);
        digest.update(text);
        digest.update("\n");
        digest.update(answer);
        digest.update("\n");
    }
    digest.finalize().into()
}
