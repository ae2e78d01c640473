//! The guesser of the page, as a WebAssembly module of its own: the page is there first, and the guesser is loaded
//! beside the knowledge while the player reads.
//!
//! JavaScript is between the two programs, so games come as lines of text (`game::lines`), and things as
//! their indices.
//!
//! - `trail`: how a game went in the eyes of the guesser

mod trail;

use game::{Opening, Transcript, lines};
use guesser::{Belief, Guesser, Learned, Lesson};
use knowledge::{Knowledge, ThingId};
use trail::Trail;
use wasm_bindgen::prelude::*;

// A third of the size of the one that Rust brings.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// How many of the likeliest things it names.
const BEST: usize = 40;

/// How many candidates it tells.
const CANDIDATES: usize = 5;

/// The guesser and the game that it follows.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PageGuesser {
    guesser: Guesser,
    /// How many things it knew before any lesson.
    packed: usize,
    game: Transcript,
    trail: Trail,
    /// What it believes after the game's answers. One belief takes a millisecond, so all answers below share it.
    belief: Belief,
}

#[wasm_bindgen]
impl PageGuesser {
    /// A guesser with this packed knowledge.
    ///
    /// # Errors
    /// If the knowledge is of another version or damaged.
    #[wasm_bindgen(constructor)]
    pub fn new(packed: &[u8]) -> Result<Self, JsError> {
        let guesser = Guesser::new(Knowledge::unpack(packed)?);
        let game = Transcript::new(Opening(0));
        let belief = guesser.belief(&game);
        Ok(Self {
            packed: belief.probabilities().len(),
            guesser,
            game,
            trail: Trail::default(),
            belief,
        })
    }

    /// Learns a thing from answers. Returns the thing that is most like it, unless it has learned nothing.
    pub fn learn(&mut self, name: &str, answers: &str) -> Option<u16> {
        let lesson = Lesson {
            name: game::Text::new(name).ok()?,
            answers: lines::read_answers(answers),
        };
        match self.guesser.learn(&lesson) {
            Learned::Added(nearest) => {
                // It has another thing, so it believes something else.
                self.trail = Trail::default();
                Some(index(nearest))
            }
            Learned::Known | Learned::Full => None,
        }
    }

    /// Follows a game. What it can't read changes nothing. Returns whether it now believes something else.
    pub fn follow(&mut self, game: &str) -> bool {
        if let Some(game) = lines::read(game) {
            self.game = game;
        }
        let belief = self.trail.follow(&self.guesser, &self.game);
        let is_new = belief.is_some();
        if let Some(belief) = belief {
            self.belief = belief;
        }
        is_new
    }

    /// Its next move, as a line.
    #[wasm_bindgen(js_name = nextMove)]
    #[must_use]
    pub fn next_move(&self) -> String {
        lines::write_move(&self.guesser.next_move(&self.game))
    }

    /// About how many things were left before the first answer and after each.
    #[must_use]
    pub fn left(&self) -> Vec<f64> {
        self.trail.stages.iter().map(|stage| stage.left).collect()
    }

    /// About how many things were left before the last answer. If the game is lost, `thing` doesn't count as long as it is one
    /// that was taught: most likely only now, so that the guesser didn't know it when it asked.
    #[wasm_bindgen(js_name = leftAtLast)]
    #[must_use]
    pub fn left_at_last(&self, thing: &str) -> f64 {
        let answered = self.trail.stages.len().saturating_sub(1);
        let belief = self
            .guesser
            .belief(&self.game.before(answered.saturating_sub(1)));
        let thing = self.guesser.knowledge().find_thing(thing);
        let is_new = |thing: &ThingId| !self.game.is_found() && thing.index() >= self.packed;
        belief.left_without(thing.filter(is_new))
    }

    /// How bright the star of each thing is, 0 to 7.
    #[must_use]
    pub fn light(&self) -> Vec<u8> {
        trail::light(&self.belief)
    }

    /// The likeliest things, best first.
    #[must_use]
    pub fn best(&self) -> Vec<u16> {
        self.belief.best(BEST).into_iter().map(index).collect()
    }

    /// The things that led, in their order; each once for as long as it led.
    #[must_use]
    pub fn leaders(&self) -> Vec<u16> {
        let mut leaders: Vec<_> = self
            .trail
            .stages
            .iter()
            .map(|stage| index(stage.leader))
            .collect();
        leaders.dedup();
        leaders
    }

    /// Its best candidates, a line each: the certainty in percent, rounded down, and the name.
    #[must_use]
    pub fn thoughts(&self) -> String {
        let line = |thing| {
            let name = self.guesser.knowledge().name(thing);
            percent_and(self.belief.probability(thing), name)
        };
        joined(self.belief.best(CANDIDATES).into_iter().map(line))
    }

    /// The answers that contradict the thing, a line each, the most surprising first: the answer, how certain it was of
    /// the opposite in percent, and the question. Nothing if it doesn't know the thing.
    #[must_use]
    pub fn surprises(&self, thing: &str) -> Option<String> {
        let surprises = self.guesser.surprises(&self.game, thing)?;
        let lines = surprises.into_iter().map(|surprise| {
            let rest = percent_and(1.0 - surprise.likelihood, &surprise.question);
            [surprise.answer.word(), &rest].join(" ")
        });
        Some(joined(lines))
    }

    /// The thing with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u16> {
        self.guesser.knowledge().find_thing(name).map(index)
    }

    /// The names of things, a line each.
    #[must_use]
    pub fn names(&self, things: &[u16]) -> String {
        let knowledge = self.guesser.knowledge();
        let things = things
            .iter()
            .filter_map(|&thing| knowledge.thing(thing.into()));
        joined(things.map(|thing| knowledge.name(thing).to_string()))
    }
}

fn index(thing: ThingId) -> u16 {
    thing.index() as u16
}

fn percent_and(share: f64, text: &game::Text) -> String {
    [&*((share * 100.0) as u8).to_string(), text.as_str()].join(" ")
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}
