//! The prompt: everything that the model is told. `server/tests/data/prompt/` holds whole prompts as examples.
//!
//! Each prompt states the whole game anew instead of continuing a conversation, because models lose count in long
//! ones. Rules that must hold (the count, the last guess, no repeats) are enforced in code, in
//! [`checks`](crate::relay::checks).

use super::checks::Objection;
use game::{Answer, Move, Transcript};
use model::Message;
use std::fmt::Write;

const SYSTEM: &str = "\
You play Twenty Questions to win. The player thinks of one thing, mostly a common one: an animal, a food, a household object, a place, \
a famous person. He answers yes, no or not sure. You have 20 moves; a move is one yes/no question or one guess.

Name up to five candidates, as different as possible, that fit every fact below. Then make the best move: the question that about \
half of all that is still possible answers with yes, or a guess.

A question:
- is one plain yes/no question of at most 100 characters that anyone can judge, without \"or\" and \"and\"
- is new: never a fact below in other words, nor what the facts settle already
- divides groups; never go through similar things one by one

A guess:
- names one thing with its article, like \"a dog\"; never a category like \"an animal\", never a wrong guess again
- is right when one candidate is likelier than all others together, or when few moves are left

Reply with JSON only: {\"candidates\": [\"...\"], \"kind\": \"question\" or \"guess\", \"text\": \"...\"}";

/// What the first question is about, by opening, so that games start differently.
const OPENINGS: [&str; 8] = [
    "whether it is alive",
    "whether people made it",
    "its size",
    "whether it is found in a home",
    "whether it can be held in the hands",
    "what it is made of",
    "whether it moves by itself",
    "who uses it",
];

/// The messages that ask for the next move of a game.
#[must_use]
pub fn messages(transcript: &Transcript) -> Vec<Message<'static>> {
    vec![Message::system(SYSTEM), Message::user(state(transcript))]
}

/// The messages that ask for a repair: the reply, if there was one, and what is wrong with it.
#[must_use]
pub fn repair(reply: Option<String>, objection: &Objection) -> Vec<Message<'static>> {
    let objection = format!("That can't be used: {objection}. Make another move.");
    let reply = reply.map(Message::assistant);
    reply
        .into_iter()
        .chain([Message::user(objection)])
        .collect()
}

/// The game so far, as the model reads it.
fn state(transcript: &Transcript) -> String {
    let turns = transcript.turns();
    let mut state = format!("Move {} of {}.\n", turns.len() + 1, transcript.limit());
    if transcript.is_overtime() {
        state += "The player has granted five more moves after the twentieth.\n";
    }
    if turns.is_empty() {
        let opening = OPENINGS[usize::from(transcript.opening().0) % OPENINGS.len()];
        state += &format!("Nothing is known yet. Begin with a question about {opening}.");
        return state;
    }
    let sections = [
        ("CONFIRMED (yes):", Answer::Yes),
        ("RULED OUT (no):", Answer::No),
        ("NOT SURE:", Answer::Unsure),
    ];
    for (title, answer) in sections {
        let questions = turns.iter().enumerate().filter_map(|(index, turn)| {
            let question = matches!(&turn.mv, Move::Question(_)).then(|| turn.mv.text())?;
            (turn.answer == Some(answer)).then_some((index + 1, question))
        });
        for (nth, (number, question)) in questions.enumerate() {
            if nth == 0 {
                let _ = writeln!(state, "{title}");
            }
            let _ = writeln!(state, "{number}. {question}");
        }
    }
    let refused: Vec<&str> = transcript.refused().map(|name| name.as_str()).collect();
    if !refused.is_empty() {
        let _ = writeln!(state, "WRONG GUESSES: {}", refused.join("; "));
    }
    state += match transcript.moves_left() {
        1 => "This is the last move: it must be a guess.",
        2 | 3 => {
            "Very few moves are left: guess, unless one more question decides between your candidates."
        }
        4..=6 => "Few moves are left: guess as soon as one candidate stands out.",
        _ => "Ask what divides your candidates best.",
    };
    state
}
