//! `cargo run --release -p server --example cost`: how many calls to the model a game needs and what
//! they cost, without a cache and with each of ours, at different numbers of games a day. It prints
//! the tables of docs/benchmarks.md and takes about two minutes. `--help` lists the options.
//!
//! A page either asks for one move at a time or *ponders* (`PONDER`): while the player reads a move,
//! it fetches the moves that follow yes and no, unless that answer ends the game. A pondering page
//! therefore asks for two moves after each question and one after each guess, and uses one of them.
//! Either page asks for a move at most once per game, so caches only save calls between games.
//!
//! A cache has a move if another game stored it less than `QUESTION_TTL` ago. There are two caches:
//! the server's memory, which holds 5,000 moves, and CloudFront in front of it, which holds all of them.
//! A server of your own has only its memory. Behind CloudFront the memory saves nothing more, because
//! it stores a move just before CloudFront does and forgets it no later. Requests for a move that the
//! model is still working out wait for it and count as hits.
//!
//! `sample` explains how a few thousand games stand for the whole tree of games, `cache` how often a
//! request hits, `play` who plays.
//!
//! Assumptions:
//! - The guesser stands in for the model. What matters is how games spread over the tree; a model
//!   whose questions split as evenly spreads them alike. This isn't measured.
//! - Players think of things as often as the knowledge's fame says and answer by its grades. A share
//!   of the answers is wrong (`--slip`) or "not sure" (`--unsure`).
//! - Games start at random times, at the same rate day and night, and are played to the end.
//! - The server moves with the model every time, at the first attempt. A call is one prompt, counted
//!   by tiktoken with the schema as if it were text, and a reply of full length, at the list price of
//!   gpt-6-luna without the discount for cached input.
//!
//! Not modelled: repairs and retries (more calls for a move); moves of the guesser when the
//! model fails (they are never cached); undo and reloads (more requests, mostly hits);
//! games that players give up (fewer calls); and CloudFront's regional caches (more calls, because
//! players far apart don't share a cache).

#![expect(
    clippy::expect_used,
    reason = "an example that meets the unexpected should stop"
)]

mod cache;
mod play;
mod sample;
#[cfg(test)]
mod tests;

use cache::Cache;
use lexopt::Arg;
use play::{Games, PRICE, Player};
use sample::{BATCHES, Batch, Estimate};
use std::{process::ExitCode, str::FromStr};

/// What the memory of the server holds: `MOVES` in server/src/relay/cache.rs.
const MEMORY: f64 = 5_000.0;

const SECONDS_A_DAY: f64 = 86_400.0;
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// The scales of a server of your own.
const GAMES_A_DAY: [f64; 4] = [1.0, 100.0, 10_000.0, 1_000_000.0];

/// The scales of a server on AWS.
const GAMES_A_MONTH: [f64; 3] = [1.0, 10_000.0, 1_000_000.0];

const HELP: &str = "\
Estimates how many calls to the model a game needs, and what they cost.

  --games N      games in each of the 20 batches of the sample (1000)
  --seed N       where the sample starts (1)
  --openings N   OPENINGS of the server (8)
  --ttl SECONDS  QUESTION_TTL of the server (86400)
  --slip SHARE   of the answers that are the opposite of what was meant (0.05)
  --unsure SHARE of the answers that are \"not sure\" (0)
";

struct Options {
    games: usize,
    seed: u64,
    openings: u8,
    ttl: f64,
    player: Player,
}

impl Options {
    /// `None`: only help was asked for.
    fn parse(mut arguments: lexopt::Parser) -> Result<Option<Self>, lexopt::Error> {
        let mut options = Self {
            games: 1_000,
            seed: 1,
            openings: 8,
            ttl: SECONDS_A_DAY,
            player: Player {
                slip: 0.05,
                unsure: 0.0,
            },
        };
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Long("games") => {
                    options.games = value(&mut arguments, "a whole number from 1", |&n| n > 0)?;
                }
                Arg::Long("seed") => {
                    options.seed = value(&mut arguments, "a whole number", |_| true)?;
                }
                Arg::Long("openings") => {
                    let valid = "a whole number from 1 to 64";
                    options.openings = value(&mut arguments, valid, |n| (1..=64).contains(n))?;
                }
                Arg::Long("ttl") => {
                    let is_valid = |ttl: &f64| (0.0..=31_536_000.0).contains(ttl);
                    options.ttl = value(&mut arguments, "seconds from 0 to 31536000", is_valid)?;
                }
                Arg::Long("slip") => options.player.slip = share(&mut arguments)?,
                Arg::Long("unsure") => options.player.unsure = share(&mut arguments)?,
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        Ok(Some(options))
    }
}

fn share(arguments: &mut lexopt::Parser) -> Result<f64, lexopt::Error> {
    let is_valid = |share: &f64| (0.0..1.0).contains(share);
    value(
        arguments,
        "a share from 0 to less than 1, like 0.05",
        is_valid,
    )
}

/// The value of the option that was just read. `valid` says in words what `is_valid` accepts.
fn value<T: FromStr>(
    arguments: &mut lexopt::Parser,
    valid: &str,
    is_valid: impl Fn(&T) -> bool,
) -> Result<T, lexopt::Error> {
    let text = arguments.value()?;
    let value = text.to_str().and_then(|text| text.parse().ok());
    let error = || format!("\"{}\" is not {valid}", text.display()).into();
    value.filter(is_valid).ok_or_else(error)
}

