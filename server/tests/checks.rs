//! Which proposals of a model are played, and how they are tidied.

#![cfg(test)]

use game::{Answer, Event, MOVES, Move, Opening, Text, Transcript};
use guesser::Guesser;
use server::relay::{
    checks::{Objection, check},
    likeness,
    proposal::{Kind, Proposal},
};
use std::sync::LazyLock;

static GUESSER: LazyLock<Guesser> = LazyLock::new(Guesser::embedded);

/// A game after these moves. A question ends with a question mark, a guess doesn't.
fn game(moves: &[(&str, Answer)]) -> Transcript {
    let mut transcript = Transcript::new(Opening(0));
    for &(words, answer) in moves {
        let text = Text::new(words).unwrap();
        let mv = if words.ends_with('?') {
            Move::Question(text)
        } else {
            Move::Guess(text)
        };
        transcript.apply(Event::Move(mv)).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    transcript
}

fn proposed(kind: Kind, text: &str, game: &Transcript) -> Result<String, Objection> {
    let proposal = Proposal {
        kind,
        text: text.to_owned(),
    };
    let mv = check(&proposal, game, GUESSER.knowledge())?;
    Ok(match &mv {
        Move::Question(text) => text.to_string(),
        Move::Guess(name) => format!("guess: {name}"),
    })
}

#[test]
fn proposals_are_tidied_and_played() {
    let cases = [
        (Kind::Question, "Is it alive?", "Is it alive?"),
        (Kind::Question, "  is it alive ?", "Is it alive ?"),
        (Kind::Question, "Question 3: Is it alive?", "Is it alive?"),
        (Kind::Question, "3. Is it alive?", "Is it alive?"),
        (Kind::Question, "**Is it alive?**", "Is it alive?"),
        (Kind::Question, "\"Is it alive?\"", "Is it alive?"),
        (Kind::Question, "Is it alive", "Is it alive?"),
        (Kind::Question, "Is it alive.", "Is it alive?"),
        (Kind::Question, "Is it a \"pet\"?", "Is it a 'pet'?"),
        (Kind::Question, "Is it\nalive?", "Is it alive?"),
        (Kind::Question, "Is it a\u{200b} pet?", "Is it a pet?"),
        (
            Kind::Question,
            "Is it 2.5 metres long?",
            "Is it 2.5 metres long?",
        ),
        (Kind::Question, "Is it a dog?", "Is it a dog?"),
        (Kind::Guess, "a dog", "guess: a dog"),
        (Kind::Guess, "dog", "guess: a dog"),
        (Kind::Guess, "Dog", "guess: a dog"),
        (Kind::Guess, "Is it a dog?", "guess: a dog"),
        (Kind::Guess, "Are you thinking of a dog?", "guess: a dog"),
        (Kind::Guess, "My guess is a dog.", "guess: a dog"),
        (Kind::Guess, "coffee", "guess: coffee"),
        (Kind::Guess, "the Eiffel Tower", "guess: the Eiffel Tower"),
        (
            Kind::Guess,
            "Is it the Eiffel Tower?",
            "guess: the Eiffel Tower",
        ),
        (Kind::Guess, "a zyzzyva", "guess: a zyzzyva"),
    ];
    let game = game(&[("Does it cost money?", Answer::No)]);
    for (kind, text, expected) in cases {
        assert_eq!(
            proposed(kind, text, &game).as_deref(),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn bad_proposals_are_refused_with_a_reason() {
    let long = format!("Is it {}?", "very ".repeat(40));
    let earlier = Text::new("Is it alive?").unwrap();
    let cases = [
        (Kind::Question, "", Objection::NoQuestion),
        (Kind::Question, "I need more time.", Objection::NoQuestion),
        (Kind::Question, "What colour is it?", Objection::NotYesNo),
        (
            Kind::Question,
            "Is it red? Is it blue?",
            Objection::TwoQuestions,
        ),
        (
            Kind::Question,
            "Is it big or small?",
            Objection::TwoQuestions,
        ),
        (Kind::Question, &long, Objection::TooLong),
        (
            Kind::Question,
            "Is it alive?",
            Objection::Repeat(earlier.clone()),
        ),
        (
            Kind::Question,
            "Is it a living thing?",
            Objection::Repeat(earlier),
        ),
        (
            Kind::Question,
            "Is it a cat?",
            Objection::Repeat(Text::new("a cat").unwrap()),
        ),
        (Kind::Guess, "", Objection::NotPlain),
        (Kind::Guess, "an animal", Objection::Category),
        (Kind::Guess, "a kind of bird", Objection::Category),
        (Kind::Guess, "a cat", Objection::RepeatedGuess),
        (Kind::Guess, "The cat", Objection::RepeatedGuess),
        (Kind::Guess, "a bear", Objection::RepeatedGuess),
    ];
    let game = game(&[
        ("Is it alive?", Answer::Yes),
        ("a cat", Answer::No),
        ("Is it a bear?", Answer::No),
    ]);
    for (kind, text, expected) in cases {
        assert_eq!(proposed(kind, text, &game), Err(expected), "{text}");
    }
}

#[test]
fn a_confirmed_question_about_the_thing_allows_its_guess() {
    let game = game(&[("Is it a dog?", Answer::Yes)]);
    assert_eq!(
        proposed(Kind::Guess, "a dog", &game).as_deref(),
        Ok("guess: a dog")
    );
}

#[test]
fn the_last_move_must_be_a_guess_whatever_its_kind() {
    let questions: Vec<String> = (1..MOVES)
        .map(|n| format!("Is it older than {n} days?"))
        .collect();
    let moves: Vec<_> = questions.iter().map(|q| (q.as_str(), Answer::No)).collect();
    let game = game(&moves);
    assert_eq!(
        proposed(Kind::Question, "Is it a dog?", &game).as_deref(),
        Ok("guess: a dog")
    );
    assert_eq!(
        proposed(Kind::Guess, "an animal", &game).as_deref(),
        Ok("guess: an animal")
    );
    assert_eq!(
        proposed(Kind::Question, "Can it fly?", &game),
        Err(Objection::LastNotGuess)
    );
}

#[test]
fn names_are_told_apart_from_kinds() {
    for (question, name) in [
        ("Is it a dog?", Some("a dog")),
        ("is it Albert Einstein?", Some("Albert Einstein")),
        ("Is it an animal?", None),
        ("Is it alive?", None),
        ("Is it a thing that you would find in a kitchen?", None),
        ("Does it fly?", None),
    ] {
        assert_eq!(likeness::guessed(question), name, "{question}");
    }
}
