//! Errors as problem documents (RFC 9457).

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use game::{
    opening::MAX_OPENINGS,
    wire::{BROKEN_SEAL, Problem, RequestError},
};
use model::Chain;

/// What can go wrong with a request. The problem's title is for the player, its detail for the author of
/// the client. Neither reveals anything about the server's internals.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// The query is neither `game=...` nor `v=...&game=...`.
    #[error(
        "the query must be v=<from /api/settings>&game=<unpadded base64url of the game's JSON>, or only the second part, \
         without escapes and anything else"
    )]
    Query,
    /// The `game` is unreadable or breaks the rules.
    #[error(transparent)]
    Game(#[from] RequestError),
    /// There is no such opening.
    #[error("opening {0} doesn't exist: they go from 0 to {last}", last = MAX_OPENINGS - 1)]
    Opening(u8),
    /// The last move isn't answered yet.
    #[error("move {0} is not answered yet")]
    Unanswered(usize),
    /// This server didn't make the moves of the transcript.
    #[error("the seal doesn't belong to the last move of this game")]
    BrokenSeal,
    /// The server has just started and can't read its keys yet.
    #[error("the keys can't be read at the moment: try again")]
    NoKeys,
    /// The client makes too many requests; it has to wait this many seconds.
    #[error("too many requests: wait {0} s")]
    TooMany(u64),
    /// Any other failure, of which only the status is known.
    #[error("{}", .0.canonical_reason().unwrap_or("an unknown error"))]
    Status(StatusCode),
}

impl ApiError {
    /// The status, the stable name and the title.
    fn parts(&self) -> (StatusCode, &'static str, &'static str) {
        const UNREADABLE: &str = "The page sent a game that can't be read.";
        const ILLEGAL: &str = "The page sent a game that the rules don't allow.";
        match self {
            Self::Query => (
                StatusCode::BAD_REQUEST,
                "/problems/malformed-game",
                UNREADABLE,
            ),
            Self::Game(RequestError::Rule(_)) | Self::Opening(..) | Self::Unanswered(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "/problems/illegal-game",
                ILLEGAL,
            ),
            Self::Game(RequestError::TooLong(_)) => (
                StatusCode::URI_TOO_LONG,
                "/problems/too-long",
                "The page sent a game that is too long.",
            ),
            Self::Game(_) => (
                StatusCode::BAD_REQUEST,
                "/problems/malformed-game",
                UNREADABLE,
            ),
            Self::BrokenSeal => (
                StatusCode::CONFLICT,
                BROKEN_SEAL,
                "The server doesn't recognise this game any more.",
            ),
            Self::NoKeys => (
                StatusCode::SERVICE_UNAVAILABLE,
                "/problems/not-ready",
                "The server isn't ready yet.",
            ),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "/problems/too-many-requests",
                "That was too fast. Wait a moment and try again.",
            ),
            Self::Status(status) => match *status {
                StatusCode::NOT_FOUND => (*status, "/problems/not-found", "There is nothing here."),
                StatusCode::METHOD_NOT_ALLOWED => (
                    *status,
                    "/problems/method-not-allowed",
                    "This can only be read, with GET.",
                ),
                StatusCode::URI_TOO_LONG => {
                    (*status, "/problems/too-long", "The address is too long.")
                }
                StatusCode::SERVICE_UNAVAILABLE => (
                    *status,
                    "/problems/timeout",
                    "The server took too long to answer.",
                ),
                status if status.is_client_error() => (
                    status,
                    "/problems/bad-request",
                    "The server couldn't make sense of that.",
                ),
                status => (
                    status,
                    "/problems/internal",
                    "Something went wrong on the server.",
                ),
            },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, kind, title) = self.parts();
        let problem = Problem {
            kind: kind.to_owned(),
            status: status.as_u16(),
            title: title.to_owned(),
            detail: Some(Chain(&self).to_string()),
        };
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (status, headers, Json(problem)).into_response();
        let retry_after = match self {
            Self::TooMany(seconds) => Some(seconds),
            Self::NoKeys => Some(1),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The media type of problem documents.
const PROBLEM_JSON: &str = "application/problem+json";

/// Turns every other error into a problem document: those of the file server, a timeout or a panic.
pub(crate) async fn everywhere(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PROBLEM_JSON);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut problem = ApiError::Status(status).into_response();
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
}
