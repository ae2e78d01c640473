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

use game::{Answer, Event, Move, Opening, Phase, Transcript, Turn, Winner};
use guesser::Guesser;
use knowledge::{Grade, Panel};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fmt, fs, io,
    io::Write,
    mem,
    ops::AddAssign,
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
    let result = match &files[..] {
        [answers_file, lists @ ..] if !lists.is_empty() && (asks || options.is_empty()) => {
            run(answers_file, lists, asks)
        }
        _ => {
            eprintln!("usage: panel [--ask] ANSWERS LIST...");
            return ExitCode::from(2);
        }
    };
    match result {
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
    let mut table = Table {
        guesser: Guesser::embedded(),
        answers,
        open: BTreeSet::new(),
        file: answers_file,
        comments: text.lines().filter(|line| line.starts_with('#')).collect(),
        asks,
    };
    let mut total = Score::default();
    for list in lists {
        let things = fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?;
        let things = things.lines().map(str::trim);
        let things = things.filter(|line| !(line.is_empty() || line.starts_with('#')));
        let things: Vec<_> = things.collect();
        if things.is_empty() {
            return Err(format!("{list}: it has no thing; write one on each line"));
        }
        if let Some(thing) = things.iter().find(|thing| thing.contains('|')) {
            return Err(format!(
                "{list}: `{thing}` has a `|`; write one thing on each line"
            ));
        }
        let mut score = Score::default();
        for (number, thing) in things.into_iter().enumerate() {
            let opening = Opening((number % OPENINGS) as u8);
            let game = table.play(opening, thing)?;
            score.count(&table.guesser, thing, &game);
        }
        println!("{list}: {score}");
        // The games that are over first are the short ones, so they say nothing about the others.
        if score.waiting == 0 {
            println!("  missed: {}", score.missed.join(", "));
            println!("  by another name: {}", score.renamed.join(", "));
        }
        total += score;
    }
    println!("together: {total}");
    if total.waiting == 0 {
        println!("\n| contradictions | games | found |\n| --- | ---: | ---: |");
        for (contradictions, [games, found]) in total.contradictions {
            println!("| {contradictions} | {games} | {found} |");
        }
    }
    table.leave_open()
}

/// Where the games are played.
struct Table<'a> {
    guesser: Guesser,
    answers: Answers,
    open: BTreeSet<(String, String)>,
    file: &'a str,
    comments: Vec<&'a str>,
    asks: bool,
}

