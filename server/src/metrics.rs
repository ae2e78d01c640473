//! The figures by which an operator sees cost and health: as Prometheus text, or in CloudWatch's
//! embedded metric format. No figure or label holds a question, an answer or a key.

use crate::relay::Relayed;
use game::{Mover, Outcome, Winner};
use model::{Reason, Remedy};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets, linear_buckets},
    },
    registry::{Registry, Unit},
};
use serde_json::{Value, json};
use std::{
    sync::atomic::AtomicU64,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What one answered request of `/api/next` came to.
#[derive(Debug)]
pub enum Observation<'a> {
    /// The AI moved.
    Move {
        /// How.
        relayed: &'a Relayed,
        /// How long the player waited for the server.
        latency: Duration,
        /// The model and the days until it is shut down, if that is announced.
        days_left: Option<(&'a str, i32)>,
        /// Whether there is no key where there should be one.
        is_keyless: bool,
    },
    /// The page told how a game ended.
    End(Outcome),
}

/// Where the figures go.
#[derive(Debug)]
pub enum Metrics {
    /// To stdout, a line for each request: CloudWatch reads it there.
    Embedded,
    /// Counted, for `/metrics`.
    Prometheus(Box<Counts>),
}

impl Metrics {
    /// For AWS Lambda, or for a server of one's own.
    #[must_use]
    pub fn new(is_lambda: bool) -> Self {
        if is_lambda {
            Self::Embedded
        } else {
            Self::Prometheus(Box::default())
        }
    }

    /// Takes note of a request.
    pub fn observe(&self, observation: &Observation<'_>) {
        match self {
            Self::Embedded => println!("{}", embedded(observation, SystemTime::now())),
            Self::Prometheus(counts) => counts.observe(observation),
        }
    }

    /// The text of `/metrics`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Self::Prometheus(counts) = self {
            // Writing to a String doesn't fail.
            let _ = encode(&mut text, &counts.registry);
        }
        text
    }
}

