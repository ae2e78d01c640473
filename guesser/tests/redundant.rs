//! The guesser doesn't ask what follows from an earlier answer. redundant.txt lists such questions. Asking
//! again after an answer that was wrong is no mistake: it is how the guesser recovers.

#![cfg(test)]

mod table;

use game::{Answer, Transcript};
use guesser::Guesser;
use knowledge::{Grade, QuestionId, ThingId};
use std::{collections::HashMap, sync::Mutex};
use table::player::{Player, Tally, games};

/// Two questions, and the answer to the first that answers the second.
type Pair = (QuestionId, Answer, QuestionId);

fn pairs() -> Vec<Pair> {
    let source = table::source();
    let ids = source.questions.iter().map(|question| question.id.as_str());
    let ids: HashMap<_, _> = ids.zip(QuestionId::first(source.questions.len())).collect();
    let lines = include_str!("redundant.txt").lines();
    let lines = lines.filter(|line| !(line.is_empty() || line.starts_with('#')));
    let pair = |line: &str| match line.split(' ').collect::<Vec<_>>()[..] {
        [first, "yes", second] => (ids[first], Answer::Yes, ids[second]),
        [first, "no", second] => (ids[first], Answer::No, ids[second]),
        _ => panic!("{line}"),
    };
    lines.map(pair).collect()
}

#[test]
fn no_question_follows_from_an_earlier_answer() {
    const GAMES: u64 = 2_000;
    let guesser = Guesser::embedded();
    let knowledge = guesser.knowledge();
    let pairs = pairs();
    let asked = Mutex::new(HashMap::<Pair, u32>::new());
    let watch = |transcript: &Transcript, thing: ThingId, _: &mut Tally| {
        let last = transcript.turns().last();
        let last = last.and_then(|turn| knowledge.find_question(turn.mv.text().as_str()));
        let turns = transcript.turns().iter();
        let turns = turns.filter_map(|turn| {
            let question = knowledge.find_question(turn.mv.text().as_str())?;
            Some((question, turn.answer?))
        });
        let turns: Vec<_> = turns.collect();
        let right = |question, answer| match knowledge.grade(question, thing) {
            Grade::Either => false,
            grade => (grade.stated() > 0.5) == (answer == Answer::Yes),
        };
        for &(first, answer, second) in &pairs {
            if Some(second) == last && turns.contains(&(first, answer)) && right(first, answer) {
                let mut asked = asked.lock().unwrap();
                *asked.entry((first, answer, second)).or_default() += 1;
            }
        }
    };
    let player = Player {
        by_panel: true,
        ..Player::default()
    };
    let mover = |transcript: &_| guesser.next_move(transcript);
    let draw = |_, rng: &mut fastrand::Rng| knowledge.draw(rng.f64());
    games(knowledge, GAMES, player, draw, mover, watch);
    let asked = asked.into_inner().unwrap();
    for ((first, answer, second), times) in &asked {
        let [first, second] = [first, second].map(|question| knowledge.question(*question));
        println!("{times} times: {second} after {first} {answer:?}");
    }
    println!("{} pairs, {GAMES} games", pairs.len());
    assert!(asked.is_empty(), "it asked what it knew");
}
