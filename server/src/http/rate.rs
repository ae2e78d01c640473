//! How often a client may ask: so that nobody plays the model out of the operator's pocket.
//!
//! Only for a server of one's own; in Lambda every request comes from CloudFront, and the web
//! application firewall counts.

use crate::{config::Rate, http::problem::ApiError};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// After so many requests clients are forgotten that haven't asked for a while.
const FORGET_EVERY: u32 = 10_000;

/// Who is at the other end of the socket; [`crate::http::serve`] notes it on every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Counts the requests of each client.
#[derive(Debug)]
pub struct Limiter {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    trusted_proxies: usize,
    requests: AtomicU32,
}

impl Limiter {
    /// With this rate; a client that has been quiet may use up a minute's requests at once.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        let per_minute = NonZeroU32::new(rate.per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            limiter: DefaultKeyedRateLimiter::keyed(Quota::per_minute(per_minute)),
            trusted_proxies: rate.trusted_proxies,
            requests: AtomicU32::new(0),
        }
    }

    /// Seconds to wait, if the client has asked too often.
    fn wait(&self, request: &Request) -> Option<u64> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let client = network(self.client(request));
        let refusal = self.limiter.check_key(&client).err()?;
        let wait = refusal.wait_time_from(self.limiter.clock().now());
        Some(wait.as_secs() + 1)
    }

    /// The address of the client: the socket's, or with `n` trusted proxies the `n`th from the end
    /// of X-Forwarded-For. Whatever stands before that the client may have written itself.
    fn client(&self, request: &Request) -> IpAddr {
        let peer = request.extensions().get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let Some(nth) = self.trusted_proxies.checked_sub(1) else {
            return peer;
        };
        let headers = request.headers().get_all("x-forwarded-for");
        let lines: Vec<&str> = headers
            .iter()
            .filter_map(|line| line.to_str().ok())
            .collect();
        let entry = lines
            .iter()
            .rev()
            .flat_map(|line| line.rsplit(','))
            .nth(nth);
        entry
            .and_then(|entry| entry.trim().parse().ok())
            .unwrap_or(peer)
    }
}

/// One customer has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => {
            let mut segments = v6.segments();
            segments[4..].fill(0);
            IpAddr::V6(Ipv6Addr::from(segments))
        }
        v4 => v4,
    }
}

/// Refuses a client that asks too often.
pub async fn limit(
    State(limiter): State<std::sync::Arc<Limiter>>,
    request: Request,
    next: Next,
) -> Response {
    match limiter.wait(&request) {
        Some(seconds) => ApiError::TooMany(seconds).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn wait(limiter: &Limiter, peer: &str, forwarded: &[&str]) -> Option<u64> {
        let mut request = Request::builder();
        for line in forwarded {
            request = request.header("x-forwarded-for", *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer = Peer(peer.parse().unwrap());
        request.extensions_mut().insert(peer);
        limiter.wait(&request)
    }

    fn limiter(trusted_proxies: usize) -> Limiter {
        Limiter::new(Rate {
            per_minute: 2,
            trusted_proxies,
        })
    }

    #[test]
    fn each_client_has_its_own_count() {
        let limiter = limiter(0);
        for _ in 0..2 {
            assert_eq!(wait(&limiter, "10.0.0.1:5", &[]), None);
        }
        let seconds = wait(&limiter, "10.0.0.1:6", &[]);
        assert!(seconds.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert_eq!(wait(&limiter, "10.0.0.2:5", &[]), None);
        for port in 1..=2 {
            let peer = format!("[2001:db8::{port}]:5");
            assert_eq!(wait(&limiter, &peer, &[]), None);
        }
        assert!(
            wait(&limiter, "[2001:db8::3]:5", &[]).is_some(),
            "one network"
        );
    }

    #[test]
    fn a_forwarded_address_is_believed_only_from_trusted_proxies() {
        let direct = limiter(0);
        for n in 0..2 {
            let forged = format!("1.1.1.{n}");
            assert_eq!(wait(&direct, "10.0.0.1:5", &[&forged]), None);
        }
        assert!(wait(&direct, "10.0.0.1:5", &["1.1.1.9"]).is_some());

        let proxied = limiter(1);
        for n in 0..2 {
            let chain = format!("forged {n}, 1.1.1.1");
            assert_eq!(wait(&proxied, "10.0.0.1:5", &[&chain]), None);
        }
        assert!(wait(&proxied, "10.0.0.1:5", &["2.2.2.2", "1.1.1.1"]).is_some());
        assert_eq!(
            wait(&proxied, "10.0.0.1:5", &["1.1.1.1, 2.2.2.2"]),
            None,
            "the last entry is the client"
        );
    }
}
