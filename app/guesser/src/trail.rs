//! How a game went in the eyes of the guesser: after each answer, what led and how many things were left.

use game::{Transcript, Turn};
use guesser::{Belief, Guesser};
use knowledge::ThingId;

/// The brightest star.
const BRIGHTEST: f64 = 7.0;

/// A star goes out when its thing is less likely than the leader by this many powers of ten.
const RANGE: f64 = 5.0;

/// The trail of a game. It computes each stage once, because a belief takes a millisecond.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// The answered turns.
    turns: Vec<Turn>,
    /// One more than answers: the first stage is before them.
    pub(crate) stages: Vec<Stage>,
}

/// What the guesser made of the answers up to one of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    /// About how many things were left.
    pub(crate) left: f64,
    /// The likeliest.
    pub(crate) leader: ThingId,
}

impl Trail {
    /// Brings the trail up to date. Returns what the guesser believes now, unless that is the same as before.
    pub(crate) fn follow(&mut self, guesser: &Guesser, game: &Transcript) -> Option<Belief> {
        let turns = game.turns().iter();
        let answered: Vec<_> = turns
            .filter(|turn| turn.answer.is_some())
            .cloned()
            .collect();
        let pairs = self.turns.iter().zip(&answered);
        let kept = pairs.take_while(|(old, new)| old == new).count();
        if kept == self.turns.len() && kept == answered.len() && !self.stages.is_empty() {
            return None;
        }
        self.stages.truncate(kept + 1);
        let mut belief = None;
        for answers in self.stages.len()..=answered.len() {
            let now = guesser.belief(&game.before(answers));
            self.stages.push(Stage {
                left: now.left(),
                leader: now.best(1)[0],
            });
            belief = Some(now);
        }
        // Without a new stage, the game has gone back.
        let belief = belief.or_else(|| Some(guesser.belief(&game.before(answered.len()))));
        self.turns = answered;
        belief
    }
}

/// How bright each star is: by the logarithm of its thing's probability, in proportion to the greatest.
pub(crate) fn light(belief: &Belief) -> Vec<u8> {
    let probabilities = belief.probabilities();
    let most = probabilities.iter().copied().fold(0.0, f64::max);
    let tens = std::f64::consts::LOG10_2 / RANGE;
    let step = |probability: &f64| {
        // The cast turns what is below 0, and the logarithm of 0, into 0.
        ((1.0 + (probability / most).log2() * tens) * BRIGHTEST + 0.5) as u8
    };
    probabilities.iter().map(step).collect()
}
