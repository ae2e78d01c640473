//! `cargo run --release -p guesser --example coverage FILE`: which names in a file the guesser knows, and
//! their share. The file has one name on each line. Articles, case and plurals don't matter.

use guesser::Guesser;
use knowledge::{Knowledge, ThingId};
use rust_stemmers::{Algorithm, Stemmer};
use std::{collections::HashMap, process::ExitCode};

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("usage: coverage FILE, with one name on each line");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let guesser = Guesser::embedded();
    let stems = Stems::new(guesser.knowledge());
    let names: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let (mut known, mut unknown) = (0, Vec::new());
    for name in &names {
        match stems.find(guesser.knowledge(), name) {
            Some(thing) => {
                known += 1;
                println!("{name}: {}", guesser.knowledge().name(thing));
            }
            None => unknown.push(*name),
        }
    }
    println!("\nunknown: {}", unknown.join(", "));
    let share = known as f64 / names.len().max(1) as f64 * 100.0;
    println!("{known} of {} known, {share:.1} %", names.len());
    ExitCode::SUCCESS
}

/// Finds things by the stems of their names.
struct Stems {
    stemmer: Stemmer,
    things: HashMap<String, ThingId>,
}

impl Stems {
    fn new(knowledge: &Knowledge) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut things = HashMap::new();
        for thing in knowledge.things() {
            for name in knowledge.names(thing) {
                things.entry(stem(&stemmer, name)).or_insert(thing);
            }
        }
        Self { stemmer, things }
    }

    fn find(&self, knowledge: &Knowledge, name: &str) -> Option<ThingId> {
        let by_stem = || self.things.get(&stem(&self.stemmer, name)).copied();
        knowledge.find_thing(name).or_else(by_stem)
    }
}

/// Plurals that the stemmer doesn't reduce.
const IRREGULAR: [(&str, &str); 8] = [
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("lice", "louse"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
];

/// The words of a name without articles, hyphens and endings. "Knives" becomes the same as "a knife".
fn stem(stemmer: &Stemmer, name: &str) -> String {
    let name = name.to_lowercase().replace(['-', '_'], " ");
    let words = name
        .split_whitespace()
        .filter(|word| !["a", "an", "the"].contains(word));
    let one = |word| {
        let irregular = IRREGULAR.iter().find(|(plural, _)| *plural == word);
        let stem = stemmer.stem(irregular.map_or(word, |(_, singular)| singular));
        let stem = stem.trim_end_matches('e');
        stem.strip_suffix('v')
            .map_or(stem.to_owned(), |stem| format!("{stem}f"))
    };
    words.map(one).collect()
}
