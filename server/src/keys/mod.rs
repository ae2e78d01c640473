//! The keys: what they prove, where they come from, and how new ones take effect.
//!
//! - [`seal`]: the proof that a transcript is the server's own
//! - [`vault`]: reads the keys on AWS
//! - [`rotation`]: the endpoint under the keys that are valid now

pub mod rotation;
pub mod seal;
pub mod vault;
