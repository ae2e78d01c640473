//! The stored session.

use super::moves::{read_move, read_origin};
use crate::session::{Credit, Game, Opponent, Past, Session, clean};
use game::{
    Answer, Event, Opening, Text, Turn, Winner,
    json::{array, object, optional, quoted},
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
    /// Whether the guesser in the page is the opponent.
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

/// The session as JSON.
#[must_use]
pub fn write(session: &Session) -> String {
    object(&[
        ("version", VERSION.to_string()),
        (
            "game",
            optional(session.game.as_ref(), |game| write_game(game)),
        ),
        ("past", array(session.past.iter().map(write_past))),
    ])
}

fn write_past(past: &Past) -> String {
    let ai_won = past.winner.map(|winner| winner == Winner::Ai);
    object(&[
        ("ai_won", optional(ai_won, bool::to_string)),
        ("moves", past.moves.to_string()),
        ("thing", write_text(past.thing.as_ref())),
    ])
}

fn write_game(game: &Game) -> String {
    let moves = game.transcript.turns().iter().zip(&game.credits);
    let moves = moves.map(|(turn, credit)| write_move(turn, credit));
    let in_browser = game.opponent == Opponent::Guesser;
    object(&[
        ("opening", game.transcript.opening().to_string()),
        ("moves", array(moves)),
        ("in_browser", in_browser.to_string()),
        ("given_up", game.given_up.to_string()),
        ("thing", write_text(game.thing.as_ref())),
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
        ("ponder", credit.ponder.to_string()),
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
    let winner = |ai_won| if ai_won { Winner::Ai } else { Winner::Player };
    Past {
        winner: past.ai_won.map(winner),
        moves: past.moves,
        thing: read_thing(past.thing),
    }
}

/// Replays the game, so that an illegal one is refused.
fn read_game(record: GameRecord) -> Option<Game> {
    let mut game = Game::new(Opening(record.opening));
    for turn in record.moves {
        let credit = Credit {
            origin: read_origin(turn.by, turn.known_as),
            seal: turn.seal.map(Seal),
            ponder: turn.ponder,
        };
        game.add(read_move(turn.question, turn.guess)?, credit)
            .ok()?;
        if let Some(answer) = turn.answer {
            let answer = Answer::from_word(&answer)?;
            game.transcript.apply(Event::Answer(answer)).ok()?;
        }
    }
    if record.in_browser {
        game.opponent = Opponent::Guesser;
    }
    game.given_up = record.given_up;
    game.thing = read_thing(record.thing);
    Some(game)
}

/// Pages of version 0.1.0 and earlier stored the name as it was typed.
fn read_thing(typed: Option<String>) -> Option<Text> {
    clean(&typed?)
}
