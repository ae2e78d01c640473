//! The guesser against players who share nothing with it: sealed.txt has the answers of 60 things, given
//! without looking at the knowledge. They are for reporting, never for tuning: once somebody corrects the
//! knowledge by them, they are worthless.

#![cfg(test)]

mod table;

use game::{Answer, Move, Opening, Transcript, Winner};
use guesser::Guesser;
use knowledge::{Knowledge, Panel, Source};
use std::collections::{BTreeSet, HashSet};

const OPENINGS: u8 = 8;

/// The contents of sealed.txt, which describes its format.
struct Sealed {
    /// The ids of the questions that the players were asked.
    answered: HashSet<String>,
    players: Vec<Player>,
}

struct Player {
    thing: String,
    yes: HashSet<String>,
    unsure: HashSet<String>,
}

impl Sealed {
    fn read(text: &str) -> Self {
        let mut sealed = Self {
            answered: HashSet::new(),
            players: Vec::new(),
        };
        for line in text.lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let ids =
                |ids: &str| -> HashSet<_> { ids.split_whitespace().map(str::to_owned).collect() };
            match (line.trim().split_once(':'), sealed.players.last_mut()) {
                (Some(("answered", list)), None) => sealed.answered.extend(ids(list)),
                (Some(("yes", list)), Some(player)) => player.yes = ids(list),
                (Some(("unsure", list)), Some(player)) => player.unsure = ids(list),
                (None, _) => sealed.players.push(Player {
                    thing: line.to_owned(),
                    yes: HashSet::new(),
                    unsure: HashSet::new(),
                }),
                _ => panic!("{line}"),
            }
        }
        sealed
    }

    /// The sealed answer; `None` if the question is younger than the answers.
    fn answer(&self, player: &Player, question: &str) -> Option<Answer> {
        self.answered.contains(question).then(|| {
            if player.yes.contains(question) {
                Answer::Yes
            } else if player.unsure.contains(question) {
                Answer::Unsure
            } else {
                Answer::No
            }
        })
    }

    /// The questions of the knowledge that have no sealed answers.
    fn unanswered<'a>(&self, source: &'a Source) -> BTreeSet<&'a str> {
        let ids = source.questions.iter().map(|question| &*question.id);
        ids.filter(|id| !self.answered.contains(*id)).collect()
    }
}

/// A game for each opening. Questions without a sealed answer are answered "not sure".
fn games(guesser: &Guesser, source: &Source, sealed: &Sealed, player: &Player) -> Vec<Transcript> {
    let knowledge = guesser.knowledge();
    let thing = knowledge.find_thing(&player.thing);
    let game = |opening| {
        let answer = table::thinking_of(knowledge, thing, |question| {
            let id = &source.questions[question.index()].id;
            sealed.answer(player, id).unwrap_or(Answer::Unsure)
        });
        table::play(Opening(opening), |t| guesser.next_move(t), answer)
    };
    (0..OPENINGS).map(game).collect()
}

#[test]
fn it_finds_what_others_think_of() {
    let (guesser, source) = (Guesser::embedded(), table::source());
    let sealed = Sealed::read(include_str!("sealed.txt"));
    assert_eq!(sealed.players.len(), 60);
    let unanswered = sealed.unanswered(&source);
    let texts: HashSet<_> = source
        .questions
        .iter()
        .filter(|question| unanswered.contains(&*question.id))
        .map(|question| question.text())
        .collect();
    let (mut wins, mut moves, mut blanks, mut lost) = (0, 0, 0, Vec::new());
    for player in &sealed.players {
        let games = games(&guesser, &source, &sealed, player);
        let outcomes = games.iter().map(table::outcome);
        let found = outcomes
            .clone()
            .filter(|outcome| outcome.winner == Winner::Ai)
            .count();
        moves += outcomes
            .map(|outcome| u32::from(outcome.moves))
            .sum::<u32>();
        let turns = games.iter().flat_map(Transcript::turns);
        blanks += turns
            .filter(|turn| texts.contains(turn.mv.text().as_str()))
            .count();
        wins += found;
        if found < OPENINGS.into() {
            lost.push(format!("{} {found} of {OPENINGS}", player.thing));
        }
    }
    let games = sealed.players.len() * usize::from(OPENINGS);
    let share = wins as f64 / games as f64 * 100.0;
    println!(
        "{wins} of {games} games won, {share:.1} %, {:.1} moves",
        f64::from(moves) / games as f64
    );
    println!("not always found: {}", lost.join("; "));
    println!(
        "{} of {} questions have no sealed answers and were answered \"not sure\" {blanks} times: {unanswered:?}",
        unanswered.len(),
        source.questions.len(),
    );
    assert!(share > 50.0, "{share:.1} % won");
}

#[test]
fn every_sealed_answer_belongs_to_a_question() {
    let source = table::source();
    let sealed = Sealed::read(include_str!("sealed.txt"));
    let known: HashSet<_> = source
        .questions
        .iter()
        .map(|question| &question.id)
        .collect();
    let gone: Vec<_> = sealed
        .answered
        .iter()
        .filter(|id| !known.contains(id))
        .collect();
    assert!(gone.is_empty(), "answered, but no questions: {gone:?}");
    for player in &sealed.players {
        let answers = player.yes.union(&player.unsure);
        let foreign: Vec<_> = answers
            .filter(|id| !sealed.answered.contains(*id))
            .collect();
        assert!(
            foreign.is_empty(),
            "{}: not listed as answered: {foreign:?}",
            player.thing
        );
    }
}

#[test]
fn a_question_added_later_is_answered_not_sure_and_reported() {
    const LATER: &str = "Was it added later?";
    let mut questions = table::texts("questions");
    questions.insert(0, ("later.txt".to_owned(), format!("later: {LATER}")));
    // It gets the answers of a question that comes early in a game, and a panel that never errs, so that
    // the guesser asks it.
    let mut things = table::texts("things");
    for (_, text) in &mut things {
        *text = text.replace(" +living ", " +living +later ");
    }
    let source = Source::read(questions, things).unwrap();
    let mut panel = table::panel();
    let answers = format!("> {LATER}\n{}", "yes a dog\nno a chair\n".repeat(100));
    let answers = Panel::read([("later.txt", answers.as_str())]).unwrap();
    panel.answers.extend(answers.answers);
    let rates = source.rates(&panel).unwrap();
    let guesser = Guesser::new(Knowledge::unpack(&source.pack(&rates)).unwrap());

    let sealed = Sealed::read(include_str!("sealed.txt"));
    let before = table::source();
    let mut unanswered = sealed.unanswered(&before);
    unanswered.insert("later");
    assert_eq!(sealed.unanswered(&source), unanswered);
    let dog = &sealed.players[0];
    assert_eq!(sealed.answer(dog, "later"), None);
    assert_eq!(sealed.answer(dog, "plant"), Some(Answer::No));

    let games = games(&guesser, &source, &sealed, dog);
    let turns = games.iter().flat_map(Transcript::turns);
    let is_later = |mv: &Move| mv.text().as_str() == LATER;
    let later: Vec<_> = turns.filter(|turn| is_later(&turn.mv)).collect();
    assert!(!later.is_empty(), "the guesser asks the new question");
    assert!(later.iter().all(|turn| turn.answer == Some(Answer::Unsure)));
}
