//! What the page stores and what the server sends.

use crate::steps::{
    NO, START, YES, after, guess, name, next, question, served, served_known, text,
};
use app::{
    fetch::FetchError,
    json::{lessons, reply, session},
    session::{Opponent, Step},
};
use game::{
    Answer, Mover,
    past::{End, Past},
    wire::{Problem, Reply, Settings},
};
use guesser::Lesson;

#[test]
fn a_session_is_read_back_and_anything_else_is_refused() {
    let stored = after([
        START,
        served(question("A?"), "s1"),
        NO,
        Step::TakeOver,
        Step::GuesserMoved(guess("a dog")),
    ]);
    let json = session::write(&stored);
    assert_eq!(session::read(&json), Some(stored));
    let broken = [
        String::new(),
        "null".to_owned(),
        json.replace(r#""version":1"#, r#""version":2"#),
        json.replace(r#""answer":"no""#, r#""answer":"maybe""#),
        json.replace(r#""answer":"no""#, r#""answer":null"#),
        json.replace(r#""question":"A?""#, r#""question":null"#),
    ];
    for text in broken {
        assert_ne!(text, json);
        assert_eq!(session::read(&text), None, "{text}");
    }
}

#[test]
fn every_part_of_a_session_survives_a_reload() {
    let found = [START, served_known(), NO, served(guess("a dog"), "s2"), YES];
    let stopped = [
        START,
        served_known(),
        Step::GiveUp,
        name(r#"a "flurb" \ 😀"#),
    ];
    let mut stored = after(found.into_iter().chain(stopped));
    let read = session::read(&session::write(&stored));
    // The past games are in the log.
    stored.past.clear();
    assert_eq!(read, Some(stored));
}

/// What the page of version 0.1.0 stored, as it was written. It called the guesser "house", and kept
/// the name of a thing as it was typed.
const OLD_SESSION: &str = r#"{"version":1,"game":{"opening":3,"moves":[{"question":"Is it alive?","answer":"yes","by":"gpt-4.1","seal":"c2VhbCAz","ponder":true,"known_as":"Is it a living thing?"},{"question":"Is it an animal?","answer":"unsure","by":"house","seal":"c2VhbCA0","ponder":true,"known_as":null},{"guess":"the Eiffel Tower","answer":"no","by":"house","seal":null,"ponder":false,"known_as":null},{"question":"Can you eat it?","answer":null,"by":"house","seal":null,"ponder":false,"known_as":null}],"in_browser":true,"given_up":true,"thing":"a crème brûlée"},"past":[{"ai_won":true,"moves":1,"thing":"a dog"},{"ai_won":null,"moves":1,"thing":"a \"flurb\" \\ 😀"}]}"#;
const OLD_LESSONS: &str = r#"{"version":1,"lessons":[{"name":"a flurb","answers":[{"question":"Is it alive?","answer":"yes"},{"question":"Can you eat it?","answer":"unsure"}]},{"name":"the Wug's café","answers":[{"question":"Is it alive?","answer":"no"}]}]}"#;

#[test]
fn the_game_that_an_older_page_stored_is_continued() {
    let session = session::read(OLD_SESSION).unwrap();
    let past = |end, thing| Past {
        end,
        moves: 1,
        thing: Some(text(thing)),
    };
    let expected = [
        past(End::Found, "a dog"),
        past(End::Stopped, "a “flurb” 😀"),
    ];
    assert_eq!(session.past, expected);

    let mut game = session.game.clone().unwrap();
    assert_eq!(game.opponent, Opponent::Guesser);
    assert_eq!(game.by(), Some(&Mover::Guesser));
    assert_eq!(game.thing, Some(text("a crème brûlée")));
    assert!(game.given_up);
    let words = game.transcript.turns().iter();
    let words: Vec<_> = words
        .map(|turn| (turn.mv.to_string(), turn.answer))
        .collect();
    let expected = [
        ("Is it alive?", Some(Answer::Yes)),
        ("Is it an animal?", Some(Answer::Unsure)),
        ("Is it the Eiffel Tower?", Some(Answer::No)),
        ("Can you eat it?", None),
    ];
    assert_eq!(
        words,
        expected.map(|(words, answer)| (words.to_owned(), answer))
    );
    let own = game.in_own_words();
    assert_eq!(own.turns()[0].mv, question("Is it a living thing?"));

    game.given_up = false;
    assert_eq!(game.open_move(), Some(&question("Can you eat it?")));
    let written = session::write(&session);
    assert_eq!(session::read(&written).unwrap().game, session.game);
    assert!(!written.contains("house"));
    for seal in ["c2VhbCAz", "c2VhbCA0"] {
        assert!(written.contains(seal));
    }
}

/// Earlier pages allowed more invisible characters.
#[test]
fn what_an_older_page_stored_is_kept_without_its_invisible_characters() {
    let marked = |json: &str| {
        json.replace("Can you eat it?", "Can you\u{34f} eat it?\u{e0061}")
            .replace("Is it alive?", "\u{61c}Is it al\u{fe0f}ive? \u{3164}")
            .replace("the Eiffel Tower", "the Eiffel\u{fff9} Tower")
            .replace("a flurb", "a flu\u{180e}rb")
            .replace("a dog", "a do\u{ffa0}g")
    };
    for json in [OLD_SESSION, OLD_LESSONS] {
        assert_ne!(marked(json), json);
    }
    let session = session::read(&marked(OLD_SESSION));
    assert!(session.is_some());
    assert_eq!(session, session::read(OLD_SESSION));
    let lessons = lessons::read(&marked(OLD_LESSONS));
    assert!(lessons.is_some());
    assert_eq!(lessons, lessons::read(OLD_LESSONS));
}

#[test]
fn the_lessons_that_an_older_page_stored_are_kept_to_the_byte() {
    let lessons = lessons::read(OLD_LESSONS).unwrap();
    let names: Vec<_> = lessons.iter().map(|lesson| lesson.name.as_str()).collect();
    assert_eq!(names, ["a flurb", "the Wug's café"]);
    let expected = [
        (text("Is it alive?"), Answer::Yes),
        (text("Can you eat it?"), Answer::Unsure),
    ];
    assert_eq!(lessons[0].answers, expected);
    assert_eq!(lessons::write(&lessons), OLD_LESSONS);
}

#[test]
fn lessons_are_read_back_and_anything_else_is_refused() {
    let lesson = |name, words, answer| Lesson {
        name: text(name),
        answers: vec![(text(words), answer)],
    };
    let all = vec![
        lesson("a flurb", "A?", Answer::Yes),
        lesson("the wug", "B?", Answer::Unsure),
    ];
    let json = lessons::write(&all);
    assert_eq!(lessons::read(&json), Some(all.clone()));
    assert_eq!(lessons::read(&lessons::write(&[])), Some(Vec::new()));
    for text in [
        String::new(),
        "[]".to_owned(),
        json.replace(r#""version":1"#, r#""version":2"#),
        json.replace("yes", "perhaps").replace("unsure", "perhaps"),
    ] {
        assert_ne!(text, json);
        assert_eq!(lessons::read(&text), None, "{text}");
    }
    for text in [json.replace("yes", "perhaps"), json.replace("a flurb", "")] {
        assert_ne!(text, json);
        assert_eq!(lessons::read(&text), Some(all[1..].to_vec()), "{text}");
    }
}

#[test]
fn the_page_reads_what_the_server_writes() {
    let next = next(guess("a dog"), "s1");
    let json = serde_json::to_string(&Reply::Next(next.clone())).unwrap();
    assert_eq!(reply::read_next(&json), Some(next));
    let settings = Settings {
        openings: 3,
        timeout: 60,
        ponder: false,
        model: true,
        is_resting: true,
        v: "Ab-_0123456".to_owned(),
    };
    let json = serde_json::to_string(&settings).unwrap();
    assert_eq!(reply::read_settings(&json), Some(settings));
    for (part, broken) in [
        ("3", "0"),
        ("3", "300"),
        ("Ab-_", "a&game="),
        ("true", "\"gpt\""),
        ("60", "-1"),
    ] {
        let broken = json.replacen(part, broken, 1);
        assert_eq!(reply::read_settings(&broken), None, "{broken}");
    }
    let problem = Problem {
        kind: "/problems/broken-seal".to_owned(),
        status: 409,
        title: "A sentence.".to_owned(),
        detail: Some("a \"detail\"".to_owned()),
    };
    let json = serde_json::to_string(&problem).unwrap();
    let error = FetchError::Refused(reply::read_problem(&json).unwrap());
    assert!(error.is_broken_seal());
    assert_eq!(error.to_string(), "A sentence.");
    for json in [
        "",
        "{}",
        "[]",
        r#"{"outcome":{"winner":"ai","moves":13}}"#,
        r#"{"move":{},"seal":"s","by":"b","ponder":true}"#,
    ] {
        assert_eq!(reply::read_next(json), None, "{json}");
        assert_eq!(reply::read_problem(json), None, "{json}");
    }
}
