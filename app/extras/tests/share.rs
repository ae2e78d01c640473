//! A game as text and as a link.

#![cfg(test)]

use base64ct::{Base64UrlUnpadded, Encoding};
use game::{Answer, Event, Move, Opening, Text, Transcript, lines};
use page_extras::{fragment, shared, summary};

/// Lines of a game with these questions and answers and a guess at its end.
fn game(answers: &[Answer], guess: &str, is_right: bool) -> String {
    let mut game = Transcript::new(Opening(3));
    let text = |text: &str| Text::new(text).unwrap();
    for (index, &answer) in answers.iter().enumerate() {
        let question = text(&format!("Is it number {index}?"));
        game.apply(Event::Move(Move::Question(question))).unwrap();
        game.apply(Event::Answer(answer)).unwrap();
    }
    game.apply(Event::Move(Move::Guess(text(guess)))).unwrap();
    let said = if is_right { Answer::Yes } else { Answer::No };
    game.apply(Event::Answer(said)).unwrap();
    lines::write(&game)
}

/// A lost game and overtime with these guesses, the last of which may be right.
fn late(guesses: &[&str], is_found: bool) -> String {
    let mut lines = game(&[Answer::No; 19], "a dog", false) + "\novertime";
    for (index, guess) in guesses.iter().enumerate() {
        let is_right = is_found && index + 1 == guesses.len();
        let answer = if is_right { "yes" } else { "no" };
        lines += &format!("\n{answer} guess {guess}");
    }
    lines
}

#[test]
fn the_summary_says_how_it_went_without_a_word_of_the_game() {
    use Answer::{No, Unsure, Yes};
    let found = game(&[Yes, No, Unsure, Yes], "a penguin", true);
    let expected = "Twenty Questions 5/20\n🟢🟥🔸🟢⭐\n8,000 things → 4";
    assert_eq!(summary(&found, 8_093, Some(3.6)).as_deref(), Some(expected));
    // The guesser isn't loaded.
    let without = "Twenty Questions 5/20\n🟢🟥🔸🟢⭐";
    assert_eq!(summary(&found, 8_093, None).as_deref(), Some(without));

    let missed = summary(&game(&[No; 19], "a dog", false), 8_093, None).unwrap();
    let row = "🟥".repeat(10);
    assert_eq!(
        missed,
        format!("Twenty Questions X/20\n{row}\n{}❌", "🟥".repeat(9))
    );
    for (lines, score) in [
        (late(&["a cat", "a cow"], true), "X/20, then 22/25"),
        (late(&["a", "b", "c", "d", "e"], false), "X/20, then X/25"),
    ] {
        let summary = summary(&lines, 8_093, None).unwrap();
        assert!(
            summary.starts_with(&format!("Twenty Questions {score}\n")),
            "{summary}"
        );
    }
}

#[test]
fn only_a_decided_game_is_shared() {
    let decided = game(&[Answer::Yes], "a dog", true);
    let running = game(&[Answer::Yes], "a dog", false);
    for lines in ["", "nothing", &running, &late(&["a cat"], false)] {
        assert_eq!(summary(lines, 8_093, Some(1.0)), None, "{lines}");
        assert_eq!(fragment(lines, None), None, "{lines}");
    }
    assert!(summary(&decided, 8_093, None).is_some());
}

#[test]
fn a_link_holds_the_whole_game() {
    let lines = game(&[Answer::Yes, Answer::Unsure], "a <b>dog</b>", true);
    let html = shared(&fragment(&lines, None).unwrap()).unwrap();
    for part in [
        "I got it in 3. It was <strong>a &lt;b&gt;dog&lt;/b&gt;</strong>.",
        "<li><span>Is it number 0?</span> <b>yes</b>",
        "<b>not sure</b>",
        "<li><span>Is it a &lt;b&gt;dog&lt;/b&gt;?</span> <b>yes</b>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("<b>dog"), "{html}");
    let missed = game(&[Answer::No; 19], "a dog", false);
    let html = shared(&fragment(&missed, Some("a flurb".to_owned())).unwrap()).unwrap();
    assert!(
        html.contains("I never got there. It was <strong>a flurb</strong>."),
        "{html}"
    );
    let found_late = fragment(&late(&["a cat", "a cow"], true), None).unwrap();
    assert!(
        shared(&found_late)
            .unwrap()
            .contains("I didn't get it in twenty, but in 22.")
    );
}

#[test]
fn the_longest_game_fits_into_a_link() {
    let mut game = Transcript::new(Opening(63));
    for number in 0..25 {
        let words = Text::new(format!("{number:02}{}", "x".repeat(158))).unwrap();
        let (mv, answer) = match number {
            19 | 24 => (Move::Guess(words), Answer::No),
            _ => (Move::Question(words), Answer::Unsure),
        };
        if number == 20 {
            game.apply(Event::Overtime).unwrap();
        }
        game.apply(Event::Move(mv)).unwrap();
        game.apply(Event::Answer(answer)).unwrap();
    }
    let fragment = fragment(&lines::write(&game), Some("y".repeat(160))).unwrap();
    assert!(shared(&fragment).is_some(), "{} characters", fragment.len());
}

#[test]
fn invisible_characters_of_a_link_are_left_out() {
    let encoded =
        |text: &str| format!("game={}", Base64UrlUnpadded::encode_string(text.as_bytes()));
    let lost = game(&[Answer::No; 19], "a cat", false);
    for fragment in [
        encoded("3\nyes guess a \u{202e}dog"),
        encoded("3\nyes guess a d\u{34f}og\u{e0067}"),
        encoded(&format!("{lost}\nthing \u{61c}a dog\u{fe0f}")),
    ] {
        let html = shared(&fragment).unwrap();
        assert!(html.contains("<strong>a dog</strong>"), "{html}");
    }
}

#[test]
fn any_other_link_shows_nothing() {
    let lines = game(&[Answer::Yes], "a dog", true);
    let whole = fragment(&lines, None).unwrap();
    let encoded =
        |text: &str| format!("game={}", Base64UrlUnpadded::encode_string(text.as_bytes()));
    let long = encoded(&"x".repeat(9_000));
    let running = encoded(&game(&[Answer::Yes], "a dog", false));
    let illegal = encoded("3\nyes guess a dog\nyes question Is it alive?");
    let twenty =
        encoded(&game(&[Answer::No; 18], "a dog", false).replace("guess a dog", "question A dog?"));
    for broken in [
        "",
        "game=",
        "game=%%%",
        whole.split_at(1).1,
        whole.split_at(whole.len() - 3).0,
        &long,
        &running,
        &illegal,
        &twenty,
        &encoded("3\nyes guess a dog\nthing \u{7}"),
    ] {
        assert_eq!(shared(broken), None, "{broken}");
    }
    assert!(shared(&whole).is_some());
}