/// What has been counted since the start.
#[derive(Debug)]
pub struct Counts {
    registry: Registry,
    moves: Family<By, Counter>,
    latency: Histogram,
    cache_hits: Counter,
    calls: Counter,
    faults: Family<Because, Counter>,
    fallbacks: Family<Because, Counter>,
    alarms: Counter,
    keyless: Counter,
    repairs: Counter,
    repeats: Counter,
    tokens_in: Counter,
    tokens_out: Counter,
    dollars: Counter<f64, AtomicU64>,
    /// Empty as long as no date is announced.
    days_left: Family<Model, Gauge>,
    games: Family<Won, Counter>,
    game_moves: Histogram,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct By {
    by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Model {
    model: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Because {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Won {
    winner: &'static str,
}

impl Default for Counts {
    fn default() -> Self {
        let mut counts = Self {
            registry: Registry::with_prefix("twenty"),
            moves: Family::default(),
            latency: Histogram::new(exponential_buckets(0.001, 2.0, 16)),
            cache_hits: Counter::default(),
            calls: Counter::default(),
            faults: Family::default(),
            fallbacks: Family::default(),
            alarms: Counter::default(),
            keyless: Counter::default(),
            repairs: Counter::default(),
            repeats: Counter::default(),
            tokens_in: Counter::default(),
            tokens_out: Counter::default(),
            dollars: Counter::default(),
            days_left: Family::default(),
            games: Family::default(),
            game_moves: Histogram::new(linear_buckets(1.0, 1.0, 20)),
        };
        let to = &mut counts.registry;
        to.register(
            "moves",
            "Moves of the AI, by who made them",
            counts.moves.clone(),
        );
        to.register_with_unit(
            "move_latency",
            "Time from request to move",
            Unit::Seconds,
            counts.latency.clone(),
        );
        to.register(
            "cache_hits",
            "Moves that cost no call",
            counts.cache_hits.clone(),
        );
        to.register(
            "model_calls",
            "Requests sent to the model",
            counts.calls.clone(),
        );
        to.register(
            "model_faults",
            "Calls that came to nothing, by reason",
            counts.faults.clone(),
        );
        to.register(
            "fallbacks",
            "Moves of the guesser in the model's stead, by reason",
            counts.fallbacks.clone(),
        );
        to.register(
            "alarms",
            "Fallbacks that only the operator can mend: key, quota, model, address",
            counts.alarms.clone(),
        );
        to.register(
            "key_missing",
            "Moves of the guesser because there is no key for the model",
            counts.keyless.clone(),
        );
        to.register(
            "repairs",
            "Requests that told the model what was wrong with its reply",
            counts.repairs.clone(),
        );
        to.register(
            "repeats_refused",
            "Replies that repeated a question or a guess",
            counts.repeats.clone(),
        );
        to.register(
            "tokens_in",
            "Tokens of the prompts",
            counts.tokens_in.clone(),
        );
        to.register(
            "tokens_out",
            "Tokens of the replies",
            counts.tokens_out.clone(),
        );
        to.register(
            "dollars",
            "Cost, by the prices of OPENAI_PRICES",
            counts.dollars.clone(),
        );
        to.register(
            "model_days_left",
            "Days until the model is shut down, once that is announced",
            counts.days_left.clone(),
        );
        to.register("games", "Finished games, by winner", counts.games.clone());
        to.register(
            "game_moves",
            "Moves that finished games took",
            counts.game_moves.clone(),
        );
        counts
    }
}

impl Counts {
    fn observe(&self, observation: &Observation<'_>) {
        match observation {
            Observation::Move {
                relayed,
                latency,
                days_left,
                is_keyless,
            } => {
                let Relayed {
                    attributed,
                    effort,
                    repairs,
                    repeats,
                    fallback,
                    is_cached,
                } = relayed;
                let by = attributed.origin.by.name().to_owned();
                self.moves.get_or_create(&By { by }).inc();
                self.latency.observe(latency.as_secs_f64());
                self.cache_hits.inc_by(u64::from(*is_cached));
                self.calls.inc_by(u64::from(effort.calls));
                for reason in &effort.faults {
                    self.faults.get_or_create(&because(*reason)).inc();
                }
                if let Some(reason) = fallback {
                    self.fallbacks.get_or_create(&because(*reason)).inc();
                }
                self.alarms.inc_by(u64::from(is_alarm(*fallback)));
                self.keyless.inc_by(u64::from(*is_keyless));
                self.repairs.inc_by(u64::from(*repairs));
                self.repeats.inc_by(u64::from(*repeats));
                self.tokens_in.inc_by(effort.tokens_in);
                self.tokens_out.inc_by(effort.tokens_out);
                self.dollars.inc_by(effort.dollars);
                if let Some((model, days)) = days_left {
                    let model = (*model).to_owned();
                    self.days_left
                        .get_or_create(&Model { model })
                        .set(i64::from(*days));
                }
            }
            Observation::End(Outcome { winner, moves }) => {
                let winner = winner_name(*winner);
                self.games.get_or_create(&Won { winner }).inc();
                self.game_moves.observe(f64::from(*moves));
            }
        }
    }
}

fn because(reason: Reason) -> Because {
    Because {
        reason: reason.name(),
    }
}

/// Whether the operator must do something.
fn is_alarm(fallback: Option<Reason>) -> bool {
    fallback.is_some_and(|reason| reason.remedy() == Remedy::Alarm)
}

fn winner_name(winner: Winner) -> &'static str {
    match winner {
        Winner::Ai => "ai",
        Winner::Player => "player",
    }
}

/// The namespace in CloudWatch.
pub const NAMESPACE: &str = "TwentyQuestions";

/// A line of the embedded metric format.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.
#[must_use]
pub fn embedded(observation: &Observation<'_>, now: SystemTime) -> Value {
    let milliseconds = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut figures: Vec<(&str, &str, Value)> = Vec::new();
    let mut fields = json!({});
    let mut by_reason = Vec::new();
    match observation {
        Observation::Move {
            relayed,
            latency,
            days_left,
            is_keyless,
        } => {
            let Relayed {
                attributed,
                effort,
                repairs,
                repeats,
                fallback,
                is_cached,
            } = relayed;
            let by = &attributed.origin.by;
            figures.extend([
                ("Moves", "Count", json!(1)),
                (
                    "GuesserMoves",
                    "Count",
                    json!(u8::from(*by == Mover::Guesser)),
                ),
                (
                    "Latency",
                    "Milliseconds",
                    json!(latency.as_secs_f64() * 1e3),
                ),
                ("CacheHits", "Count", json!(u8::from(*is_cached))),
                ("ModelCalls", "Count", json!(effort.calls)),
                ("ModelFaults", "Count", json!(effort.faults.len())),
                ("Fallbacks", "Count", json!(u8::from(fallback.is_some()))),
                ("Alarms", "Count", json!(u8::from(is_alarm(*fallback)))),
                ("KeyMissing", "Count", json!(u8::from(*is_keyless))),
                ("Repairs", "Count", json!(repairs)),
                ("RepeatsRefused", "Count", json!(repeats)),
                ("TokensIn", "Count", json!(effort.tokens_in)),
                ("TokensOut", "Count", json!(effort.tokens_out)),
                ("Dollars", "None", json!(effort.dollars)),
            ]);
            figures.extend(days_left.map(|(_, days)| ("ModelDaysLeft", "Count", json!(days))));
            let faults: Vec<_> = effort.faults.iter().map(|reason| reason.name()).collect();
            fields = json!({"By": by.name(), "Faults": faults});
            if let Some(reason) = fallback {
                fields["Reason"] = json!(reason.name());
                by_reason.push("Fallbacks");
            }
        }
        Observation::End(Outcome { winner, moves }) => {
            let ai = u8::from(*winner == Winner::Ai);
            figures.extend([
                ("Games", "Count", json!(1)),
                ("AiWins", "Count", json!(ai)),
                ("GameMoves", "Count", json!(moves)),
            ]);
        }
    }
    let definitions: Vec<Value> = figures
        .iter()
        .map(|(name, unit, _)| json!({"Name": name, "Unit": unit}))
        .collect();
    let mut directives =
        vec![json!({"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": definitions})];
    if !by_reason.is_empty() {
        let metrics: Vec<Value> = by_reason
            .iter()
            .map(|name| json!({"Name": name, "Unit": "Count"}))
            .collect();
        directives
            .push(json!({"Namespace": NAMESPACE, "Dimensions": [["Reason"]], "Metrics": metrics}));
    }
    fields["_aws"] = json!({
        "Timestamp": milliseconds.as_millis() as u64,
        "CloudWatchMetrics": directives,
    });
    for (name, _, value) in figures {
        fields[name] = value;
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use game::{AttributedMove, Move, Origin, Text};
    use model::Effort;

    fn relayed() -> Relayed {
        Relayed {
            attributed: AttributedMove {
                mv: Move::Question(Text::new("Is it a secret question?").unwrap()),
                origin: Origin::GUESSER,
            },
            effort: Effort {
                calls: 3,
                faults: vec![Reason::Timeout, Reason::Reset, Reason::Quota],
                tokens_in: 400,
                tokens_out: 50,
                dollars: 0.0012,
            },
            repairs: 1,
            repeats: 1,
            fallback: Some(Reason::Quota),
            is_cached: false,
        }
    }

    #[test]
    fn both_forms_have_the_same_figures_and_no_words_of_the_game() {
        let relayed = relayed();
        let moved = Observation::Move {
            relayed: &relayed,
            latency: Duration::from_millis(1500),
            days_left: Some(("gpt-4.1", 51)),
            is_keyless: true,
        };
        let ended = Observation::End(Outcome {
            winner: Winner::Ai,
            moves: 12,
        });
        let metrics = Metrics::new(false);
        metrics.observe(&moved);
        metrics.observe(&ended);
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
            "twenty_model_days_left{model=\"gpt-4.1\"} 51",
            "twenty_games_total{winner=\"ai\"} 1",
            "twenty_game_moves_sum 12",
        ] {
            assert!(text.contains(line), "no {line} in\n{text}");
        }
        let line = embedded(&moved, UNIX_EPOCH + Duration::from_millis(5));
        assert_eq!(line["_aws"]["Timestamp"], 5);
        assert_eq!(
            (&line["Latency"], &line["ModelCalls"]),
            (&json!(1500.0), &json!(3))
        );
        assert_eq!(
            (&line["Alarms"], &line["KeyMissing"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(
            line["_aws"]["CloudWatchMetrics"][1]["Dimensions"],
            json!([["Reason"]])
        );
        // What is declared is there, as a number; else CloudWatch drops the line.
        for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
            for metric in directive["Metrics"].as_array().unwrap() {
                assert!(line[metric["Name"].as_str().unwrap()].is_number());
            }
        }
        let line_end = embedded(&ended, UNIX_EPOCH);
        assert_eq!(line_end["GameMoves"], 12);
        for shown in [text, line.to_string(), line_end.to_string()] {
            assert!(!shown.contains("secret"), "{shown}");
        }
    }
}
