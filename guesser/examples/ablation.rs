//! `cargo run --release -p guesser --example ablation -- FOLDER [GAMES]`: how much each part
//! of the guesser contributes: how often it wins without it.
//!
//! FOLDER is the `knowledge/text` of an earlier version, as from `git worktree add target/earlier b4ac037`. The players
//! think of what today's knowledge has, as often as their fame says. They answer by it, and err as often as
//! the panel did at each question.

#![expect(
    clippy::expect_used,
    reason = "an example that meets the unexpected should stop"
)]

#[path = "../tests/table/mod.rs"]
mod table;

use fastrand::Rng;
use guesser::{Guesser, Tuning};
use knowledge::{Knowledge, Question, Source};
use std::{collections::HashSet, env, mem, path::Path, process};
use table::player::{Player, Tally, games};

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (folder, number) = match &arguments[..] {
        [folder] => (folder, Some(1_000)),
        [folder, number] => (folder, number.parse().ok()),
        _ => (&String::new(), None),
    };
    let Some(number) = number else {
        eprintln!("usage: ablation FOLDER [GAMES]");
        process::exit(2);
    };
    let earlier = Source::read(
        table::files::in_folder(&Path::new(folder).join("questions")),
        table::files::in_folder(&Path::new(folder).join("things"))
            .into_iter()
            .map(|(name, text)| (name, text.lines().map(first_name).collect())),
    );
    let mut earlier = earlier.unwrap_or_else(|error| panic!("{error}"));
    let today = Guesser::embedded();
    // One question was dropped since then, and nobody can say how players answer it.
    keep(&mut earlier, |question| {
        today.knowledge().find_question(question.text()).is_some()
    });
    let with_earlier = |change: fn(&mut Source, &Source)| {
        let mut source = table::source();
        change(&mut source, &earlier);
        source
    };
    let usual = Tuning::default();
    let slip = Tuning {
        slip: Some(0.05),
        ..usual
    };
    let repeats = Tuning {
        redundancy: 0.0,
        ..usual
    };
    let rows = [
        ("nothing", table::source(), usual),
        ("the answer model", table::source(), slip),
        ("the discount for repetitions", table::source(), repeats),
        (
            "the corrected grades",
            with_earlier(|source, earlier| source.take_grades(earlier)),
            usual,
        ),
        (
            "the reworded questions",
            with_earlier(|source, _| keep(source, |question| question.wordings.len() == 1)),
            usual,
        ),
        (
            "the new questions",
            with_earlier(|source, earlier| {
                let ids: HashSet<_> = earlier
                    .questions
                    .iter()
                    .map(|question| &question.id)
                    .collect();
                keep(source, |question| ids.contains(&question.id));
            }),
            usual,
        ),
        (
            "the new things",
            with_earlier(|source, earlier| {
                let names: HashSet<_> =
                    earlier.things.iter().map(|thing| &thing.names[0]).collect();
                source
                    .things
                    .retain(|thing| names.contains(&thing.names[0]));
            }),
            usual,
        ),
        (
            "any of these",
            earlier,
            Tuning {
                slip: Some(0.05),
                ..repeats
            },
        ),
    ];
    println!("| without | things | questions | games won | mean moves |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (without, source, tuning) in rows {
        let tally = play(&today, &source, tuning, number);
        println!(
            "| {without} | {} | {} | {:.1} ± {:.1} % | {:.1} |",
            source.things.len(),
            source.questions.len(),
            tally.won(),
            tally.margin(),
            tally.mean_moves()
        );
    }
}

/// A line of a file of things with a newline, but without the other names of a thing: an earlier version may have
/// names that count as the same today.
fn first_name(line: &str) -> String {
    match line.split_once(" | ") {
        Some((name, rest)) if !line.starts_with(['#', '[', ' ']) => {
            let is_answer = |word: &&str| word.starts_with(['*', '&', '+', '-', '?']);
            let answers: Vec<_> = rest.split(' ').filter(is_answer).collect();
            format!("{name} {}\n", answers.join(" "))
        }
        _ => format!("{line}\n"),
    }
}

/// Keeps only some questions.
fn keep(source: &mut Source, is_kept: impl Fn(&Question) -> bool) {
    let questions = mem::take(&mut source.questions).into_iter().enumerate();
    let (places, questions): (Vec<_>, Vec<_>) =
        questions.filter(|(_, question)| is_kept(question)).unzip();
    source.questions = questions;
    let place = |old: usize| places.iter().position(|&place| place == old);
    let opposites = mem::take(&mut source.opposites).into_iter();
    source.opposites = opposites
        .filter_map(|[one, other]| Some([place(one)?, place(other)?]))
        .collect();
}

/// Plays with a guesser that knows this. The players know what today's guesser knows.
fn play(today: &Guesser, source: &Source, tuning: Tuning, number: u64) -> Tally {
    let knowledge = today.knowledge();
    let rates = source.questions.iter().map(|question| {
        let question = knowledge.find_question(question.text());
        knowledge.rates(question.expect("a question of today"))
    });
    let packed = source.pack(&rates.collect::<Vec<_>>());
    let packed = Knowledge::unpack(&packed).expect("just packed");
    let guesser = Guesser::with_tuning(packed, tuning);
    let player = Player {
        by_panel: true,
        ..Player::default()
    };
    let draw = |_, rng: &mut Rng| knowledge.draw(rng.f64());
    let mover = |transcript: &_| guesser.next_move(transcript);
    games(knowledge, number, player, draw, mover, |_, _, _| ())
}
