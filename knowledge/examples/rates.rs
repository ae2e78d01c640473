//! `cargo run -p knowledge --features text --example rates [-- FILE...]`: how the panel answered each question, given
//! what the knowledge says, and the rates that follow. The questions that players contradict most come first.
//! Without FILE, it reads the files of the panel that the build reads.

#[path = "../tests/knowledge/files.rs"]
mod files;

use knowledge::{Beta, Count, Observed, Panel, Priors, Source};
use std::{
    collections::HashMap,
    env,
    path::{Path, PathBuf},
};

fn main() {
    let source = Source::read(files("text/questions"), files("text/things"));
    let source = source.unwrap_or_else(|error| panic!("{error}"));
    let given: Vec<_> = env::args().skip(1).map(PathBuf::from).collect();
    let panel = Panel::read(if given.is_empty() {
        files("panel/calibration")
    } else {
        files::read(given)
    });
    let panel = panel.unwrap_or_else(|error| panic!("{error}"));
    let observed = source
        .observed(&panel)
        .unwrap_or_else(|error| panic!("{error}"));
    let priors = Priors::fit(&observed);
    println!(
        "{} answers to {} questions\n",
        panel.answers.len(),
        source.questions.len()
    );
    print_priors(&observed, &priors);
    print_twice(&panel);
    println!("| question | missed a yes | wrong yes | contradicted |");
    println!("| --- | ---: | ---: | ---: |");
    let mut rows: Vec<_> = source.questions.iter().zip(&observed).collect();
    let mean = |observed: &Observed| {
        let rates = priors.rates(observed);
        (rates.missed() + rates.wrong()) / 2.0
    };
    rows.sort_by(|a, b| mean(b.1).total_cmp(&mean(a.1)));
    for (question, observed) in rows {
        println!(
            "| {} | {} | {} | {:.1} % |",
            question.text(),
            shown(observed.missed, &priors.missed),
            shown(observed.wrong, &priors.wrong),
            mean(observed) * 100.0
        );
    }
}

fn print_priors(observed: &[Observed], priors: &Priors) {
    let sum = |count: fn(&Observed) -> Count| {
        let counts = observed.iter().map(count);
        counts.fold(Count::default(), |sum, count| Count {
            hits: sum.hits + count.hits,
            of: sum.of + count.of,
        })
    };
    println!("| share of | all questions together | prior: mean, weight in answers |");
    println!("| --- | ---: | ---: |");
    let row = |label: &str, count: fn(&Observed) -> Count, prior: Option<&Beta>| {
        let prior =
            prior.map(|prior| format!("{:.1} %, {:.0}", prior.mean * 100.0, prior.strength));
        println!(
            "| {label} | {} | {} |",
            pooled(sum(count)),
            prior.unwrap_or_default()
        );
    };
    row("no to a yes", |o| o.missed, Some(&priors.missed));
    row("yes to a no", |o| o.wrong, Some(&priors.wrong));
    row("yes where it depends", |o| o.either, Some(&priors.either));
    row("yes where usually yes", |o| o.usually, None);
    row("not sure where it depends", |o| o.either_unsure, None);
    row("not sure where usually yes", |o| o.usually_unsure, None);
    row("not sure to a yes or no", |o| o.plain_unsure, None);
    println!();
}

/// How often the answerers agreed with themselves.
fn print_twice(panel: &Panel) {
    let mut first = HashMap::new();
    let mut same = Count::default();
    for given in &panel.answers {
        let pair = (&given.question, &given.thing);
        if let Some(answer) = first.insert(pair, given.answer) {
            same.of += 1;
            same.hits += u32::from(answer == given.answer);
        }
    }
    println!(
        "{} of the pairs that were asked twice got the same answer.\n",
        pooled(same)
    );
}

fn pooled(Count { hits, of }: Count) -> String {
    format!(
        "{hits} of {of}, {:.1} %",
        f64::from(hits) / f64::from(of.max(1)) * 100.0
    )
}

fn shown(count: Count, prior: &Beta) -> String {
    format!(
        "{} of {}, {:.1} %",
        count.hits,
        count.of,
        prior.rate(count) * 100.0
    )
}

fn files(folder: &str) -> Vec<(String, String)> {
    files::in_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}
