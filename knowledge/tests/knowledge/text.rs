//! What every change of the text has to keep true.

use crate::{KNOWLEDGE, PACKED, SOURCE};
use brotli::{BrotliCompress, enc::BrotliEncoderParams};
use knowledge::{Grade, Knowledge};
use rustrict::{CensorStr, Type};
use std::collections::BTreeSet;

#[test]
fn the_knowledge_is_large_enough() {
    let knowledge = &*KNOWLEDGE;
    let (things, questions) = (knowledge.things().len(), knowledge.questions().len());
    let person = knowledge.find_question("Is it a famous real person?");
    let people = knowledge.facts(person.unwrap());
    let people = people
        .iter()
        .filter(|fact| fact.grade == Grade::Yes)
        .count();
    println!("{things} things, of them {people} people; {questions} questions");
    assert!(things >= 8_000, "{things} things");
    assert!(people >= 1_200, "{people} people");
    assert!(questions >= 400, "{questions} questions");
}

/// The page fetches the packed knowledge, compressed.
#[test]
fn the_packed_knowledge_keeps_its_budget() {
    const BUDGET: usize = 200_000;
    let mut compressed = Vec::new();
    let best = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..BrotliEncoderParams::default()
    };
    BrotliCompress(&mut &PACKED[..], &mut compressed, &best).unwrap();
    println!("{} bytes, {} with brotli", PACKED.len(), compressed.len());
    assert!(
        compressed.len() <= BUDGET,
        "the packed knowledge has {} bytes, but its budget is {BUDGET}: remove names or things that hardly anybody \
         thinks of",
        compressed.len()
    );
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
    for thing in &SOURCE.things {
        let first = knowledge.find_thing(&thing.names[0]);
        for name in &thing.names {
            assert_eq!(knowledge.find_thing(name), first, "{name}");
        }
    }
}

#[test]
fn things_are_found_however_their_names_are_typed() {
    let find = |name: &str| KNOWLEDGE.find_thing(name);
    for (known, typed) in [
        ("a dog", &["dog", "The Dog", " a  DOG. ", "dogs"][..]),
        ("a knife", &["knives", "Knife!"]),
        ("a cherry", &["cherries"]),
        ("a box", &["boxes"]),
        ("a tea bag", &["teabag", "tea-bag", "Tea bags"]),
        ("a goose", &["geese"]),
        ("a moustache", &["mustache", "moustaches"]),
        ("a tyre", &["a tire", "tires"]),
        ("yoghurt", &["yogurt", "Yoghurts"]),
        ("Beyoncé", &["beyonce", "BEYONCÉ"]),
        ("jewellery", &["jewelry"]),
    ] {
        assert!(find(known).is_some(), "{known}");
        for name in typed {
            assert_eq!(find(name), find(known), "{name} is {known}");
        }
    }
    assert!(KNOWLEDGE.is_same_thing("Teabags", "a tea bag"));
    assert!(KNOWLEDGE.is_same_thing("flurbs", "a flurb"));
    assert!(!KNOWLEDGE.is_same_thing("glass", "a glass"));
    assert_eq!(find("a flurb"), None);
    assert_eq!(find(""), None);
    assert_eq!(find("s"), None);
}

#[test]
fn questions_are_found_by_former_wordings() {
    let find = |text: &str| KNOWLEDGE.find_question(text);
    let mut former = 0;
    for question in &SOURCE.questions {
        for wording in &question.wordings {
            let found = find(wording).map(|question| KNOWLEDGE.question(question).as_str());
            assert_eq!(found, Some(question.text()), "{wording}");
        }
        former += question.wordings.len() - 1;
    }
    assert!(former > 0);
    assert_eq!(find("is it an animal"), find("Is it an animal?"));
}

#[test]
fn opposites_are_symmetric() {
    let find = |text: &str| KNOWLEDGE.find_question(text).unwrap();
    let (hard, soft) = (find("Is it hard?"), find("Is it soft?"));
    assert_eq!(KNOWLEDGE.opposites(hard).collect::<Vec<_>>(), [soft]);
    assert_eq!(KNOWLEDGE.opposites(soft).collect::<Vec<_>>(), [hard]);
    assert_eq!(KNOWLEDGE.opposites(find("Is it an animal?")).count(), 0);
}

/// Names that the library takes for something else.
const HARMLESS: [&str; 64] = [
    "Adolf Hitler",
    "Akshay Kumar",
    "Alfred Hitchcock",
    "Arnold Schwarzenegger",
    "Assad",
    "Bashar al-Assad",
    "Benazir Bhutto",
    "Bitcoin",
    "Bong Joon-ho",
    "DiCaprio",
    "Dustin Hoffman",
    "Emily Dickinson",
    "Guy Fawkes",
    "Harry Houdini",
    "Hitler",
    "Ho Chi Minh",
    "Hokusai",
    "Houdini",
    "Jenga",
    "Johnny Depp",
    "Julian Assange",
    "Katsushika Hokusai",
    "Leonardo DiCaprio",
    "Mao Zedong",
    "Moby Dick",
    "Schwarzenegger",
    "Tipp-Ex",
    "Yoko Ono",
    "a Christmas cracker",
    "a bichon",
    "a blue tit",
    "a breast",
    "a breast pump",
    "a breastfeeding pillow",
    "a cocker spaniel",
    "a confetti shooter",
    "a cracker",
    "a cracker at Christmas",
    "a fur muff",
    "a hand muff",
    "a hoe",
    "a hot-water bottle",
    "a lollipop",
    "a lollipop stick",
    "a muff",
    "a naked mole rat",
    "a pregnant woman",
    "a rice cracker",
    "a sextant",
    "a smartwatch",
    "a sucker of an octopus",
    "a sucker pad",
    "an orphanage",
    "an udder",
    "being pregnant",
    "breast milk",
    "chicken breast",
    "ear muffs for noise",
    "hate",
    "pond scum",
    "prawn crackers",
    "the Greek Freak",
    "the ugly duckling",
    "vixen",
];

#[test]
fn everything_is_suitable_for_a_family() {
    let names = SOURCE.things.iter().flat_map(|thing| &thing.names);
    let wordings = SOURCE
        .questions
        .iter()
        .flat_map(|question| &question.wordings);
    let texts = names.chain(wordings);
    let unsuitable: BTreeSet<_> = texts
        .filter(|text| text.is(Type::MODERATE_OR_HIGHER) && !HARMLESS.contains(&text.as_str()))
        .collect();
    assert!(unsuitable.is_empty(), "{unsuitable:?}");
}
