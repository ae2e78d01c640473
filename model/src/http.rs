//! The HTTP client.

use reqwest::{Client, ClientBuilder, Url, redirect};
use std::net::IpAddr;

/// Starts an HTTP client for this server. It follows no redirects: a redirect could carry a key to another server. And
/// it uses no proxy of the environment for a server that a proxy could listen to, or that is on this machine. Use it for
/// every request that carries a secret.
pub fn client_builder(server: &Url) -> ClientBuilder {
    // This fails only if a provider is already installed, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(redirect::Policy::none());
    if server.scheme() != "https" || is_loopback(server) {
        builder.no_proxy()
    } else {
        builder
    }
}

fn is_loopback(server: &Url) -> bool {
    let host = server.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_recognised() {
        for (url, expected) in [
            ("https://localhost/v1", true),
            ("https://127.0.0.2:8443/v1", true),
            ("https://[::1]/v1", true),
            ("https://api.openai.com/v1", false),
            ("https://localhost.example.com/v1", false),
        ] {
            assert_eq!(is_loopback(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
