//! `cargo run --release -p server --example cost`: how many calls to the model, and dollars, a game
//! costs with 1 to 1,000,000 games a day, with and without the caches and pondering.
//!
//! No model is asked: the guesser chooses the questions in its stead, since what counts here is how
//! the games of a day spread over the tree of questions. Players think of things as often as the
//! guesser's prior says, answer by its knowledge, and slip in 5 of 100 answers. A call costs the
//! prompt's tokens as tiktoken counts them and a reply of five candidates, at gpt-4.1's price.
//!
//! The games of a day walk down the tree together, so a move is worked out once for all that meet
//! there. Of the branches that only a few take, some are followed and count for the others.

use fastrand::Rng;
use game::{Answer, Event, Move, Opening, Phase, Transcript};
use guesser::{Grade, Guesser};
use server::relay::{prompt, proposal::SCHEMA};
use tiktoken_rs::CoreBPE;

const OPENINGS: u8 = 8;
const SLIP: f64 = 0.05;

/// Dollars per million tokens of gpt-4.1: OpenAI's list, 2025.
const PRICE: (f64, f64) = (2.0, 8.0);

/// About so many branches are followed at each level.
const FOLLOWED: usize = 1_500;

const REPLY: &str = r#"{"candidates":["a dog","a chair","an apple","a car","the sun"],"kind":"question","text":"Is it commonly found in a kitchen?"}"#;

fn main() {
    let guesser = Guesser::embedded();
    let tokens = tiktoken_rs::o200k_base().expect("the encoding is part of the crate");
    let reply = tokens.encode_ordinary(REPLY).len() as f64;
    println!(
        "calls to the model for a game, and what they cost; {OPENINGS} openings, caches that keep a question for the day\n"
    );
    println!("| games a day | no cache | no cache, ponder | cache | cache, ponder |");
    println!("| ---: | ---: | ---: | ---: | ---: |");
    for games in [1_usize, 100, 10_000, 1_000_000] {
        // Few games are played again on more days, or chance would speak.
        let days = (2_000 / games).max(1);
        let mut total = Tally::default();
        for day in 0..days {
            let mut walk = Walk {
                guesser: &guesser,
                tokens: &tokens,
                schema: tokens.encode_ordinary(&SCHEMA.to_string()).len() as f64,
                rng: Rng::with_seed(day as u64 + 1),
                few: games.div_ceil(FOLLOWED),
                tally: Tally::default(),
            };
            walk.day(games);
            total.add(&walk.tally);
        }
        let per_game = 1.0 / (games * days) as f64;
        let input = total.tokens / total.prompts;
        let dollars = (input * PRICE.0 + reply * PRICE.1) / 1e6;
        let cell = |calls: f64| {
            format!(
                "{:.2}, ${:.4}",
                calls * per_game,
                calls * per_game * dollars
            )
        };
        println!(
            "| {games} | {} | {} | {} | {} |",
            cell(total.plain),
            cell(total.pondered),
            cell(total.cached),
            cell(total.cached_pondered)
        );
        if games == 1_000_000 {
            println!(
                "\nA call: {input:.0} tokens in, {reply:.0} out, ${dollars:.5}. A game: {:.1} moves.",
                total.plain * per_game
            );
        }
    }
}

/// Calls of a day.
#[derive(Default)]
struct Tally {
    plain: f64,
    pondered: f64,
    cached: f64,
    cached_pondered: f64,
    tokens: f64,
    prompts: f64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.plain += other.plain;
        self.pondered += other.pondered;
        self.cached += other.cached;
        self.cached_pondered += other.cached_pondered;
        self.tokens += other.tokens;
        self.prompts += other.prompts;
    }
}

struct Walk<'a> {
    guesser: &'a Guesser,
    tokens: &'a CoreBPE,
    schema: f64,
    rng: Rng,
    /// Branches with fewer games than this may be left out.
    few: usize,
    tally: Tally,
}

impl Walk<'_> {
    fn day(&mut self, games: usize) {
        let mut by_opening = vec![Vec::new(); usize::from(OPENINGS)];
        for _ in 0..games {
            let thing = self.guesser.knowledge().draw(self.rng.f64());
            by_opening[self.rng.usize(..usize::from(OPENINGS))].push(thing);
        }
        for (opening, things) in by_opening.into_iter().enumerate() {
            if !things.is_empty() {
                // The first question is asked for, not pondered.
                self.tally.pondered += things.len() as f64;
                self.tally.cached_pondered += 1.0;
                self.visit(Transcript::new(Opening(opening as u8)), &things, 1.0);
            }
        }
    }

    /// The games of these things at this transcript; each of its kind stands for `weight`.
    fn visit(&mut self, transcript: Transcript, things: &[ThingId], weight: f64) {
        let keep = things.len() as f64 / self.few as f64;
        let mut weight = weight;
        if keep < 1.0 {
            if self.rng.f64() > keep {
                return;
            }
            weight /= keep;
        }
        let games = things.len() as f64 * weight;
        self.tally.plain += games;
        self.tally.cached += weight;
        let prompt = prompt::messages(&transcript);
        let tokens: usize = prompt
            .iter()
            .map(|message| self.tokens.encode_ordinary(&message.content).len())
            .sum();
        self.tally.tokens += (tokens as f64 + 7.0 + self.schema) * games;
        self.tally.prompts += games;

        let mv = self.guesser.next_move(&transcript);
        let mut branches: [Vec<ThingId>; 3] = Default::default();
        for &thing in things {
            let answer = self.answer(&mv, thing);
            branches[Answer::ALL.iter().position(|a| *a == answer).unwrap_or(0)].push(thing);
        }
        for (answer, things) in Answer::ALL.into_iter().zip(branches) {
            if !mv.takes(answer) {
                continue;
            }
            let mut after = transcript.clone();
            after
                .apply(Event::Move(mv.clone()))
                .expect("the guesser plays by the rules");
            after
                .apply(Event::Answer(answer))
                .expect("an answer that it takes");
            if after.phase() != Phase::Thinking {
                continue;
            }
            // The page fetches what follows yes and no, whatever is answered then.
            if answer != Answer::Unsure {
                self.tally.pondered += games;
                self.tally.cached_pondered += weight;
            }
            if !things.is_empty() {
                self.visit(after, &things, weight);
            }
        }
    }

    fn answer(&mut self, mv: &Move, thing: ThingId) -> Answer {
        let knowledge = self.guesser.knowledge();
        let yes = match mv {
            Move::Guess(name) => {
                return if name == knowledge.name(thing) {
                    Answer::Yes
                } else {
                    Answer::No
                };
            }
            Move::Question(text) => {
                let question = knowledge
                    .find_question(text.as_str())
                    .expect("its own question");
                match knowledge.grade(question, thing) {
                    Grade::Either => self.rng.bool(),
                    grade => (grade.stated() > 0.5) != (self.rng.f64() < SLIP),
                }
            }
        };
        if yes { Answer::Yes } else { Answer::No }
    }
}
