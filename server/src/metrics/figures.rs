//! All figures: a table that both backends and the documentation go through.
//!
//! A new figure is one more row of [`FIGURES`].

use crate::relay::{Relayed, Spent};
use game::{Mover, Outcome, Winner};
use model::{Reason, Remedy};
use prometheus_client::metrics::histogram::{exponential_buckets, linear_buckets};
use std::time::Duration;

/// What happened.
#[derive(Debug)]
pub(crate) enum Observation<'a> {
    /// The AI moved.
    Move(ObservedMove<'a>),
    /// The model was asked for a move, whether one came of it or not, and whether anybody still waited for it or not.
    Asked(&'a Spent),
    /// The page reported how a game ended.
    End(Outcome),
    /// The page reported the end of an overtime. Its game was reported before.
    Overtime {
        /// Whether the AI found the thing in the end.
        is_found: bool,
    },
}

/// A move of the AI.
#[derive(Debug)]
pub(crate) struct ObservedMove<'a> {
    /// The move and how it came about.
    pub(crate) relayed: &'a Relayed,
    /// The time from request to reply.
    pub(crate) latency: Duration,
    /// The model and the days until its shutdown, if one is announced.
    pub(crate) days_left: Option<(&'a str, i32)>,
    /// Whether the model's key is missing although one is expected.
    pub(crate) is_keyless: bool,
    /// How many percent of the model's budget are spent today; `None` without a model.
    pub(crate) budget_used: Option<u32>,
}

/// A figure: its names, its meaning, and how an observation changes it.
#[derive(Debug)]
pub(super) struct Figure {
    /// The name in Prometheus, without prefix, unit and suffix; `None` if a label of another figure
    /// says the same there.
    pub(super) prometheus: Option<&'static str>,
    /// The name in CloudWatch.
    pub(super) cloudwatch: &'static str,
    pub(super) help: &'static str,
    pub(super) kind: Kind,
    pub(super) unit: Unit,
    pub(super) label: Option<Label>,
    read: Read,
}

/// What an observation adds to a figure: `None` if the figure isn't about it, no samples if it adds zero.
pub(super) type Samples<'a> = Option<Vec<Sample<'a>>>;

/// A number, and the value of the figure's label if the figure has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sample<'a> {
    pub(super) value: f64,
    pub(super) label: &'a str,
}

