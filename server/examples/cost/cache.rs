//! How often a request misses a cache.
//!
//! Requests for a node arrive at random (a Poisson process), at its share of the rate of games. Both
//! caches forget an entry a fixed time after storing it, however often it is read. Each miss is
//! therefore followed by the requests of one lifetime, on average `n`, which all hit: 1 request in `1 + n`
//! misses (Jung, Berger and Balakrishnan 2003, "Modeling TTL-based Internet caches"). The better-known
//! `1 - (1 - p)^N`, the expected number of distinct nodes among `N` games, fits a cache that is
//! emptied once a day. For ours it would count up to 13 misses too many in 100 requests.
//!
//! The server's memory is also limited: an entry that isn't read for some time makes room for others.
//! That time is the one at which the entries just fit: Che's approximation for a cache that drops the
//! least recently used entry (Che, Tung and Wang 2002, "Hierarchical Web caching systems"). The library
//! that the server uses also looks at how often an entry is read; a test compares the two.

use crate::sample::Request;

/// Where moves are remembered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cache {
    /// Nowhere.
    Off,
    /// Where only so many moves fit.
    Limited(f64),
    /// Where all moves fit.
    Unlimited,
}

impl Cache {
    /// How many of these requests, of one batch, miss per game, and what they cost. `games`: the
    /// games in one lifetime of an entry.
    pub(crate) fn missed(self, requests: &[Request], games: f64) -> Missed {
        let idle = match self {
            Self::Limited(room) => idle(requests, games, room),
            Self::Off | Self::Unlimited => 1.0,
        };
        let mut missed = Missed::default();
        for request in requests {
            let hits = match self {
                Self::Off => 0.0,
                Self::Limited(_) | Self::Unlimited => hits(request.share * games, idle),
            };
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

/// How many hits follow a miss, with `n` requests in a lifetime, where an entry is dropped when it isn't
/// read for the part `idle` of a lifetime. Such a gap comes after `exp(n * idle) - 1` hits on average,
/// the end of the lifetime after `n`. The smaller one is a good approximation: where the two are
/// about equal, both are large and misses are rare anyway.
fn hits(n: f64, idle: f64) -> f64 {
    if idle < 1.0 {
        (n * idle).exp_m1().min(n)
    } else {
        n
    }
}

/// After what part of its lifetime an unread entry is dropped, where so many entries fit.
fn idle(requests: &[Request], games: f64, room: f64) -> f64 {
    // A node's entry is there for the part of the time in which a request would hit it.
    let entries = |idle: f64| -> f64 {
        let there = |request: &Request| {
            let hits = hits(request.share * games, idle);
            request.weight / request.share * hits / (1.0 + hits)
        };
        requests.iter().map(there).sum()
    };
    if entries(1.0) <= room {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if entries(middle) > room {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}
