//! All JSON that the page reads and stores.
//!
//! It is read with miniserde: with serde_json the bundle was 37 KB larger, compressed. It is written
//! with [`game::json`].
//!
//! - [`reply`]: what the server answers
//! - [`session`]: the stored session
//! - [`lessons`]: what the player has taught, in storage and as a file

pub mod lessons;
mod moves;
pub mod reply;
pub mod session;
