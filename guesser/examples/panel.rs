//! `cargo run --release -p guesser --example panel -- [--ask] ANSWERS LIST...`: plays a game with each thing of
//! the lists, with whoever fills in the answers, and prints how many were found.
//!
//! LIST has the name of a thing on each line. ANSWERS is a file of the panel: `> Question?`, then lines
//! such as `yes a dog`. A game goes on as long as the file has answers, and then waits: the pair of question
//! and thing is added to the file as `? a dog`. Replace each `?` by `yes`, `no` or `unsure`, and run the
//! command again, until all games are over. With `--ask`, it asks in the terminal instead.
//!
//! Whoever answers must not have seen the knowledge. With a file that has all answers, the command
//! repeats a measurement.

#![expect(
    clippy::expect_used,
    reason = "an example that meets the unexpected should stop"
)]

use game::{Answer, Event, Move, Opening, Phase, Transcript, Winner};
use guesser::Guesser;
use knowledge::Panel;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs, io,
    io::Write,
    process::ExitCode,
};

/// The openings that a page draws from.
const OPENINGS: usize = 8;

/// Answers by question and thing. `None` is open.
type Answers = BTreeMap<String, BTreeMap<String, Option<Answer>>>;

fn main() -> ExitCode {
    let (options, files): (Vec<_>, Vec<_>) = env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let asks = options == ["--ask"];
    let [answers_file, lists @ ..] = &files[..] else {
        eprintln!("usage: panel [--ask] ANSWERS LIST...");
        return ExitCode::from(2);
    };
    if lists.is_empty() || !(asks || options.is_empty()) {
        eprintln!("usage: panel [--ask] ANSWERS LIST...");
        return ExitCode::from(2);
    }
    match run(answers_file, lists, asks) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(answers_file: &str, lists: &[String], asks: bool) -> Result<(), String> {
    let text = match fs::read_to_string(answers_file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text.map_err(|error| format!("{answers_file}: {error}"))?,
    };
    let panel = Panel::read([(answers_file, text.as_str())]).map_err(|error| error.to_string())?;
    let mut answers = Answers::new();
    for given in panel.answers {
        let things = answers.entry(given.question).or_default();
        things.insert(given.thing, Some(given.answer));
    }
    let guesser = Guesser::embedded();
    let mut open = BTreeSet::new();
    let (mut all_found, mut all_over) = (0, 0);
    for list in lists {
        let things = fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?;
        let things = things.lines().map(str::trim);
        let things: Vec<_> = things
            .filter(|line| !(line.is_empty() || line.starts_with('#')))
            .collect();
        let (mut found, mut over, mut moves, mut missed) = (0, 0, 0, Vec::new());
        for (number, thing) in things.iter().enumerate() {
            let game = Transcript::new(Opening((number % OPENINGS) as u8));
            let game = loop_game(&guesser, game, thing, &mut answers, &mut open, asks);
            let Phase::Over(outcome) = game.phase() else {
                continue;
            };
            over += 1;
            moves += u32::from(outcome.moves);
            match outcome.winner {
                Winner::Ai => found += 1,
                Winner::Player => missed.push(*thing),
            }
        }
        println!(
            "{list}: {}, {:.1} moves",
            shown(found, over),
            f64::from(moves) / f64::from(over.max(1))
        );
        if over < things.len() as u32 {
            println!("  {} games wait for answers", things.len() as u32 - over);
        }
        println!("  missed: {}", missed.join(", "));
        all_found += found;
        all_over += over;
    }
    println!("together: {}", shown(all_found, all_over));
    if open.is_empty() && !asks {
        return Ok(());
    }
    for (question, thing) in open {
        answers
            .entry(question)
            .or_default()
            .entry(thing)
            .or_insert(None);
    }
    fs::write(answers_file, written(&text, &answers))
        .map_err(|error| format!("{answers_file}: {error}"))
}

/// Plays until the game is over or an answer is missing.
fn loop_game(
    guesser: &Guesser,
    mut game: Transcript,
    thing: &str,
    answers: &mut Answers,
    open: &mut BTreeSet<(String, String)>,
    asks: bool,
) -> Transcript {
    loop {
        let event = match game.phase() {
            Phase::Over(_) => return game,
            Phase::Thinking => Event::Move(guesser.next_move(&game)),
            Phase::Open(mv) => {
                let Some(answer) = answer(guesser, mv, thing, answers, asks) else {
                    open.insert((wording(mv), thing.to_owned()));
                    return game;
                };
                Event::Answer(answer)
            }
        };
        game.apply(event)
            .expect("a move and an answer by the rules");
    }
}

fn answer(
    guesser: &Guesser,
    mv: &Move,
    thing: &str,
    answers: &mut Answers,
    asks: bool,
) -> Option<Answer> {
    let knowledge = guesser.knowledge();
    if let Move::Guess(guess) = mv
        && let (Some(guess), Some(thing)) = (
            knowledge.find_thing(guess.as_str()),
            knowledge.find_thing(thing),
        )
        && guess == thing
    {
        return Some(Answer::Yes);
    }
    let things = answers.entry(wording(mv)).or_default();
    let known = things.get(thing).copied().flatten();
    if known.is_some() || !asks {
        return known.map(|answer| match (mv, answer) {
            // A guess takes only yes or no.
            (Move::Guess(_), Answer::Unsure) => Answer::No,
            _ => answer,
        });
    }
    let answer = ask(&wording(mv), thing, mv.is_guess())?;
    things.insert(thing.to_owned(), Some(answer));
    Some(answer)
}

/// Asks in the terminal. `None` once there is no more input.
fn ask(question: &str, thing: &str, is_guess: bool) -> Option<Answer> {
    loop {
        let choice = if is_guess {
            "yes, no"
        } else {
            "yes, no, unsure"
        };
        print!("{thing}: {question} ({choice}) ");
        io::stdout().flush().expect("a terminal");
        let mut line = String::new();
        if io::stdin().read_line(&mut line).expect("a terminal") == 0 {
            return None;
        }
        match line.trim() {
            "y" | "yes" => return Some(Answer::Yes),
            "n" | "no" => return Some(Answer::No),
            "u" | "unsure" if !is_guess => return Some(Answer::Unsure),
            _ => {}
        }
    }
}

fn wording(mv: &Move) -> String {
    match mv {
        Move::Question(text) => text.as_str().to_owned(),
        Move::Guess(name) => format!("Is it {name}?"),
    }
}

/// The file, with the comments at its head.
fn written(before: &str, answers: &Answers) -> String {
    let comments = before.lines().take_while(|line| line.starts_with('#'));
    let mut text: String = comments.map(|line| format!("{line}\n")).collect();
    for (question, things) in answers {
        if things.is_empty() {
            continue;
        }
        text += &format!("\n> {question}\n");
        for (thing, answer) in things {
            let word = match answer {
                Some(Answer::Yes) => "yes",
                Some(Answer::No) => "no",
                Some(Answer::Unsure) => "unsure",
                None => "?",
            };
            text += &format!("{word} {thing}\n");
        }
    }
    text
}

/// As in "88 of 100 found, 88.0 % (80.2 to 93.0)", with the interval of Wilson.
fn shown(found: u32, of: u32) -> String {
    let (n, z) = (f64::from(of.max(1)), 1.96_f64);
    let share = f64::from(found) / n;
    let centre = share + z * z / (2.0 * n);
    let width = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let bound = |bound: f64| bound / (1.0 + z * z / n) * 100.0;
    format!(
        "{found} of {of} found, {:.1} % ({:.1} to {:.1})",
        share * 100.0,
        bound(centre - width),
        bound(centre + width)
    )
}
