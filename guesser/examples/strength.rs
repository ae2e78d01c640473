//! `cargo run --release -p guesser --example strength [GAMES]`: how often the guesser wins and how many
//! moves it needs, by how the player answers and by kind of thing, and how well its certainty is
//! calibrated. The players answer by the same knowledge, so these are upper bounds.

#![expect(
    clippy::expect_used,
    reason = "an example that meets the unexpected should stop"
)]

#[path = "../tests/table/mod.rs"]
mod table;

use fastrand::Rng;
use game::{Answer, MOVES, Move, Transcript};
use guesser::Guesser;
use knowledge::{Grade, Knowledge, QuestionId, ThingId};
use std::{collections::BTreeMap, path::Path};
use table::player::{Certainty, Player, Tally, games};

fn main() {
    let number = table::games_argument(1_000);
    let guesser = Guesser::embedded();
    let knowledge = guesser.knowledge();
    let (things, questions) = (knowledge.things().len(), knowledge.questions().len());
    println!("{things} things, {questions} questions, {number} games a row\n");
    by_player(&guesser, number);
    by_kind(&guesser, number);
    calibration(&guesser, number);
}

fn by_player(guesser: &Guesser, number: u64) {
    let knowledge = guesser.knowledge();
    println!("| wrong | not sure |   guesser wins, mean moves | elimination wins, mean moves |");
    println!("| ----: | -------: | -----------------------: | ---------------------------: |");
    let mut players = Vec::new();
    for unsure in [0.0, 0.1] {
        for wrong in [0.0, 0.05, 0.1, 0.2] {
            let label = format!("{:.0} %", wrong * 100.0);
            players.push((
                label,
                Player {
                    wrong,
                    unsure,
                    ..Player::default()
                },
            ));
        }
    }
    let by_grade = Player {
        by_grade: true,
        ..Player::default()
    };
    players.push(("by grade".to_owned(), by_grade));
    let by_panel = Player {
        by_panel: true,
        ..Player::default()
    };
    players.push(("by panel".to_owned(), by_panel));
    let slips_once = Player {
        slips_once: true,
        ..Player::default()
    };
    players.push(("one wrong".to_owned(), slips_once));
    for (label, player) in players {
        let row = |mover: &(dyn Fn(&Transcript) -> Move + Sync)| {
            let draw = |_, rng: &mut Rng| knowledge.draw(rng.f64());
            shown(&games(knowledge, number, player, draw, mover, |_, _, _| ()))
        };
        println!(
            "| {label:>5} | {:>6.0} % | {:>24} | {:>28} |",
            player.unsure * 100.0,
            row(&|transcript| guesser.next_move(transcript)),
            row(&|transcript| eliminate(guesser, transcript)),
        );
    }
}

/// As in "97.2 ± 0.7 %, 12.3".
fn shown(tally: &Tally) -> String {
    format!(
        "{:.1} ± {:.1} %, {:.1}",
        tally.won(),
        tally.margin(),
        tally.mean_moves()
    )
}

/// Prints the kinds of things, the strongest first. All things of a kind are played equally often, by players
/// who err as the panel does.
fn by_kind(guesser: &Guesser, number: u64) {
    let knowledge = guesser.knowledge();
    let player = Player {
        by_panel: true,
        ..Player::default()
    };
    let mut rows: Vec<_> = kinds(knowledge)
        .into_iter()
        .map(|(kind, things)| {
            let draw = |game: u64, _: &mut _| things[game as usize % things.len()];
            let mover = |transcript: &_| guesser.next_move(transcript);
            let number = number.min(200);
            let tally = games(knowledge, number, player, draw, mover, |_, _, _| ());
            (kind, things.len(), tally)
        })
        .collect();
    rows.sort_by(|a, b| b.2.won().total_cmp(&a.2.won()));
    println!("\n| kind | things | guesser wins, mean moves |");
    println!("| --- | ---: | ---: |");
    for (kind, things, tally) in rows {
        println!("| {kind} | {things} | {} |", shown(&tally));
    }
}

/// The things by the file in which they are written.
fn kinds(knowledge: &Knowledge) -> BTreeMap<String, Vec<ThingId>> {
    let mut kinds = BTreeMap::<_, Vec<_>>::new();
    for thing in table::source().things {
        let kind = Path::new(&thing.place.file).file_stem();
        let kind = kind.unwrap_or_default().display().to_string();
        let id = knowledge.find_thing(&thing.names[0]);
        kinds.entry(kind).or_default().extend(id);
    }
    kinds
}

