//! Sessions, written as the steps that lead to them.

use app::session::{Game, Session, Step};
use game::{
    Answer, AttributedMove, Move, Mover, Opening, Origin, Text,
    wire::{Next, Seal},
};

pub(crate) const START: Step = Step::Start(Opening(3));
pub(crate) const YES: Step = Step::Answer(Answer::Yes);
pub(crate) const NO: Step = Step::Answer(Answer::No);
pub(crate) const UNSURE: Step = Step::Answer(Answer::Unsure);

pub(crate) fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub(crate) fn question(words: &str) -> Move {
    Move::Question(text(words))
}

pub(crate) fn guess(name: &str) -> Move {
    Move::Guess(text(name))
}

/// A model's move, as the server sends it.
pub(crate) fn next(mv: Move, seal: &str) -> Next {
    Next {
        attributed: AttributedMove {
            mv,
            origin: Origin {
                by: Mover::Model("gpt".to_owned()),
                known_as: None,
            },
        },
        seal: Seal(seal.to_owned()),
        ponder: false,
    }
}

pub(crate) fn served(mv: Move, seal: &str) -> Step {
    Step::ServerMoved(next(mv, seal))
}

/// A model's question that the guesser would put as "Is it a living thing?".
pub(crate) fn served_known() -> Step {
    let mut next = next(question("Is it alive?"), "s1");
    next.attributed.origin.known_as = Some(text("Is it a living thing?"));
    Step::ServerMoved(next)
}

pub(crate) fn name(typed: &str) -> Step {
    Step::Name(typed.to_owned())
}

/// A session after these steps, all of which must fit.
pub(crate) fn after(steps: impl IntoIterator<Item = Step>) -> Session {
    let mut session = Session::default();
    for step in steps {
        session
            .apply(step.clone())
            .unwrap_or_else(|error| panic!("{step:?}: {error}: {session:#?}"));
    }
    session
}

pub(crate) fn game(session: &Session) -> &Game {
    session.game.as_ref().expect("a game is on the table")
}
