//! `cargo run --release -p server --example cost`: how many calls to the model a game needs, and what
//! they cost, without a cache and with each of ours, at different numbers of games a day. It prints
//! the tables of README.md and infra/README.md; `--help` lists what can be changed.
//!
//! The page asks for one move at a time, or it *ponders* (`PONDER`): while the player reads a move,
//! it asks for the moves after yes and no, unless that answer ends the game. So a pondering page
//! asks for two moves for each question and one for each guess, of which the game uses one. Both
//! ask for a move only once, so within a game the caches save nothing.
//!
//! A cache has a move if any game has asked for it within the last `QUESTION_TTL`. There are two:
//! the memory of the server, which holds 5,000 moves, and CloudFront in front of it, where everything
//! fits. A server without CloudFront has only the memory. Behind CloudFront the memory saves
//! nothing more, since it forgets a move no later than CloudFront does. A move that is being worked
//! out counts as known in both, as later requests wait for it.
//!
//! How the figures are estimated without visiting the whole tree of games is told in `sample`, how
//! often a cache has a move in `cache`, and who plays in `play`.
//!
//! Assumed:
//! - The guesser's questions stand in for the model's. What counts is how games spread over the
//!   tree, and a model that halves as well spreads them alike. That is not measured.
//! - Players think of things as often as the knowledge's fame says, and answer by its grades. Some
//!   answers slip to the opposite (`--slip`) or are "not sure" (`--unsure`).
//! - Games start at random times, at the same rate day and night. All are played to the end.
//! - A call is one prompt, as counted by tiktoken with the schema as if it were text, and a reply of
//!   full length, at the price of gpt-4.1 without the discount for cached input.
//!
//! Not modelled: repairs and retries (up to two more calls for a move), moves that the guesser makes
//! because the model fails (not cached, and cheaper), undo and reloads (more requests, mostly cached), games
//! that are given up (fewer), and CloudFront's several regional caches (more calls with players
//! all over the world).

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

/// The scales of README.md.
const GAMES_A_DAY: [f64; 4] = [1.0, 100.0, 10_000.0, 1_000_000.0];

/// The scales of infra/README.md.
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
                Arg::Long("games") => options.games = value(&mut arguments, |&n| n > 0)?,
                Arg::Long("seed") => options.seed = value(&mut arguments, |_| true)?,
                Arg::Long("openings") => {
                    options.openings = value(&mut arguments, |n| (1..=64).contains(n))?;
                }
                Arg::Long("ttl") => options.ttl = value(&mut arguments, |&ttl| ttl >= 0.0)?,
                Arg::Long("slip") => options.player.slip = value(&mut arguments, is_share)?,
                Arg::Long("unsure") => options.player.unsure = value(&mut arguments, is_share)?,
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        Ok(Some(options))
    }
}

fn is_share(value: &f64) -> bool {
    (0.0..1.0).contains(value)
}

fn value<T: FromStr>(
    arguments: &mut lexopt::Parser,
    is_valid: impl Fn(&T) -> bool,
) -> Result<T, lexopt::Error> {
    let text = arguments.value()?;
    let value = text.to_str().and_then(|text| text.parse().ok());
    let valid = value.filter(is_valid);
    valid.ok_or_else(|| format!("{} is not possible here", text.display()).into())
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
        Assumed: {openings} openings; caches keep a move for {} seconds, the server's memory keeps {} moves, CloudFront all; \
        games come at random times and are played to the end; players answer {} % of the questions wrongly and {} % with \"not sure\"; \
        the guesser's questions stand in for the model's; a call takes {:.0} tokens in (the mean without a cache and without pondering) and {} out, \
        at {input} and {output} dollars per million (gpt-4.1). \
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
    text += "\n## For README.md\n\nCalls per game:\n\n";
    text += &result.table(|figure| shown(figure.calls, 2));
    text += "\nDollars per game:\n\n";
    text += &result.table(|figure| shown(figure.dollars, 4));
    text += "\n## For infra/README.md\n\nWith CloudFront and pondering:\n\n";
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
                shown(figure.dollars.times(games), 2),
            );
        }
        table
    }
}

/// "16.05 ± 0.08": at least so many digits after the point, and more where the interval would be 0.
fn shown(Estimate { mean, margin }: Estimate, least: usize) -> String {
    let needed = (-margin.log10().floor()).max(0.0) as usize;
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
