//! How well the checks recognise repeats and bad questions, on questions labelled by hand.

#![cfg(test)]

use game::{Answer, Event, Move, Opening, Text, Transcript};
use guesser::Guesser;
use server::relay::{
    checks::check,
    likeness::Meaning,
    proposal::{Kind, Proposal},
};

/// A labelled line, and whether the program agrees with the label.
struct Case {
    line: &'static str,
    label: char,
    agrees: bool,
    is_held_out: bool,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("data/likeness.txt").lines();
    let lines = lines.filter(|line| !(line.is_empty() || line.starts_with('#')));
    let game = begun();
    let guesser = Guesser::embedded();
    lines
        .enumerate()
        .map(|(index, line)| {
            let (label, rest) = line.split_at(1);
            let label = label.chars().next().expect("a label");
            let repeats = || {
                let (a, b) = rest.split_once('|').expect("a pair");
                Meaning::of(a).repeats(&Meaning::of(b))
            };
            let is_fine = || {
                let proposal = Proposal {
                    kind: Kind::Question,
                    text: rest.trim().to_owned(),
                };
                check(&proposal, &game, guesser.knowledge()).is_ok()
            };
            let agrees = match label {
                '=' => repeats(),
                '!' => !repeats(),
                '+' => is_fine(),
                '-' => !is_fine(),
                _ => panic!("no such label: {line}"),
            };
            Case {
                line,
                label,
                agrees,
                is_held_out: index % 2 == 1,
            }
        })
        .collect()
}

/// A game whose questions none of the labelled lines repeats.
fn begun() -> Transcript {
    let mut game = Transcript::new(Opening(0));
    for question in ["Does it have a name?", "Is it mentioned in the Bible?"] {
        let question = Move::Question(Text::new(question).unwrap());
        game.apply(Event::Move(question)).unwrap();
        game.apply(Event::Answer(Answer::No)).unwrap();
    }
    game
}

/// The least share that must be right, for each label. No change may lower it.
#[test]
fn the_checks_recognise_repeats_and_bad_questions() {
    let cases = cases();
    assert!(cases.len() >= 500, "only {} labelled", cases.len());
    println!("label  tuned on        held out");
    let mut worst = Vec::new();
    for (label, least) in [('=', 0.92), ('!', 0.98), ('+', 0.97), ('-', 0.95)] {
        let mut shares = Vec::new();
        for is_held_out in [false, true] {
            let half = cases
                .iter()
                .filter(|case| case.label == label && case.is_held_out == is_held_out);
            let (right, all) = half.fold((0, 0), |(right, all), case| {
                (right + usize::from(case.agrees), all + 1)
            });
            shares.push(format!("{right:>3} of {all:<3}"));
            if (right as f64) < least * f64::from(all) {
                worst.push(label);
            }
        }
        println!("{label:<6} {:<15} {}", shares[0], shares[1]);
    }
    for case in cases.iter().filter(|case| !case.agrees) {
        let half = if case.is_held_out {
            "held out"
        } else {
            "tuned on"
        };
        println!("{half}: {}", case.line);
    }
    assert!(worst.is_empty(), "too many are wrong: {worst:?}");
}