/// The observations that a figure is about.
#[derive(Debug, Clone, Copy)]
enum Read {
    Moves(for<'a> fn(&'a ObservedMove<'a>) -> Samples<'a>),
    Asked(fn(&Spent) -> Samples<'static>),
    Games(fn(&Outcome) -> Samples<'static>),
    Overtimes(fn(bool) -> Samples<'static>),
}

/// How Prometheus gets the samples. CloudWatch gets each of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Their sum since the start.
    Counter,
    /// The last one.
    Gauge,
    /// How many were no greater than each of these bounds.
    Histogram(fn() -> Vec<f64>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    /// CloudWatch gets milliseconds.
    Seconds,
    Dollars,
}

/// What tells the samples of a figure apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    /// The name in Prometheus.
    pub(super) name: &'static str,
    pub(super) cloudwatch: Field,
}

/// Where a label stands in CloudWatch's log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Nowhere,
    /// In a text, which is not part of any metric.
    Text(&'static str),
    /// In a list of texts, which is not part of any metric.
    List(&'static str),
    /// In a text, which is also a dimension of the metric.
    Dimension(&'static str),
}

/// All figures, in the order in which they are shown.
pub(super) static FIGURES: [Figure; 21] = [
    Figure::moves("moves", "Moves", "Moves of the AI, by who made them", |m| {
        Some(vec![Sample::new(1, mover(m).name())])
    })
    .by("by", Field::Text("By")),
    Figure::moves("", "GuesserMoves", "Moves of the guesser", |m| {
        unlabelled(u8::from(*mover(m) == Mover::Guesser))
    }),
    Figure::moves(
        "move_latency",
        "Latency",
        "Time from a request to its move",
        |m| unlabelled(m.latency.as_secs_f64()),
    )
    .kind(Kind::Histogram(|| {
        exponential_buckets(0.001, 2.0, 16).collect()
    }))
    .unit(Unit::Seconds),
    Figure::moves(
        "cache_hits",
        "CacheHits",
        "Moves that needed no call of their own",
        |m| unlabelled(u8::from(m.relayed.is_cached)),
    ),
    Figure::asked(
        "model_calls",
        "ModelCalls",
        "Requests sent to the model",
        |spent| unlabelled(spent.effort.calls),
    ),
    Figure::asked(
        "model_faults",
        "ModelFaults",
        "Failed requests to the model, by reason",
        |spent| by_reason(&spent.effort.faults),
    )
    .by("reason", Field::List("Faults")),
    Figure::moves(
        "fallbacks",
        "Fallbacks",
        "Moves of the guesser because the model failed, by reason",
        |m| by_reason(m.relayed.fallback.as_slice()),
    )
    .by("reason", Field::Dimension("Reason")),
    Figure::moves(
        "alarms",
        "Alarms",
        "Fallbacks that only the operator can end: the key, quota, model or address is wrong",
        |m| {
            let is_alarm = |reason: Reason| reason.remedy() == Remedy::Alarm;
            unlabelled(u8::from(m.relayed.fallback.is_some_and(is_alarm)))
        },
    ),
    Figure::moves(
        "key_missing",
        "KeyMissing",
        "Moves of the guesser because SECRET_ARN holds no key for the model",
        |m| unlabelled(u8::from(m.is_keyless)),
    ),
    Figure::asked(
        "repairs",
        "Repairs",
        "Requests that told the model what was wrong with its reply",
        |spent| unlabelled(spent.repairs),
    ),
    Figure::asked(
        "repeats_refused",
        "RepeatsRefused",
        "Replies of the model that repeated a question or a guess",
        |spent| unlabelled(spent.repeats),
    ),
    Figure::asked(
        "tokens_in",
        "TokensIn",
        "Tokens in prompts; estimated where a reply doesn't tell them",
        |spent| unlabelled(spent.effort.tokens_in as f64),
    ),
    Figure::asked(
        "tokens_out",
        "TokensOut",
        "Tokens in replies; estimated where a reply doesn't tell them",
        |spent| unlabelled(spent.effort.tokens_out as f64),
    ),
    Figure::asked(
        "dollars",
        "Dollars",
        "Cost of the model in US dollars, at the prices of OPENAI_PRICES",
        |spent| unlabelled(spent.effort.dollars),
    )
    .unit(Unit::Dollars),
    Figure::moves(
        "budget_used_percent",
        "BudgetUsed",
        "Percent of MODEL_BUDGET that are spent since midnight UTC",
        |m| Some(vec![Sample::new(m.budget_used?, "")]),
    )
    .kind(Kind::Gauge),
    Figure::moves(
        "model_days_left",
        "ModelDaysLeft",
        "Days until the model is shut down, once a date is announced",
        |m| {
            m.days_left
                .map(|(model, days)| vec![Sample::new(days, model)])
        },
    )
    .kind(Kind::Gauge)
    .by("model", Field::Nowhere),
    Figure::games("games", "Games", "Finished games, by winner", |outcome| {
        let winner = match outcome.winner {
            Winner::Ai => "ai",
            Winner::Player => "player",
        };
        Some(vec![Sample::new(1, winner)])
    })
    .by("winner", Field::Nowhere),
    Figure::games("", "AiWins", "Games that the AI won", |outcome| {
        unlabelled(u8::from(outcome.winner == Winner::Ai))
    }),
    Figure::games(
        "game_moves",
        "GameMoves",
        "Moves in a finished game",
        |outcome| unlabelled(outcome.moves),
    )
    .kind(Kind::Histogram(|| linear_buckets(1.0, 1.0, 20).collect())),
    Figure::overtimes(
        "overtimes",
        "Overtimes",
        "Finished overtimes, by whether the AI found the thing",
        |is_found| Some(vec![Sample::new(1, if is_found { "yes" } else { "no" })]),
    )
    .by("found", Field::Nowhere),
    Figure::overtimes(
        "",
        "OvertimesFound",
        "Overtimes in which the AI found the thing",
        |is_found| unlabelled(u8::from(is_found)),
    ),
];

fn mover<'a>(observed: &'a ObservedMove<'_>) -> &'a Mover {
    &observed.relayed.attributed.origin.by
}

/// The sample of a figure without a label.
fn unlabelled(value: impl Into<f64>) -> Samples<'static> {
    Some(vec![Sample::new(value, "")])
}

/// A sample for each reason.
fn by_reason(reasons: &[Reason]) -> Samples<'static> {
    let reasons = reasons.iter();
    Some(
        reasons
            .map(|reason| Sample::new(1, reason.name()))
            .collect(),
    )
}

impl<'a> Sample<'a> {
    fn new(value: impl Into<f64>, label: &'a str) -> Self {
        Self {
            value: value.into(),
            label,
        }
    }
}

impl Figure {
    /// A counter of something about moves.
    const fn moves(
        prometheus: &'static str,
        cloudwatch: &'static str,
        help: &'static str,
        read: for<'a> fn(&'a ObservedMove<'a>) -> Samples<'a>,
    ) -> Self {
        Self::new(prometheus, cloudwatch, help, Read::Moves(read))
    }

    /// A counter of something about calls of the model.
    const fn asked(
        prometheus: &'static str,
        cloudwatch: &'static str,
        help: &'static str,
        read: fn(&Spent) -> Samples<'static>,
    ) -> Self {
        Self::new(prometheus, cloudwatch, help, Read::Asked(read))
    }

    /// A counter of something about finished games.
    const fn games(
        prometheus: &'static str,
        cloudwatch: &'static str,
        help: &'static str,
        read: fn(&Outcome) -> Samples<'static>,
    ) -> Self {
        Self::new(prometheus, cloudwatch, help, Read::Games(read))
    }

    /// A counter of something about overtimes.
    const fn overtimes(
        prometheus: &'static str,
        cloudwatch: &'static str,
        help: &'static str,
        read: fn(bool) -> Samples<'static>,
    ) -> Self {
        Self::new(prometheus, cloudwatch, help, Read::Overtimes(read))
    }

    const fn new(
        prometheus: &'static str,
        cloudwatch: &'static str,
        help: &'static str,
        read: Read,
    ) -> Self {
        Self {
            prometheus: if prometheus.is_empty() {
                None
            } else {
                Some(prometheus)
            },
            cloudwatch,
            help,
            kind: Kind::Counter,
            unit: Unit::Count,
            label: None,
            read,
        }
    }

    const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    const fn by(mut self, name: &'static str, cloudwatch: Field) -> Self {
        self.label = Some(Label { name, cloudwatch });
        self
    }

    /// What the observation adds to this figure.
    pub(super) fn samples<'a>(&self, observation: &'a Observation<'a>) -> Samples<'a> {
        match (self.read, observation) {
            (Read::Moves(read), Observation::Move(observed)) => read(observed),
            (Read::Asked(read), Observation::Asked(spent)) => read(spent),
            (Read::Games(read), Observation::End(outcome)) => read(outcome),
            (Read::Overtimes(read), Observation::Overtime { is_found }) => read(*is_found),
            _ => None,
        }
    }
}
