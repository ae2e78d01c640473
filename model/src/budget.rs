//! The budget: how many dollars the models may cost in a day.

use jiff::{Zoned, civil::Date, tz::TimeZone};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Dollars for one day, by the UTC calendar, and what of them is spent. Kept in memory: a restart begins with nothing
/// spent. Calls that are under way when it runs out still finish.
#[derive(Debug)]
pub struct Budget {
    dollars: f64,
    spent: Mutex<Spent>,
}

#[derive(Debug, Default)]
struct Spent {
    day: Date,
    dollars: f64,
}

impl Budget {
    /// A budget of so many dollars a day.
    #[must_use]
    pub fn new(dollars: f64) -> Self {
        Self {
            dollars,
            spent: Mutex::default(),
        }
    }

    /// Dollars spent today.
    #[must_use]
    pub fn spent(&self) -> f64 {
        self.on(today()).dollars
    }

    /// How many percent of it are spent today; 100 for a budget of nothing.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let share = self.spent() / self.dollars;
        if share.is_nan() {
            100
        } else {
            (share * 100.0).round() as u32
        }
    }

    /// Whether nothing is left for today.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.spent() >= self.dollars
    }

    /// Adds to what is spent.
    pub(crate) fn spend(&self, dollars: f64) {
        if self.spend_on(today(), dollars) {
            tracing::warn!(
                "the {} dollars for the model are spent, so the guesser moves until midnight UTC: MODEL_BUDGET sets the limit",
                self.dollars
            );
        }
    }

    /// Whether this was the last of the budget.
    fn spend_on(&self, day: Date, dollars: f64) -> bool {
        let mut spent = self.on(day);
        let before = spent.dollars;
        spent.dollars += dollars;
        before < self.dollars && spent.dollars >= self.dollars
    }

    fn on(&self, day: Date) -> MutexGuard<'_, Spent> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.day != day {
            *spent = Spent { day, dollars: 0.0 };
        }
        spent
    }
}

/// The date by the UTC calendar.
#[must_use]
pub fn today() -> Date {
    Zoned::now().with_time_zone(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_says_once_that_it_is_spent_and_begins_anew_every_day() {
        let budget = Budget::new(1.0);
        let (monday, tuesday) = (date(2026, 11, 30), date(2026, 12, 1));
        assert!(!budget.spend_on(monday, 0.75));
        assert!(budget.spend_on(monday, 0.5));
        assert!(!budget.spend_on(monday, 0.5), "said already");
        assert_eq!(budget.on(monday).dollars, 1.75);
        assert_eq!(budget.on(tuesday).dollars, 0.0);
        assert!(!budget.spend_on(tuesday, 0.75));
    }

    #[test]
    fn a_budget_of_nothing_is_spent_from_the_start() {
        assert!(Budget::new(0.0).is_spent());
        let budget = Budget::new(5.0);
        assert!(!budget.is_spent());
        budget.spend(5.0);
        assert!(budget.is_spent());
    }
}
