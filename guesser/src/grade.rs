//! How likely a player says yes, in five steps.

/// The answer that players who think of a thing give to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Grade {
    /// `-`: no.
    No = 0,
    /// `-?`: seldom.
    Seldom = 1,
    /// `?`: it depends, or opinions differ.
    Either = 2,
    /// `+?`: usually.
    Usually = 3,
    /// `+`: yes.
    Yes = 4,
}

impl Grade {
    /// All grades, in the order of their numbers.
    pub const ALL: [Self; 5] = [
        Self::No,
        Self::Seldom,
        Self::Either,
        Self::Usually,
        Self::Yes,
    ];

    /// The share of players who say yes, of those who say yes or no, as the knowledge states it.
    #[must_use]
    pub const fn stated(self) -> f64 {
        match self {
            Self::No => 0.03,
            Self::Seldom => 0.2,
            Self::Either => 0.5,
            Self::Usually => 0.8,
            Self::Yes => 0.97,
        }
    }

    /// How likely the player at the table says yes: the stated share, and now and then a slip.
    /// People misread, disagree and press the wrong button, and a thing must survive that.
    #[must_use]
    pub const fn yes(self, slip: f64) -> f64 {
        self.stated() * (1.0 - slip) + (1.0 - self.stated()) * slip
    }

    /// The grade that states about this share.
    #[must_use]
    pub fn near(yes: f64) -> Self {
        let borders = [0.115, 0.35, 0.65, 0.885];
        Self::ALL[borders.iter().filter(|&&border| yes > border).count()]
    }
}

/// What players who think of a thing answer to a question, where that isn't a plain no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The number of the thing.
    pub thing: u16,
    /// The answer.
    pub grade: Grade,
}
