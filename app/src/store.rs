//! The session and the lessons in localStorage. Without storage (private windows, full disks) the game
//! goes on in memory.

use crate::{
    json::{lessons, session},
    session::Session,
};
use guesser::Lesson;

const SESSION: &str = "twenty-questions";
const LESSONS: &str = "twenty-questions-lessons";

/// The stored session; `None` if there is none, or none that this version understands.
#[must_use]
pub fn load() -> Option<Session> {
    session::read(&get(SESSION)?)
}

/// Stores the session.
pub fn save(session: &Session) {
    put(SESSION, &session::write(session));
}

/// What was taught on this device; nothing if that can't be read.
#[must_use]
pub fn load_lessons() -> Vec<Lesson> {
    get(LESSONS)
        .and_then(|text| lessons::read(&text))
        .unwrap_or_default()
}

/// Stores what was taught.
pub fn save_lessons(lessons: &[Lesson]) {
    put(LESSONS, &lessons::write(lessons));
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn put(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
