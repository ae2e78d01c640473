//! Things that players teach the guesser.

use crate::{belief::Belief, grade::Grade, next_move::Guesser};
use game::{Answer, Move, Text, Transcript};

/// A thing that the guesser didn't know, and what the player answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Its name, as in "Is it a dog?".
    pub name: Text,
    /// The questions of the game and the answers.
    pub answers: Vec<(Text, Answer)>,
}

/// How often people think of something that they have taught: as often as of a guitar.
const FAME: i32 = 6;

impl Lesson {
    /// What a game teaches about a thing.
    #[must_use]
    pub fn new(name: Text, transcript: &Transcript) -> Self {
        let turns = transcript.turns().iter();
        let answers = turns.filter_map(|turn| match &turn.mv {
            Move::Question(text) => Some((text.clone(), turn.answer?)),
            Move::Guess(_) => None,
        });
        Self {
            name,
            answers: answers.collect(),
        }
    }
}

impl Guesser {
    /// Learns a thing. What the player wasn't asked is taken from the things that it resembles: the
    /// answer that the guesser would have expected at the end of the game. False, and nothing is
    /// learnt, if it knows the thing.
    pub fn learn(&mut self, lesson: &Lesson) -> bool {
        let knowledge = &self.knowledge;
        if knowledge.find_thing(lesson.name.as_str()).is_some() {
            return false;
        }
        let answers = lesson.answers.iter().filter_map(|(text, answer)| {
            Some((knowledge.find_question(text.as_str())?, Some(*answer)))
        });
        let answers: Vec<_> = answers.collect();
        let belief = Belief::after(knowledge, answers.iter().copied(), self.style.slip);
        let mut grades: Vec<_> = (0..knowledge.questions())
            .map(|question| Grade::near(belief.expected(knowledge.facts(question))))
            .collect();
        for (question, answer) in answers {
            grades[question] = match answer {
                Some(Answer::Yes) => Grade::Yes,
                Some(Answer::No) => Grade::No,
                _ => Grade::Either,
            };
        }
        self.knowledge.add(&lesson.name, FAME, &grades)
    }
}
