//! Everything that speaks HTTP with a browser.
//!
//! - [`router`]: the paths, and what all responses have in common
//! - `api`: `GET /api/next` and `GET /api/settings`
//! - [`endpoint`]: makes its replies, with one set of keys
//! - [`pages`]: the page and its files
//! - `etag`: entity tags by content
//! - `rate`: how many requests a client may make
//! - `problem`: errors as problem documents
//! - [`headers`]: the security headers
//! - [`serve`]: listens on a socket or for Lambda, and checks the health of another server

mod api;
pub mod endpoint;
mod etag;
pub mod headers;
pub mod pages;
mod problem;
mod rate;
pub mod router;
pub mod serve;
