//! `cargo run --release -p guesser --example strength [-- GAMES [SEED]]`: how often the house wins.
//!
//! A simulated player thinks of a thing, drawn by how often people think of it, and answers by the
//! knowledge itself, so the figures are an upper bound for real players. Where the knowledge says
//! "it depends", the player tosses a coin; then each answer is wrong, or not sure, with the
//! probability of the row. The last row answers every question at random by its grade. Beside the
//! house stands the plain twenty-questions player, who strikes out whatever doesn't fit an answer.

use fastrand::Rng;
use game::{Answer, Event, MOVES, Move, Opening, Outcome, Phase, Transcript, Winner};
use guesser::{Belief, Grade, House, Knowledge};

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>().ok());
    let games = arguments.next().flatten().unwrap_or(1_000);
    let seed = arguments.next().flatten().unwrap_or(20);
    let house = House::embedded();
    let knowledge = house.knowledge();
    println!(
        "{} things, {} questions, {games} games a row, seed {seed}\n",
        knowledge.things(),
        knowledge.questions()
    );
    println!("| wrong | not sure |   house wins, mean moves | elimination wins, mean moves |");
    println!("| ----: | -------: | -----------------------: | ---------------------------: |");
    for unsure in [0.0, 0.1] {
        for wrong in [0.0, 0.05, 0.1, 0.2] {
            row(
                &format!("{:.0} %", wrong * 100.0),
                &house,
                games,
                seed,
                Player {
                    wrong,
                    unsure,
                    soft: false,
                },
            );
        }
    }
    row(
        "by grade",
        &house,
        games,
        seed,
        Player {
            wrong: 0.0,
            unsure: 0.0,
            soft: true,
        },
    );
}

fn row(label: &str, house: &House, games: u64, seed: u64, player: Player) {
    let knowledge = house.knowledge();
    let by_house = tally(knowledge, games, seed, player, |transcript| {
        house.next_move(transcript)
    });
    let by_elimination = tally(knowledge, games, seed, player, |transcript| {
        eliminate(knowledge, transcript)
    });
    println!(
        "| {label:>5} | {:>6.0} % | {by_house:>24} | {by_elimination:>28} |",
        player.unsure * 100.0
    );
}

/// How the simulated player answers.
#[derive(Clone, Copy)]
struct Player {
    wrong: f64,
    unsure: f64,
    /// Draws each answer by its grade.
    soft: bool,
}

impl Player {
    fn answer(self, grade: Grade, rng: &mut Rng) -> Answer {
        if rng.f64() < self.unsure {
            return Answer::Unsure;
        }
        let yes = match grade {
            _ if self.soft => rng.f64() < grade.stated(),
            Grade::Either => rng.bool(),
            _ => grade.yes() > 0.5,
        };
        let slips = rng.f64() < self.wrong;
        if yes != slips {
            Answer::Yes
        } else {
            Answer::No
        }
    }
}

/// Plays the games and says what came out: "97.2 ± 0.7 %, 12.3".
fn tally(
    knowledge: &Knowledge,
    games: u64,
    seed: u64,
    player: Player,
    mover: impl Fn(&Transcript) -> Move,
) -> String {
    let mut rng = Rng::with_seed(seed);
    let (mut wins, mut moves) = (0_u64, 0_u64);
    for _ in 0..games {
        let thing = draw(knowledge, &mut rng);
        let outcome = play(knowledge, thing, player, &mut rng, &mover);
        wins += u64::from(outcome.winner == Winner::Ai);
        moves += u64::from(outcome.moves);
    }
    let (n, share) = (games as f64, wins as f64 / games as f64);
    // The half-width of the 95 % interval of a share.
    let margin = 1.96 * (share * (1.0 - share) / n).sqrt();
    format!(
        "{:.1} ± {:.1} %, {:.1}",
        share * 100.0,
        margin * 100.0,
        moves as f64 / n
    )
}

fn draw(knowledge: &Knowledge, rng: &mut Rng) -> usize {
    let total: f64 = (0..knowledge.things())
        .map(|thing| knowledge.prior(thing))
        .sum();
    let mut rest = rng.f64() * total;
    for thing in 0..knowledge.things() {
        rest -= knowledge.prior(thing);
        if rest < 0.0 {
            return thing;
        }
    }
    knowledge.things() - 1
}

fn play(
    knowledge: &Knowledge,
    thing: usize,
    player: Player,
    rng: &mut Rng,
    mover: impl Fn(&Transcript) -> Move,
) -> Outcome {
    let mut transcript = Transcript::new(Opening(rng.u8(0..8)));
    loop {
        let event = match transcript.phase() {
            Phase::Over(outcome) => return outcome,
            Phase::Thinking => Event::Ask(mover(&transcript)),
            Phase::Asked(Move::Guess(name)) if name == knowledge.name(thing) => {
                Event::Answer(Answer::Yes)
            }
            Phase::Asked(Move::Guess(_)) => Event::Answer(Answer::No),
            Phase::Asked(Move::Question(text)) => {
                let question = knowledge
                    .find_question(text.as_str())
                    .expect("a question of the knowledge");
                Event::Answer(player.answer(knowledge.grades(question)[thing], rng))
            }
        };
        transcript.apply(event).expect("both play by the rules");
    }
}

/// The baseline: keeps the things that fit every answer, asks what halves their weight best, and
/// guesses the likeliest when one is left or nothing splits the rest.
fn eliminate(knowledge: &Knowledge, transcript: &Transcript) -> Move {
    let belief = Belief::new(knowledge, transcript);
    let answers: Vec<_> = transcript
        .turns()
        .iter()
        .filter_map(|turn| {
            Some((
                knowledge.find_question(turn.asked.text().as_str())?,
                turn.answer?,
            ))
        })
        .filter(|(_, answer)| *answer != Answer::Unsure)
        .collect();
    let fits = |thing: usize| {
        let fits = |&(question, answer): &(usize, Answer)| match knowledge.grades(question)[thing] {
            Grade::Either => true,
            grade => (grade.yes() > 0.5) == (answer == Answer::Yes),
        };
        belief.probabilities()[thing] > 0.0 && answers.iter().all(fits)
    };
    let left: Vec<usize> = (0..knowledge.things())
        .filter(|&thing| fits(thing))
        .collect();
    let likeliest = left
        .iter()
        .copied()
        .max_by(|&a, &b| knowledge.prior(a).total_cmp(&knowledge.prior(b)));
    let guess = likeliest.unwrap_or_else(|| belief.best(1)[0]);
    let total: f64 = left.iter().map(|&thing| knowledge.prior(thing)).sum();
    let imbalance = |question: usize| {
        let yes: f64 = left
            .iter()
            .map(|&thing| {
                knowledge.prior(thing) * f64::from(knowledge.grades(question)[thing].yes() > 0.5)
            })
            .sum();
        (yes - total / 2.0).abs()
    };
    let open = (0..knowledge.questions()).filter(|&question| !belief.was_asked(question));
    let best = open.min_by(|&a, &b| imbalance(a).total_cmp(&imbalance(b)));
    match best {
        Some(question)
            if transcript.turns().len() + 1 < MOVES
                && left.len() > 1
                && imbalance(question) < total / 2.0 =>
        {
            Move::Question(knowledge.question(question).clone())
        }
        _ => Move::Guess(knowledge.name(guess).clone()),
    }
}
