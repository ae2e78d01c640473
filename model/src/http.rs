//! The HTTP client.

use reqwest::{Client, ClientBuilder, redirect};

/// Starts an HTTP client that follows no redirects: a redirect could carry a key to another server.
/// Use it for every request that carries a secret.
pub fn client_builder() -> ClientBuilder {
    // This fails only if a provider is already installed, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(redirect::Policy::none())
}
