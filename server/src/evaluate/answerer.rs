//! Who answers in the player's stead.

use crate::relay::{
    fault::Reason,
    likeness,
    openai::OpenAi,
    wordings::{Guesser, knowledge},
};
use game::{Answer, Move};

/// Knows the thing and answers truthfully, as far as it can.
pub(super) enum Answerer {
    /// By the guesser's knowledge; "not sure" where that has nothing to say.
    Guesser,
    /// By the model.
    Model(Box<OpenAi>),
}

impl Answerer {
    pub(super) async fn answer(&self, thing: &str, mv: &Move) -> Result<Answer, Reason> {
        if let Move::Guess(name) = mv
            && likeness::bare(name.as_str()) == likeness::bare(thing)
        {
            return Ok(Answer::Yes);
        }
        match self {
            Self::Guesser => Ok(by_knowledge(thing, mv)),
            Self::Model(model) => model.judge(thing, mv).await,
        }
    }
}

fn by_knowledge(thing: &str, mv: &Move) -> Answer {
    let thing = knowledge().find_thing(thing);
    match mv {
        Move::Guess(name) => {
            let is_it = thing.is_some() && knowledge().find_thing(name.as_str()) == thing;
            if is_it { Answer::Yes } else { Answer::No }
        }
        Move::Question(text) => {
            let grade = Guesser
                .recognise(text.as_str())
                .zip(thing)
                .map(|(question, thing)| knowledge().grade(question, thing).stated());
            match grade {
                Some(yes) if yes > 0.55 => Answer::Yes,
                Some(yes) if yes < 0.45 => Answer::No,
                _ => Answer::Unsure,
            }
        }
    }
}
