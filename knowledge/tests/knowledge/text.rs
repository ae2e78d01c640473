//! What must be true of the knowledge, whoever writes it.

use crate::{KNOWLEDGE, PACKED};
use knowledge::{Grade, Knowledge};

#[test]
fn it_has_the_things_and_questions_that_it_promises() {
    let knowledge = &*KNOWLEDGE;
    let (things, questions) = (knowledge.things().len(), knowledge.questions().len());
    println!(
        "{things} things, {questions} questions, {} bytes",
        PACKED.len()
    );
    assert!(things >= 2_500, "{things} things");
    assert!(questions >= 400, "{questions} questions");
}

/// The questions, as bits, to which players rather say yes, and those to which they rather say no.
struct Sides {
    yes: Vec<u64>,
    no: Vec<u64>,
}

fn sides(knowledge: &Knowledge) -> Vec<Sides> {
    let words = knowledge.questions().len().div_ceil(64);
    let unsaid = |_| Sides {
        yes: vec![0; words],
        no: vec![u64::MAX; words],
    };
    let mut sides: Vec<_> = knowledge.things().map(unsaid).collect();
    for question in knowledge.questions() {
        let (word, bit) = (question.index() / 64, 1 << (question.index() % 64));
        for fact in knowledge.facts(question) {
            let side = &mut sides[fact.thing.index()];
            match fact.grade {
                Grade::No | Grade::Seldom => {}
                Grade::Either => side.no[word] &= !bit,
                Grade::Usually | Grade::Yes => {
                    side.no[word] &= !bit;
                    side.yes[word] |= bit;
                }
            }
        }
    }
    sides
}

/// Two things are told apart by a question to which the players of one rather say yes, those of the
/// other rather no.
#[test]
fn every_two_things_are_told_apart_by_a_question() {
    let knowledge = &*KNOWLEDGE;
    let sides = sides(knowledge);
    let clear = |a: &Sides, b: &Sides| {
        let words = 0..a.yes.len();
        let differ = |word: usize| (a.yes[word] & b.no[word]) | (a.no[word] & b.yes[word]);
        words.map(|word| differ(word).count_ones()).sum::<u32>()
    };
    let mut hardest = Vec::new();
    for a in knowledge.things() {
        for b in knowledge.things().take(a.index()) {
            let clear = clear(&sides[a.index()], &sides[b.index()]);
            if clear <= 2 {
                hardest.push((clear, b, a));
            }
        }
    }
    hardest.sort_unstable();
    println!(
        "{} pairs are told apart by one or two questions; the hardest:",
        hardest.len()
    );
    for (clear, a, b) in hardest.iter().take(20) {
        println!("{clear}  {} ~ {}", knowledge.name(*a), knowledge.name(*b));
    }
    let alike = hardest.iter().filter(|(clear, ..)| *clear == 0).count();
    assert_eq!(alike, 0, "pairs that no question tells apart");
}

#[test]
fn every_question_is_of_use() {
    let knowledge = &*KNOWLEDGE;
    for question in knowledge.questions() {
        let mut facts = knowledge.facts(question).iter();
        assert!(
            facts.any(|fact| fact.grade.stated() > 0.5),
            "nothing answers yes to: {}",
            knowledge.question(question)
        );
    }
}

#[test]
fn questions_are_short_and_ask_one_thing() {
    let knowledge = &*KNOWLEDGE;
    for question in knowledge.questions() {
        let text = knowledge.question(question).as_str();
        assert!(text.len() <= 110 && text.ends_with('?'), "{text}");
        assert!(text.starts_with(char::is_uppercase), "{text}");
        assert_eq!(text.matches('?').count(), 1, "{text}");
        assert!(!format!(" {text} ").contains(" or "), "{text}");
    }
}

#[test]
fn things_are_found_by_any_of_their_names() {
    let knowledge = &*KNOWLEDGE;
    for thing in knowledge.things() {
        assert_eq!(
            knowledge.find_thing(knowledge.name(thing).as_str()),
            Some(thing)
        );
    }
    let dog = knowledge.find_thing("a dog");
    assert!(dog.is_some());
    for name in ["dog", "The Dog", " a  DOG. ", "dogs"] {
        assert_eq!(knowledge.find_thing(name), dog, "{name:?}");
    }
    assert_eq!(knowledge.find_thing("a flurb"), None);
}
