//! `GET /api/next` and the knowledge of the guesser, over the network.

use game::{
    AttributedMove, Move, Mover, Origin, Text,
    wire::{BROKEN_SEAL, Next, Request, Seal},
};
use gloo_net::http::{Request as Http, Response};
use gloo_timers::callback::Timeout;
use guesser::Guesser;
use knowledge::Knowledge;
use miniserde::{Deserialize, json};

/// When to stop waiting, in milliseconds: later than the server does, so that it can say why.
const PATIENCE: u32 = 25_000;

/// Why no move came. The sentence is for the player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer: offline, no server, or one that hangs.
    Unreachable,
    /// The server says what is wrong.
    Refused {
        /// The stable name of the problem.
        kind: String,
        /// The sentence for the player.
        title: String,
    },
    /// An answer that this page can't read.
    Garbled,
}

impl Trouble {
    /// What happened, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable => "The server can't be reached. Are you offline?".to_owned(),
            Self::Refused { title, .. } => title.clone(),
            Self::Garbled => "The server's answer made no sense.".to_owned(),
        }
    }

    /// Whether asking again is of no use.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused { kind, .. } if kind == BROKEN_SEAL)
    }
}

/// Asks the server for the next move.
///
/// # Errors
/// [`Trouble`] says why there is none.
pub async fn next(request: &Request) -> Result<Next, Trouble> {
    let response = get(&format!("/api/next?game={}", request.encode())).await?;
    let body = response.text().await.map_err(|_| Trouble::Unreachable)?;
    if response.ok() {
        return read_next(&body).ok_or(Trouble::Garbled);
    }
    Err(read_problem(&body).unwrap_or(Trouble::Garbled))
}

// The page reads JSON with miniserde: with serde_json it was 37 KB larger, compressed.

#[derive(Deserialize)]
struct NextRecord {
    #[serde(rename = "move")]
    mv: MoveRecord,
    seal: String,
    by: String,
    ponder: bool,
    known_as: Option<String>,
}

#[derive(Deserialize)]
struct MoveRecord {
    question: Option<String>,
    guess: Option<String>,
}

#[derive(Deserialize)]
struct ProblemRecord {
    r#type: String,
    title: String,
}

/// Reads the reply with the next move; `None` for anything else.
#[must_use]
pub fn read_next(json: &str) -> Option<Next> {
    let record: NextRecord = json::from_str(json).ok()?;
    Some(Next {
        attributed: AttributedMove {
            mv: read_move(record.mv.question, record.mv.guess)?,
            origin: Origin {
                by: Mover::from(record.by),
                known_as: record.known_as.and_then(|text| Text::new(text).ok()),
            },
        },
        seal: Seal(record.seal),
        ponder: record.ponder,
    })
}

/// The move of which either the question or the guess is written.
pub(crate) fn read_move(question: Option<String>, guess: Option<String>) -> Option<Move> {
    match (question, guess) {
        (Some(question), None) => Some(Move::Question(Text::new(question).ok()?)),
        (None, Some(name)) => Some(Move::Guess(Text::new(name).ok()?)),
        _ => None,
    }
}

/// Reads a problem document.
#[must_use]
pub fn read_problem(json: &str) -> Option<Trouble> {
    let ProblemRecord {
        r#type: kind,
        title,
    } = json::from_str(json).ok()?;
    Some(Trouble::Refused { kind, title })
}

/// Fetches the guesser's knowledge.
///
/// # Errors
/// [`Trouble`] if it can't be had.
pub async fn guesser() -> Result<Guesser, Trouble> {
    let address = setting("data-knowledge").ok_or(Trouble::Garbled)?;
    let response = get(&address).await?;
    if !response.ok() {
        return Err(Trouble::Unreachable);
    }
    let bytes = response.binary().await.map_err(|_| Trouble::Unreachable)?;
    let knowledge = Knowledge::unpack(&bytes).map_err(|_| Trouble::Garbled)?;
    Ok(Guesser::new(knowledge))
}

async fn get(address: &str) -> Result<Response, Trouble> {
    let controller = web_sys::AbortController::new().map_err(|_| Trouble::Garbled)?;
    let signal = controller.signal();
    let timer = Timeout::new(PATIENCE, move || controller.abort());
    let response = Http::get(address).abort_signal(Some(&signal)).send().await;
    timer.cancel();
    response.map_err(|_| Trouble::Unreachable)
}

/// What the document says to the page, as an attribute of the script that started it.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id("start")?.get_attribute(name)
}
