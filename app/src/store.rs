//! The session in localStorage.

use crate::session::Session;
use serde::{Deserialize, Serialize};

const KEY: &str = "twenty-questions";

/// Raised when an older page's session can't be read any more.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored<S> {
    version: u32,
    session: S,
}

/// The stored session; `None` if there is none, or none that this version understands.
#[must_use]
pub fn load() -> Option<Session> {
    read(&storage()?.get_item(KEY).ok()??)
}

/// Stores the session. Without storage (private windows, full disks) the game goes on in memory.
pub fn save(session: &Session) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &write(session));
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The stored form of a session.
#[must_use]
pub fn write(session: &Session) -> String {
    let stored = Stored {
        version: VERSION,
        session,
    };
    #[expect(clippy::expect_used, reason = "strings, numbers and lists always serialise")]
    serde_json::to_string(&stored).expect("a session is plain JSON")
}

/// Reads the stored form.
#[must_use]
pub fn read(json: &str) -> Option<Session> {
    let stored: Stored<Session> = serde_json::from_str(json).ok()?;
    (stored.version == VERSION && stored.session.is_sound()).then_some(stored.session)
}
