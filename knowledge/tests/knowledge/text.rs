//! What every change of the text has to keep true.

use crate::{KNOWLEDGE, PACKED};
use knowledge::{Grade, Knowledge};

#[test]
fn the_knowledge_is_large_enough() {
    let knowledge = &*KNOWLEDGE;
    let (things, questions) = (knowledge.things().len(), knowledge.questions().len());
    println!(
        "{things} things, {questions} questions, {} bytes",
        PACKED.len()
    );
    assert!(things >= 2_500, "{things} things");
    assert!(questions >= 400, "{questions} questions");
}

/// What most players say about a thing: a bit for each question, in `yes`, in `no` or in neither.
struct Sides {
    yes: Vec<u64>,
    no: Vec<u64>,
}

fn sides(knowledge: &Knowledge) -> Vec<Sides> {
    let words = knowledge.questions().len().div_ceil(64);
    let all_no = |_| Sides {
        yes: vec![0; words],
        no: vec![u64::MAX; words],
    };
    let mut sides: Vec<_> = knowledge.things().map(all_no).collect();
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

/// A question tells two things apart if most players say yes for one and no for the other.
#[test]
fn some_question_tells_any_two_things_apart() {
    let knowledge = &*KNOWLEDGE;
    let sides = sides(knowledge);
    let apart = |a: &Sides, b: &Sides| {
        let words = 0..a.yes.len();
        let differ = |word: usize| (a.yes[word] & b.no[word]) | (a.no[word] & b.yes[word]);
        words.map(|word| differ(word).count_ones()).sum::<u32>()
    };
    let mut hardest = Vec::new();
    for a in knowledge.things() {
        for b in knowledge.things().take(a.index()) {
            let apart = apart(&sides[a.index()], &sides[b.index()]);
            if apart <= 2 {
                hardest.push((apart, b, a));
            }
        }
    }
    hardest.sort_unstable();
    println!(
        "{} pairs are told apart by at most two questions; the hardest:",
        hardest.len()
    );
    for (apart, a, b) in hardest.iter().take(20) {
        println!("{apart}  {} ~ {}", knowledge.name(*a), knowledge.name(*b));
    }
    let alike = hardest.iter().filter(|(apart, ..)| *apart == 0).count();
    assert_eq!(alike, 0, "pairs that no question tells apart");
}

#[test]
fn every_question_has_a_thing_that_answers_yes() {
    let knowledge = &*KNOWLEDGE;
    for question in knowledge.questions() {
        let mut facts = knowledge.facts(question).iter();
        assert!(
            facts.any(|fact| fact.grade.stated() > 0.5),
            "no thing answers yes to: {}",
            knowledge.question(question)
        );
    }
}

#[test]
fn questions_are_short_and_ask_about_one_thing() {
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
