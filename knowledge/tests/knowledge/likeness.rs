//! The likeness of questions, compared with Pearson's r² computed over all things.

use crate::KNOWLEDGE;
use game::Text;
use knowledge::{Grade, Knowledge, QuestionId};

/// The deviations of a question's shares of yes from their mean.
struct Deviations {
    question: QuestionId,
    /// Thing by thing.
    all: Vec<f64>,
    sum_of_squares: f64,
}

impl Deviations {
    fn new(knowledge: &Knowledge, question: QuestionId) -> Self {
        let things = knowledge.things();
        let mut all: Vec<_> = things
            .map(|thing| knowledge.grade(question, thing).stated())
            .collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        all.iter_mut().for_each(|share| *share -= mean);
        let sum_of_squares = all.iter().map(|deviation| deviation.powi(2)).sum();
        Self {
            question,
            all,
            sum_of_squares,
        }
    }

    fn r_squared(&self, other: &Self) -> f64 {
        let pairs = self.all.iter().zip(&other.all);
        let products: f64 = pairs.map(|(a, b)| a * b).sum();
        products.powi(2) / (self.sum_of_squares * other.sum_of_squares)
    }
}

/// Checks the pairs of every `step`th question. Returns the greatest likeness.
fn check_pairs(knowledge: &Knowledge, step: usize) -> f64 {
    let questions = knowledge.questions().step_by(step);
    let questions: Vec<_> = questions
        .map(|question| Deviations::new(knowledge, question))
        .collect();
    let mut greatest = 0.0_f64;
    for (number, a) in questions.iter().enumerate() {
        for b in &questions[..number] {
            let likeness = knowledge.likeness(a.question, b.question);
            let bound = knowledge.likeness_at_most(a.question, b.question);
            let pair = [a, b].map(|side| knowledge.question(side.question));
            let r_squared = a.r_squared(b);
            assert!(
                (likeness - r_squared).abs() < 1e-9,
                "{pair:?} have a likeness of {likeness}, but r² is {r_squared}"
            );
            assert!(
                likeness <= bound + 1e-9,
                "{pair:?} have a likeness of {likeness}, more than the bound of {bound}"
            );
            greatest = greatest.max(likeness);
        }
    }
    greatest
}

#[test]
fn likeness_is_the_square_of_pearsons_correlation_and_never_above_its_bound() {
    let greatest = check_pairs(&KNOWLEDGE, 1);
    assert!(
        (0.6..1.0).contains(&greatest),
        "some questions are alike, but none are the same: {greatest}"
    );
}

#[test]
fn likeness_counts_things_that_were_added_later() {
    let mut knowledge = KNOWLEDGE.clone();
    let before = likeness_of_all(&knowledge);
    for number in 0..20 {
        let name = Text::new(format!("flurb {number}")).unwrap();
        let questions = knowledge.questions();
        let grade = |question: QuestionId| Grade::ALL[(question.index() + number) % 5];
        let grades: Vec<_> = questions.map(grade).collect();
        knowledge.add(&name, 1, &grades).expect("there is room");
    }
    assert_ne!(before, likeness_of_all(&knowledge));
    check_pairs(&knowledge, 5);
}

fn likeness_of_all(knowledge: &Knowledge) -> f64 {
    let first = knowledge.questions().next().unwrap();
    let others = knowledge.questions().skip(1);
    others.map(|other| knowledge.likeness(first, other)).sum()
}
