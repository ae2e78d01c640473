//! What the guesser thinks, and what surprised it.

use crate::next_move::Guesser;
use game::{Answer, Event, Move, Text, Transcript};

/// The number of candidates in a thought.
const CANDIDATES: usize = 5;

/// What the guesser thinks during a game.
#[derive(Debug, Clone, PartialEq)]
pub struct Thought {
    /// The likeliest things with their probabilities, best first.
    pub candidates: Vec<(Text, f64)>,
    /// The information in the last answer, in bits: the divergence of the posterior from the prior
    /// (Kullback and Leibler 1951, "On information and sufficiency").
    pub bits: f64,
}

/// An answer that contradicts the thing, as far as the guesser knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Surprise {
    /// The question.
    pub question: Text,
    /// The answer of the player.
    pub answer: Answer,
    /// The share of players who give that answer, of those who think of the thing and say yes or no.
    pub likelihood: f64,
}

impl Guesser {
    /// What it thinks after a transcript.
    #[must_use]
    pub fn thought(&self, transcript: &Transcript) -> Thought {
        let belief = self.belief(transcript);
        let candidate = |thing| {
            let name = self.knowledge().name(thing).clone();
            (name, belief.probability(thing))
        };
        let before = self.belief(&before_the_last_answer(transcript));
        let unknown = (belief.unknown(), before.unknown());
        let pairs = belief.probabilities().iter().zip(before.probabilities());
        let pairs = pairs.map(|(&now, &before)| (now, before)).chain([unknown]);
        let terms = pairs.filter(|(now, _)| *now > 0.0);
        Thought {
            candidates: belief.best(CANDIDATES).into_iter().map(candidate).collect(),
            bits: terms.map(|(now, before)| now * (now / before).log2()).sum(),
        }
    }

    /// The answers that contradict the thing, the most surprising first. `None` if the guesser doesn't
    /// know the thing.
    #[must_use]
    pub fn surprises(&self, transcript: &Transcript, thing: &str) -> Option<Vec<Surprise>> {
        let thing = self.knowledge().find_thing(thing)?;
        let mut surprises = Vec::new();
        for turn in transcript.turns() {
            if let (Move::Question(text), Some(answer @ (Answer::Yes | Answer::No))) =
                (&turn.mv, turn.answer)
                && let Some(question) = self.knowledge().find_question(text.as_str())
            {
                let grade = self.knowledge().grade(question, thing);
                let likelihood = &self.likelihoods(question)[grade as usize];
                let surprise = Surprise {
                    question: text.clone(),
                    answer,
                    likelihood: likelihood.of(answer) / (1.0 - likelihood.unsure),
                };
                // If half of the players give it, an answer is no surprise.
                if surprise.likelihood < 0.5 {
                    let earlier = |other: &Surprise| other.likelihood <= surprise.likelihood;
                    surprises.insert(surprises.partition_point(earlier), surprise);
                }
            }
        }
        Some(surprises)
    }
}

/// The transcript without its last answer.
fn before_the_last_answer(transcript: &Transcript) -> Transcript {
    let mut before = transcript.clone();
    // If there is nothing to undo, the transcript stays as it is.
    let _ = before.apply(Event::Undo);
    before
}
