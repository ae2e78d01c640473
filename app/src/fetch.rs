//! `GET /api/next`.

use crate::json::reply::{Problem, read_next, read_problem};
use game::wire::{BROKEN_SEAL, Next, Request};
use gloo_net::http::Request as Http;
use gloo_timers::callback::Timeout;

/// When to stop waiting, in milliseconds: after the server's own timeout, so that the server can say why.
const TIMEOUT: u32 = 25_000;

/// Why a request failed. The message is a sentence for the player.
///
/// It keeps no cause, because a browser says only that a request has failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer: offline, no server, or one that hangs.
    #[error("The server can't be reached. Are you offline?")]
    Unreachable,
    /// The server says what is wrong.
    #[error("{}", .0.title)]
    Refused(Problem),
    /// An answer that this page can't read.
    #[error("The server's answer made no sense.")]
    Garbled,
}

impl FetchError {
    /// Whether there is no point in trying again.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.kind == BROKEN_SEAL)
    }
}

/// Asks the server for the next move.
///
/// # Errors
/// [`FetchError`] says why there is none.
pub async fn next(request: &Request) -> Result<Next, FetchError> {
    let controller = web_sys::AbortController::new().map_err(|_| FetchError::Garbled)?;
    let signal = controller.signal();
    // Dropping the timer stops it, so it limits the head and the body together.
    let _timer = Timeout::new(TIMEOUT, move || controller.abort());
    let address = format!("/api/next?game={}", request.encode());
    let response = Http::get(&address).abort_signal(Some(&signal)).send().await;
    let response = response.map_err(|_| FetchError::Unreachable)?;
    let body = response.text().await.map_err(|_| FetchError::Unreachable)?;
    if response.ok() {
        return read_next(&body).ok_or(FetchError::Garbled);
    }
    Err(read_problem(&body).map_or(FetchError::Garbled, FetchError::Refused))
}

/// A setting that the document passes to the page, as an attribute of the script that starts it.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id("start")?.get_attribute(name)
}
