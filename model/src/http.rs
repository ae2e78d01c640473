//! The HTTP client.

use reqwest::{Client, ClientBuilder, redirect};

/// Starts an HTTP client that follows no redirects: a redirect could carry a key to another server.
/// Anything that sends a secret should begin with it.
pub fn client_builder() -> ClientBuilder {
    // It fails if a provider is already installed, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(redirect::Policy::none())
}
