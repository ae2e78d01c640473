//! What the model is sent, word by word. `BLESS=1 cargo test -p server --test prompt` rewrites the files.

#![cfg(test)]

use game::{Answer, Event, MOVES, Move, Opening, Text, Transcript};
use jiff::civil::{Date, date};
use server::relay::{checks::Objection, prompt, proposal::SCHEMA};
use std::{env, fs, path::Path};
use tiktoken_rs::o200k_base;

const NOVEMBER: Date = date(2026, 11, 28);

/// A whole game, one move per line: the answer, then the question or, without a question mark, the guess.
const GAME: &str = include_str!("data/prompt/game.txt");

/// The game before this move, counted from 1.
fn before(number: usize) -> Transcript {
    let mut transcript = Transcript::new(Opening(0));
    for line in GAME.lines().take(number - 1) {
        let (answer, words) = line.split_once(' ').unwrap();
        let text = Text::new(words).unwrap();
        let mv = if words.ends_with('?') {
            Move::Question(text)
        } else {
            Move::Guess(text)
        };
        transcript.apply(Event::Move(mv)).unwrap();
        let answer = Answer::from_word(answer).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    transcript
}

/// The messages in readable form.
fn sent(transcript: &Transcript) -> String {
    let messages = prompt::messages(transcript, NOVEMBER);
    let parts = messages
        .iter()
        .map(|message| format!("[{}]\n{}\n", message.role, message.content));
    parts.collect::<Vec<_>>().join("\n")
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/prompt")
        .join(name);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, known, "{} is out of date", path.display());
}

#[test]
fn prompts_match_the_golden_files() {
    for number in [1, 8, MOVES] {
        golden(&format!("move-{number}.txt"), &sent(&before(number)));
    }
    let repeat = Objection::Repeat(Text::new("Is it alive?").unwrap());
    let repair = prompt::repair(Some("{\"kind\":\"question\"}".to_owned()), &repeat);
    let text: Vec<_> = repair
        .iter()
        .map(|message| format!("[{}]\n{}\n", message.role, message.content))
        .collect();
    golden("repair.txt", &text.join("\n"));
}

#[test]
fn games_begin_with_four_different_prompts() {
    let first = |opening| sent(&Transcript::new(Opening(opening)));
    for a in 0..4 {
        assert_eq!(first(a), first(a + 4));
        for b in 0..a {
            assert_ne!(first(a), first(b), "openings {a} and {b}");
        }
    }
}

/// A whole game may cost 12,000 tokens of input. 7 tokens frame the two messages. The schema counts as text, because
/// OpenAI doesn't say how it is counted.
#[test]
fn a_whole_game_stays_within_its_token_budget() {
    let tokens = o200k_base().unwrap();
    let count = |text: &str| tokens.encode_with_special_tokens(text).len();
    let schema = count(&SCHEMA.to_string());
    let mut total = 0;
    for number in 1..=MOVES {
        let messages = prompt::messages(&before(number), NOVEMBER);
        let text: usize = messages.iter().map(|message| count(&message.content)).sum();
        total += text + 7 + schema;
    }
    println!(
        "{total} tokens of input in a whole game, {} of them for the schema",
        schema * MOVES
    );
    assert!(total <= 12_000, "{total} tokens");
}
