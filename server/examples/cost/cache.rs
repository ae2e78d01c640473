//! How often a request misses a cache.
//!
//! Requests for a node arrive at random (a Poisson process), at its share of the rate of games. Both
//! caches forget an entry a fixed time after storing it, however often it is read. Each miss is
//! therefore followed by the requests of one lifetime, on average `n`, which all hit: 1 request in `1 + n`
//! misses (Jung, Berger and Balakrishnan 2003, "Modeling TTL-based Internet caches"). The better-known
//! `1 - (1 - p)^N`, the expected number of distinct nodes among `N` games, fits a cache that is
//! emptied once a day. For ours it would count up to 13 misses too many in 100 requests.
//!
//! The server's memory is also limited. When it is full, its library (moka, policy TinyLFU) prefers the
//! entries that are requested most often. The model here knows which those are: it keeps the nodes with
//! the largest shares, as many as fit, and no others. No cache of that size needs fewer calls (Aho,
//! Denning and Ullman 1971, "Principles of optimal page replacement"); the library needs
//! about 7 % more (7.01 instead of 6.54, pondering 14.37 instead of 13.47), because it has to guess
//! the shares. An ignored test prints these figures.

use crate::sample::Request;

/// Where moves are remembered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cache {
    /// Nowhere.
    Off,
    /// Where only this many moves fit.
    Limited(f64),
    /// Where all moves fit.
    Unlimited,
}

impl Cache {
    /// How many of these requests, of one batch, miss per game, and what they cost. `games`: the
    /// games in one lifetime of an entry.
    pub(crate) fn missed(self, requests: &[Request], games: f64) -> Missed {
        let least = match self {
            Self::Off => f64::INFINITY,
            Self::Limited(room) => least(requests, games, room),
            Self::Unlimited => 0.0,
        };
        let mut missed = Missed::default();
        for request in requests {
            let is_kept = request.share > least;
            let hits = if is_kept { request.share * games } else { 0.0 };
            let calls = request.weight / (1.0 + hits);
            missed.calls += calls;
            missed.dollars += calls * request.dollars;
        }
        missed
    }
}

/// Per game.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Missed {
    pub(crate) calls: f64,
    pub(crate) dollars: f64,
}

/// The share up to which nodes aren't kept if there is room for this many entries.
fn least(requests: &[Request], games: f64, room: f64) -> f64 {
    let mut requests: Vec<_> = requests.iter().collect();
    requests.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut entries = 0.0;
    for request in requests {
        // `weight / share` nodes are like this one, and each has an entry as often as a request hits.
        let hits = request.share * games;
        entries += request.weight / request.share * hits / (1.0 + hits);
        if entries > room {
            return request.share;
        }
    }
    0.0
}
