//! A game that is over, as a line of the log that stays on the player's device.

use crate::{
    moves::{MOVES, OVERTIME},
    text::{Text, visible},
};

/// How a game ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The AI found the thing in twenty moves.
    Found,
    /// The AI found it in overtime, so the player has won.
    Late,
    /// The AI didn't find it.
    Missed,
    /// The player stopped the game.
    Stopped,
}

/// What is kept of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// How it ended.
    pub end: End,
    /// How many moves the AI used, 0 to 25.
    pub moves: u8,
    /// The thing, if the AI or the player has named it.
    pub thing: Option<Text>,
}

impl End {
    const ALL: [Self; 4] = [Self::Found, Self::Late, Self::Missed, Self::Stopped];

    const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::Stopped => "stopped",
        }
    }
}

impl Past {
    /// Whether the player granted overtime.
    #[must_use]
    pub fn is_overtime(&self) -> bool {
        usize::from(self.moves) > MOVES
    }

    /// How it ended, the number of moves and the thing, as in `found 13 a penguin`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut line = [self.end.word(), " ", &self.moves.to_string()].concat();
        if let Some(thing) = &self.thing {
            line.push(' ');
            line.push_str(thing.as_str());
        }
        line
    }

    /// Reads the line, without invisible characters in it; `None` for anything else.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let line = visible(line);
        let (end, rest) = line.split_once(' ')?;
        let (moves, thing) = match rest.split_once(' ') {
            Some((moves, thing)) => (moves, Some(Text::new(thing).ok()?)),
            None => (rest, None),
        };
        let end = End::ALL.into_iter().find(|known| known.word() == end)?;
        let moves: u8 = moves.parse().ok()?;
        let possible = match end {
            End::Found => 1..=MOVES,
            End::Late => MOVES + 1..=MOVES + OVERTIME,
            End::Missed => MOVES..=MOVES + OVERTIME,
            End::Stopped => 0..=MOVES,
        };
        possible
            .contains(&usize::from(moves))
            .then_some(Self { end, moves, thing })
    }
}
