//! Everything that speaks HTTP with a browser.
//!
//! - [`router`]: which path leads where, and what every response has in common
//! - [`api`]: `GET /api/next`
//! - [`endpoint`]: what the API works with under one set of keys
//! - [`pages`]: everything beside the API
//! - [`rate`]: how often a client may ask
//! - [`problem`]: errors as problem documents
//! - [`headers`]: the security headers
//! - [`serve`]: listens, on a socket or for Lambda

pub mod api;
pub mod endpoint;
pub mod headers;
pub mod pages;
pub mod problem;
pub mod rate;
pub mod router;
pub mod serve;
