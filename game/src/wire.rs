//! Request and reply of `GET /api/next`, and the problem document (RFC 9457) of a failure.

use crate::{
    Illegal, Move, Outcome, Text, Transcript,
    transcript::{Record, TurnRecord},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};

/// The longest `game` parameter, in characters: the longest game fits, and the whole URL stays
/// below the 8 KB that CloudFront takes.
pub const MAX_GAME: usize = 6 * 1024;

/// The server's proof that it asked a game's questions, as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(pub String);

/// "What do you ask next?" The transcript's moves are all answered; `seal` is that of the last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// The game so far.
    pub transcript: Transcript,
    /// What the server sealed its last move with; `None` before the first.
    pub seal: Option<Seal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestRecord {
    opening: crate::Opening,
    moves: Vec<TurnRecord>,
    #[serde(default)]
    seal: Option<Seal>,
}

/// Why a `game` parameter is not a request. The sentence may be shown to whoever sent it.
#[derive(Debug, thiserror::Error)]
pub enum BadRequest {
    /// Longer than [`MAX_GAME`].
    #[error("`game` has {0} characters, the most is {MAX_GAME}")]
    TooLong(usize),
    /// Not base64url without padding.
    #[error("`game` is not unpadded base64url: {0}")]
    Base64(base64ct::Error),
    /// Not UTF-8, not JSON, or not the JSON of a request.
    #[error("`game` is not the JSON of a game: {0}")]
    Json(serde_json::Error),
    /// A game that the rules forbid.
    #[error("the game is not legal: {0}")]
    Illegal(#[from] Illegal),
}

impl Request {
    /// The value of the `game` parameter: base64url, unpadded, of the request's JSON.
    ///
    /// Written by hand, for the page: a text has nothing that JSON would escape, and a serialiser
    /// is a tenth of the bundle.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut json = format!(r#"{{"opening":{},"moves":["#, self.transcript.opening());
        for (index, turn) in self.transcript.turns().iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let kind = if turn.asked.is_guess() {
                "guess"
            } else {
                "question"
            };
            json += &format!(r#"{comma}{{"{kind}":"{}""#, turn.asked.text());
            if let Some(answer) = turn.answer {
                json += &format!(r#","answer":"{}""#, answer.word());
            }
            json.push('}');
        }
        json.push(']');
        if let Some(Seal(seal)) = &self.seal {
            json += &format!(r#","seal":"{seal}""#);
        }
        json.push('}');
        Base64UrlUnpadded::encode_string(json.as_bytes())
    }

    /// Reads a `game` parameter.
    ///
    /// # Errors
    /// [`BadRequest`] says what is wrong with it.
    pub fn decode(game: &str) -> Result<Self, BadRequest> {
        if game.len() > MAX_GAME {
            return Err(BadRequest::TooLong(game.len()));
        }
        let json = Base64UrlUnpadded::decode_vec(game).map_err(BadRequest::Base64)?;
        let RequestRecord {
            opening,
            moves,
            seal,
        } = serde_json::from_slice(&json).map_err(BadRequest::Json)?;
        Ok(Self {
            transcript: Record { opening, moves }.try_into()?,
            seal,
        })
    }
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reply {
    /// The AI's next move.
    Next(Next),
    /// The game was over already.
    End {
        /// How it ended.
        outcome: Outcome,
    },
}

/// The AI's next move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The move.
    #[serde(rename = "move")]
    pub asked: Move,
    /// To be sent back with the next request.
    pub seal: Seal,
    /// Who asks: the name of a model, or [`HOUSE`].
    pub by: String,
    /// Whether the page may fetch the successors before the player has answered.
    pub ponder: bool,
    /// A model's question as the house would have put it, if the house knows it: so the house in the
    /// browser can take over and make use of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_as: Option<Text>,
}

/// The [`Next::by`] of the embedded guesser.
pub const HOUSE: &str = "house";

/// An RFC 9457 problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable name of the kind of problem, `/problems/...`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence for the player.
    pub title: String,
    /// What was wrong, for whoever wrote the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The [`Problem::kind`] of a transcript whose questions this server did not ask.
pub const BROKEN_SEAL: &str = "/problems/broken-seal";
