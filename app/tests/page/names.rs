//! The name that a player types for a thing.

use crate::steps::{START, after, game, name, served_known, text};
use app::session::Step;
use game::{Answer, Text, text::MAX_BYTES};

/// What becomes of a name.
fn named(typed: &str) -> Option<Text> {
    let session = after([START, Step::GiveUp, name(typed)]);
    game(&session).thing.clone()
}

#[test]
fn the_player_may_say_what_it_was_or_not() {
    let mut session = after([START, Step::GiveUp, name("  a kettle ")]);
    assert_eq!(game(&session).thing, Some(text("a kettle")));
    assert_eq!(session.apply(name(" ")), Ok(()));
    assert_eq!(game(&session).thing, None);
}

#[test]
fn every_name_becomes_a_legal_text_as_close_as_possible_to_what_was_typed() {
    let cases = [
        ("a dog", "a dog"),
        ("the Wug's café", "the Wug's café"),
        (r#"a "flurb""#, "a “flurb”"),
        (r#""Help!""#, "“Help!”"),
        (r#"a song ("Help!")"#, "a song (“Help!”)"),
        (r#"a 3" nail"#, "a 3” nail"),
        (r"a C:\ drive", "a C: drive"),
        ("two \t\n  words", "two words"),
        ("a no-break\u{a0}\u{a0}space", "a no-break space"),
        ("a\u{2028}line", "a line"),
        ("a bell\u{7} and\u{0} a null", "a bell and a null"),
        ("\u{200f}a \u{202e}mark\u{202c}\u{feff}", "a mark"),
        ("a \u{200b} gap", "a gap"),
        ("soft\u{ad}ware", "software"),
        ("a 🦜", "a 🦜"),
        // Without the invisible mark that joins them, these are two pictures.
        ("a 👩\u{200d}🚀", "a 👩🚀"),
        ("שלום", "שלום"),
    ];
    for (typed, expected) in cases {
        assert_eq!(named(typed), Some(text(expected)), "{typed:?}");
    }
}

#[test]
fn a_name_without_any_legal_character_is_no_name() {
    for typed in [
        "",
        " \t ",
        "\\",
        "\u{200f}\u{200b}",
        "\u{7}",
        "\u{feff} \\ ",
    ] {
        assert_eq!(named(typed), None, "{typed:?}");
    }
}

#[test]
fn a_long_name_is_cut_to_what_a_text_can_hold() {
    assert_eq!(named(&"x".repeat(500)), Some(text(&"x".repeat(80))));
    // 80 characters of four bytes are twice as much as a text holds.
    assert_eq!(named(&"😀".repeat(80)), Some(text(&"😀".repeat(40))));
    // A character isn't cut in two: 53 of three bytes are 159.
    assert_eq!(named(&"€".repeat(80)), Some(text(&"€".repeat(53))));
    // What is typed as one byte may become three.
    let quotes = named(&"\"".repeat(80)).unwrap();
    assert!(quotes.as_str().len() <= MAX_BYTES);
    // No space is left where it is cut.
    let spaced = format!("{} {}", "x".repeat(79), "y".repeat(9));
    assert_eq!(named(&spaced), Some(text(&"x".repeat(79))));
}

#[test]
fn a_game_teaches_what_it_was_once_the_player_has_said_so() {
    let mut session = after([
        START,
        served_known(),
        Step::Answer(Answer::No),
        Step::GiveUp,
    ]);
    assert_eq!(game(&session).lesson(), None);
    for (typed, expected) in [
        ("a flurb", "a flurb"),
        ("a \"flurb\"", "a “flurb”"),
        (&"😀".repeat(80), &"😀".repeat(40)),
    ] {
        assert_eq!(session.apply(name(typed)), Ok(()));
        let lesson = game(&session).lesson().unwrap();
        assert_eq!(lesson.name, text(expected));
        assert_eq!(
            lesson.answers,
            [(text("Is it a living thing?"), Answer::No)]
        );
    }
}

#[test]
fn a_name_without_an_article_gets_one_unless_it_is_that_of_a_person() {
    let cases = [
        ("flurb", Some("a flurb")),
        ("ice pick", Some("an ice pick")),
        ("a flurb", None),
        ("the wug", None),
        ("my cat", None),
        ("Zendaya", None),
        ("1984", None),
    ];
    for (name, expected) in cases {
        let suggested = app::session::with_article(&crate::steps::text(name));
        assert_eq!(
            suggested.as_ref().map(game::Text::as_str),
            expected,
            "{name}"
        );
    }
}
