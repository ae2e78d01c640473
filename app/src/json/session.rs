//! The stored session.

use super::moves::{read_move, read_origin};
use crate::session::{Credit, Game, Opponent, Session, clean};
use game::{
    Answer, Event, MOVES, Opening, Text, Turn,
    json::{array, object, optional, quoted},
    past::{End, Past},
    text::visible,
    wire::Seal,
};
use miniserde::{Deserialize, json};

/// Goes up when a page can no longer read an older page's session.
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
    /// Earlier pages didn't know it.
    overtime: Option<bool>,
    /// Whether the guesser in the page is the opponent.
    in_browser: bool,
    given_up: bool,
    thing: Option<String>,
    erased: Option<bool>,
}

#[derive(Deserialize)]
struct MoveRecord {
    question: Option<String>,
    guess: Option<String>,
    answer: Option<String>,
    by: String,
    seal: Option<String>,
    known_as: Option<String>,
}

#[derive(Deserialize)]
struct PastRecord {
    ai_won: Option<bool>,
    moves: u8,
    thing: Option<String>,
}

/// The session as JSON.
#[must_use]
pub fn write(session: &Session) -> String {
    object(&[
        ("version", VERSION.to_string()),
        (
            "game",
            optional(session.game.as_ref(), |game| write_game(game)),
        ),
        // Earlier pages kept past games here; see `game::past`.
        ("past", "[]".to_owned()),
    ])
}

fn write_game(game: &Game) -> String {
    let moves = game.transcript.turns().iter().zip(&game.credits);
    let moves = moves.map(|(turn, credit)| write_move(turn, credit));
    let in_browser = game.opponent == Opponent::Guesser;
    object(&[
        ("opening", game.transcript.opening().to_string()),
        ("moves", array(moves)),
        ("overtime", game.transcript.is_overtime().to_string()),
        ("in_browser", in_browser.to_string()),
        ("given_up", game.given_up.to_string()),
        ("thing", write_text(game.thing.as_ref())),
        ("erased", game.is_erased.to_string()),
    ])
}

fn write_move(turn: &Turn, credit: &Credit) -> String {
    object(&[
        (turn.mv.kind(), quoted(turn.mv.text().as_str())),
        (
            "answer",
            optional(turn.answer, |answer| quoted(answer.word())),
        ),
        ("by", quoted(credit.origin.by.name())),
        (
            "seal",
            optional(credit.seal.as_ref(), |seal| quoted(&seal.0)),
        ),
        // Earlier pages need it.
        ("ponder", "false".to_owned()),
        ("known_as", write_text(credit.origin.known_as.as_ref())),
    ])
}

fn write_text(text: Option<&Text>) -> String {
    optional(text, |text| quoted(text.as_str()))
}

/// Reads the session; `None` for anything else.
#[must_use]
pub fn read(json: &str) -> Option<Session> {
    let record: SessionRecord = json::from_str(json).ok()?;
    if record.version != VERSION {
        return None;
    }
    let game = match record.game {
        Some(game) => Some(read_game(game)?),
        None => None,
    };
    Some(Session {
        game,
        past: record.past.into_iter().map(read_past).collect(),
    })
}

fn read_past(past: PastRecord) -> Past {
    let end = match past.ai_won {
        Some(true) => End::Found,
        Some(false) => End::Missed,
        None => End::Stopped,
    };
    Past {
        end,
        moves: past.moves,
        thing: read_thing(past.thing),
    }
}

/// Replays the game, so that an illegal one is refused. Invisible characters of an earlier page are left out. The seals
/// from then on cover them, so the server will refuse the game, and the guesser here goes on with it.
fn read_game(record: GameRecord) -> Option<Game> {
    let mut game = Game::new(Opening(record.opening));
    let is_overtime = record.overtime == Some(true);
    for (index, turn) in record.moves.into_iter().enumerate() {
        if index == MOVES {
            game.transcript.apply(Event::Overtime).ok()?;
        }
        let credit = Credit {
            origin: read_origin(turn.by, turn.known_as),
            seal: turn.seal.map(Seal),
        };
        let [question, guess] = [turn.question, turn.guess].map(|text| Some(visible(&text?)));
        game.add(read_move(question, guess)?, credit).ok()?;
        if let Some(answer) = turn.answer {
            let answer = Answer::from_word(&answer)?;
            game.transcript.apply(Event::Answer(answer)).ok()?;
        }
    }
    if is_overtime && !game.transcript.is_overtime() {
        game.transcript.apply(Event::Overtime).ok()?;
    }
    if record.in_browser {
        game.opponent = Opponent::Guesser;
    }
    game.given_up = record.given_up;
    game.thing = read_thing(record.thing);
    game.is_erased = record.erased == Some(true);
    Some(game)
}

/// Earlier pages stored the name as it was typed.
fn read_thing(typed: Option<String>) -> Option<Text> {
    clean(&typed?)
}
