//! The whole state of the page, and what the player can do.

use crate::{
    fetch::FetchError,
    requests::Requests,
    session::{Session, Step},
};
use game::Answer;
use guesser::{Guesser, Lesson};

/// The page offers its guesser after this many failures in a row.
const PATIENCE: u32 = 2;

/// The whole state of the page. The views are functions of it.
#[derive(Debug, Default)]
pub struct State {
    /// Whether the page listens. Until then its buttons are disabled.
    pub ready: bool,
    /// What survives a reload.
    pub session: Session,
    /// Why the AI's move is missing.
    pub outage: Option<FetchError>,
    /// How many attempts to get this move have failed.
    pub failures: u32,
    /// Which form is open.
    pub open_form: Option<Form>,
    /// Whether the player wants to see what the guesser thinks.
    pub shows_thought: bool,
    /// The guesser in the page.
    pub guesser: PageGuesser,
    /// What the guesser was taught on this device.
    pub lessons: Vec<Lesson>,
    /// Whether the last file that was chosen held no lessons.
    pub is_file_bad: bool,
    /// Which moves the page has asked the server for.
    pub requests: Requests,
}

/// The guesser in the page, which has to be fetched.
#[derive(Debug, Default)]
pub enum PageGuesser {
    /// Nobody has fetched it.
    #[default]
    Absent,
    /// It is on its way.
    Loading,
    /// It can play.
    Ready(Box<Guesser>),
}

/// What the page asks the player, beside the game's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Whether to throw the game away.
    Leave,
    /// What the thing was, to change what the player said before.
    Thing,
    /// What to do with the lessons.
    Lessons,
}

/// What a button or a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Starts a new game.
    Start,
    /// Answers the open move.
    Answer(Answer),
    /// Does something else in the game.
    Step(Step),
    /// Opens a form.
    Open(Form),
    /// Closes the form that is open.
    Close,
    /// Asks for the AI's move again.
    TryAgain,
    /// Shows what the guesser thinks, or hides it.
    ToggleThought,
    /// Teaches the guesser the thing of this game.
    Teach,
    /// Forgets the lesson with this index.
    Forget(usize),
    /// Adds the lessons of a file with this text.
    Import(String),
}

impl State {
    /// Whether to offer the guesser in the page.
    #[must_use]
    pub fn offers_guesser(&self) -> bool {
        self.failures >= PATIENCE || self.outage.as_ref().is_some_and(FetchError::is_final)
    }

    /// The guesser, once it can play.
    #[must_use]
    pub fn guesser(&self) -> Option<&Guesser> {
        match &self.guesser {
            PageGuesser::Ready(guesser) => Some(guesser),
            PageGuesser::Absent | PageGuesser::Loading => None,
        }
    }

    /// Whether the guesser here knows things that the server's guesser doesn't.
    #[must_use]
    pub fn is_guesser_taught(&self) -> bool {
        self.guesser().is_some() && !self.lessons.is_empty()
    }

    /// Installs a guesser that was just fetched, and teaches it the lessons.
    pub(crate) fn install(&mut self, mut guesser: Guesser) {
        for lesson in &self.lessons {
            guesser.learn(lesson);
        }
        self.guesser = PageGuesser::Ready(Box::new(guesser));
    }

    /// Notes that the fetch failed. A guesser from before stays; without one, it can be fetched again.
    pub(crate) fn loading_failed(&mut self) {
        if matches!(self.guesser, PageGuesser::Loading) {
            self.guesser = PageGuesser::Absent;
        }
    }

    /// Learns lessons. A lesson replaces an older one about the same thing.
    pub fn learn(&mut self, new: &[Lesson]) {
        for lesson in new {
            if let PageGuesser::Ready(guesser) = &mut self.guesser {
                guesser.learn(lesson);
            }
            self.lessons.retain(|old| old.name != lesson.name);
            self.lessons.push(lesson.clone());
        }
    }
}
