//! The figures for CloudWatch: a line of its embedded metric format for each request.
//!
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.

use super::figures::{FIGURES, Field, Figure, Label, Observation, Sample, Unit};
use serde_json::{Map, Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

const NAMESPACE: &str = "TwentyQuestions";

/// The line of this observation.
pub(super) fn line(observation: &Observation<'_>, now: SystemTime) -> Value {
    let mut line = Map::new();
    let mut metrics = Vec::new();
    let mut directives = Vec::new();
    for figure in &FIGURES {
        let Some(samples) = figure.samples(observation) else {
            continue;
        };
        let metric = json!({"Name": figure.cloudwatch, "Unit": unit(figure)});
        if let Some(dimension) = add_label(figure.label, &samples, &mut line) {
            directives.push(directive(json!([dimension]), vec![metric.clone()]));
        }
        metrics.push(metric);
        line.insert(figure.cloudwatch.to_owned(), total(figure, &samples));
    }
    directives.insert(0, directive(json!([]), metrics));
    let milliseconds = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": milliseconds.as_millis() as u64,
            "CloudWatchMetrics": directives,
        }),
    );
    Value::Object(line)
}

/// Puts the labels of the samples into the line. Gives the name of the dimension if the metric also
/// has to appear under it.
fn add_label(
    label: Option<Label>,
    samples: &[Sample<'_>],
    line: &mut Map<String, Value>,
) -> Option<&'static str> {
    let field = label?.cloudwatch;
    let first = samples.first().map(|sample| json!(sample.label));
    let (name, value) = match field {
        Field::Nowhere => return None,
        Field::Text(name) | Field::Dimension(name) => (name, first?),
        Field::List(name) => {
            let labels = samples.iter().map(|sample| sample.label);
            (name, labels.collect())
        }
    };
    line.insert(name.to_owned(), value);
    matches!(field, Field::Dimension(_)).then_some(name)
}

/// The sum of the samples. CloudWatch drops a line if a metric in it is no number.
fn total(figure: &Figure, samples: &[Sample<'_>]) -> Value {
    let sum: f64 = samples.iter().map(|sample| sample.value).sum();
    match figure.unit {
        Unit::Count => json!(sum as i64),
        Unit::Seconds => json!(sum * 1e3),
        Unit::Dollars => json!(sum),
    }
}

fn unit(figure: &Figure) -> &'static str {
    match figure.unit {
        Unit::Count => "Count",
        Unit::Seconds => "Milliseconds",
        Unit::Dollars => "None",
    }
}

fn directive(dimensions: Value, metrics: Vec<Value>) -> Value {
    json!({"Namespace": NAMESPACE, "Dimensions": [dimensions], "Metrics": metrics})
}
