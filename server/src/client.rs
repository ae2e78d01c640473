//! What every client of ours has in common.

use reqwest::{Client, ClientBuilder, redirect};

/// A client that follows no redirect: followed, one would take a key elsewhere.
pub(crate) fn client() -> ClientBuilder {
    // A second call finds it installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(redirect::Policy::none())
}
