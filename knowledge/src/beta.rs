//! Rates from few observations: the beta-binomial model.

/// A beta distribution over the rates of questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    /// Its mean: the rate of a question without observations.
    pub mean: f64,
    /// How many observations of a question weigh as much as the mean of all questions.
    pub strength: f64,
}

/// How often something was observed, of how many times it could have been.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How often it was.
    pub hits: u32,
    /// Of how many.
    pub of: u32,
}

impl Count {
    pub(crate) const fn add(&mut self, is_hit: bool) {
        self.hits += is_hit as u32;
        self.of += 1;
    }
}

impl Beta {
    /// The prior under which the observations of all questions together are likeliest: parametric
    /// empirical Bayes (B. Efron, C. Morris, *Data analysis using Stein's estimator and its
    /// generalizations*, Journal of the American Statistical Association 70, 1975).
    pub(crate) fn fit(counts: &[Count]) -> Self {
        let hits: u32 = counts.iter().map(|count| count.hits).sum();
        let of: u32 = counts.iter().map(|count| count.of).sum();
        // Half a hit and half a miss keep the mean off 0 and 1.
        let pooled = (f64::from(hits) + 0.5) / (f64::from(of) + 1.0);
        let means = (0..=30).map(|step| pooled * (0.7 + 0.02 * f64::from(step)));
        let strengths = (0..=40).map(|step| 2.0 * 1.15_f64.powi(step));
        let candidates = means.flat_map(|mean| {
            let strengths = strengths.clone();
            strengths.map(move |strength| Self { mean, strength })
        });
        let fit = |beta: Self| {
            let logarithms = counts.iter().map(|&count| beta.log_likelihood(count));
            (logarithms.sum::<f64>(), beta)
        };
        candidates
            .filter(|beta| beta.mean < 1.0)
            .map(fit)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, beta)| beta)
            .unwrap_or(Self {
                mean: pooled,
                strength: 2.0,
            })
    }

    /// The logarithm of the probability of the observations, up to the number of their orders.
    fn log_likelihood(&self, Count { hits, of }: Count) -> f64 {
        let rising = |start: f64, steps: u32| -> f64 {
            (0..steps).map(|step| (start + f64::from(step)).ln()).sum()
        };
        rising(self.mean * self.strength, hits)
            + rising((1.0 - self.mean) * self.strength, of - hits)
            - rising(self.strength, of)
    }

    /// The expected rate of a question with these observations.
    #[must_use]
    pub fn rate(&self, Count { hits, of }: Count) -> f64 {
        (f64::from(hits) + self.mean * self.strength) / (f64::from(of) + self.strength)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_differ_are_shrunk_less_than_questions_that_are_alike() {
        let alike = [Count { hits: 3, of: 30 }; 40];
        let different: Vec<_> = (0..40)
            .map(|question| Count {
                hits: if question % 4 == 0 { 12 } else { 0 },
                of: 30,
            })
            .collect();
        let (alike, different) = (Beta::fit(&alike), Beta::fit(&different));
        assert!(
            alike.strength > 10.0 * different.strength,
            "{alike:?} {different:?}"
        );
        for beta in [alike, different] {
            assert!((beta.mean - 0.1).abs() < 0.03, "{beta:?}");
        }
        let bad = Count { hits: 12, of: 30 };
        assert!(different.rate(bad) > 0.3 && alike.rate(bad) < 0.2);
        let unseen = different.rate(Count::default());
        assert!((unseen - different.mean).abs() < 1e-12);
    }

    #[test]
    fn no_observations_and_no_hits_give_a_rate_above_0() {
        for counts in [
            vec![],
            vec![Count::default()],
            vec![Count { hits: 0, of: 50 }; 9],
        ] {
            let beta = Beta::fit(&counts);
            let rate = beta.rate(Count { hits: 0, of: 50 });
            assert!(rate > 0.0 && rate < 1.0, "{counts:?} {beta:?}");
        }
    }
}
