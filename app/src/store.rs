//! The session and what players have taught, in localStorage.

use crate::{
    fetch::read_move,
    json::{list, object, optional, quoted},
    lessons,
    session::{Asker, Credit, Game, Past, Session},
};
use game::{Answer, Event, Mover, Opening, Origin, Text, Winner, wire::Seal};
use guesser::Lesson;
use miniserde::{Deserialize, json};

const KEY: &str = "twenty-questions";
const LESSONS: &str = "twenty-questions-lessons";

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
    put(KEY, &write(session));
}

/// What was taught on this device; nothing if that can't be read.
#[must_use]
pub fn load_lessons() -> Vec<Lesson> {
    let text = storage().and_then(|storage| storage.get_item(LESSONS).ok()?);
    text.and_then(|text| lessons::read(&text))
        .unwrap_or_default()
}

/// Stores what was taught.
pub fn save_lessons(lessons: &[Lesson]) {
    put(LESSONS, &lessons::write(lessons));
}

fn put(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The stored form of a session.
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
        let kind = if turn.mv.is_guess() {
            "guess"
        } else {
            "question"
        };
        object(&[
            (kind, quoted(turn.mv.text().as_str())),
            (
                "answer",
                optional(turn.answer, |answer| quoted(answer.word())),
            ),
            ("by", quoted(credit.origin.by.name())),
            (
                "seal",
                optional(credit.seal.as_ref(), |seal| quoted(&seal.0)),
            ),
            ("ponder", credit.ponder.to_string()),
            (
                "known_as",
                optional(credit.origin.known_as.as_ref(), |text| {
                    quoted(text.as_str())
                }),
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
            origin: Origin {
                by: Mover::from(turn.by),
                known_as: turn.known_as.and_then(|text| Text::new(text).ok()),
            },
            seal: turn.seal.map(Seal),
            ponder: turn.ponder,
        };
        let mv = read_move(turn.question, turn.guess)?;
        if !game.moved(mv, credit) {
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
