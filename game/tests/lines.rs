//! Games and lessons as lines of text.

#![cfg(test)]

use game::{Answer, Event, Move, Opening, Text, Transcript, lines};

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

#[test]
fn a_game_is_read_back() {
    let mut game = Transcript::new(Opening(5));
    assert_eq!(lines::read(&lines::write(&game)), Some(game.clone()));
    let events = [
        Event::Move(Move::Question(text("Is it a living thing?"))),
        Event::Answer(Answer::Unsure),
        Event::Move(Move::Guess(text("a question mark"))),
        Event::Answer(Answer::No),
        Event::Move(Move::Question(text("Is it open?"))),
    ];
    for event in events {
        game.apply(event).unwrap();
        assert_eq!(lines::read(&lines::write(&game)), Some(game.clone()));
    }
    let expected = "5\nunsure question Is it a living thing?\nno guess a question mark\nopen question Is it open?";
    assert_eq!(lines::write(&game), expected);
}

#[test]
fn overtime_is_a_line() {
    let mut game = Transcript::new(Opening(0));
    for number in 1..=20 {
        let name = text(&format!("thing {number}"));
        game.apply(Event::Move(Move::Guess(name))).unwrap();
        game.apply(Event::Answer(Answer::No)).unwrap();
    }
    game.apply(Event::Overtime).unwrap();
    assert!(lines::write(&game).ends_with("thing 20\novertime"));
    assert_eq!(lines::read(&lines::write(&game)), Some(game.clone()));
    game.apply(Event::Move(Move::Guess(text("a dog")))).unwrap();
    assert!(lines::write(&game).ends_with("overtime\nopen guess a dog"));
    assert_eq!(lines::read(&lines::write(&game)), Some(game));
    assert_eq!(lines::read("0\novertime"), None);
}

#[test]
fn anything_else_is_refused() {
    let broken = [
        "",
        "x",
        "300",
        "5\n",
        "5\nyes",
        "5\nyes question",
        "5\nyes question ",
        "5\nmaybe question Is it a living thing?",
        "5\nyes answer Is it a living thing?",
        "5\nunsure guess a dog",
        "5\nyes guess a dog\nyes question Is it a living thing?",
        "5\nopen question A?\nyes question B?",
    ];
    for lines in broken {
        assert_eq!(lines::read(lines), None, "{lines:?}");
    }
}

#[test]
fn invisible_characters_of_an_earlier_page_are_left_out() {
    for line in ["yes guess a do\u{34f}g", "yes guess \u{180e}a dog \u{fff9}"] {
        let game = lines::read(&format!("5\n{line}")).unwrap();
        assert_eq!(lines::write(&game), "5\nyes guess a dog");
    }
}

#[test]
fn answers_are_read_back_without_what_is_none() {
    let answers = vec![(text("A?"), Answer::Yes), (text("B b?"), Answer::Unsure)];
    let written = lines::write_answers(&answers);
    assert_eq!(lines::read_answers(&written), answers);
    let damaged = format!("{written}\nmaybe C?\n\nyes");
    assert_eq!(lines::read_answers(&damaged), answers);
}
