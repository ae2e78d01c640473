//! The server: one endpoint, the site, and the entry for AWS Lambda.
//!
//! It keeps no session. A request contains the whole game, and the [seal](keys::seal) of its last move
//! proves that this server made every move in it. Data flows one way: request, check of the seal,
//! [`relay`], new seal, reply.
//!
//! - [`config`]: the environment variables
//! - [`http`]: everything that speaks HTTP with a browser
//! - [`keys`]: seals, and where their keys come from
//! - [`relay`]: decides who makes the next move
//! - [`metrics`]: figures of cost and health
//! - [`site`]: writes the static site
//! - [`evaluate`]: plays games without a player
//! - [`log`]: starts logging, and logs requests

pub mod config;
pub mod evaluate;
pub mod http;
pub mod keys;
pub mod log;
pub mod metrics;
pub mod relay;
#[cfg(feature = "site")]
pub mod site;
