//! The page: a game in the browser, from the rules to the end.
//!
//! What survives a reload is a [`session::Session`]; only [`session::Session::apply`] and other tabs change its game.
//! [`play::Play`] is the shell around it: it stores the session and gets the AI's moves. The views are
//! functions of the [`state::State`]; they decide nothing and report what the player presses.
//!
//! - [`session`]: the game on the table and the games before, and what can happen to them; pure
//! - [`preferences`]: what the player has chosen for this device
//! - [`sky`]: what the sky shows
//! - [`state`]: the whole state of the page, and what the player can do
//! - [`requests`]: which moves the page has asked the server for
//! - [`play`]: does what the player says, and gets the AI's moves
//! - [`fetch`]: `GET /api/next` and `GET /api/settings`
//! - [`guesser`]: the guesser in the page, a program of its own
//! - [`insight`]: what the guesser makes of the game
//! - [`store`]: the session and the lessons in localStorage
//! - [`json`]: all JSON that the page reads and writes
//! - `promise`: waits for JavaScript
//! - `slim`: the tricks that keep the bundle small
//! - [`keys`]: the keyboard
//! - [`views`]: what the player sees
//! - `shell`: the document around the page, rendered by the server (feature `ssr`)

pub mod fetch;
pub mod guesser;
pub mod insight;
pub mod json;
pub mod keys;
pub mod play;
pub mod preferences;
mod promise;
pub mod requests;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod sky;
mod slim;
pub mod state;
pub mod store;
pub mod views;

pub use views::App;

// A third of the size of the one that Rust brings.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// Replaces the page that the server rendered; the new one looks the same. Hydrating the old one would
/// double the bundle, only to save rebuilding a few elements.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start() {
    if let Some(body) = leptos::prelude::document().body() {
        body.set_inner_html("");
    }
    let things = fetch::setting("data-things").and_then(|number| number.parse().ok());
    leptos::mount::mount_to_body(
        move || leptos::view! { <App things=things.unwrap_or_default()/> },
    );
}
