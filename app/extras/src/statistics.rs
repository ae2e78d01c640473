//! What the log says about all games.

use crate::html::{counted, escaped};
use game::{
    MOVES,
    past::{End, Past},
};
use std::fmt::Write;

/// How many of the things that beat the AI are shown.
const SHOWN: usize = 12;

/// The height of the histogram's longest bar, and the width of each with its gap, in pixels.
const BAR: usize = 80;
const STEP: usize = 14;

/// What the log says. Games that the player stopped are only counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// How many games in twenty moves the AI won.
    pub found: usize,
    /// How many the player won, with those that went into overtime.
    pub missed: usize,
    /// How many the player stopped.
    pub stopped: usize,
    /// How many went into overtime.
    pub overtimes: usize,
    /// In how many of those the AI found the thing.
    pub late: usize,
    /// How many games the AI won in so many moves; the first is for one move.
    pub histogram: [usize; MOVES],
    /// How many games in a row the AI has won up to now.
    pub streak: usize,
    /// How many it has won in a row at most.
    pub longest: usize,
    /// The things that it didn't find in twenty moves, the latest first, each once.
    pub beaten_by: Vec<String>,
    /// How many different things it has found.
    pub lit: usize,
}

impl Statistics {
    /// The statistics of a log. Lines that are no games don't count.
    #[must_use]
    pub fn of(log: &str) -> Self {
        let mut statistics = Self::default();
        let mut lit: Vec<String> = Vec::new();
        for past in log.split('\n').filter_map(Past::read) {
            let thing = past.thing.as_ref().map(ToString::to_string);
            statistics.count(&past);
            match (past.end, thing) {
                (End::Found, Some(thing)) => lit.push(thing),
                (End::Late, Some(thing)) => {
                    lit.push(thing.clone());
                    statistics.add_beater(thing);
                }
                (End::Missed, Some(thing)) => statistics.add_beater(thing),
                _ => {}
            }
        }
        lit.sort();
        lit.dedup();
        statistics.lit = lit.len();
        statistics.beaten_by.reverse();
        statistics
    }

    /// Adds a thing at the end, and only there.
    fn add_beater(&mut self, thing: String) {
        self.beaten_by.retain(|other| *other != thing);
        self.beaten_by.push(thing);
    }

    fn count(&mut self, past: &Past) {
        match past.end {
            End::Found => {
                self.found += 1;
                self.streak += 1;
                self.longest = self.longest.max(self.streak);
                let index = usize::from(past.moves).clamp(1, MOVES) - 1;
                self.histogram[index] += 1;
            }
            End::Late | End::Missed => {
                self.missed += 1;
                self.streak = 0;
                self.overtimes += usize::from(past.is_overtime());
                self.late += usize::from(past.end == End::Late);
            }
            End::Stopped => self.stopped += 1,
        }
    }

    /// The average number of moves of the games that the AI won, in tenths.
    #[must_use]
    pub fn average_tenths(&self) -> Option<usize> {
        let moves = (1..).zip(&self.histogram);
        let sum: usize = moves.map(|(moves, games)| moves * games).sum();
        (self.found > 0).then(|| (sum * 10 + self.found / 2) / self.found)
    }

    /// All of it as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let decided = self.found + self.missed;
        if decided + self.stopped == 0 {
            return "<p>No game is over yet. They stay on this device.</p>".to_owned();
        }
        let average = self.average_tenths().map_or("–".to_owned(), |tenths| {
            format!("{}.{}", tenths / 10, tenths % 10)
        });
        let figures = [
            ("games", decided.to_string()),
            ("I found it", self.found.to_string()),
            ("you won", self.missed.to_string()),
            ("questions on average", average),
            ("my streak", self.streak.to_string()),
            ("my longest streak", self.longest.to_string()),
        ];
        let mut html = "<dl class=figures>".to_owned();
        for (label, figure) in figures {
            let _ = write!(html, "<div><dt>{label}<dd>{figure}</div>");
        }
        html.push_str("</dl>");
        if self.found > 0 {
            html.push_str(&self.histogram());
        }
        let mut more = Vec::new();
        if self.overtimes > 0 {
            let helped = match self.late {
                0 => "never helped me".to_owned(),
                late => format!("helped me {}", times(late)),
            };
            let overtimes = times(self.overtimes);
            more.push(format!(
                "You let me ask five more {overtimes}. It {helped}."
            ));
        }
        if self.stopped > 0 {
            let counts = match self.stopped {
                1 => "It doesn't count.",
                _ => "They don't count.",
            };
            let games = counted(self.stopped, "game");
            more.push(format!("You ended {games} early. {counts}"));
        }
        if self.lit > 0 {
            let stars = counted(self.lit, "star");
            let them = if self.lit == 1 { "it" } else { "them" };
            more.push(format!(
                "<strong>Your sky:</strong> {stars} lit. The start page shows {them}."
            ));
        }
        for sentence in more {
            let _ = write!(html, "<p>{sentence}</p>");
        }
        if !self.beaten_by.is_empty() {
            html.push_str("<p>What beat me:</p><ul class=beaten>");
            for thing in self.beaten_by.iter().take(SHOWN) {
                let _ = write!(html, "<li>{}", escaped(thing));
            }
            html.push_str("</ul>");
        }
        html
    }

    /// A bar for each number of moves, and the same in words.
    fn histogram(&self) -> String {
        let most = self.histogram.iter().copied().max().unwrap_or(1).max(1);
        let (width, height) = (STEP * MOVES, BAR + 30);
        let (mut bars, mut words) = (String::new(), Vec::new());
        for (index, &games) in self.histogram.iter().enumerate() {
            let (number, left) = (index + 1, index * STEP + 2);
            // A game at least can be seen.
            let high = (games * BAR).div_ceil(most).max(1);
            let (top, bar) = (BAR + 14 - high, STEP - 4);
            let _ = write!(
                bars,
                "<rect x={left} y={top} width={bar} height={high} rx=2 />"
            );
            let middle = left + bar / 2;
            if games > 0 {
                let above = top - 3;
                let _ = write!(bars, "<text x={middle} y={above}>{games}</text>");
                let noun = if number == 1 { "question" } else { "questions" };
                words.push(format!("{} in {number} {noun}", counted(games, "game")));
            }
            if number == 1 || number % 5 == 0 {
                let below = BAR + 26;
                let _ = write!(bars, "<text x={middle} y={below}>{number}</text>");
            }
        }
        let words = words.join(", ");
        format!(
            "<figure><figcaption>How many questions I needed</figcaption>\
             <svg class=histogram viewBox=\"0 0 {width} {height}\" role=img aria-label=\"Found {words}.\">{bars}</svg></figure>"
        )
    }
}

/// "once", "twice", "3 times".
fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => counted(number, "time"),
    }
}

/// Both logs in one, without the games that both have at their beginning; `None` if `imported` has a line that is no game,
/// or none at all.
#[must_use]
pub fn merge(log: &str, imported: &str) -> Option<String> {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
        lines
            .filter(|line| !line.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    let (here, there) = (lines(log), lines(imported));
    if there.is_empty() || there.iter().any(|line| Past::read(line).is_none()) {
        return None;
    }
    let pairs = here.iter().zip(&there);
    let common = pairs.take_while(|(here, there)| here == there).count();
    let merged = there.iter().chain(&here[common..]);
    Some(merged.fold(String::new(), |text, line| text + line + "\n"))
}
