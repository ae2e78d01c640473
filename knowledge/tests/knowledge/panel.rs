//! The panel: its files, and what may be in them.

use crate::{PANEL, SOURCE};
use game::Answer;
use knowledge::{Panel, Priors, Source};
use std::collections::HashMap;

fn read(text: &str) -> Result<Panel, String> {
    Panel::read([("p.txt", text)]).map_err(|error| error.to_string())
}

#[test]
fn answers_are_read_line_by_line_and_open_ones_are_skipped() {
    let panel = read(
        "# A comment\n\n> Is it big?\nyes a whale | a house\n? a dog\nunsure a cat\n> Is it red?\nno a cat",
    );
    let answers: Vec<_> = panel
        .unwrap()
        .answers
        .into_iter()
        .map(|given| (given.question, given.thing, given.answer))
        .collect();
    let expected = [
        ("Is it big?", "a whale", Answer::Yes),
        ("Is it big?", "a house", Answer::Yes),
        ("Is it big?", "a cat", Answer::Unsure),
        ("Is it red?", "a cat", Answer::No),
    ];
    let expected =
        expected.map(|(question, thing, answer)| (question.to_owned(), thing.to_owned(), answer));
    assert_eq!(answers, expected);
}

#[test]
fn errors_name_the_place_and_what_is_accepted() {
    for text in [
        "> Is it big?\nmaybe a dog",
        "yes a dog",
        "? a dog",
        "> Is it big?\nyes",
    ] {
        let error = read(text).map(|panel| panel.answers.len());
        let error = error.expect_err(text);
        assert!(error.starts_with("p.txt:"), "{error}");
        assert!(
            error.contains("write `> Question?`, then `yes`, `no` or `unsure`"),
            "{error}"
        );
    }
    let source = Source::read(
        [("q.txt", "big: Is it big? | Is it large?")],
        [("t.txt", "a dog +big")],
    )
    .unwrap();
    let error = |text| source.rates(&read(text).unwrap()).unwrap_err().to_string();
    assert_eq!(
        error("> Is it large?\nyes a dog"),
        "p.txt:2: no question reads `Is it large?` today: if it was reworded, remove the answers to it"
    );
    assert_eq!(
        error("> Is it big?\nyes a cat"),
        "p.txt:2: there is no thing `a cat`"
    );
}

#[test]
fn every_question_has_answers_and_those_of_most_moves_have_more() {
    let mut counts = HashMap::<_, u32>::new();
    for given in &PANEL.answers {
        *counts.entry(&given.question).or_default() += 1;
    }
    let count = |text: &str| counts.get(&text.to_owned()).copied().unwrap_or(0);
    let few: Vec<_> = SOURCE
        .questions
        .iter()
        .filter(|question| count(question.text()) < 10)
        .map(|question| (question.text(), count(question.text())))
        .collect();
    assert!(
        few.is_empty(),
        "questions with fewer than 10 answers: {few:?}"
    );
    let many = SOURCE
        .questions
        .iter()
        .filter(|q| count(q.text()) >= 30)
        .count();
    println!(
        "{} answers; {many} questions have at least 30",
        PANEL.answers.len()
    );
    assert!(many >= 180, "{many}");
}

#[test]
fn reliable_and_unreliable_questions_get_different_rates() {
    let observed = SOURCE.observed(&PANEL).unwrap();
    let priors = Priors::fit(&observed);
    let rates = |text: &str| {
        let mut questions = SOURCE.questions.iter();
        let at = questions.position(|question| question.text() == text);
        priors.rates(&observed[at.unwrap_or_else(|| panic!("{text}"))])
    };
    let (animal, indoors) = (
        rates("Is it an animal?"),
        rates("Is it usually found indoors?"),
    );
    assert!(animal.wrong() < 0.03, "{}", animal.wrong());
    assert!(indoors.missed() > 0.1, "{}", indoors.missed());
}
