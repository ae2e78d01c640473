//! The figures that show an operator cost and health, for Prometheus or CloudWatch. No figure and no
//! label holds a question, an answer or a key.
//!
//! - `figures`: the table of all figures
//! - `prometheus`: counts them for `/metrics`
//! - `cloudwatch`: writes them to stdout
//! - `document`: lists them for docs/metrics.md

mod cloudwatch;
mod document;
mod figures;
mod prometheus;

pub use document::markdown;
pub(crate) use figures::{Observation, ObservedMove};

use prometheus::Counts;
use std::time::SystemTime;

/// Records what the server does.
#[derive(Debug)]
pub struct Metrics(Backend);

#[derive(Debug)]
enum Backend {
    CloudWatch,
    Prometheus(Box<Counts>),
}

impl Metrics {
    /// For CloudWatch in AWS Lambda, else for Prometheus.
    #[must_use]
    pub fn new(is_lambda: bool) -> Self {
        Self(if is_lambda {
            Backend::CloudWatch
        } else {
            Backend::Prometheus(Box::new(Counts::new()))
        })
    }

    /// Records a request.
    pub(crate) fn observe(&self, observation: &Observation<'_>) {
        match &self.0 {
            // CloudWatch reads the metrics of a function from its output.
            Backend::CloudWatch => {
                println!("{}", cloudwatch::line(observation, SystemTime::now()));
            }
            Backend::Prometheus(counts) => counts.observe(observation),
        }
    }

    /// The text of `/metrics`.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.0 {
            Backend::CloudWatch => String::new(),
            Backend::Prometheus(counts) => counts.text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay::{Relayed, Spent};
    use game::{AttributedMove, Move, Origin, Outcome, Text, Winner};
    use model::{Effort, Reason};
    use serde_json::json;
    use std::time::{Duration, UNIX_EPOCH};

    fn relayed() -> Relayed {
        Relayed {
            attributed: AttributedMove {
                mv: Move::Question(Text::new("Is it a secret question?").unwrap()),
                origin: Origin::GUESSER,
            },
            effort: Effort::default(),
            repairs: 0,
            repeats: 0,
            fallback: Some(Reason::Quota),
            is_cached: false,
        }
    }

