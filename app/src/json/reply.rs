//! What the server answers: the next move, its settings, or a problem document.

use super::moves::{read_move, read_origin};
use game::{
    AttributedMove,
    wire::{Next, Seal, Settings},
};
use miniserde::{Deserialize, json};

#[derive(Deserialize)]
struct NextRecord {
    #[serde(rename = "move")]
    mv: MoveRecord,
    seal: String,
    by: String,
    known_as: Option<String>,
}

#[derive(Deserialize)]
struct MoveRecord {
    question: Option<String>,
    guess: Option<String>,
}

#[derive(Deserialize)]
struct SettingsRecord {
    openings: u8,
    timeout: u32,
    ponder: bool,
    model: bool,
    resting: Option<bool>,
    v: String,
}

/// The fields of a problem document that the page uses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The stable name of this kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// A sentence for the player.
    pub title: String,
}

/// Reads the reply with the next move; `None` for anything else.
#[must_use]
pub fn read_next(json: &str) -> Option<Next> {
    let record: NextRecord = json::from_str(json).ok()?;
    Some(Next {
        attributed: AttributedMove {
            mv: read_move(record.mv.question, record.mv.guess)?,
            origin: read_origin(record.by, record.known_as),
        },
        seal: Seal(record.seal),
        // The settings say it.
        ponder: false,
    })
}

/// Reads the settings; `None` for anything else.
#[must_use]
pub fn read_settings(json: &str) -> Option<Settings> {
    let record: SettingsRecord = json::from_str(json).ok()?;
    // It goes into addresses as it is.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (record.openings > 0 && record.v.chars().all(is_plain)).then_some(Settings {
        openings: record.openings,
        timeout: record.timeout,
        ponder: record.ponder,
        model: record.model,
        is_resting: record.resting.unwrap_or_default(),
        v: record.v,
    })
}

/// Reads a problem document; `None` for anything else.
#[must_use]
pub fn read_problem(json: &str) -> Option<Problem> {
    json::from_str(json).ok()
}
