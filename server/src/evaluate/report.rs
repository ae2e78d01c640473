//! How well the questioner played, as a table.

use super::{options::Options, record::Record};
use std::fmt;

/// The figures of some games.
pub(super) struct Report<'a> {
    options: &'a Options,
    games: &'a [Record],
    /// How many more games the file holds.
    others: usize,
}

impl<'a> Report<'a> {
    /// A report on the first games of those that the file holds.
    pub(super) fn new(options: &'a Options, held: &'a [Record], games: usize) -> Self {
        let (games, others) = held.split_at(games.min(held.len()));
        Self {
            options,
            games,
            others: others.len(),
        }
    }

    /// The mean of a figure and half the width of its 95 % interval.
    fn mean(&self, figure: impl Fn(&Record) -> f64) -> (f64, f64) {
        let n = self.games.len() as f64;
        let mean = self.games.iter().map(&figure).sum::<f64>() / n;
        let squares = self.games.iter().map(|game| (figure(game) - mean).powi(2));
        let variance = squares.sum::<f64>() / (n - 1.0).max(1.0);
        (mean, 1.96 * (variance / n).sqrt())
    }

    /// The share of won games and its 95 % interval, in percent. The interval is Wilson's (1927), which also
    /// holds for shares near 0 and 1.
    fn success(&self) -> (f64, f64, f64) {
        let n = self.games.len() as f64;
        let share = self.games.iter().filter(|game| game.is_won()).count() as f64 / n;
        let z2 = 1.96_f64.powi(2);
        let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = 1.96 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        (
            share * 100.0,
            (centre - half) * 100.0,
            (centre + half) * 100.0,
        )
    }
}

/// 1 for a game won within five moves, 0.02 less for each further move, 0 for a lost game.
pub(super) fn score(won: bool, moves: u8) -> f64 {
    if won {
        1.0 - 0.02 * f64::from(moves.saturating_sub(5))
    } else {
        0.0
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.games.is_empty() {
            return writeln!(f, "no game was finished");
        }
        let (share, low, high) = self.success();
        let (turns, turns_half) = self.mean(|game| f64::from(game.moves));
        let (yes, yes_half) = self.mean(|game| f64::from(game.yes));
        let (score, score_half) = self.mean(|game| score(game.is_won(), game.moves));
        writeln!(
            f,
            "{} asks, {} answers, {} games; with 95 % intervals\n",
            self.options.questioner.word(),
            self.options.answerer.word(),
            self.games.len()
        )?;
        writeln!(f, "| mean turns | success | yes-answers | score |")?;
        writeln!(f, "| ---: | ---: | ---: | ---: |")?;
        writeln!(
            f,
            "| {turns:.1} ± {turns_half:.1} | {share:.0} % ({low:.0} to {high:.0}) | {yes:.1} ± {yes_half:.1} | {score:.2} ± {score_half:.2} |\n"
        )?;
        let sum = |figure: fn(&Record) -> u64| self.games.iter().map(figure).sum::<u64>();
        let n = self.games.len() as f64;
        let dollars: f64 = self.games.iter().map(|game| game.dollars).sum();
        writeln!(
            f,
            "repairs {}, repeats refused {}, moves of the guesser {}, calls {}",
            sum(|game| game.repairs.into()),
            sum(|game| game.repeats.into()),
            sum(|game| game.guesser_moves.into()),
            sum(|game| game.calls.into()),
        )?;
        writeln!(
            f,
            "a game: {:.0} tokens in, {:.0} tokens out, {:.4} dollars",
            sum(|game| game.tokens_in) as f64 / n,
            sum(|game| game.tokens_out) as f64 / n,
            dollars / n
        )?;
        if self.others > 0 {
            let all = self.games.len() + self.others;
            let (file, others) = (self.options.out.display(), self.others);
            writeln!(
                f,
                "{file} holds {others} more; --games {all} reports on all of them"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn the_score_falls_with_the_moves_and_is_0_for_a_lost_game() {
        let cases = [
            (true, 1, 1.0),
            (true, 5, 1.0),
            (true, 6, 0.98),
            (true, 20, 0.7),
            (false, 20, 0.0),
        ];
        for (won, moves, expected) in cases {
            assert!((score(won, moves) - expected).abs() < 1e-9, "{won} {moves}");
        }
    }
}
