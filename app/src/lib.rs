//! The page: a game in the browser, from the rules to the end.
//!
//! The state is a [`session::Session`], changed in one place, [`session::Session::apply`]; everything
//! shown derives from it. [`play::Play`] is the shell around it: it keeps the session in the browser's
//! storage and fetches the AI's moves. The views are functions of the state and only dispatch.
//!
//! - [`session`]: the state of the page and what can happen to it; pure
//! - [`play`]: the state as a signal, and the search for the AI's next move
//! - [`fetch`]: `GET /api/next` and the knowledge of the guesser, over the network
//! - [`lessons`]: what players have taught the guesser, as JSON
//! - [`store`]: both in localStorage
//! - [`keys`]: the keyboard
//! - [`views`]: what the player sees
//! - `shell`: the document around the page, rendered by the server (feature `ssr`)

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod fetch;
mod json;
pub mod keys;
pub mod lessons;
pub mod play;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod store;
pub mod views;

pub use views::App;

/// Takes the place of the page that the server rendered, which looks the same. Hydrating it instead
/// would double the bundle, and save a first screen of six elements from being built again.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start() {
    if let Some(body) = leptos::prelude::document().body() {
        body.set_inner_html("");
    }
    leptos::mount::mount_to_body(App);
}
