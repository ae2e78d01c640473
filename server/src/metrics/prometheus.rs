//! The figures for Prometheus: counted in memory, written as the text of `/metrics`.

use super::figures::{FIGURES, Figure, Kind, Observation, Sample, Unit};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{self, Metric, Registry},
};
use std::sync::atomic::AtomicU64;

/// What comes before every name.
pub(super) const PREFIX: &str = "twenty";

/// Everything that was counted since the start.
#[derive(Debug)]
pub(super) struct Counts {
    registry: Registry,
    /// The figures that Prometheus has, each with its series.
    series: Vec<(&'static Figure, Series)>,
}

/// A label and its value.
type Label = [(&'static str, String); 1];

/// The numbers of one figure.
#[derive(Debug)]
enum Series {
    Counter(Counter),
    LabelledCounter(Family<Label, Counter>),
    Dollars(Counter<f64, AtomicU64>),
    Gauge(Gauge),
    LabelledGauge(Family<Label, Gauge>),
    Histogram(Histogram),
}

impl Counts {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let figures = FIGURES.iter();
        let series = figures
            .filter_map(|figure| {
                let name = figure.prometheus?;
                Some((figure, Series::register(figure, name, &mut registry)))
            })
            .collect();
        Self { registry, series }
    }

    pub(super) fn observe(&self, observation: &Observation<'_>) {
        for (figure, series) in &self.series {
            for sample in figure.samples(observation).unwrap_or_default() {
                let label = figure.label.map_or("", |label| label.name);
                series.add(label, sample);
            }
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

impl Series {
    fn register(figure: &Figure, name: &str, registry: &mut Registry) -> Self {
        match (figure.kind, figure.unit, figure.label) {
            (Kind::Counter, Unit::Dollars, _) => {
                Self::Dollars(registered(figure, name, registry, Counter::default()))
            }
            (Kind::Counter, _, None) => {
                Self::Counter(registered(figure, name, registry, Counter::default()))
            }
            (Kind::Counter, _, Some(_)) => {
                Self::LabelledCounter(registered(figure, name, registry, Family::default()))
            }
            (Kind::Gauge, _, None) => {
                Self::Gauge(registered(figure, name, registry, Gauge::default()))
            }
            (Kind::Gauge, _, Some(_)) => {
                Self::LabelledGauge(registered(figure, name, registry, Family::default()))
            }
            (Kind::Histogram(bounds), ..) => {
                Self::Histogram(registered(figure, name, registry, Histogram::new(bounds())))
            }
        }
    }

    fn add(&self, name: &'static str, Sample { value, label }: Sample<'_>) {
        let label = || [(name, label.to_owned())];
        match self {
            Self::Counter(counter) => {
                counter.inc_by(value as u64);
            }
            Self::LabelledCounter(family) => {
                family.get_or_create(&label()).inc_by(value as u64);
            }
            Self::Dollars(counter) => {
                counter.inc_by(value);
            }
            Self::Gauge(gauge) => {
                gauge.set(value as i64);
            }
            Self::LabelledGauge(family) => {
                family.get_or_create(&label()).set(value as i64);
            }
            Self::Histogram(histogram) => histogram.observe(value),
        }
    }
}

/// The registry gets a handle of the same metric.
fn registered<M: Metric + Clone>(
    figure: &Figure,
    name: &str,
    registry: &mut Registry,
    metric: M,
) -> M {
    if figure.unit == Unit::Seconds {
        registry.register_with_unit(name, figure.help, registry::Unit::Seconds, metric.clone());
    } else {
        registry.register(name, figure.help, metric.clone());
    }
    metric
}
