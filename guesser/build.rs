//! Packs the text under `knowledge/` into one file, which the library embeds.

use std::{env, error::Error, fs, path::Path};

#[allow(dead_code, unreachable_pub)]
#[path = "src/grade.rs"]
mod grade;
#[allow(dead_code, unreachable_pub)]
#[path = "src/packed.rs"]
mod packed;
#[allow(dead_code, unreachable_pub)]
#[path = "src/source.rs"]
mod source;

fn main() {
    println!("cargo::rerun-if-changed=knowledge");
    if let Err(fault) = pack() {
        println!("cargo::error={fault}");
    }
}

fn pack() -> Result<(), Box<dyn Error>> {
    let (questions, things) = (files("knowledge/questions")?, files("knowledge/things")?);
    let source = source::Source::read(borrowed(&questions), borrowed(&things))?;
    let things = in_order(&source);
    let names: Vec<_> = things
        .iter()
        .map(|(_, thing)| thing.names.join("|"))
        .collect();
    let facts = (0..source.questions.len()).map(|question| {
        let numbered = things.iter().zip(0..);
        let facts = numbered.map(|((grades, _), number)| grade::Fact {
            thing: number,
            grade: grades[question],
        });
        // What few say yes to goes as a no: the 5 KB for telling them apart are better spent on things.
        facts
            .filter(|fact| fact.grade > grade::Grade::Seldom)
            .collect()
    });
    let parts = packed::Parts {
        questions: source
            .questions
            .iter()
            .map(|question| question.text.as_str())
            .collect(),
        things: names
            .iter()
            .map(String::as_str)
            .zip(things.iter().map(|(_, thing)| thing.fame))
            .collect(),
        facts: facts.collect(),
    };
    let out = Path::new(&env::var("OUT_DIR")?).join("knowledge.bin");
    fs::write(out, parts.pack())?;
    Ok(())
}

/// The things with their answers to all questions, file by file, and in each file those beside each other that are most alike: the packed
/// form is 2 KB smaller for it.
fn in_order(source: &source::Source) -> Vec<(Vec<grade::Grade>, &source::Thing)> {
    let grades = |thing| -> Vec<_> {
        let questions = source.questions.iter();
        questions
            .map(|question| source.grade(thing, question))
            .collect()
    };
    let mut ordered = Vec::with_capacity(source.things.len());
    for file in source.things.chunk_by(|a, b| a.file == b.file) {
        let mut left: Vec<_> = file.iter().map(|thing| (grades(thing), thing)).collect();
        let mut next = 0;
        while next < left.len() {
            let (last, thing) = left.remove(next);
            let unlike =
                |(other, _): &(Vec<_>, _)| last.iter().zip(other).filter(|(a, b)| a != b).count();
            let distances = left.iter().map(unlike).enumerate();
            next = distances
                .min_by_key(|(_, unlike)| *unlike)
                .map_or(0, |(next, _)| next);
            ordered.push((last, thing));
        }
    }
    ordered
}

/// The text files of a folder, by name.
fn files(folder: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push((path.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

fn borrowed(files: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
}
