//! The keys: what they prove, where they come from, and how new ones take effect.
//!
//! - [`seal`]: the proof that this server made the moves of a transcript
//! - `vault`: reads the keys from AWS Secrets Manager
//! - [`rotation`]: the endpoint with the current keys

pub mod rotation;
pub mod seal;
mod vault;