impl Table<'_> {
    /// Plays until the game is over or an answer is missing.
    fn play(&mut self, opening: Opening, thing: &str) -> Result<Transcript, String> {
        let mut game = Transcript::new(opening);
        loop {
            let event = match game.phase() {
                Phase::Over(_) => return Ok(game),
                Phase::Thinking => Event::Move(self.guesser.next_move(&game)),
                Phase::Open(mv) => {
                    let Some(answer) = self.answer(mv, thing)? else {
                        self.open.insert((wording(mv), thing.to_owned()));
                        return Ok(game);
                    };
                    Event::Answer(answer)
                }
            };
            game.apply(event)
                .expect("a move and an answer by the rules");
        }
    }

    fn answer(&mut self, mv: &Move, thing: &str) -> Result<Option<Answer>, String> {
        let knowledge = self.guesser.knowledge();
        if let Move::Guess(guess) = mv
            && knowledge.is_same_thing(guess.as_str(), thing)
        {
            return Ok(Some(Answer::Yes));
        }
        // "Is it a vehicle?" is also a question, and a yes to that names no thing.
        if mv.is_guess() && knowledge.find_question(&wording(mv)).is_some() {
            return Ok(Some(Answer::No));
        }
        let given = self.answers.get(&wording(mv));
        let given = given.and_then(|things| things.get(thing).copied().flatten());
        let answer = match (mv, given) {
            // A guess takes only yes or no.
            (Move::Guess(_), Some(Answer::Unsure)) => Some(Answer::No),
            (_, Some(answer)) => Some(answer),
            (_, None) if self.asks => ask(&wording(mv), thing, mv.is_guess()),
            (_, None) => None,
        };
        if given.is_none() && answer.is_some() {
            let things = self.answers.entry(wording(mv)).or_default();
            things.insert(thing.to_owned(), answer);
            // At once, so that whoever interrupts the command loses no answer.
            self.write()?;
        }
        Ok(answer)
    }

    /// Adds what is open to the file.
    fn leave_open(mut self) -> Result<(), String> {
        if self.open.is_empty() {
            return Ok(());
        }
        for (question, thing) in mem::take(&mut self.open) {
            let things = self.answers.entry(question).or_default();
            things.entry(thing).or_insert(None);
        }
        self.write()
    }

    fn write(&self) -> Result<(), String> {
        let mut text: String = self
            .comments
            .iter()
            .map(|line| format!("{line}\n"))
            .collect();
        for (question, things) in &self.answers {
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
        fs::write(self.file, text).map_err(|error| format!("{}: {error}", self.file))
    }
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

/// How some games ended.
#[derive(Default)]
struct Score {
    over: u32,
    found: u32,
    moves: u32,
    waiting: u32,
    missed: Vec<String>,
    /// Things that were found by a name that the knowledge doesn't have for them, with that name.
    renamed: Vec<String>,
    /// The games with things that the guesser knows, and those that it won, by the number of answers that
    /// contradict a plain yes or no of its knowledge.
    contradictions: BTreeMap<usize, [u32; 2]>,
}

impl Score {
    fn count(&mut self, guesser: &Guesser, thing: &str, game: &Transcript) {
        let Phase::Over(outcome) = game.phase() else {
            self.waiting += 1;
            return;
        };
        let found = u32::from(outcome.winner == Winner::Ai);
        self.over += 1;
        self.found += found;
        self.moves += u32::from(outcome.moves);
        if found == 0 {
            self.missed.push(thing.to_owned());
        }
        let knowledge = guesser.knowledge();
        if let Some(Move::Guess(name)) = game.turns().last().map(|turn| &turn.mv)
            && found == 1
            && !knowledge.is_same_thing(name.as_str(), thing)
        {
            self.renamed.push(format!("{thing} ({name})"));
        }
        if let Some(thing) = knowledge.find_thing(thing) {
            let contradicts = |turn: &&Turn| {
                let question = knowledge.find_question(turn.mv.text().as_str());
                let grade = question.map(|question| knowledge.grade(question, thing));
                matches!(
                    (grade, turn.answer),
                    (Some(Grade::Yes), Some(Answer::No)) | (Some(Grade::No), Some(Answer::Yes))
                )
            };
            let contradictions = game.turns().iter().filter(contradicts).count();
            let games = self.contradictions.entry(contradictions).or_default();
            games[0] += 1;
            games[1] += found;
        }
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.over += other.over;
        self.found += other.found;
        self.moves += other.moves;
        self.waiting += other.waiting;
        self.missed.extend(other.missed);
        self.renamed.extend(other.renamed);
        for (contradictions, [games, found]) in other.contradictions {
            let mine = self.contradictions.entry(contradictions).or_default();
            mine[0] += games;
            mine[1] += found;
        }
    }
}

/// As in "88 of 100 found, 88.0 % (80.2 to 93.0), 15.8 moves", with the 95 % interval of Wilson.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.waiting > 0 {
            return write!(
                f,
                "{} of {} games wait for answers",
                self.waiting,
                self.waiting + self.over
            );
        }
        let (n, z) = (f64::from(self.over.max(1)), 1.96_f64);
        let share = f64::from(self.found) / n;
        let centre = share + z * z / (2.0 * n);
        let width = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let bound = |bound: f64| bound / (1.0 + z * z / n) * 100.0;
        write!(
            f,
            "{} of {} found, {:.1} % ({:.1} to {:.1}), {:.1} moves",
            self.found,
            self.over,
            share * 100.0,
            bound(centre - width),
            bound(centre + width),
            f64::from(self.moves) / n
        )
    }
}
