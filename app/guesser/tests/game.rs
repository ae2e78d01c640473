//! A game in the eyes of the page's guesser.

#![cfg(test)]

use game::{Event, Move, Opening, Text, Transcript, lines};
use page_guesser::PageGuesser;

fn guesser() -> PageGuesser {
    match PageGuesser::new(guesser::PACKED) {
        Ok(guesser) => guesser,
        Err(_) => panic!("the knowledge of this build can't be read"),
    }
}

/// A game of these questions and answers, as lines.
fn game(turns: &[&str]) -> String {
    [&["0"], turns].concat().join("\n")
}

const PENGUIN: [&str; 4] = [
    "yes question Is it a living thing?",
    "yes question Does it lay eggs?",
    "yes question Does it have feathers?",
    "no question Can it fly?",
];

#[test]
fn each_answer_leaves_fewer_things_and_the_sky_goes_dark() {
    let mut guesser = guesser();
    guesser.follow(&game(&[]));
    let things = guesser.light().len();
    assert_eq!(guesser.left().len(), 1);
    let lit = |guesser: &PageGuesser| guesser.light().iter().filter(|light| **light > 2).count();
    let at_first = lit(&guesser);
    assert!(at_first > things / 2, "{at_first} of {things}");
    guesser.follow(&game(&PENGUIN));
    let left = guesser.left();
    assert_eq!(left.len(), PENGUIN.len() + 1);
    assert!(left[0] > 1_000.0 && left[4] < left[0] / 10.0, "{left:?}");
    assert!(lit(&guesser) < at_first / 4);
    let best = guesser.best();
    assert_eq!(best.len(), 40);
    assert_eq!(guesser.light()[usize::from(best[0])], 7);
    assert_eq!(guesser.leaders().last(), best.first());
    let names = guesser.names(&best);
    assert_eq!(names.split('\n').count(), 40);
    assert!(names.contains("a penguin"), "{names}");
}

#[test]
fn the_trail_is_the_same_however_the_game_came_about() {
    let mut at_once = guesser();
    at_once.follow(&game(&PENGUIN));
    let mut step_by_step = guesser();
    step_by_step.follow(&game(&["no question Is it a living thing?"]));
    for turns in 0..=PENGUIN.len() {
        step_by_step.follow(&game(&PENGUIN[..turns]));
    }
    assert_eq!(at_once.left(), step_by_step.left());
    assert_eq!(at_once.leaders(), step_by_step.leaders());
    // An open move tells nothing.
    step_by_step.follow(&game(&[&PENGUIN[..], &["open guess a penguin"]].concat()));
    assert_eq!(at_once.left(), step_by_step.left());
    assert_eq!(at_once.light(), step_by_step.light());
}

#[test]
fn it_moves_legally_in_the_game_that_it_follows() {
    let mut guesser = guesser();
    let mut transcript = Transcript::new(Opening(0));
    for _ in 0..20 {
        guesser.follow(&lines::write(&transcript));
        let mv = lines::read_move(&guesser.next_move()).unwrap();
        transcript.apply(Event::Move(mv)).unwrap();
        transcript.apply(Event::Answer(game::Answer::No)).unwrap();
    }
    // Lines that aren't a game change nothing.
    let left = guesser.left();
    guesser.follow("no game");
    assert_eq!(guesser.left(), left);
}

#[test]
fn it_says_what_it_thinks_and_what_surprised_it() {
    let mut guesser = guesser();
    guesser.follow(&game(&PENGUIN));
    let thoughts = guesser.thoughts();
    for line in thoughts.split('\n') {
        let (percent, name) = line.split_once(' ').unwrap();
        assert!(percent.parse::<u8>().unwrap() <= 100, "{line}");
        assert!(guesser.find(name).is_some(), "{line}");
    }
    assert_eq!(guesser.surprises("a flurb"), None);
    assert_eq!(guesser.surprises("a penguin"), Some(String::new()));
    let surprises = guesser.surprises("a dog").unwrap();
    assert!(surprises.starts_with("yes 9"), "{surprises}");
}

#[test]
fn it_learns_a_thing_beside_its_neighbours() {
    let mut guesser = guesser();
    let things = guesser.light().len();
    let answers = "yes Is it a living thing?\nyes Does it have feathers?\nno Can it fly?";
    let beside = guesser.learn("a flurb", answers).unwrap();
    assert!(usize::from(beside) < things);
    assert_eq!(guesser.learn("a flurb", answers), None, "it knows it");
    assert_eq!(guesser.find("flurbs").map(usize::from), Some(things));
    assert_eq!(guesser.names(&[things as u16]), "a flurb");
    guesser.follow(&game(&PENGUIN));
    assert_eq!(guesser.light().len(), things + 1);
    let name = Text::new("a flurb").unwrap();
    let guess = lines::write_move(&Move::Guess(name));
    assert_eq!(guess, "guess a flurb");
}

#[test]
fn what_was_left_at_last_does_not_change_with_the_lesson_of_a_lost_game() {
    let mut lost = vec!["no question Is it a living thing?"];
    let names: Vec<_> = (0..18).map(|n| format!("no guess number {n}")).collect();
    lost.extend(names.iter().map(String::as_str));
    lost.push("no guess a dog");
    let mut guesser = guesser();
    guesser.follow(&game(&lost));
    let before = guesser.left_at_last("a flurb");
    assert!((before - guesser.left()[19]).abs() < 1e-9, "{before}");
    let answers = "no Is it a living thing?\nyes Can you eat it?";
    guesser.learn("a flurb", answers).unwrap();
    guesser.follow(&game(&lost));
    assert!((guesser.left()[19] - before).abs() > 1e-6);
    let after = guesser.left_at_last("a flurb");
    assert!((after - before).abs() < 1e-6, "{after}, {before}");
    // What it knew when it asked counts.
    let all = guesser.left()[19];
    assert!((guesser.left_at_last("a dog") - all).abs() < 1e-9);
    let found = [&PENGUIN[..], &["yes guess a flurb"]].concat();
    guesser.follow(&game(&found));
    assert!((guesser.left_at_last("a flurb") - guesser.left()[4]).abs() < 1e-9);
}

#[test]
fn the_answers_of_overtime_count_too() {
    let names: Vec<_> = [
        "a dog", "a cat", "a cow", "a horse", "a sheep", "a goat", "a pig", "a lion", "a tiger",
        "a bear", "a wolf", "a fox", "a mouse", "a rat", "a duck", "a goose", "a hen", "a swan",
        "an owl", "an eagle",
    ]
    .iter()
    .map(|name| format!("no guess {name}"))
    .collect();
    let mut turns: Vec<&str> = names.iter().map(String::as_str).collect();
    turns.push("overtime");
    let mut guesser = guesser();
    guesser.follow(&game(&turns));
    let before = guesser.left();
    assert_eq!(before.len(), 21);
    turns.push("yes question Is it a living thing?");
    assert!(guesser.follow(&game(&turns)), "it believes something else");
    let after = guesser.left();
    assert_eq!(after.len(), 22);
    assert!(after[21] < after[20], "{after:?}");
}
