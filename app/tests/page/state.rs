//! Who plays, the last game, taps and lessons.

use crate::steps::text;
use app::state::{Server, State};
use game::{
    Answer,
    past::{End, Past},
    wire::Settings,
};
use guesser::Lesson;

#[test]
fn the_guesser_in_the_page_plays_where_no_model_does() {
    let known = |model| {
        Server::Known(Settings {
            model,
            ..Settings::default()
        })
    };
    // Nobody can load the guesser here; until it is loaded, a server without a model moves.
    let cases = [
        (Server::Unknown, false, false),
        (Server::Silent, false, false),
        (Server::Absent, false, true),
        (known(true), true, false),
        (known(false), false, false),
    ];
    for (server, has_model, plays_alone) in cases {
        let state = State {
            server,
            ..State::default()
        };
        assert_eq!(state.server.has_model(), has_model, "{state:?}");
        assert_eq!(state.plays_alone(), plays_alone, "{state:?}");
    }
}

#[test]
fn the_last_game_is_the_last_line_of_the_log_or_one_that_could_not_be_logged() {
    let past = |end, moves, thing: &str| Past {
        end,
        moves,
        thing: Some(text(thing)),
    };
    let mut state = State::default();
    assert_eq!(state.last_game(), None);
    state.log = "found 3 a dog\nlate 23 the Eiffel Tower\n".to_owned();
    let expected = past(End::Late, 23, "the Eiffel Tower");
    assert_eq!(state.last_game(), Some(expected));
    let unlogged = past(End::Missed, 20, "a flurb");
    state.session.past.push(unlogged.clone());
    assert_eq!(state.last_game(), Some(unlogged));
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
