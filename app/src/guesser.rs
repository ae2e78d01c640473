//! The guesser in the page: a program of its own (app/guesser), which `start.js` loads beside the knowledge.

use crate::{
    insight::{Insight, Star},
    promise::then,
    session::Game,
};
use game::{
    Move, Text, lines,
    past::{End, Past},
};
use guesser::Lesson;
use leptos::wasm_bindgen::{self, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = loadGuesser)]
    fn load_guesser() -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = guesser, js_name = learn)]
    fn guesser_learn(name: &str, answers: &str) -> Option<u16>;
    #[wasm_bindgen(js_namespace = guesser, js_name = follow)]
    fn guesser_follow(game: &str) -> bool;
    #[wasm_bindgen(js_namespace = guesser, js_name = nextMove)]
    fn guesser_next_move() -> String;
    #[wasm_bindgen(js_namespace = guesser, js_name = left)]
    fn guesser_left() -> Vec<f64>;
    #[wasm_bindgen(js_namespace = guesser, js_name = light)]
    fn guesser_light() -> Vec<u8>;
    #[wasm_bindgen(js_namespace = guesser, js_name = best)]
    fn guesser_best() -> Vec<u16>;
    #[wasm_bindgen(js_namespace = guesser, js_name = leaders)]
    fn guesser_leaders() -> Vec<u16>;
    #[wasm_bindgen(js_namespace = guesser, js_name = thoughts)]
    fn guesser_thoughts() -> String;
    #[wasm_bindgen(js_namespace = guesser, js_name = surprises)]
    fn guesser_surprises(thing: &str) -> Option<String>;
    #[wasm_bindgen(js_namespace = guesser, js_name = find)]
    fn guesser_find(name: &str) -> Option<u16>;
    #[wasm_bindgen(js_namespace = guesser, js_name = names)]
    fn guesser_names(things: &[u16]) -> String;
}

/// Proof that the guesser is loaded.
#[derive(Debug)]
pub struct Guesser(());

#[expect(
    clippy::unused_self,
    reason = "whoever has a `Guesser` knows that it is loaded; it is itself in JavaScript"
)]
impl Guesser {
    /// Loads the program and the knowledge, and calls `done`: with nothing if one of the files can't be loaded. A
    /// guesser that was loaded before is replaced and forgets what it has learned.
    pub fn load(done: impl FnOnce(Option<Self>) + 'static) {
        // It may fail at once, where `start.js` isn't part of the page, or later.
        then(load_guesser(), |loaded| done(loaded.map(|_| Self(()))));
    }

    /// Learns a lesson. Returns the thing that is most like its thing, unless it has learned nothing.
    pub(crate) fn learn(&mut self, lesson: &Lesson) -> Option<u16> {
        let answers = lines::write_answers(&lesson.answers);
        guesser_learn(lesson.name.as_str(), &answers)
    }

    /// Whether it knows a thing by this name, other than the one with the name `old`.
    pub(crate) fn knows_another(&self, name: &Text, old: &Text) -> bool {
        let found = guesser_find(name.as_str());
        found.is_some() && found != guesser_find(old.as_str())
    }

    /// The things that were found in the games of this log.
    pub(crate) fn found(&self, log: &str) -> Vec<Star> {
        let found = log.lines().filter_map(Past::read);
        let found = found.filter(|past| matches!(past.end, End::Found | End::Late));
        let stars = found.filter_map(|past| {
            Some(Star {
                index: guesser_find(past.thing?.as_str())?,
                name: String::new(),
            })
        });
        stars.collect()
    }

    /// Its move in this game.
    pub(crate) fn next_move(&self, game: &Game) -> Option<Move> {
        guesser_follow(&lines::write(&game.in_own_words()));
        lines::read_move(&guesser_next_move())
    }

    /// Brings an insight up to date with this game.
    pub(crate) fn look(&self, game: &Game, insight: &mut Insight) {
        let is_new = guesser_follow(&lines::write(&game.in_own_words()));
        if is_new || insight.left.is_empty() {
            insight.left = guesser_left();
            insight.light = guesser_light();
            insight.best = stars(guesser_best());
            insight.leaders = stars(guesser_leaders());
            insight.thoughts = Insight::read_thoughts(&guesser_thoughts());
        }
        let star = |name: &Text| {
            let index = guesser_find(name.as_str())?;
            stars(vec![index]).pop()
        };
        let thing = game.thing.as_ref();
        let surprises = thing.and_then(|thing| guesser_surprises(thing.as_str()));
        let guess = game.open_move().filter(|mv| mv.is_guess());
        insight.guess = guess.and_then(|mv| star(mv.text()));
        insight.thing = thing.and_then(star);
        insight.surprises = Insight::read_surprises(&surprises.unwrap_or_default());
    }
}

fn stars(indices: Vec<u16>) -> Vec<Star> {
    let names = guesser_names(&indices);
    let names = names.split('\n').map(ToOwned::to_owned);
    let pairs = indices.into_iter().zip(names);
    pairs.map(|(index, name)| Star { index, name }).collect()
}
