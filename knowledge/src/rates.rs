//! How players answer a question, given what the knowledge says: some questions are answered as the
//! knowledge says by nearly everybody, others by two players in three.

use crate::grade::Grade;
use game::Answer;

/// How likely each answer is. The three probabilities sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihood {
    /// The probability of "yes".
    pub yes: f64,
    /// The probability of "no".
    pub no: f64,
    /// The probability of "not sure".
    pub unsure: f64,
}

impl Likelihood {
    /// From the share of yes among the players who say yes or no, and the share of "not sure".
    #[must_use]
    pub const fn new(share: f64, unsure: f64) -> Self {
        Self {
            yes: share * (1.0 - unsure),
            no: (1.0 - share) * (1.0 - unsure),
            unsure,
        }
    }

    /// The share of yes among the players who say yes or no.
    #[must_use]
    pub const fn share(&self) -> f64 {
        self.yes / (self.yes + self.no)
    }

    /// The probability of this answer.
    #[must_use]
    pub const fn of(&self, answer: Answer) -> f64 {
        match answer {
            Answer::Yes => self.yes,
            Answer::No => self.no,
            Answer::Unsure => self.unsure,
        }
    }

    /// A mixture of both: `self` with a probability of `1.0 - share`, `other` with one of `share`.
    #[must_use]
    pub const fn mixed(&self, other: &Self, share: f64) -> Self {
        Self {
            yes: self.yes + share * (other.yes - self.yes),
            no: self.no + share * (other.no - self.no),
            unsure: self.unsure + share * (other.unsure - self.unsure),
        }
    }
}

/// How players answer one question: three rates, each in one of sixteen steps, so that a question takes
/// two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub(crate) missed: Step,
    pub(crate) wrong: Step,
    pub(crate) either: Step,
}

/// A place on one of the scales, from 0 to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step(u8);

/// The share of players that contradict a plain grade, on a scale with equal ratios: 0.6 % to 45 %.
pub(crate) const ERROR: Scale = Scale([
    0.006, 0.008, 0.0107, 0.0142, 0.019, 0.0253, 0.0337, 0.045, 0.06, 0.08, 0.106, 0.142, 0.189,
    0.252, 0.337, 0.45,
]);

/// The share of yes among the players who say yes or no, if it depends.
pub(crate) const SHARE: Scale = Scale([
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8,
]);

/// What holds for all questions alike, because the panel has too few answers to tell them apart. The shares of
/// "not sure" are those of 27 November 2026, when the panel was free to say so:
/// `cargo run -p knowledge --features text --example rates -- knowledge/panel/review/2026-11-27.txt` prints them.
const USUALLY: f64 = 0.76;
const UNSURE_IF_PLAIN: f64 = 0.013;
const UNSURE_IF_USUALLY: f64 = 0.08;
const UNSURE_IF_EITHER: f64 = 0.1;

/// Sixteen ascending values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale([f64; 16]);

impl Scale {
    pub(crate) const fn value(&self, step: Step) -> f64 {
        self.0[step.0 as usize]
    }

    /// The step whose value is nearest.
    #[cfg(any(feature = "text", test))]
    pub(crate) fn nearest(&self, value: f64) -> Step {
        let distance = |step: u8| (self.value(Step(step)) - value).abs();
        let nearest = (0..16).min_by(|&a, &b| distance(a).total_cmp(&distance(b)));
        Step(nearest.unwrap_or(0))
    }
}

impl Rates {
    /// From the share of players who miss a yes, who wrongly say yes, and who say yes where it depends.
    #[cfg(any(feature = "text", test))]
    pub(crate) fn new(missed: f64, wrong: f64, either: f64) -> Self {
        Self {
            missed: ERROR.nearest(missed),
            wrong: ERROR.nearest(wrong),
            either: SHARE.nearest(either),
        }
    }

    #[cfg(feature = "text")]
    pub(crate) const fn pack(self) -> [u8; 2] {
        [self.missed.0 << 4 | self.wrong.0, self.either.0]
    }

    pub(crate) const fn unpack([errors, either]: [u8; 2]) -> Self {
        Self {
            missed: Step(errors >> 4),
            wrong: Step(errors & 15),
            either: Step(either & 15),
        }
    }

    /// The share of players who say no although the grade is a plain yes.
    #[must_use]
    pub const fn missed(self) -> f64 {
        ERROR.value(self.missed)
    }

    /// The share of players who say yes although the grade is a plain no.
    #[must_use]
    pub const fn wrong(self) -> f64 {
        ERROR.value(self.wrong)
    }

    /// How likely each answer is for each grade, in the order of [`Grade::ALL`].
    #[must_use]
    pub fn likelihoods(self) -> [Likelihood; Grade::ALL.len()] {
        Grade::ALL.map(|grade| match grade {
            Grade::No => Likelihood::new(self.wrong(), UNSURE_IF_PLAIN),
            // Never packed. A lesson may have it.
            Grade::Seldom => Likelihood::new(self.wrong().max(1.0 - USUALLY), UNSURE_IF_USUALLY),
            Grade::Either => Likelihood::new(SHARE.value(self.either), UNSURE_IF_EITHER),
            Grade::Usually => Likelihood::new(USUALLY.min(1.0 - self.missed()), UNSURE_IF_USUALLY),
            Grade::Yes => Likelihood::new(1.0 - self.missed(), UNSURE_IF_PLAIN),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likelihoods_sum_to_one_and_follow_the_rates() {
        let rates = Rates::new(0.1, 0.02, 0.4);
        for likelihood in rates.likelihoods() {
            let sum = likelihood.yes + likelihood.no + likelihood.unsure;
            assert!((sum - 1.0).abs() < 1e-12, "{likelihood:?}");
        }
        let shares = rates.likelihoods().map(|likelihood| likelihood.share());
        assert!(
            (shares[Grade::Yes as usize] - 0.9).abs() < 0.01,
            "{shares:?}"
        );
        assert!(
            (shares[Grade::No as usize] - 0.02).abs() < 0.002,
            "{shares:?}"
        );
    }

    #[test]
    fn a_higher_grade_never_makes_a_yes_less_likely() {
        for (missed, wrong) in (0..16).flat_map(|missed| (0..16).map(move |wrong| (missed, wrong)))
        {
            let rates = Rates {
                missed: Step(missed),
                wrong: Step(wrong),
                either: Step(9),
            };
            let [no, seldom, _, usually, yes] =
                rates.likelihoods().map(|likelihood| likelihood.share());
            let tiny = 1e-12;
            assert!(no <= seldom + tiny && usually <= yes + tiny, "{rates:?}");
        }
    }

    #[test]
    fn scales_ascend_and_a_value_is_nearest_to_itself() {
        for scale in [ERROR, SHARE] {
            assert!(scale.0.is_sorted());
            for step in 0..16 {
                assert_eq!(scale.nearest(scale.value(Step(step))), Step(step));
            }
        }
    }
}
