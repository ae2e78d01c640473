//! Remembers checked moves, and lets only one of many equal requests ask.

use super::fault::Reason;
use game::{AttributedMove, Transcript};
use sha2::{Digest, Sha256};
use std::{future::Future, time::Duration};

/// Moves that are remembered: about 500 bytes each.
const MOVES: u64 = 5_000;

/// Checked moves of the model, by transcript. What failed is not remembered.
#[derive(Debug)]
pub struct Cache(moka::future::Cache<[u8; 32], AttributedMove>);

impl Cache {
    /// An empty cache that forgets after this time.
    #[must_use]
    pub fn new(ttl: Duration) -> Self {
        let cache = moka::future::Cache::builder()
            .max_capacity(MOVES)
            .time_to_live(ttl);
        Self(cache.build())
    }

    /// The move for a transcript: remembered, asked for by another request right now, or asked for
    /// by `asking`. And whether it was one of the first two.
    ///
    /// # Errors
    /// The [`Reason`] for which asking failed, here or in the request that was waited for.
    pub async fn get_or_ask(
        &self,
        transcript: &Transcript,
        asking: impl Future<Output = Result<AttributedMove, Reason>>,
    ) -> Result<(AttributedMove, bool), Reason> {
        let entry = self.0.entry(key(transcript)).or_try_insert_with(asking);
        match entry.await {
            Ok(entry) => {
                let is_cached = !entry.is_fresh();
                Ok((entry.into_value(), is_cached))
            }
            Err(reason) => Err(*reason),
        }
    }
}

/// A digest: a transcript itself may be kilobytes.
fn key(transcript: &Transcript) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update([transcript.opening().0]);
    for turn in transcript.turns() {
        let text = turn.mv.text().as_str();
        let answer = turn.answer.map_or("", game::Answer::word);
        // Neither a text nor an answer has a line break.
        digest.update([u8::from(turn.mv.is_guess())]);
        digest.update(text);
        digest.update("\n");
        digest.update(answer);
        digest.update("\n");
    }
    digest.finalize().into()
}
