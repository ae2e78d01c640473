//! How likely a player says yes, in five steps.

use crate::id::ThingId;

/// How players who think of a thing answer a question.
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
    /// All grades in ascending order: `Self::ALL[grade as usize] == grade`.
    pub const ALL: [Self; 5] = [
        Self::No,
        Self::Seldom,
        Self::Either,
        Self::Usually,
        Self::Yes,
    ];

    /// The share of players who say yes, among those who say yes or no.
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

    /// By how much the stated share of yes exceeds that of a plain No: 0 to [`Self::MOST_EXCESS`].
    pub(crate) const fn excess(self) -> f64 {
        self.stated() - Self::No.stated()
    }

    pub(crate) const MOST_EXCESS: f64 = Self::Yes.excess();

    /// The probability that a player says yes: the stated share, with slips taken into account.
    /// `slip` is the probability of a slip, an answer that is the opposite of what was meant.
    #[must_use]
    pub const fn yes(self, slip: f64) -> f64 {
        self.stated() * (1.0 - slip) + (1.0 - self.stated()) * slip
    }

    /// The grade whose stated share is nearest to this probability of yes.
    #[must_use]
    pub fn near(yes: f64) -> Self {
        let borders = [0.115, 0.35, 0.65, 0.885];
        Self::ALL[borders.iter().filter(|&&border| yes > border).count()]
    }
}

/// The grade of a thing for some question, if that isn't a plain No.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The thing.
    pub thing: ThingId,
    /// Its grade.
    pub grade: Grade,
}
