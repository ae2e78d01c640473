//! What must be true of the knowledge, whoever writes it.

use guesser::{Grade, House, Knowledge};

fn knowledge() -> Knowledge {
    House::embedded().knowledge().clone()
}

#[test]
fn it_has_the_things_and_questions_that_it_promises() {
    let knowledge = knowledge();
    println!(
        "{} things, {} questions",
        knowledge.things(),
        knowledge.questions()
    );
    assert!(knowledge.things() >= 600, "{} things", knowledge.things());
    assert!(
        knowledge.questions() >= 200,
        "{} questions",
        knowledge.questions()
    );
}

/// Whether players would give clearly different answers.
fn differ(a: Grade, b: Grade) -> bool {
    (a.yes() - b.yes()).abs() > 0.5
}

#[test]
fn every_two_things_are_told_apart_by_a_question() {
    let knowledge = knowledge();
    let alike = |a: usize, b: usize| {
        let clear = |question| {
            let grades = knowledge.grades(question);
            differ(grades[a], grades[b])
        };
        !(0..knowledge.questions()).any(clear)
    };
    let mut pairs = Vec::new();
    for a in 0..knowledge.things() {
        for b in 0..a {
            if alike(a, b) {
                pairs.push(format!("{} ~ {}", knowledge.name(b), knowledge.name(a)));
            }
        }
    }
    assert!(
        pairs.is_empty(),
        "no question tells apart:\n{}",
        pairs.join("\n")
    );
}

#[test]
fn every_question_is_of_use() {
    let knowledge = knowledge();
    for question in 0..knowledge.questions() {
        let yes = knowledge
            .grades(question)
            .iter()
            .filter(|&&grade| grade.yes() > 0.5)
            .count();
        assert!(
            yes > 0,
            "nothing answers yes to: {}",
            knowledge.question(question)
        );
    }
}

#[test]
fn questions_are_short_and_ask_one_thing() {
    let knowledge = knowledge();
    for question in 0..knowledge.questions() {
        let text = knowledge.question(question).as_str();
        assert!(text.len() <= 110 && text.ends_with('?'), "{text}");
        assert!(text.starts_with(char::is_uppercase), "{text}");
        assert_eq!(text.matches('?').count(), 1, "{text}");
    }
}

#[test]
fn things_are_found_by_any_of_their_names() {
    let knowledge = knowledge();
    for thing in 0..knowledge.things() {
        assert_eq!(
            knowledge.find_thing(knowledge.name(thing).as_str()),
            Some(thing)
        );
    }
    let dog = knowledge.find_thing("a dog");
    assert!(dog.is_some());
    for name in ["dog", "The Dog", " a  DOG. "] {
        assert_eq!(knowledge.find_thing(name), dog, "{name:?}");
    }
    assert_eq!(knowledge.find_thing("a flurb"), None);
}

#[test]
fn damaged_bytes_are_refused() {
    let packed = guesser::PACKED;
    let fault = |bytes: &[u8]| Knowledge::unpack(bytes).expect_err("damaged").to_string();
    assert!(fault(b"").contains("too short"));
    assert!(fault(b"<!DOCTYPE html><html>").contains("not a knowledge file"));
    assert!(fault(&packed[..packed.len() - 1]).contains("not a grade for each"));
    let mut bytes = packed.to_vec();
    *bytes.last_mut().unwrap() = 9;
    assert!(fault(&bytes).contains("an unknown grade"));
    let mut bytes = packed.to_vec();
    bytes[20] = 0xff;
    assert!(fault(&bytes).contains("not UTF-8"));
}
