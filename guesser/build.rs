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
    let lines: Vec<_> = source
        .things
        .iter()
        .map(|thing| format!("{}|{}", thing.fame, thing.names.join("|")))
        .collect();
    let facts = source.questions.iter().map(|question| {
        let things = source.things.iter().zip(0..);
        let facts = things.map(|(thing, number)| grade::Fact {
            thing: number,
            grade: source.grade(thing, question),
        });
        facts
            .filter(|fact| fact.grade != grade::Grade::No)
            .collect()
    });
    let parts = packed::Parts {
        questions: source
            .questions
            .iter()
            .map(|question| question.text.as_str())
            .collect(),
        things: lines.iter().map(String::as_str).collect(),
        facts: facts.collect(),
    };
    let out = Path::new(&env::var("OUT_DIR")?).join("knowledge.bin");
    fs::write(out, parts.pack())?;
    Ok(())
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
