//! Request and reply of `GET /api/next` and `GET /api/settings`, and the problem document (RFC 9457) of a failure.

use crate::{
    json::{array, object, quoted},
    moves::AttributedMove,
    opening::{DEFAULT_OPENINGS, Opening},
    transcript::{Outcome, Record, RuleError, Transcript, TurnRecord},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};

/// The longest `game` parameter, in characters: the longest game fits, and the whole URL stays
/// below the 8 KB that CloudFront takes.
pub const MAX_GAME: usize = 7 * 1024;

/// The server's proof that it made the moves of a game, as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(pub String);

/// Asks for the next move. All moves of the transcript are answered; `seal` is the last one's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// The game so far.
    pub transcript: Transcript,
    /// The seal of the last move; `None` before the first.
    pub seal: Option<Seal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestRecord {
    opening: Opening,
    moves: Vec<TurnRecord>,
    #[serde(default)]
    overtime: bool,
    #[serde(default)]
    seal: Option<Seal>,
}

/// Why a `game` parameter is not a request. Whoever sent it may see the message and its causes.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Longer than [`MAX_GAME`].
    #[error("`game` has {0} characters, the most is {MAX_GAME}")]
    TooLong(usize),
    /// Not base64url without padding.
    #[error("`game` is not unpadded base64url")]
    Base64(#[source] base64ct::Error),
    /// Not UTF-8, not JSON, or not the JSON of a request.
    #[error("`game` is not the JSON of a game")]
    Json(#[source] serde_json::Error),
    /// A game that the rules forbid.
    #[error("the game breaks the rules")]
    Rule(#[from] RuleError),
    /// Another spelling of a game than that of [`Request::encode`].
    #[error(
        "`game` must be in canonical form: JSON without white space and needless escapes, its fields in the order of \
         the documentation and without those that say nothing, as unpadded base64url"
    )]
    NotCanonical,
}

impl Request {
    /// The value of the `game` parameter: base64url, unpadded, of the request's JSON.
    #[must_use]
    pub fn encode(&self) -> String {
        let turns = self.transcript.turns().iter().map(|turn| {
            let mut fields = vec![(turn.mv.kind(), quoted(turn.mv.text().as_str()))];
            fields.extend(turn.answer.map(|answer| ("answer", quoted(answer.word()))));
            object(&fields)
        });
        let opening = self.transcript.opening().to_string();
        let mut fields = vec![("opening", opening), ("moves", array(turns))];
        if self.transcript.is_overtime() {
            fields.push(("overtime", "true".to_owned()));
        }
        let seal = self.seal.as_ref();
        fields.extend(seal.map(|Seal(seal)| ("seal", quoted(seal))));
        Base64UrlUnpadded::encode_string(object(&fields).as_bytes())
    }

    /// Reads a `game` parameter. Only the form that [`Request::encode`] writes is accepted: a cache keeps a move for each
    /// spelling of a game, so whoever varies it could make the server pay for the same move again and again.
    ///
    /// # Errors
    /// [`RequestError`] says what is wrong with it.
    pub fn decode(game: &str) -> Result<Self, RequestError> {
        if game.len() > MAX_GAME {
            return Err(RequestError::TooLong(game.len()));
        }
        let json = Base64UrlUnpadded::decode_vec(game).map_err(RequestError::Base64)?;
        let RequestRecord {
            opening,
            moves,
            overtime,
            seal,
        } = serde_json::from_slice(&json).map_err(RequestError::Json)?;
        let request = Self {
            transcript: Record {
                opening,
                moves,
                overtime,
            }
            .try_into()?,
            seal,
        };
        if request.encode() == game {
            Ok(request)
        } else {
            Err(RequestError::NotCanonical)
        }
    }
}

/// A successful response.
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
    /// The move and who made it.
    #[serde(flatten)]
    pub attributed: AttributedMove,
    /// The page sends it back with its next request.
    pub seal: Seal,
    /// Whether the page may fetch the successors before the player has answered. Earlier pages
    /// read it here; later ones read [`Settings`].
    pub ponder: bool,
}

/// What a page has to know of the server, the reply of `GET /api/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How many openings a page draws from.
    pub openings: u8,
    /// How many seconds the server takes at most for a reply.
    pub timeout: u32,
    /// Whether pages may fetch ahead.
    pub ponder: bool,
    /// Whether a model plays; otherwise the guesser.
    pub model: bool,
    /// Whether a model would play, but may cost no more today.
    #[serde(
        default,
        rename = "resting",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub is_resting: bool,
    /// Names the keys, models, prompt and checks that moves depend on. Pages send it with every request, so that caches
    /// keep moves apart that differ in one of them.
    pub v: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            openings: DEFAULT_OPENINGS,
            timeout: 22,
            ponder: true,
            model: false,
            is_resting: false,
            v: String::new(),
        }
    }
}

/// An RFC 9457 problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The stable name of this kind of problem, `/problems/...`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence for the player.
    pub title: String,
    /// What was wrong, for whoever wrote the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The [`Problem::kind`] of a transcript whose moves this server did not make.
pub const BROKEN_SEAL: &str = "/problems/broken-seal";
