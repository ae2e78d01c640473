//! The rate limit: how many requests a client may make, so that nobody runs up the operator's bill.
//!
//! Lambda doesn't use it: there every request comes from CloudFront, and the web application firewall
//! counts.

use crate::{config::Rate, http::problem::ApiError};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// After this many requests the limiter forgets clients that have been quiet.
const FORGET_EVERY: u32 = 10_000;

/// Counts the requests of each client.
#[derive(Debug)]
pub(crate) struct Limiter {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    trusted_proxies: usize,
    requests: AtomicU32,
}

impl Limiter {
    /// A limiter of this rate. A client that was quiet may make a whole minute's requests at once.
    pub(crate) fn new(rate: Rate) -> Self {
        let per_minute = NonZeroU32::new(rate.per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            limiter: DefaultKeyedRateLimiter::keyed(Quota::per_minute(per_minute)),
            trusted_proxies: rate.trusted_proxies,
            requests: AtomicU32::new(0),
        }
    }

    /// The seconds that the client has to wait; `None` if it may go on.
    fn wait(&self, request: &Request) -> Option<u64> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let client = network(self.client(request));
        let refusal = self.limiter.check_key(&client).err()?;
        let wait = refusal.wait_time_from(self.limiter.clock().now());
        Some(wait.as_secs() + 1)
    }

    /// The address of the client: the peer of the connection or, with `n` trusted proxies, the `n`th
    /// address from the end of X-Forwarded-For. The client may have forged the addresses before that.
    fn client(&self, request: &Request) -> IpAddr {
        // `serve` adds it to every request.
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
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

/// The network of a client: one customer usually has a whole /64 of IPv6 addresses.
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

/// Refuses requests above the limit.
pub(crate) async fn limit(
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
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        limiter.wait(&request)
    }

    fn limiter(trusted_proxies: usize) -> Limiter {
        Limiter::new(Rate {
            per_minute: 2,
            trusted_proxies,
        })
    }

    #[test]
    fn clients_are_counted_separately() {
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
    fn only_addresses_from_trusted_proxies_are_used() {
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
