//! The whole state of the page, and what the player can do.

use crate::{
    fetch::FetchError,
    guesser::Guesser,
    insight::{Insight, Star},
    preferences::{Preferences, Theme},
    requests::Requests,
    session::{Game, Screen, Session, Step},
};
use game::{Answer, Mover, Opening, Text, past::Past, wire::Settings};
use guesser::Lesson;

/// A move takes an answer only so many milliseconds after it has appeared: the second of two quick taps was
/// meant for the move before.
const SETTLING: f64 = 250.0;

/// A lesson needs this many answers. With fewer, the guesser would know next to nothing of the thing.
pub const LEAST_ANSWERS: usize = 6;

/// The whole state of the page. The views are functions of it.
#[derive(Debug, Default)]
pub struct State {
    /// How many things the guesser knew when the page was built.
    pub things: usize,
    /// Whether the page listens. Until then its buttons are disabled.
    pub ready: bool,
    /// What survives a reload.
    pub session: Session,
    /// Why the AI's move is missing.
    pub outage: Option<FetchError>,
    /// Whether the first attempt to get this move has failed, so that the next failure counts.
    pub has_failed: bool,
    /// Whether the AI's move is long in coming.
    pub is_slow: bool,
    /// How often the page has begun to wait for a move.
    pub waits: u32,
    /// The sheet over the page.
    pub sheet: Option<Sheet>,
    /// Whether the player corrects what the thing was.
    pub is_naming: bool,
    /// The index of the move whose answer the player is changing.
    pub changing: Option<usize>,
    /// The guesser in the page.
    pub guesser: PageGuesser,
    /// When the open move appeared, in milliseconds.
    pub opened_at: f64,
    /// What the guesser makes of the game; empty until it is here.
    pub insight: Insight,
    /// What was found in past games, while there is no game.
    pub found: Vec<Star>,
    /// What the guesser was taught on this device.
    pub lessons: Vec<Lesson>,
    /// For each thing that the guesser was taught, the one that is most like it.
    pub beside: Vec<u16>,
    /// The lesson that was removed last.
    pub removed: Option<Lesson>,
    /// The index of the lesson that the player is renaming.
    pub renaming: Option<usize>,
    /// What became of the file or the lesson that was chosen last.
    pub notice: Option<Notice>,
    /// The log of past games, as it is stored.
    pub log: String,
    /// What is known of the server.
    pub server: Server,
    /// The opening of the next game, once its first question was asked for.
    pub next_opening: Option<Opening>,
    /// What the browser has refused to store. It is newer than what is stored.
    pub unsaved: Unsaved,
    /// What the player has chosen for this device.
    pub preferences: Preferences,
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
    Ready(Guesser),
}

/// What is known of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Server {
    /// Nothing yet.
    #[default]
    Unknown,
    /// It hasn't answered, now or at any visit.
    Silent,
    /// There is none: the page comes from a plain file server.
    Absent,
    /// It has sent these settings, now or at an earlier visit.
    Known(Settings),
}

impl Server {
    /// Its settings, or what applies until they are here.
    #[must_use]
    pub fn settings(&self) -> Settings {
        match self {
            Self::Known(settings) => settings.clone(),
            Self::Unknown | Self::Silent | Self::Absent => Settings::default(),
        }
    }

    /// Whether a model plays there, as far as is known.
    #[must_use]
    pub fn has_model(&self) -> bool {
        matches!(self, Self::Known(settings) if settings.model)
    }
}

/// What can lie over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The answers so far.
    Answers,
    /// Everything that isn't a move.
    Menu,
    /// What the guesser thinks.
    Thoughts,
    /// How the game goes, and what leaves the device.
    How,
    /// The things that the player has taught.
    Stars,
    /// Whether to throw the game away.
    Leave,
    /// What the log says about all games.
    Statistics,
    /// How to show this game to others.
    Share,
    /// A game that somebody has shown, from the address of the page.
    Shared,
}

/// What became of a file or a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The file holds no lessons.
    BadFile,
    /// So many lessons were read from the file.
    Loaded(usize),
    /// The lesson keeps its name, because the guesser knows another thing by the new one.
    NameTaken,
    /// The lesson has a new name.
    Renamed,
    /// The lesson was removed.
    Removed,
    /// The lesson is back.
    Restored,
}

/// What the browser has refused to store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// The session.
    pub session: bool,
    /// The lessons.
    pub lessons: bool,
    /// The preferences.
    pub preferences: bool,
}

