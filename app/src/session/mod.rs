//! The state of the page that survives a reload, and what can happen to it. Pure: no browser, no
//! network.
//!
//! - `step`: what can happen
//! - `current`: the game on the table
//! - `outgoing`: what that game asks the server for, and what it tells the guesser
//! - `name`: what the player types for a thing

mod current;
mod name;
mod outgoing;
mod step;

pub(crate) use current::Credit;
pub use current::{Game, Opponent};
pub(crate) use name::clean;
pub use name::with_article;
pub use step::{Step, StepError};

use game::past::Past;

/// Everything that survives a reload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The game on the table; none on the first screen.
    pub game: Option<Game>,
    /// The games that were put away and aren't in the log yet, oldest first.
    pub past: Vec<Past>,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// What the game is, and a button to start.
    First,
    /// The question and the answers.
    Board,
    /// Who has won.
    Ending,
}

impl Session {
    /// What the page shows.
    #[must_use]
    pub fn screen(&self) -> Screen {
        match &self.game {
            None => Screen::First,
            Some(game) if game.is_over() => Screen::Ending,
            Some(_) => Screen::Board,
        }
    }

    /// Changes the session by one step.
    ///
    /// # Errors
    /// [`StepError`] says why the step doesn't fit. The session is then as it was before.
    pub fn apply(&mut self, step: Step) -> Result<(), StepError> {
        let game = self.game.as_mut().ok_or(StepError::NoGame);
        match step {
            Step::Start(opening) => {
                self.put_away();
                self.game = Some(Game::new(opening));
                Ok(())
            }
            Step::Leave => {
                game?;
                self.put_away();
                Ok(())
            }
            Step::ServerMoved(next) => game?.server_moved(next),
            Step::GuesserMoved(mv) => game?.guesser_moved(mv),
            Step::Answer(answer) => game?.answer(answer),
            Step::Change(index, answer) => game?.change(index, answer),
            Step::Undo => game?.undo(),
            Step::GiveUp => game?.give_up(),
            Step::Overtime => game?.overtime(),
            Step::TakeOver => game?.take_over(),
            Step::Name(typed) => game?.name(&typed),
        }
    }

    /// Takes the game off the table and, if it is over, adds it to the past games, unless the player has erased it.
    fn put_away(&mut self) {
        self.past
            .extend(self.game.take().as_ref().and_then(Game::past));
    }
}
