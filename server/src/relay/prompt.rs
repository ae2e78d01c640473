//! The prompt: everything that the model is told. `server/tests/data/prompt/` holds whole prompts as examples.
//!
//! Each prompt states the whole game anew instead of continuing a conversation, because models lose count in long
//! ones. Rules that must hold (the count, the last guess, no repeats) are enforced in code, in
//! [`checks`](crate::relay::checks).

use super::checks::Objection;
use game::{Answer, Move, Transcript};
use jiff::civil::Date;
use model::Message;
use std::fmt::Write;

const SYSTEM: &str = "\
You play Twenty Questions to win, with anybody: keep it suitable for a family. The player thinks of one thing, mostly a common one: \
an animal, a food, a household object, a place, a famous person. They answer yes, no or not sure. You have 20 moves; a move is one \
yes/no question or one guess.

People aren't animals. Players say of somebody dead that they aren't alive. A thing is as specific as its everyday name: \"a dog\", rather than \"a mammal\" or \"a poodle\". One answer \
may be wrong: when nothing common fits every fact, doubt the answer that fits worst.

Name up to five candidates, as different as possible, that fit the facts below. Then make the best move: the question that about \
half of all that is still possible answers with yes, or a guess.

A question:
- is one plain yes/no question of at most 100 characters that anyone can judge, without \"or\" and \"and\"
- asks about the thing, never about the player
- is new: never a fact below in other words, nor what the facts settle already; after \"not sure\", only in sharper words
- goes from broad to narrow: first whether it is alive, made by people, eaten, how big it is, where it is found; only then kinds \
such as vehicles, buildings or instruments
- divides groups; never go through similar things one by one

A guess:
- names one thing with its article, like \"a dog\"; never a category like \"an animal\", never a wrong guess again
- is right when one candidate is likelier than all others together, or when few moves are left

Reply with JSON only: {\"candidates\": [\"...\"], \"kind\": \"question\" or \"guess\", \"text\": \"...\"}";

/// What the first question is about, by opening, so that games start differently. Each divides all things broadly.
const OPENINGS: [&str; 4] = [
    "whether it is alive",
    "whether people made it",
    "whether it can be held in one hand",
    "whether it is a person",
];

/// The messages that ask for the next move of a game. A model knows only the date of its training, so it is told
/// today's month.
#[must_use]
pub fn messages(transcript: &Transcript, today: Date) -> Vec<Message<'static>> {
    let state = format!("It is {}. {}", today.strftime("%B %Y"), state(transcript));
    vec![Message::system(SYSTEM), Message::user(state)]
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
