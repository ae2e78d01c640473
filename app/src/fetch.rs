//! `GET /api/next` and the knowledge of the house, over the network.

use game::wire::{BROKEN_SEAL, Problem, Reply, Request};
use gloo_net::http::{Request as Http, Response};
use gloo_timers::callback::Timeout;
use guesser::{House, Knowledge};

/// When to stop waiting, in milliseconds: later than the server does, so that it can say why.
const PATIENCE: u32 = 25_000;

/// Why no move came. The sentence is for the player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer: offline, no server, or one that hangs.
    Unreachable,
    /// The server says what is wrong.
    Refused(Problem),
    /// An answer that this page can't read.
    Garbled,
}

impl Trouble {
    /// What happened, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable => "The server can't be reached. Are you offline?".to_owned(),
            Self::Refused(problem) => problem.title.clone(),
            Self::Garbled => "The server's answer made no sense.".to_owned(),
        }
    }

    /// Whether asking again is of no use.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.kind == BROKEN_SEAL)
    }
}

/// Asks the server for the next move.
///
/// # Errors
/// [`Trouble`] says why there is none.
pub async fn next(request: &Request) -> Result<Reply, Trouble> {
    let response = get(&format!("/api/next?game={}", request.encode())).await?;
    let body = response.text().await.map_err(|_| Trouble::Unreachable)?;
    if response.ok() {
        return serde_json::from_str(&body).map_err(|_| Trouble::Garbled);
    }
    Err(serde_json::from_str(&body).map_or(Trouble::Garbled, Trouble::Refused))
}

/// Fetches the house's knowledge.
///
/// # Errors
/// [`Trouble`] if it can't be had.
pub async fn house() -> Result<House, Trouble> {
    let address = setting("data-knowledge").ok_or(Trouble::Garbled)?;
    let response = get(&address).await?;
    if !response.ok() {
        return Err(Trouble::Unreachable);
    }
    let bytes = response.binary().await.map_err(|_| Trouble::Unreachable)?;
    let knowledge = Knowledge::unpack(&bytes).map_err(|_| Trouble::Garbled)?;
    Ok(House::new(knowledge))
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
