//! Failures and lessons.

use crate::steps::text;
use app::{fetch::FetchError, json::reply::Problem, state::State};
use game::{Answer, wire::BROKEN_SEAL};
use guesser::Lesson;

#[test]
fn the_guesser_is_offered_after_two_failures_or_when_a_retry_is_pointless() {
    let broken_seal = FetchError::Refused(Problem {
        kind: BROKEN_SEAL.to_owned(),
        title: "A sentence.".to_owned(),
    });
    let cases = [
        (None, 0, false),
        (Some(FetchError::Unreachable), 1, false),
        (Some(FetchError::Unreachable), 2, true),
        (Some(broken_seal), 1, true),
    ];
    for (outage, failures, expected) in cases {
        let state = State {
            outage,
            failures,
            ..State::default()
        };
        assert_eq!(state.offers_guesser(), expected, "{state:?}");
    }
}

#[test]
fn a_newer_lesson_replaces_an_older_one_about_the_same_thing() {
    let lesson = |name, answer| Lesson {
        name: text(name),
        answers: vec![(text("A?"), answer)],
    };
    let mut state = State::default();
    state.learn(&[
        lesson("a flurb", Answer::Yes),
        lesson("the wug", Answer::Unsure),
    ]);
    state.learn(&[lesson("a flurb", Answer::No)]);
    let expected = [
        lesson("the wug", Answer::Unsure),
        lesson("a flurb", Answer::No),
    ];
    assert_eq!(state.lessons, expected);
}
