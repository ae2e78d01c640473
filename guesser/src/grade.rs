//! How likely a player says yes, in five steps.

/// The answer that players who think of a thing give to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// The share of players who say yes, of those who say yes or no. Never 0 or 1: people slip,
    /// misread and disagree, and a thing must survive that.
    #[must_use]
    pub const fn yes(self) -> f64 {
        match self {
            Self::No => 0.03,
            Self::Seldom => 0.2,
            Self::Either => 0.5,
            Self::Usually => 0.8,
            Self::Yes => 0.97,
        }
    }
}
