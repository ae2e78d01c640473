//! What can happen on the page.

use game::{Answer, Move, Opening, RuleError, wire::Next};

/// Something that happens on the page and changes the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A new game starts; the one on the table is put away.
    Start(Opening),
    /// The server has moved.
    ServerMoved(Next),
    /// The guesser in the page has moved.
    GuesserMoved(Move),
    /// The player answers.
    Answer(Answer),
    /// The player changes the answer to the move with this index.
    Change(usize, Answer),
    /// The player takes the last answer back, or returns to a game that was stopped.
    Undo,
    /// The player stops the game.
    GiveUp,
    /// The player, who has won, grants five more moves.
    Overtime,
    /// The guesser in the page takes over.
    TakeOver,
    /// The player says what the thing was. The name is as it was typed.
    Name(String),
    /// The player goes back to the first screen.
    Leave,
}

/// Why a step doesn't fit. That isn't a bug: a reply may come late, and a button may be pressed twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No game is on the table.
    #[error("no game is on the table")]
    NoGame,
    /// The game is decided, or the player has stopped it.
    #[error("the game is over")]
    Over,
    /// The game still goes on.
    #[error("the game is not over")]
    NotOver,
    /// The move has no answer yet, or can't have this one.
    #[error("there is no such answer to change")]
    NoSuchAnswer,
    /// The move comes from the server, but the guesser plays, or the other way round.
    #[error("the move comes from the wrong opponent")]
    WrongOpponent,
    /// The rules forbid it.
    #[error("the rules forbid it")]
    Rule(#[from] RuleError),
}
