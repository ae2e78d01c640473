//! Past games as lines of the log.

#![cfg(test)]

use game::{
    Text,
    past::{End, Past},
};

#[test]
fn a_line_is_read_back() {
    let past = |end, moves, thing: Option<&str>| Past {
        end,
        moves,
        thing: thing.map(|thing| Text::new(thing).unwrap()),
    };
    let cases = [
        (
            "found 13 a penguin",
            past(End::Found, 13, Some("a penguin")),
        ),
        (
            "late 22 the Eiffel Tower",
            past(End::Late, 22, Some("the Eiffel Tower")),
        ),
        ("missed 20", past(End::Missed, 20, None)),
        ("stopped 0", past(End::Stopped, 0, None)),
    ];
    for (line, past) in cases {
        assert_eq!(Past::read(line), Some(past.clone()));
        assert_eq!(past.write(), line);
        assert_eq!(past.is_overtime(), line.starts_with("late"));
    }
}

#[test]
fn a_game_of_an_earlier_page_is_kept_without_its_invisible_characters() {
    for (line, thing) in [
        ("found 3 a do\u{34f}g", Some("a dog")),
        ("found 3 \u{61c}a dog \u{e0067}", Some("a dog")),
        ("found 3 \u{3164}", None),
    ] {
        let past = Past::read(line).unwrap();
        let read = past.thing.as_ref().map(Text::as_str);
        assert_eq!((past.moves, read), (3, thing), "{line:?}");
    }
}

#[test]
fn anything_else_is_refused() {
    for line in [
        "",
        "found",
        "found x",
        "found 300",
        "found 21 a dog",
        "found 0 a dog",
        "late 20 a dog",
        "missed 19",
        "missed 26",
        "stopped 21",
        "lost 3 a dog",
        "found 3 a\u{7}dog",
        "{}",
    ] {
        assert_eq!(Past::read(line), None, "{line:?}");
    }
}
