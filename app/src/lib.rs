//! The page: a game in the browser, from the rules to the end.
//!
//! The state is a [`session::Session`], changed in one place, [`session::Session::apply`]; everything
//! shown derives from it. [`play::Play`] is the shell around it: it keeps the session in the browser's
//! storage and fetches the AI's moves. The views only show and dispatch.
//!
//! - [`session`]: the state of the page and what can happen to it; pure
//! - [`play`]: the session as a signal, and the search for the AI's next move
//! - [`fetch`]: `GET /api/next` and the knowledge of the house, over the network
//! - [`store`]: the session in localStorage
//! - [`keys`]: the keyboard
//! - [`views`]: what the player sees
//! - `shell`: the document around the page, rendered by the server (feature `ssr`)

pub mod fetch;
pub mod keys;
pub mod play;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod store;
pub mod views;

pub use views::App;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
}
