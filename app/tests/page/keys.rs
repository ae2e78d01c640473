//! The keyboard.

use crate::steps::{START, after, question, served};
use app::{
    fetch::FetchError,
    keys::meaning,
    session::{Session, Step},
    state::{Press, Sheet, State},
};
use game::Answer;

#[test]
fn a_key_does_what_the_screen_offers() {
    let state = |session| State {
        ready: true,
        session,
        ..State::default()
    };
    let first = state(Session::default());
    let board = state(after([START, served(question("A?"), "s1")]));
    let ending = state(after([START, Step::GiveUp]));
    let outage = State {
        outage: Some(FetchError::Unreachable),
        ..state(after([START]))
    };
    let mut silent = state(after([START, served(question("A?"), "s1")]));
    silent.preferences.has_keys = false;
    let covered = State {
        sheet: Some(Sheet::Menu),
        ..state(after([START, served(question("A?"), "s1")]))
    };
    // A key mustn't answer the question beside what the player looks at.
    let changing = State {
        changing: Some(0),
        ..state(after([START, served(question("A?"), "s1")]))
    };
    let naming = State {
        is_naming: true,
        ..state(after([START, Step::GiveUp]))
    };
    let cases = [
        ("Enter", "Enter", &first, Some(Press::Start)),
        ("y", "KeyY", &first, None),
        ("y", "KeyY", &board, Some(Press::Answer(Answer::Yes))),
        ("N", "KeyN", &board, Some(Press::Answer(Answer::No))),
        ("s", "KeyS", &board, Some(Press::Answer(Answer::Unsure))),
        ("z", "KeyZ", &board, Some(Press::Step(Step::Undo))),
        // A German keyboard has z where an American one has y: what it types counts.
        ("z", "KeyY", &board, Some(Press::Step(Step::Undo))),
        // Keyboards for other scripts: where the key is counts.
        ("н", "KeyY", &board, Some(Press::Answer(Answer::Yes))),
        ("т", "KeyN", &board, Some(Press::Answer(Answer::No))),
        ("σ", "KeyS", &board, Some(Press::Answer(Answer::Unsure))),
        ("ζ", "KeyZ", &board, Some(Press::Step(Step::Undo))),
        (
            "Backspace",
            "Backspace",
            &board,
            Some(Press::Step(Step::Undo)),
        ),
        ("Backspace", "Backspace", &ending, None),
        // The end of a game offers to take the last answer back.
        ("z", "KeyZ", &ending, Some(Press::Step(Step::Undo))),
        ("y", "KeyY", &ending, None),
        ("y", "KeyY", &changing, None),
        ("z", "KeyZ", &changing, None),
        ("z", "KeyZ", &naming, None),
        ("Enter", "Enter", &board, None),
        ("Enter", "NumpadEnter", &outage, Some(Press::TryAgain)),
        ("Enter", "Enter", &ending, None),
        ("x", "KeyX", &board, None),
        ("Dead", "KeyN", &board, None),
        ("1", "KeyY", &board, None),
        ("y", "KeyY", &silent, None),
        ("Backspace", "Backspace", &silent, None),
        ("y", "KeyY", &covered, None),
        ("Enter", "Enter", &covered, None),
    ];
    for (key, code, state, expected) in cases {
        let screen = state.session.screen();
        assert_eq!(
            meaning(key, code, state),
            expected,
            "{key} {code} on {screen:?}"
        );
    }
}
