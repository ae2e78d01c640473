//! Everything that speaks HTTP with a browser.
//!
//! - [`router`]: the paths, and what all responses have in common
//! - `api`: `GET /api/next` and `GET /api/settings`
//! - [`endpoint`]: makes its replies, with one set of keys
//! - [`pages`]: the page and its files
//! - `etag`: entity tags by content
//! - `network`: the network of a client
//! - `rate`: how many requests a client may make
//! - `problem`: errors as problem documents
//! - [`headers`]: the security headers
//! - [`serve`]: serves on sockets until a signal comes, or for Lambda
//! - `port`: accepts the connections of a port, and closes those that only take its places
//! - `connections`: how many may be open
//! - `stream`: a socket, from which a write that makes no progress returns
//! - `activity`: what a connection is doing
//! - [`health`]: checks the health of another server

mod activity;
mod api;
mod connections;
pub mod endpoint;
mod etag;
pub mod headers;
pub mod health;
mod network;
pub mod pages;
mod port;
mod problem;
mod rate;
pub mod router;
pub mod serve;
mod stream;