/// Compares, before each move, how certain it is of its best candidate with how often that is right. Of ten
/// things that the players think of, it doesn't know one.
fn calibration(guesser: &Guesser, number: u64) {
    let mut source = table::source();
    let mut nth = 0;
    source.things.retain(|_| {
        nth += 1;
        nth % 10 != 0
    });
    let knowledge = guesser.knowledge();
    let rates: Vec<_> = knowledge
        .questions()
        .map(|question| knowledge.rates(question))
        .collect();
    let partial = Knowledge::unpack(&source.pack(&rates)).expect("just packed");
    let partial = Guesser::new(partial);
    let panel = Player {
        by_panel: true,
        ..Player::default()
    };
    let players = [
        ("as the panel", panel),
        (
            "by grade",
            Player {
                by_grade: true,
                ..Player::default()
            },
        ),
        (
            "5 % wrong",
            Player {
                wrong: 0.05,
                ..Player::default()
            },
        ),
    ];
    for (label, player) in players {
        let watch = |transcript: &Transcript, thing: ThingId, tally: &mut Tally| {
            let belief = partial.belief(transcript);
            let best = belief.best(1)[0];
            let is_right = partial.knowledge().name(best) == knowledge.name(thing);
            tally.certain(belief.probability(best), is_right);
        };
        let draw = |_, rng: &mut Rng| knowledge.draw(rng.f64());
        let mover = |transcript: &_| partial.next_move(transcript);
        let tally = games(knowledge, number, player, draw, mover, watch);
        println!("\n| certain of its best candidate, {label} | times | right |");
        println!("| ---: | ---: | ---: |");
        for Certainty { times, right, sum } in tally.certainties {
            if times > 0 {
                let percent = |part: f64| part / times as f64 * 100.0;
                println!(
                    "| {:.0} % | {times} | {:.0} % |",
                    percent(sum),
                    percent(right as f64)
                );
            }
        }
    }
}

/// The baseline: an elimination player. It keeps the things that fit every answer, asks the question
/// that halves their weight best, and guesses the likeliest once one is left or no question splits them.
fn eliminate(guesser: &Guesser, transcript: &Transcript) -> Move {
    let knowledge = guesser.knowledge();
    let belief = guesser.belief(transcript);
    let answers: Vec<_> = transcript
        .turns()
        .iter()
        .filter_map(|turn| {
            let question = knowledge.find_question(turn.mv.text().as_str())?;
            Some((question, turn.answer?))
        })
        .filter(|(_, answer)| *answer != Answer::Unsure)
        .collect();
    let fits = |thing: ThingId| {
        let fits =
            |&(question, answer): &(QuestionId, Answer)| match knowledge.grade(question, thing) {
                Grade::Either => true,
                grade => (grade.stated() > 0.5) == (answer == Answer::Yes),
            };
        belief.probability(thing) > 0.0 && answers.iter().all(fits)
    };
    let mut weights = vec![0.0; knowledge.things().len()];
    let mut total = 0.0;
    for thing in knowledge.things().filter(|&thing| fits(thing)) {
        weights[thing.index()] = knowledge.prior(thing);
        total += weights[thing.index()];
    }
    let left = weights.iter().filter(|&&weight| weight > 0.0).count();
    let by_weight = |a: &ThingId, b: &ThingId| weights[a.index()].total_cmp(&weights[b.index()]);
    let likeliest = knowledge.things().max_by(by_weight);
    let guess = likeliest
        .filter(|_| left > 0)
        .unwrap_or_else(|| belief.best(1)[0]);
    let imbalance = |question: QuestionId| {
        let facts = knowledge.facts(question).iter();
        let yes = facts.filter(|fact| fact.grade.stated() > 0.5);
        let yes: f64 = yes.map(|fact| weights[fact.thing.index()]).sum();
        (yes - total / 2.0).abs()
    };
    let open = knowledge
        .questions()
        .filter(|&question| !belief.was_asked(question));
    let best = open
        .map(|question| (imbalance(question), question))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let may_ask = transcript.turns().len() + 1 < MOVES && left > 1;
    match best {
        Some((imbalance, question)) if may_ask && imbalance < total / 2.0 => {
            Move::Question(knowledge.question(question).clone())
        }
        _ => Move::Guess(knowledge.name(guess).clone()),
    }
}
