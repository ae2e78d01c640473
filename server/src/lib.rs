//! The server: one endpoint, the site, and the entry for AWS Lambda.
//!
//! It keeps no session. A request brings the whole game, and the [`seal`] of its last move proves
//! that this server asked every question in it. Data flows one way: request, seal, [`relay`], seal,
//! reply.
//!
//! - [`config`]: the environment variables
//! - [`router`]: which path leads where, and what every answer has in common
//! - [`pages`]: everything beside the API
//! - [`api`]: `GET /api/next`
//! - [`rotation`]: the endpoint with the keys that hold now
//! - [`vault`]: the keys on AWS
//! - [`seal`]: the proof that a transcript is the server's own
//! - [`relay`]: who makes the next move
//! - [`rate`]: how often a client may ask
//! - [`metrics`]: the figures for the operator
//! - [`problem`]: errors as problem documents
//! - [`headers`]: the security headers
//! - [`site`]: writes the static site
//! - [`serve`]: listens, on a socket or for Lambda
//! - [`evaluate`]: plays games without a player
//! - [`log`]: what is logged, and how

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod api;
pub mod config;
pub mod evaluate;
pub mod headers;
mod http;
pub mod log;
pub mod metrics;
pub mod pages;
pub mod problem;
pub mod rate;
pub mod relay;
pub mod rotation;
pub mod router;
pub mod seal;
pub mod serve;
#[cfg(feature = "site")]
pub mod site;
pub mod vault;
