//! Things that players teach the guesser.

use crate::{belief::Belief, next_move::Guesser};
use game::{Answer, Move, Text, Transcript};
use knowledge::{Grade, ThingId};

/// A thing that the guesser doesn't know, and what the player answered about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Its name, as in "Is it a dog?".
    pub name: Text,
    /// The questions of the game and the answers.
    pub answers: Vec<(Text, Answer)>,
}

/// What became of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// The guesser now knows the thing; of those that it knew, this one is most like it.
    Added(ThingId),
    /// It knew the thing already and has learned nothing.
    Known,
    /// It has no room for another thing.
    Full,
}

/// The fame of a thing that was taught: that of a basketball.
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
    /// Learns a thing. For questions that the game didn't ask, it takes the answers that it expects
    /// after those of the game, which are the answers of similar things.
    pub fn learn(&mut self, lesson: &Lesson) -> Learned {
        let knowledge = &self.knowledge;
        if knowledge.find_thing(lesson.name.as_str()).is_some() {
            return Learned::Known;
        }
        let answers = lesson.answers.iter().filter_map(|(text, answer)| {
            Some((knowledge.find_question(text.as_str())?, Some(*answer)))
        });
        let answers: Vec<_> = answers.collect();
        let belief = Belief::after(self, &answers, &[]);
        let mut grades: Vec<_> = knowledge
            .questions()
            .map(|question| Grade::near(belief.expected(knowledge.facts(question))))
            .collect();
        for (question, answer) in answers {
            grades[question.index()] = match answer {
                Some(Answer::Yes) => Grade::Yes,
                Some(Answer::No) => Grade::No,
                _ => Grade::Either,
            };
        }
        let nearest = belief.best(1)[0];
        match self.knowledge.add(&lesson.name, FAME, &grades) {
            Some(_) => Learned::Added(nearest),
            None => Learned::Full,
        }
    }
}
