//! The whole document around [`App`], as the server writes it.

use crate::App;
use leptos::prelude::*;

/// What the document needs to know of the site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Addresses of the page's own files.
    pub files: Files,
    /// How many things the guesser knows.
    pub things: usize,
    /// How many openings the server has.
    pub openings: u8,
    /// Set in development only: the page then reloads itself when `cargo leptos watch` says so.
    pub reload: Option<LeptosOptions>,
}

/// Addresses of the page's own files, from the root: `/pkg/twenty.css`.
#[derive(Debug, Clone)]
pub struct Files {
    /// The style sheet.
    pub css: String,
    /// The script that loads the next two and draws the sky.
    pub start: String,
    /// The code that wasm-bindgen generated around the module.
    pub js: String,
    /// The module.
    pub wasm: String,
    /// Its size in bytes, without compression.
    pub wasm_bytes: usize,
    /// The code that wasm-bindgen generated around the guesser.
    pub guesser_js: String,
    /// The guesser, a module of its own.
    pub guesser_wasm: String,
    /// The packed knowledge of the guesser.
    pub knowledge: String,
}

/// Sets the colours that the player has chosen, before anything is painted. The only script in the document
/// itself, so the content security policy has its hash (server/headers.json).
const THEME: &str = include_str!("theme.js");

/// The document.
#[must_use]
pub fn shell(site: Site) -> impl IntoView {
    let Site {
        files,
        things,
        openings,
        reload,
    } = site;
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <title>"Twenty Questions"</title>
                <meta name="description" content="Think of something. I have twenty yes/no questions to find out what it is."/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f6f0e4" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14131a" media="(prefers-color-scheme: dark)"/>
                <script inner_html=THEME></script>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=files.css/>
                <link rel="modulepreload" href=files.js.clone()/>
                <link rel="preload" href=files.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                // The script learns the addresses from its own tag. So it needn't be inline, and its hash in the
                // content security policy needn't change with them.
                <script
                    id="start"
                    r#type="module"
                    src=files.start
                    data-js=files.js
                    data-things=things.to_string()
                    data-wasm=files.wasm
                    data-size=files.wasm_bytes.to_string()
                    data-guesser-js=files.guesser_js
                    data-guesser-wasm=files.guesser_wasm
                    data-knowledge=files.knowledge
                    data-openings=openings.to_string()
                ></script>
                {reload.map(|options| view! { <AutoReload options/> })}
            </head>
            <body>
                <noscript><p class="notice">"The game needs JavaScript, which this browser has switched off."</p></noscript>
                <App things/>
            </body>
        </html>
    }
}
