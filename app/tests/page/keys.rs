//! The keyboard.

use crate::steps::{START, after, question, served};
use app::{
    fetch::FetchError,
    keys::meaning,
    session::{Session, Step},
    state::{Press, State},
};
use game::Answer;

#[test]
fn a_key_does_what_the_screen_offers() {
    let state = |session| State {
        ready: true,
        session,
        ..State::default()
    };
    let rules = state(Session::default());
    let board = state(after([START, served(question("A?"), "s1")]));
    let ending = state(after([START, Step::GiveUp]));
    let outage = State {
        outage: Some(FetchError::Unreachable),
        ..state(after([START]))
    };
    let cases = [
        ("Enter", &rules, Some(Press::Start)),
        ("y", &rules, None),
        ("y", &board, Some(Press::Answer(Answer::Yes))),
        ("N", &board, Some(Press::Answer(Answer::No))),
        ("s", &board, Some(Press::Answer(Answer::Unsure))),
        ("z", &board, Some(Press::Step(Step::Undo))),
        ("Backspace", &ending, Some(Press::Step(Step::Undo))),
        ("Enter", &board, None),
        ("Enter", &outage, Some(Press::TryAgain)),
        ("Enter", &ending, Some(Press::Start)),
        ("x", &board, None),
    ];
    for (key, state, expected) in cases {
        let screen = state.session.screen();
        assert_eq!(meaning(key, state), expected, "{key} on {screen:?}");
    }
}
