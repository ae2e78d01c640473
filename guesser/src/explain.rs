//! What the guesser thinks, and what surprised it.

use crate::{belief::likelihood, next_move::Guesser};
use game::{Answer, Event, Move, Text, Transcript};

/// How many candidates a thought names.
const CANDIDATES: usize = 5;

/// What the guesser thinks in the middle of a game.
#[derive(Debug, Clone, PartialEq)]
pub struct Thought {
    /// The likeliest things and how likely they are, best first.
    pub candidates: Vec<(Text, f64)>,
    /// How many bits the last answer told: the divergence of what the guesser believes from what it
    /// believed before (Kullback and Leibler 1951, "On information and sufficiency").
    pub bits: f64,
}

/// An answer that the guesser had expected otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Surprise {
    /// What was asked.
    pub question: Text,
    /// What the player said.
    pub answer: Answer,
    /// How likely that answer had been, from 0 to 1, given the thing.
    pub likelihood: f64,
}

impl Guesser {
    /// What it thinks after a transcript.
    #[must_use]
    pub fn thought(&self, transcript: &Transcript) -> Thought {
        let belief = self.belief(transcript);
        let now = belief.probabilities();
        let candidates = belief.best(CANDIDATES).into_iter();
        let before = self.belief(&before_the_last_answer(transcript));
        let terms = now.iter().zip(before.probabilities());
        let terms = terms.filter(|(now, _)| **now > 0.0);
        Thought {
            candidates: candidates
                .map(|thing| {
                    (
                        self.knowledge().name(thing).clone(),
                        belief.probability(thing),
                    )
                })
                .collect(),
            bits: terms.map(|(now, before)| now * (now / before).log2()).sum(),
        }
    }

    /// Which answers speak against the thing, the most surprising first; `None` if the guesser doesn't
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
                let surprise = Surprise {
                    question: text.clone(),
                    answer,
                    likelihood: likelihood(Some(answer), grade, 0.0),
                };
                // What opinions differ on surprises nobody.
                if surprise.likelihood < 0.5 {
                    let earlier = |other: &Surprise| other.likelihood <= surprise.likelihood;
                    surprises.insert(surprises.partition_point(earlier), surprise);
                }
            }
        }
        Some(surprises)
    }
}

/// The transcript as it was when its last answer wasn't given yet.
fn before_the_last_answer(transcript: &Transcript) -> Transcript {
    let mut before = transcript.clone();
    // With nothing to take back it is the same.
    let _ = before.apply(Event::Undo);
    before
}
