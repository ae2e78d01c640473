//! The session in localStorage.

use crate::{
    fetch::read_move,
    session::{Asker, Credit, Game, Past, Session},
};
use game::{Answer, Event, Opening, Text, Winner, wire::Seal};
use miniserde::{Deserialize, json};

const KEY: &str = "twenty-questions";

/// Raised when an older page's session can't be read any more.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct SessionRecord {
    version: u32,
    game: Option<GameRecord>,
    past: Vec<PastRecord>,
}

#[derive(Deserialize)]
struct GameRecord {
    opening: u8,
    moves: Vec<MoveRecord>,
    in_browser: bool,
    given_up: bool,
    thing: Option<String>,
}

#[derive(Deserialize)]
struct MoveRecord {
    question: Option<String>,
    guess: Option<String>,
    answer: Option<String>,
    by: String,
    seal: Option<String>,
    ponder: bool,
    known_as: Option<String>,
}

#[derive(Deserialize)]
struct PastRecord {
    ai_won: Option<bool>,
    moves: u8,
    thing: Option<String>,
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

/// The stored form of a session. By hand, as in [`game::wire`]: a serialiser would be a fiftieth of
/// the page.
#[must_use]
pub fn write(session: &Session) -> String {
    let past = session.past.iter().map(|past| {
        let ai_won = past.winner.map(|winner| winner == Winner::Ai);
        object(&[
            ("ai_won", optional(ai_won, bool::to_string)),
            ("moves", past.moves.to_string()),
            (
                "thing",
                optional(past.thing.as_ref(), |thing| quoted(thing)),
            ),
        ])
    });
    object(&[
        ("version", VERSION.to_string()),
        (
            "game",
            optional(session.game.as_ref(), |game| write_game(game)),
        ),
        ("past", list(past)),
    ])
}

fn write_game(game: &Game) -> String {
    let turns = game.transcript.turns().iter().zip(&game.credits);
    let moves = turns.map(|(turn, credit)| {
        let kind = if turn.asked.is_guess() {
            "guess"
        } else {
            "question"
        };
        object(&[
            (kind, quoted(turn.asked.text().as_str())),
            (
                "answer",
                optional(turn.answer, |answer| quoted(answer.word())),
            ),
            ("by", quoted(&credit.by)),
            (
                "seal",
                optional(credit.seal.as_ref(), |seal| quoted(&seal.0)),
            ),
            ("ponder", credit.ponder.to_string()),
            (
                "known_as",
                optional(credit.known_as.as_ref(), |text| quoted(text.as_str())),
            ),
        ])
    });
    object(&[
        ("opening", game.transcript.opening().to_string()),
        ("moves", list(moves)),
        ("in_browser", (game.asker == Asker::Browser).to_string()),
        ("given_up", game.given_up.to_string()),
        (
            "thing",
            optional(game.thing.as_ref(), |thing| quoted(thing)),
        ),
    ])
}

fn object(fields: &[(&str, String)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn optional<T>(value: Option<T>, write: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "null".to_owned(), |value| write(&value))
}

/// A text as JSON. What a control character would say nobody needs.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars().filter(|c| *c >= ' ') {
        if c == '"' || c == '\\' {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// Reads the stored form.
#[must_use]
pub fn read(json: &str) -> Option<Session> {
    let record: SessionRecord = json::from_str(json).ok()?;
    if record.version != VERSION {
        return None;
    }
    let past = record.past.into_iter().map(|past| Past {
        winner: past
            .ai_won
            .map(|ai_won| if ai_won { Winner::Ai } else { Winner::Player }),
        moves: past.moves,
        thing: past.thing,
    });
    Some(Session {
        game: match record.game {
            Some(game) => Some(read_game(game)?),
            None => None,
        },
        past: past.collect(),
    })
}

/// Plays the game again, so that only a legal one is taken up.
fn read_game(record: GameRecord) -> Option<Game> {
    let mut game = Game::new(Opening(record.opening));
    for turn in record.moves {
        let credit = Credit {
            by: turn.by,
            seal: turn.seal.map(Seal),
            ponder: turn.ponder,
            known_as: turn.known_as.and_then(|text| Text::new(text).ok()),
        };
        let asked = read_move(turn.question, turn.guess)?;
        if !game.moved(asked, credit) {
            return None;
        }
        if let Some(answer) = turn.answer {
            let answer = Answer::from_word(&answer)?;
            game.transcript.apply(Event::Answer(answer)).ok()?;
        }
    }
    game.asker = if record.in_browser {
        Asker::Browser
    } else {
        Asker::Server
    };
    game.given_up = record.given_up;
    game.thing = record.thing;
    Some(game)
}
