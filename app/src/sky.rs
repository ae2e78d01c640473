//! What the sky shows: a star for each thing that the guesser knows. `public/sky.js` draws it.

use crate::{insight::Star, session::Game, state::State};
use leptos::wasm_bindgen::{self, JsValue, prelude::wasm_bindgen};

/// From this question on, a star under the pointer says its name.
const NAMED_FROM: usize = 8;

/// How many suspects a constellation connects.
const CONSTELLATION: usize = 3;

/// How bright all stars are once the game is lost.
const LIT: u8 = 5;

/// What the sky shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// `first`, `play`, `guess`, `found` or, as long as the thing isn't known, `lost`.
    pub kind: &'static str,
    /// How bright each star is, 0 to 7; empty if nothing is known about them.
    pub light: Vec<u8>,
    /// In `first`, what was found in past games; in `play`, the likeliest things, best first; otherwise what the line connects, of which
    /// the last is the thing or, in `lost`, what led at last.
    pub marks: Vec<Star>,
    /// Whether the marks have their names beside them.
    pub has_names: bool,
}

impl Scene {
    /// What the sky shows in this state.
    #[must_use]
    pub fn of(state: &State) -> Self {
        match &state.session.game {
            None => Self {
                kind: "first",
                marks: state.found.clone(),
                ..Self::default()
            },
            Some(game) if game.is_over() => ending(state, game),
            Some(game) => board(state, game),
        }
    }
}

fn board(state: &State, game: &Game) -> Scene {
    let insight = &state.insight;
    match &insight.guess {
        Some(candidate) => Scene {
            kind: "guess",
            light: all(state, 0),
            marks: vec![candidate.clone()],
            has_names: true,
        },
        None => Scene {
            kind: "play",
            light: insight.light.clone(),
            marks: insight.best.clone(),
            has_names: game.transcript.turns().len() >= NAMED_FROM,
        },
    }
}

fn ending(state: &State, game: &Game) -> Scene {
    let insight = &state.insight;
    let mut marks = insight.leaders.clone();
    marks.retain(|mark| Some(mark) != insight.thing.as_ref());
    marks.dedup();
    marks.extend(insight.thing.clone());
    let excess = marks.len().saturating_sub(CONSTELLATION);
    marks.drain(..excess);
    Scene {
        kind: if insight.thing.is_some() {
            "found"
        } else {
            "lost"
        },
        light: all(state, if game.is_found() { 0 } else { LIT }),
        marks,
        has_names: true,
    }
}

fn all(state: &State, light: u8) -> Vec<u8> {
    vec![light; state.things + state.beside.len()]
}

#[wasm_bindgen]
extern "C" {
    /// Fails where `start.js` isn't part of the page or the canvas can't be drawn on. The game goes on without a sky.
    #[wasm_bindgen(catch, js_namespace = sky)]
    fn show(
        things: usize,
        kind: &str,
        light: &[u8],
        beside: &[u16],
        marks: &[u16],
        names: &str,
    ) -> Result<(), JsValue>;
}

/// Draws what the state shows.
pub(crate) fn draw(state: &State) {
    let scene = Scene::of(state);
    let marks: Vec<_> = scene.marks.iter().map(|star| star.index).collect();
    let named = scene.marks.iter().filter(|_| scene.has_names);
    let names: Vec<_> = named.map(|star| star.name.as_str()).collect();
    let _ = show(
        state.things,
        scene.kind,
        &scene.light,
        &state.beside,
        &marks,
        &names.join("\n"),
    );
}
