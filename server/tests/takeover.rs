//! Whether the guesser, when it takes over from a model, recognises its own questions in the model's words.

#![cfg(test)]

use game::{Answer, Event, Move, Opening, Phase, Text, Transcript};
use server::relay::BuiltInGuesser;

/// A label, the guesser's question and the model's.
fn cases() -> Vec<(char, &'static str, &'static str)> {
    let lines = include_str!("data/paraphrases.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let case = |line: &'static str| {
        let (label, pair) = line.split_once(' ').expect("a label");
        let (own, model) = pair.split_once('|').expect("a bar");
        let label = label.chars().next().expect("a label");
        (label, own.trim(), model.trim())
    };
    lines.map(case).collect()
}

#[test]
fn the_guesser_recognises_a_models_questions() {
    let cases = cases();
    let guesser = BuiltInGuesser::default();
    let known_as = |text: &str| guesser.known_as(&Move::Question(Text::new(text).unwrap()));
    println!("label  right");
    for (label, least) in [('=', 0.4), ('!', 0.95), ('-', 0.95)] {
        let (mut right, mut all) = (0, 0);
        for (_, own, model) in cases.iter().filter(|case| case.0 == label) {
            let known = known_as(model);
            let known = known.as_ref().map(Text::as_str);
            let is_right = match label {
                '=' => known == Some(*own),
                '!' => known != Some(*own),
                _ => known.is_none(),
            };
            all += 1;
            right += u32::from(is_right);
            if !is_right {
                println!("       {model} ({known:?}, {label} {own:?})");
            }
        }
        println!("{label}      {right} of {all}");
        assert!(all >= 60, "only {all} with {label}");
        assert!(
            f64::from(right) >= least * f64::from(all),
            "{label}: {right} of {all}"
        );
    }
}

#[test]
fn every_wording_belongs_to_a_question_of_the_guesser() {
    let guesser = BuiltInGuesser::default();
    let knowledge = guesser.knowledge();
    let lines = include_str!("../src/relay/wordings.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let own = line.split('|').next().unwrap().trim();
        let question = knowledge.find_question(own);
        assert!(question.is_some(), "{own}");
        assert_eq!(knowledge.question(question.unwrap()).as_str(), own);
    }
}

#[test]
fn the_guesser_does_not_repeat_what_the_model_asked_in_other_words() {
    let mut transcript = Transcript::new(Opening(0));
    let turns = [
        ("Is it alive?", Answer::Yes),
        ("Is it some sort of animal?", Answer::Yes),
        ("Would a poet like it?", Answer::No),
    ];
    for (words, answer) in turns {
        let question = Move::Question(Text::new(words).unwrap());
        transcript.apply(Event::Move(question)).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    let guesser = BuiltInGuesser::default();
    let mut questions = Vec::new();
    while transcript.phase() == Phase::Thinking {
        let next = guesser.next_move(&transcript);
        if let Move::Question(text) = &next {
            questions.push(text.to_string());
        }
        transcript.apply(Event::Move(next)).unwrap();
        transcript.apply(Event::Answer(Answer::No)).unwrap();
    }
    for own in [
        "Is it a living thing?",
        "Is it an animal?",
        "Is it a plant?",
    ] {
        assert!(!questions.iter().any(|text| text == own), "{questions:?}");
    }
}