fn main() -> ExitCode {
    match Options::parse(lexopt::Parser::from_env()) {
        Ok(Some(options)) => {
            print!("{}", report(&options));
            ExitCode::SUCCESS
        }
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cost: {error}; see --help");
            ExitCode::FAILURE
        }
    }
}

fn report(options: &Options) -> String {
    let tree = Games::new(options.player, options.openings);
    let result = Figures {
        batches: sample::sample(&tree, options.games, options.seed),
        lifetime: options.ttl / SECONDS_A_DAY,
    };
    let Options {
        games,
        seed,
        openings,
        ttl,
        player: Player { slip, unsure },
    } = options;
    let (input, output) = PRICE;
    let once = result.figure(Cache::Off, Page::Plain, 0.0);
    let tokens = (once.dollars.mean / once.calls.mean * 1e6 - tree.reply as f64 * output) / input;
    let pondered = result.figure(Cache::Off, Page::Pondering, 0.0);
    let mut text = format!(
        "Calls to the model per game and their cost, each with its 95 % interval, from {} sampled games ({BATCHES} batches of {}, seed {seed}).\n\n\
        Assumed: {openings} openings; caches keep a move for {} seconds, the server's memory keeps the {} moves that are requested most (when full, the real one needs about 7 % more calls), CloudFront all; \
        games come at random times and are played to the end; players answer {} % of the questions wrongly and {} % with \"not sure\"; \
        the guesser's questions stand in for the model's; a call takes {:.0} tokens in (the mean without a cache and without pondering) and {} out, \
        at {input} and {output} dollars per million (gpt-6-luna). \
        Not modelled: repairs and retries, failures of the model, undo, reloads, games given up, several regional caches of CloudFront.\n\n\
        A game has {} moves. Without a cache it needs as many calls, or {} with pondering, at any number of games.\n",
        grouped((games * BATCHES) as f64, 0),
        grouped(*games as f64, 0),
        grouped(*ttl, 0),
        grouped(MEMORY, 0),
        slip * 100.0,
        unsure * 100.0,
        tokens,
        tree.reply,
        shown(once.calls, 2),
        shown(pondered.calls, 2),
    );
    text += "\n## By games a day\n\nCalls per game:\n\n";
    text += &result.table(|figure| shown(figure.calls, 2));
    text += "\nDollars per game:\n\n";
    text += &result.table(|figure| shown(figure.dollars, 4));
    text += "\n## By games a month, on AWS\n\nWith CloudFront and pondering:\n\n";
    text += &result.months();
    text
}

#[derive(Debug, Clone, Copy)]
enum Page {
    Plain,
    Pondering,
}

struct Figures {
    batches: Vec<Batch>,
    /// How many days an entry of a cache lives.
    lifetime: f64,
}

/// Per game.
#[derive(Debug, Clone, Copy)]
struct Figure {
    calls: Estimate,
    dollars: Estimate,
}

impl Figures {
    fn figure(&self, cache: Cache, page: Page, games_a_day: f64) -> Figure {
        let games = games_a_day * self.lifetime;
        let missed = self.batches.iter().map(|batch| {
            let requests = match page {
                Page::Plain => &batch.plain,
                Page::Pondering => &batch.pondering,
            };
            cache.missed(requests, games)
        });
        let missed: Vec<_> = missed.collect();
        let calls: Vec<f64> = missed.iter().map(|missed| missed.calls).collect();
        let dollars: Vec<f64> = missed.iter().map(|missed| missed.dollars).collect();
        Figure {
            calls: Estimate::new(&calls),
            dollars: Estimate::new(&dollars),
        }
    }

    /// A row for each number of games a day, a column for each cache with and without pondering.
    fn table(&self, cell: impl Fn(Figure) -> String) -> String {
        let mut table = String::from(
            "| games a day | no cache | no cache, ponder | memory | memory, ponder | CloudFront | CloudFront, ponder |\n\
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for games in GAMES_A_DAY {
            table += &format!("| {} |", grouped(games, 0));
            for cache in [Cache::Off, Cache::Limited(MEMORY), Cache::Unlimited] {
                for page in [Page::Plain, Page::Pondering] {
                    table += &format!(" {} |", cell(self.figure(cache, page, games)));
                }
            }
            table += "\n";
        }
        table
    }

    fn months(&self) -> String {
        let mut table = String::from(
            "| games a month | calls per game | dollars per game | dollars a month |\n\
            | ---: | ---: | ---: | ---: |\n",
        );
        for games in GAMES_A_MONTH {
            let figure = self.figure(Cache::Unlimited, Page::Pondering, games / DAYS_A_MONTH);
            table += &format!(
                "| {} | {} | {} | {} |\n",
                grouped(games, 0),
                shown(figure.calls, 2),
                shown(figure.dollars, 4),
                shown(figure.dollars.times(games), 0),
            );
        }
        table
    }
}

/// "16.05 ± 0.08": `least` digits after the point, and more where the margin would round to 0.
fn shown(Estimate { mean, margin }: Estimate, least: usize) -> String {
    let needed = (-margin.log10().floor()).clamp(0.0, 6.0) as usize;
    let digits = needed.max(least);
    format!("{} ± {}", grouped(mean, digits), grouped(margin, digits))
}

/// "1,234.56"
fn grouped(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    let whole = text.find('.').unwrap_or(text.len());
    let mut grouped = String::new();
    for (at, digit) in text.char_indices() {
        if at > 0 && at < whole && (whole - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