    fn moved(relayed: &Relayed) -> Observation<'_> {
        Observation::Move(ObservedMove {
            relayed,
            latency: Duration::from_millis(1500),
            days_left: Some(("gpt-4.1", 51)),
            is_keyless: true,
            budget_used: Some(40),
        })
    }

    fn spent() -> Spent {
        Spent {
            effort: Effort {
                calls: 3,
                faults: vec![Reason::Timeout, Reason::Reset, Reason::Quota],
                tokens_in: 400,
                tokens_out: 50,
                dollars: 0.0012,
            },
            repairs: 1,
            repeats: 1,
        }
    }

    const ENDED: Observation<'_> = Observation::End(Outcome {
        winner: Winner::Ai,
        moves: 12,
    });

    #[test]
    fn both_backends_have_the_same_figures_and_no_words_of_the_game() {
        let relayed = relayed();
        let moved = moved(&relayed);
        let metrics = Metrics::new(false);
        let spent = spent();
        let asked = Observation::Asked(&spent);
        metrics.observe(&moved);
        metrics.observe(&asked);
        metrics.observe(&ENDED);
        let text = metrics.text();
        for line in [
            "twenty_moves_total{by=\"guesser\"} 1",
            "twenty_move_latency_seconds_sum 1.5",
            "twenty_model_calls_total 3",
            "twenty_model_faults_total{reason=\"timeout\"} 1",
            "twenty_fallbacks_total{reason=\"quota\"} 1",
            "twenty_alarms_total 1",
            "twenty_key_missing_total 1",
            "twenty_tokens_in_total 400",
            "twenty_dollars_total 0.0012",
            "twenty_budget_used_percent 40",
            "twenty_model_days_left{model=\"gpt-4.1\"} 51",
            "twenty_games_total{winner=\"ai\"} 1",
            "twenty_game_moves_sum 12",
        ] {
            assert!(text.contains(line), "no {line} in\n{text}");
        }
        let line = cloudwatch::line(&moved, UNIX_EPOCH + Duration::from_millis(5));
        assert_eq!(line["_aws"]["Timestamp"], 5);
        assert_eq!(
            (&line["Latency"], &line["BudgetUsed"]),
            (&json!(1500.0), &json!(40))
        );
        assert_eq!(
            (&line["Alarms"], &line["KeyMissing"]),
            (&json!(1), &json!(1))
        );
        let line_asked = cloudwatch::line(&asked, UNIX_EPOCH);
        assert_eq!(line_asked["ModelCalls"], 3);
        let line_end = cloudwatch::line(&ENDED, UNIX_EPOCH);
        assert_eq!(line_end["GameMoves"], 12);
        for line in [&line, &line_asked, &line_end] {
            // A metric that is declared but isn't a number makes CloudWatch drop the line.
            for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
                for metric in directive["Metrics"].as_array().unwrap() {
                    assert!(line[metric["Name"].as_str().unwrap()].is_number());
                }
            }
        }
        for shown in [
            text,
            line.to_string(),
            line_asked.to_string(),
            line_end.to_string(),
        ] {
            assert!(!shown.contains("secret"), "{shown}");
        }
    }

    #[test]
    fn cloudwatch_gets_every_figure_and_the_fallbacks_by_reason() {
        let relayed = relayed();
        let line = cloudwatch::line(&moved(&relayed), UNIX_EPOCH);
        let count = |name: &str| json!({"Name": name, "Unit": "Count"});
        assert_eq!(
            line,
            json!({
                "_aws": {
                    "Timestamp": 0,
                    "CloudWatchMetrics": [
                        {
                            "Namespace": "TwentyQuestions",
                            "Dimensions": [[]],
                            "Metrics": [
                                count("Moves"),
                                count("GuesserMoves"),
                                {"Name": "Latency", "Unit": "Milliseconds"},
                                count("CacheHits"),
                                count("Fallbacks"),
                                count("Alarms"),
                                count("KeyMissing"),
                                count("BudgetUsed"),
                                count("ModelDaysLeft"),
                            ],
                        },
                        {
                            "Namespace": "TwentyQuestions",
                            "Dimensions": [["Reason"]],
                            "Metrics": [count("Fallbacks")],
                        },
                    ],
                },
                "By": "guesser",
                "Reason": "quota",
                "Moves": 1,
                "GuesserMoves": 1,
                "Latency": 1500.0,
                "CacheHits": 0,
                "Fallbacks": 1,
                "Alarms": 1,
                "KeyMissing": 1,
                "BudgetUsed": 40,
                "ModelDaysLeft": 51,
            })
        );
        let spent = spent();
        let line = cloudwatch::line(&Observation::Asked(&spent), UNIX_EPOCH);
        assert_eq!(
            line,
            json!({
                "_aws": {
                    "Timestamp": 0,
                    "CloudWatchMetrics": [{
                        "Namespace": "TwentyQuestions",
                        "Dimensions": [[]],
                        "Metrics": [
                            count("ModelCalls"),
                            count("ModelFaults"),
                            count("Repairs"),
                            count("RepeatsRefused"),
                            count("TokensIn"),
                            count("TokensOut"),
                            {"Name": "Dollars", "Unit": "None"},
                        ],
                    }],
                },
                "Faults": ["timeout", "reset", "quota"],
                "ModelCalls": 3,
                "ModelFaults": 3,
                "Repairs": 1,
                "RepeatsRefused": 1,
                "TokensIn": 400,
                "TokensOut": 50,
                "Dollars": 0.0012,
            })
        );
    }

    #[test]
    fn a_move_without_failures_counts_zero_faults() {
        let relayed = Relayed {
            effort: Effort::default(),
            fallback: None,
            ..relayed()
        };
        let observation = Observation::Move(ObservedMove {
            relayed: &relayed,
            latency: Duration::ZERO,
            days_left: None,
            is_keyless: false,
            budget_used: None,
        });
        let line = cloudwatch::line(&observation, UNIX_EPOCH);
        assert_eq!(line["Fallbacks"], 0);
        for missing in ["Reason", "ModelDaysLeft", "BudgetUsed"] {
            assert!(line.get(missing).is_none(), "{missing}");
        }
        let line = cloudwatch::line(&Observation::Asked(&Spent::default()), UNIX_EPOCH);
        assert_eq!(
            (&line["ModelFaults"], &line["Faults"]),
            (&json!(0), &json!([]))
        );
        let metrics = Metrics::new(false);
        metrics.observe(&observation);
        let text = metrics.text();
        assert!(text.contains("twenty_alarms_total 0"), "{text}");
        assert!(!text.contains("twenty_fallbacks_total{"), "{text}");
    }
}
