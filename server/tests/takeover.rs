//! Whether the house, when it takes over a model's game, knows its own questions in the model's words.

use game::{Move, Text};
use server::relay::House;

/// A label, the house's question and the model's.
fn cases() -> Vec<(char, &'static str, &'static str)> {
    let lines = include_str!("data/paraphrases.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let case = |line: &'static str| {
        let (own, model) = line[1..].split_once('|').expect("a bar");
        (
            line.chars().next().expect("a label"),
            own.trim(),
            model.trim(),
        )
    };
    lines.map(case).collect()
}

#[test]
fn a_models_questions_are_known_in_its_own_words() {
    let cases = cases();
    let known_as = |text: &str| House.known_as(&Move::Question(Text::new(text).unwrap()));
    println!("label  half      right");
    let mut shares = Vec::new();
    for (half, is_held_out) in [("tuned", false), ("held out", true)] {
        for label in ['=', '!', '-'] {
            let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
            let mine = cases.iter().filter(|case| case.0 == label).enumerate();
            for (_, (_, own, model)) in mine.filter(|(index, _)| (index % 2 == 1) == is_held_out) {
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
                    wrong.push(format!("    {model} ({known:?}, {label} {own:?})"));
                }
            }
            println!("{label}      {half:<8}  {right} of {all}");
            if !is_held_out {
                println!("{}", wrong.join("\n"));
            }
            shares.push((label, is_held_out, f64::from(right) / f64::from(all)));
        }
    }
    assert!(cases.iter().filter(|case| case.0 == '=').count() >= 200);
    for (label, is_held_out, share) in shares {
        let least = if label == '=' { 0.3 } else { 0.9 };
        assert!(
            share >= least,
            "{label}, held out {is_held_out}: {share:.2}"
        );
    }
}
