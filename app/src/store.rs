//! The session in localStorage.

use crate::{
    fetch::read_move,
    session::{Asker, Credit, Game, Past, Session},
};
use game::{Answer, Event, Opening, Text, Winner, wire::Seal};
use miniserde::{Deserialize, Serialize, json};

const KEY: &str = "twenty-questions";

/// Raised when an older page's session can't be read any more.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct SessionRecord {
    version: u32,
    game: Option<GameRecord>,
    past: Vec<PastRecord>,
}

#[derive(Serialize, Deserialize)]
struct GameRecord {
    opening: u8,
    moves: Vec<MoveRecord>,
    in_browser: bool,
    given_up: bool,
    thing: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct MoveRecord {
    question: Option<String>,
    guess: Option<String>,
    answer: Option<String>,
    by: String,
    seal: Option<String>,
    ponder: bool,
    known_as: Option<String>,
}

#[derive(Serialize, Deserialize)]
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

/// The stored form of a session.
#[must_use]
pub fn write(session: &Session) -> String {
    let past = session.past.iter().map(|past| PastRecord {
        ai_won: past.winner.map(|winner| winner == Winner::Ai),
        moves: past.moves,
        thing: past.thing.clone(),
    });
    json::to_string(&SessionRecord {
        version: VERSION,
        game: session.game.as_ref().map(write_game),
        past: past.collect(),
    })
}

fn write_game(game: &Game) -> GameRecord {
    let turns = game.transcript.turns().iter().zip(&game.credits);
    let moves = turns.map(|(turn, credit)| {
        let text = Some(turn.asked.text().to_string());
        let (question, guess) = if turn.asked.is_guess() {
            (None, text)
        } else {
            (text, None)
        };
        MoveRecord {
            question,
            guess,
            answer: turn.answer.map(|answer| answer.word().to_owned()),
            by: credit.by.clone(),
            seal: credit.seal.as_ref().map(|seal| seal.0.clone()),
            ponder: credit.ponder,
            known_as: credit.known_as.as_ref().map(Text::to_string),
        }
    });
    GameRecord {
        opening: game.transcript.opening().0,
        moves: moves.collect(),
        in_browser: game.asker == Asker::Browser,
        given_up: game.given_up,
        thing: game.thing.clone(),
    }
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
