//! Answers in place of the player.

use super::judge;
use crate::relay::BuiltInGuesser;
use game::{Answer, Move};
use model::{CallError, Model};

/// Knows the thing, and answers truthfully as far as it can.
pub(super) enum Answerer {
    /// By the guesser's knowledge; "not sure" where that says nothing.
    Guesser,
    /// By the model.
    Model(Box<Model>),
}

impl Answerer {
    pub(super) async fn answer(
        &self,
        guesser: &BuiltInGuesser,
        thing: &str,
        mv: &Move,
    ) -> Result<Answer, CallError> {
        if let Move::Guess(name) = mv
            && guesser.knowledge().is_same_thing(name.as_str(), thing)
        {
            return Ok(Answer::Yes);
        }
        match self {
            Self::Guesser => Ok(by_knowledge(guesser, thing, mv)),
            Self::Model(model) => judge::answer(model, thing, mv).await,
        }
    }
}

fn by_knowledge(guesser: &BuiltInGuesser, thing: &str, mv: &Move) -> Answer {
    let knowledge = guesser.knowledge();
    let thing = knowledge.find_thing(thing);
    match mv {
        // A right guess got its answer before.
        Move::Guess(_) => Answer::No,
        Move::Question(text) => {
            let share = guesser
                .recognise(text.as_str())
                .zip(thing)
                .map(|(question, thing)| knowledge.grade(question, thing).stated());
            match share {
                Some(yes) if yes > 0.55 => Answer::Yes,
                Some(yes) if yes < 0.45 => Answer::No,
                _ => Answer::Unsure,
            }
        }
    }
}
