//! The session, the lessons and the settings in localStorage. Without storage (private windows, full disks) the game
//! goes on in memory.

use crate::{
    json::{lessons, session},
    session::Session,
    settings::{Settings, Theme},
};
use guesser::Lesson;

const SESSION: &str = "twenty-questions";
const LESSONS: &str = "twenty-questions-lessons";
const THEME: &str = "twenty-questions-theme";
const KEYS: &str = "twenty-questions-keys";

/// The stored session; `None` if there is none, or none that this version understands.
#[must_use]
pub fn load() -> Option<Session> {
    session::read(&get(SESSION)?)
}

/// Stores the session. Whether that worked.
#[must_use]
pub fn save(session: &Session) -> bool {
    put(SESSION, &session::write(session))
}

/// What was taught on this device; nothing if that can't be read.
#[must_use]
pub fn load_lessons() -> Vec<Lesson> {
    get(LESSONS)
        .and_then(|text| lessons::read(&text))
        .unwrap_or_default()
}

/// Stores what was taught. Whether that worked.
#[must_use]
pub fn save_lessons(lessons: &[Lesson]) -> bool {
    put(LESSONS, &lessons::write(lessons))
}

/// What the player has chosen; the defaults if that can't be read. `theme.js` reads the theme too, before the
/// first paint.
#[must_use]
pub fn load_settings() -> Settings {
    let word = get(THEME);
    let theme = Theme::ALL
        .into_iter()
        .find(|theme| Some(theme.word()) == word.as_deref());
    Settings {
        theme: theme.unwrap_or_default(),
        has_keys: get(KEYS).is_none(),
    }
}

/// Stores what the player has chosen. Whether that worked.
#[must_use]
pub fn save_settings(settings: Settings) -> bool {
    let theme = match settings.theme {
        Theme::System => remove(THEME),
        theme => put(THEME, theme.word()),
    };
    let keys = if settings.has_keys {
        remove(KEYS)
    } else {
        put(KEYS, "off")
    };
    theme && keys
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn put(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

fn remove(key: &str) -> bool {
    storage().is_some_and(|storage| storage.remove_item(key).is_ok())
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
