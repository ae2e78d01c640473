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
fn the_guesser_is_offered_when_a_move_is_long_in_coming() {
    let state = State {
        is_slow: true,
        ..State::default()
    };
    assert!(state.offers_guesser());
}

#[test]
fn the_second_of_two_quick_taps_is_no_answer() {
    let state = State {
        opened_at: 1_000.0,
        ..State::default()
    };
    for (now, expected) in [(1_000.0, false), (1_249.0, false), (1_250.0, true)] {
        assert_eq!(state.takes_answers(now), expected, "{now}");
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
