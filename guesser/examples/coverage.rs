//! `cargo run --release -p guesser --example coverage FILE`: which names in a file the guesser knows, and
//! their share. The file has one name on each line. It doesn't matter how they are typed.

use guesser::Guesser;
use std::process::ExitCode;

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
    let names: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let (mut known, mut unknown) = (0, Vec::new());
    for name in &names {
        match guesser.knowledge().find_thing(name) {
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
