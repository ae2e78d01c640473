//! What the page asks the server for: `GET /api/next` and `GET /api/settings`.

use crate::{
    json::reply::{Problem, read_next, read_problem},
    promise::then_text,
};
use game::{
    Opening,
    wire::{BROKEN_SEAL, Next, Request, Settings},
};
use gloo_net::http::Request as Http;
use js_sys::Promise;
use leptos::wasm_bindgen::{self, JsValue, prelude::wasm_bindgen};
use web_sys::{AbortSignal, RequestCache};

/// How much longer than the server itself the page waits, in seconds, so that the server can say why it failed.
const MARGIN: u32 = 3;

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
    /// Whether the server doesn't recognise the game: a cache may have kept a move from before its key has changed.
    #[must_use]
    pub fn is_broken_seal(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.kind == BROKEN_SEAL)
    }
}

/// Asks the server for the next move, past the browser's cache if that is `Reload`.
///
/// # Errors
/// [`FetchError`] says why there is none.
pub async fn next(
    request: &Request,
    settings: &Settings,
    cache: RequestCache,
) -> Result<Next, FetchError> {
    // It limits the head and the body together.
    let signal = AbortSignal::timeout_with_u32((settings.timeout + MARGIN) * 1000);
    let address = ["api/next?v=", &settings.v, "&game=", &request.encode()].concat();
    let http = Http::get(&address).cache(cache).abort_signal(Some(&signal));
    let response = http.send().await;
    let response = response.map_err(|_| FetchError::Unreachable)?;
    let body = response.text().await.map_err(|_| FetchError::Unreachable)?;
    if response.ok() {
        return read_next(&body).ok_or(FetchError::Garbled);
    }
    Err(read_problem(&body).map_or(FetchError::Garbled, FetchError::Refused))
}

/// Asks for the server's settings; `done` gets their text, unless they don't come.
pub(crate) fn settings(done: impl FnOnce(Option<String>) + 'static) {
    then_text(load_settings(), done);
}

/// The opening whose first move was asked for while the program was on its way, until [`early_move`] is called.
pub(crate) fn early_opening() -> Option<Opening> {
    js_early_opening().ok().flatten().map(Opening)
}

/// Waits for that first move; `done` gets an error if it doesn't come.
pub(crate) fn early_move(done: impl FnOnce(Result<Next, FetchError>) + 'static) {
    then_text(js_early_move(), |text| {
        let next = text.and_then(|text| read_next(&text));
        done(next.ok_or(FetchError::Garbled));
    });
}

/// Defined by `start.js`; all of them fail where it isn't part of the page.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = loadSettings)]
    fn load_settings() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = early, js_name = opening)]
    fn js_early_opening() -> Result<Option<u8>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = early, js_name = move)]
    fn js_early_move() -> Result<Promise, JsValue>;
}

/// A setting that the document passes to the page, as an attribute of the script that starts it.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id("start")?.get_attribute(name)
}
