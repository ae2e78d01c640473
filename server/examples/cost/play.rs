//! The tree of real games: the guesser moves in the model's stead.

use crate::sample::{Branch, Tree};
use game::{Answer, Event, Move, Opening, Phase, Transcript};
use guesser::Guesser;
use jiff::civil::{Date, date};
use knowledge::Grade;
use server::relay::{prompt, proposal::SCHEMA};
use tiktoken_rs::CoreBPE;

/// Dollars per million tokens of gpt-6-luna, in and out: OpenAI's list, October 2026.
pub(crate) const PRICE: (f64, f64) = (0.10, 0.50);

/// Any month: all names of months are one token.
const TODAY: Date = date(2026, 11, 28);

/// Tokens that frame the two messages of a prompt.
const FRAME: usize = 7;

/// What a model replies, at its longest: five candidates and a question.
const REPLY: &str = r#"{"candidates":["a dog","a chair","an apple","a car","the sun"],"kind":"question","text":"Is it commonly found in a kitchen?"}"#;

/// How players answer a question. Guesses are answered right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Player {
    /// The share of answers that are the opposite of what was meant.
    pub(crate) slip: f64,
    /// The share of answers that are "not sure".
    pub(crate) unsure: f64,
}

/// Everything that may happen in a game.
pub(crate) struct Games {
    guesser: Guesser,
    player: Player,
    openings: u8,
    tokens: CoreBPE,
    /// Tokens that are the same in every call.
    fixed: usize,
    pub(crate) reply: usize,
}

/// A transcript at which the AI has to move.
pub(crate) struct Node {
    transcript: Transcript,
    /// For each thing, how likely it is that a player has it in mind and has given these answers.
    things: Vec<f64>,
    /// Tokens of the prompt.
    input: usize,
}

impl Games {
    pub(crate) fn new(player: Player, openings: u8) -> Self {
        let tokens = tiktoken_rs::o200k_base().expect("the encoding is part of the crate");
        let count = |text: &str| tokens.encode_ordinary(text).len();
        let system = &prompt::messages(&Transcript::new(Opening(0)), TODAY)[0];
        Self {
            guesser: Guesser::embedded(),
            player,
            openings,
            fixed: FRAME + count(&SCHEMA.to_string()) + count(&system.content),
            reply: count(REPLY),
            tokens,
        }
    }

    fn node(&self, transcript: Transcript, things: Vec<f64>) -> Node {
        let state = &prompt::messages(&transcript, TODAY)[1];
        let input = self.fixed + self.tokens.encode_ordinary(&state.content).len();
        Node {
            transcript,
            things,
            input,
        }
    }

    /// How often players think of each thing.
    fn priors(&self) -> Vec<f64> {
        let knowledge = self.guesser.knowledge();
        let things = knowledge.things();
        let priors: Vec<f64> = things.map(|thing| knowledge.prior(thing)).collect();
        let sum: f64 = priors.iter().sum();
        priors.into_iter().map(|prior| prior / sum).collect()
    }

    /// How likely the player says yes to the move, thing by thing, where the answer isn't "not sure".
    fn yes(&self, mv: &Move) -> Vec<f64> {
        let knowledge = self.guesser.knowledge();
        let things = knowledge.things();
        match mv {
            Move::Guess(name) => things
                .map(|thing| f64::from(u8::from(knowledge.name(thing) == name)))
                .collect(),
            Move::Question(text) => {
                let question = knowledge.find_question(text.as_str());
                let question = question.expect("the guesser asks its own questions");
                let mut yes = vec![self.player.yes(Grade::No); things.len()];
                for fact in knowledge.facts(question) {
                    yes[fact.thing.index()] = self.player.yes(fact.grade);
                }
                yes
            }
        }
    }
}

impl Player {
    /// How likely the player says yes about a thing with this grade.
    fn yes(self, grade: Grade) -> f64 {
        match grade {
            Grade::Either => 0.5,
            grade if grade.stated() > 0.5 => 1.0 - self.slip,
            _ => self.slip,
        }
    }
}

impl Tree for Games {
    type Node = Node;

    fn openings(&self) -> Vec<Node> {
        (0..self.openings)
            .map(|opening| self.node(Transcript::new(Opening(opening)), self.priors()))
            .collect()
    }

    fn dollars(&self, node: &Node) -> f64 {
        (node.input as f64 * PRICE.0 + self.reply as f64 * PRICE.1) / 1e6
    }

    fn branches(&self, node: &Node) -> Vec<Branch<Node>> {
        let mv = self.guesser.next_move(&node.transcript);
        let yes = self.yes(&mv);
        let unsure = if mv.is_guess() {
            0.0
        } else {
            self.player.unsure
        };
        let total: f64 = node.things.iter().sum();
        let answers = Answer::ALL.into_iter().filter(|&answer| mv.takes(answer));
        answers
            .map(|answer| {
                let likelihood = |yes: &f64| match answer {
                    Answer::Yes => (1.0 - unsure) * yes,
                    Answer::No => (1.0 - unsure) * (1.0 - yes),
                    Answer::Unsure => unsure,
                };
                let pairs = node.things.iter().zip(&yes);
                let things: Vec<f64> = pairs.map(|(thing, yes)| thing * likelihood(yes)).collect();
                let mut after = node.transcript.clone();
                for event in [Event::Move(mv.clone()), Event::Answer(answer)] {
                    after.apply(event).expect("the guesser plays by the rules");
                }
                Branch {
                    probability: things.iter().sum::<f64>() / total,
                    // As `Game::successors` of the page has it.
                    is_prefetched: answer != Answer::Unsure,
                    next: (after.phase() == Phase::Thinking).then(|| self.node(after, things)),
                }
            })
            .collect()
    }
}
