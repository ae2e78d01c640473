//! What the page keeps in localStorage: the session, the log of past games, the lessons, the preferences and the server's
//! settings. Without storage (private windows, full disks) the game goes on in memory.

use crate::{
    json::{lessons, session},
    preferences::{Preferences, Theme},
    session::Session,
};
use game::past::Past;
use guesser::Lesson;

const SESSION: &str = "twenty-questions";
const LOG: &str = "twenty-questions-games";
const SERVER: &str = "twenty-questions-server";
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

/// The log: a line for each past game, oldest first.
#[must_use]
pub fn load_log() -> String {
    get(LOG).unwrap_or_default()
}

/// Adds games to the log, which other tabs may have changed. Whether that worked.
#[must_use]
pub fn add_to_log(games: &[Past]) -> bool {
    let mut log = load_log();
    for game in games {
        log.push_str(&game.write());
        log.push('\n');
    }
    games.is_empty() || save_log(&log)
}

/// Replaces the log. Whether that worked.
pub fn save_log(log: &str) -> bool {
    put(LOG, log)
}

/// The last settings of the server, as they came; empty if there are none.
#[must_use]
pub fn load_server() -> String {
    get(SERVER).unwrap_or_default()
}

/// Stores them, for a visit at which the server doesn't answer.
pub fn save_server(settings: &str) {
    put(SERVER, settings);
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

/// What the player has chosen; the defaults if that can't be read. `inline.js` reads the theme too, before the
/// first paint.
#[must_use]
pub fn load_preferences() -> Preferences {
    let word = get(THEME);
    let theme = Theme::ALL
        .into_iter()
        .find(|theme| Some(theme.word()) == word.as_deref());
    Preferences {
        theme: theme.unwrap_or_default(),
        has_keys: get(KEYS).is_none(),
    }
}

/// Stores what the player has chosen. Whether that worked.
#[must_use]
pub fn save_preferences(preferences: Preferences) -> bool {
    let theme = match preferences.theme {
        Theme::System => remove(THEME),
        theme => put(THEME, theme.word()),
    };
    let keys = if preferences.has_keys {
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
