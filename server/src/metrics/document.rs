//! The list of all figures for docs/metrics.md.

use super::{
    figures::{FIGURES, Field, Figure, Kind, Unit},
    prometheus::PREFIX,
};

/// All figures as a table in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut table =
        "| Prometheus | CloudWatch | kind | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for figure in &FIGURES {
        table += &format!(
            "| {} | {} | {} | {} |\n",
            prometheus(figure),
            cloudwatch(figure),
            kind(figure),
            figure.help
        );
    }
    table
}

fn prometheus(figure: &Figure) -> String {
    let Some(name) = figure.prometheus else {
        return String::new();
    };
    let unit = match figure.unit {
        Unit::Seconds => "_seconds",
        Unit::Count | Unit::Dollars => "",
    };
    let suffix = match figure.kind {
        Kind::Counter => "_total",
        Kind::Gauge | Kind::Histogram(_) => "",
    };
    let label = figure
        .label
        .map_or(String::new(), |label| format!("{{{}}}", label.name));
    format!("`{PREFIX}_{name}{unit}{suffix}{label}`")
}

fn cloudwatch(figure: &Figure) -> String {
    let dimension = match figure.label.map(|label| label.cloudwatch) {
        Some(Field::Dimension(name)) => format!(", also by `{name}`"),
        _ => String::new(),
    };
    format!("`{}`{dimension}", figure.cloudwatch)
}

fn kind(figure: &Figure) -> &'static str {
    match (figure.kind, figure.unit) {
        (Kind::Counter, Unit::Dollars) => "counter, dollars",
        (Kind::Counter, _) => "counter",
        (Kind::Gauge, _) => "gauge",
        (Kind::Histogram(_), Unit::Seconds) => "histogram; milliseconds in CloudWatch",
        (Kind::Histogram(_), _) => "histogram",
    }
}