impl Unsaved {
    /// Whether there is anything.
    #[must_use]
    pub const fn is_any(self) -> bool {
        self.session || self.lessons || self.preferences
    }
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
    /// Opens a sheet.
    Open(Sheet),
    /// Closes the sheet that is open.
    Close,
    /// Asks for the AI's move again.
    TryAgain,
    /// Opens the form that says what the thing was.
    CorrectThing,
    /// Chooses the move whose answer is to be changed, or none.
    ChooseAnswer(Option<usize>),
    /// Teaches the guesser the thing of this game, by this name.
    Teach(Text),
    /// Removes the lesson with this index.
    Remove(usize),
    /// Brings back the lesson that was removed last.
    Restore,
    /// Opens the form that renames the lesson with this index, or closes it.
    ChooseName(Option<usize>),
    /// Renames the lesson with this index to what was typed.
    Rename(usize, String),
    /// Adds the lessons of a file with this text.
    Import(String),
    /// Chooses light or dark.
    Theme(Theme),
    /// Turns the keys on or off.
    ToggleKeys,
}

impl State {
    /// A page that isn't ready yet, about a guesser that knows so many things.
    #[must_use]
    pub fn new(things: usize) -> Self {
        Self {
            things,
            ..Self::default()
        }
    }

    /// Forgets what concerned the game before its last step, by whomever.
    pub(crate) fn moved(&mut self) {
        self.outage = None;
        self.has_failed = false;
        self.is_slow = false;
        // A wait that goes on is over.
        self.waits += 1;
        if self.session.screen() != Screen::Board && self.sheet == Some(Sheet::Answers) {
            self.sheet = None;
        }
    }

    /// Closes what the player has just used. The AI's moves don't: they may come while the player is elsewhere.
    pub(crate) fn acted(&mut self) {
        self.is_naming = false;
        self.changing = None;
        self.notice = None;
        self.sheet = None;
    }

    /// Whether the player can have meant the open move with an answer at this time, in milliseconds.
    #[must_use]
    pub fn takes_answers(&self, now: f64) -> bool {
        // A clock that was set back says nothing.
        !(0.0..SETTLING).contains(&(now - self.opened_at))
    }

    /// Whether the guesser in the page is to move instead of the server: one without a model has nothing better to
    /// offer. A model's game goes on with the model as long as the server answers.
    #[must_use]
    pub fn plays_alone(&self) -> bool {
        let game = self.session.game.as_ref();
        if matches!(game.and_then(Game::by), Some(Mover::Model(_))) {
            return false;
        }
        match &self.server {
            Server::Absent => true,
            Server::Unknown => false,
            server => !server.has_model() && self.guesser().is_some(),
        }
    }

    /// The last past game.
    #[must_use]
    pub fn last_game(&self) -> Option<Past> {
        let unlogged = self.session.past.last().cloned();
        unlogged.or_else(|| Past::read(self.log.trim_end().rsplit('\n').next()?))
    }

    /// The guesser, once it can play.
    #[must_use]
    pub fn guesser(&self) -> Option<&Guesser> {
        match &self.guesser {
            PageGuesser::Ready(guesser) => Some(guesser),
            PageGuesser::Absent | PageGuesser::Loading => None,
        }
    }

    /// Whether another thing has this name than the one that was taught as `old`. The same thing may have another
    /// spelling.
    #[must_use]
    pub fn is_name_taken(&self, name: &Text, old: &Text) -> bool {
        let is_taught = self.lessons.iter().any(|lesson| lesson.name == *name);
        let is_known = |guesser: &Guesser| guesser.knows_another(name, old);
        is_taught || self.guesser().is_some_and(is_known)
    }

    /// Installs a guesser that was just fetched, and teaches it the lessons.
    pub(crate) fn install(&mut self, guesser: Guesser) {
        self.guesser = PageGuesser::Ready(guesser);
        self.insight = Insight::default();
        self.beside.clear();
        for lesson in std::mem::take(&mut self.lessons) {
            self.teach(lesson);
        }
        self.follow();
    }

    /// Notes that the fetch failed. A guesser from before stays; without one, it can be fetched again.
    pub(crate) fn loading_failed(&mut self) {
        if matches!(self.guesser, PageGuesser::Loading) {
            self.guesser = PageGuesser::Absent;
        }
    }

    /// Brings up to date what the guesser makes of the game, or of the games before.
    pub(crate) fn follow(&mut self) {
        match (&self.guesser, &self.session.game) {
            (PageGuesser::Ready(guesser), Some(game)) => guesser.look(game, &mut self.insight),
            (PageGuesser::Ready(guesser), None) => self.found = guesser.found(&self.log),
            _ => {}
        }
    }

    /// Learns lessons. A lesson replaces an older one about the same thing.
    pub fn learn(&mut self, new: &[Lesson]) {
        self.renaming = None;
        for lesson in new {
            self.lessons.retain(|old| old.name != lesson.name);
            self.removed.take_if(|removed| removed.name == lesson.name);
            self.teach(lesson.clone());
        }
        // It has another thing, so it believes something else.
        self.insight = Insight::default();
        self.follow();
    }

    fn teach(&mut self, lesson: Lesson) {
        if let PageGuesser::Ready(guesser) = &mut self.guesser
            && let Some(nearest) = guesser.learn(&lesson)
        {
            self.beside.push(nearest);
        }
        self.lessons.push(lesson);
    }
}
