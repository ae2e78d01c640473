//! The whole document around [`App`], as the server writes it.

use crate::App;
use leptos::{html, prelude::*};

/// What the document needs to know of the site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Addresses of the page's own files.
    pub files: Files,
    /// How many things the guesser knows.
    pub things: usize,
    /// The address of the site, with a slash at its end; empty if it isn't known. Link previews need it.
    pub address: String,
    /// Set in development only: the page then reloads itself when `cargo leptos watch` says so.
    pub reload: Option<LeptosOptions>,
}

/// Addresses of the page's own files, from the document, which may lie in any folder: `pkg/twenty.css`.
#[derive(Debug, Clone)]
pub struct Files {
    /// The style sheet, without what the document itself contains.
    pub css: String,
    /// The script that loads the rest and draws the sky, with the code that wasm-bindgen generated around the module.
    pub start: String,
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
    /// The script of what few players open, which brings its own glue.
    pub extras: String,
    /// Its module.
    pub extras_wasm: String,
    /// Its style sheet.
    pub extras_css: String,
}

/// Sets the colours that the player has chosen, before anything is painted, and says so if `start.js` can't be loaded.
/// Asks for the settings and then for the first move of a new game, so that both are there when the program is. It asks for
/// no move if a game is on the table, or if no model plays and this device has the guesser from an earlier visit. A 404 means that there is no
/// server, and any other error that there is no answer now. Its JSON has none of the
/// characters whose base64 differs from base64url. Byte for byte, and without comments, because every player loads it.
/// The only script in the document itself, so the content security policy has its hash (server/headers.json).
const SCRIPT: &str = include_str!("inline.js");

/// The styles of the first screen: nothing has to arrive before it is painted. Byte for byte, so that the policy can have
/// their hash; hence the file has hardly a comment, and only what browsers of the last years know.
const FIRST: &str = include_str!("../../style/first.css");

const DESCRIPTION: &str =
    "Think of something. I have twenty yes/no questions to find out what it is.";

/// The document.
#[must_use]
pub fn shell(site: Site) -> impl IntoView {
    let Site {
        files,
        things,
        address,
        reload,
    } = site;
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                // First of all, since everything waits for it.
                <link rel="preload" href=files.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <link id="styles" rel="preload" r#as="style" href=files.css/>
                <title>"Twenty Questions"</title>
                <meta name="description" content=DESCRIPTION/>
                {preview(&address)}
                <meta name="twitter:card" content="summary_large_image"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f6f0e4" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14131a" media="(prefers-color-scheme: dark)"/>
                <script inner_html=SCRIPT></script>
                <style inner_html=FIRST></style>
                <link rel="icon" href="icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="apple-touch-icon.png"/>
                <link rel="manifest" href="manifest.webmanifest"/>
                // The script learns the addresses from its own tag. So it needn't be inline, and its hash in the
                // content security policy needn't change with them.
                <script
                    id="start"
                    r#type="module"
                    src=files.start
                    data-things=things.to_string()
                    data-wasm=files.wasm
                    data-size=files.wasm_bytes.to_string()
                    data-guesser-js=files.guesser_js
                    data-guesser-wasm=files.guesser_wasm
                    data-knowledge=files.knowledge
                    data-extras=files.extras
                    data-extras-wasm=files.extras_wasm
                    data-extras-css=files.extras_css
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

/// What link previews show: <https://ogp.me>.
fn preview(address: &str) -> AnyView {
    let picture = format!("{address}preview.png");
    let described = "A night sky in which a golden constellation is a question mark";
    let tags = [
        ("og:type", "website"),
        ("og:title", "Twenty Questions"),
        ("og:description", DESCRIPTION),
        ("og:image", &picture),
        ("og:image:alt", described),
        ("og:url", address),
    ];
    let tags = tags.into_iter().filter(|(_, content)| !content.is_empty());
    let tags = tags.map(|(property, content)| {
        let tag = html::meta().attr("property", property.to_owned());
        tag.attr("content", content.to_owned())
    });
    tags.collect::<Vec<_>>().into_any()
}
