//! Which proposals of a model are played, and how they are tidied.

#![cfg(test)]

use game::{Answer, Event, MOVES, Move, Opening, Text, Transcript};
use guesser::Guesser;
use server::relay::{
    checks::{Objection, check},
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
        (Kind::Question, "Is it a dog?", "guess: a dog"),
        (Kind::Question, "Is it a fish?", "Is it a fish?"),
        (Kind::Guess, "Is it a fish?", "guess: a fish"),
        (Kind::Guess, "Is it dog?", "guess: a dog"),
        (Kind::Guess, "Can it fly?", "Can it fly?"),
        (Kind::Guess, "Is it made of wood?", "Is it made of wood?"),
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
        (Kind::Guess, "Will Smith?", "guess: Will Smith"),
        (Kind::Guess, "Will Ferrell?", "guess: Will Ferrell"),
        (Kind::Guess, "a can opener?", "guess: a can opener"),
        (Kind::Guess, "Can opener?", "guess: Can opener"),
        (Kind::Guess, "May Day?", "guess: May Day"),
        (Kind::Guess, "Can birds fly?", "Can birds fly?"),
        (Kind::Guess, "Will it break?", "Will it break?"),
        (Kind::Guess, "Is he Elvis Presley?", "guess: Elvis Presley"),
        (
            Kind::Question,
            "Is he Elvis Presley?",
            "guess: Elvis Presley",
        ),
        (Kind::Guess, "Was she Marie Curie?", "guess: Marie Curie"),
        (
            Kind::Question,
            "Would most homes own or have one?",
            "Would most homes own or have one?",
        ),
        (
            Kind::Question,
            "Do many people buy and have one?",
            "Do many people buy and have one?",
        ),
        (
            Kind::Question,
            "Is it used whether or not it rains?",
            "Is it used whether or not it rains?",
        ),
        (
            Kind::Question,
            "Can you use it whether it is hot or cold?",
            "Can you use it whether it is hot or cold?",
        ),
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
            "Is it a fish?",
            Objection::Repeat(Text::new("a fish").unwrap()),
        ),
        (Kind::Question, "Is it a cat?", Objection::RepeatedGuess),
        (
            Kind::Question,
            "Are you thinking of cats?",
            Objection::RepeatedGuess,
        ),
        (
            Kind::Question,
            "Is he alive or is he dead?",
            Objection::TwoQuestions,
        ),
        (Kind::Question, "Will Smith?", Objection::NotYesNo),
        (Kind::Guess, "Elvis Presley", Objection::RepeatedGuess),
        (
            Kind::Question,
            "Was it Albert Einstein?",
            Objection::RepeatedGuess,
        ),
        (Kind::Guess, "", Objection::NotPlain),
        (Kind::Guess, "a", Objection::NotPlain),
        (Kind::Guess, "...", Objection::NotPlain),
        (Kind::Guess, "Is it the?", Objection::NotPlain),
        (Kind::Guess, "an animal", Objection::Category),
        (Kind::Guess, "a kind of bird", Objection::Category),
        (Kind::Guess, "a cat", Objection::RepeatedGuess),
        (Kind::Guess, "The cat", Objection::RepeatedGuess),
        (Kind::Guess, "a bear", Objection::RepeatedGuess),
    ];
    let game = game(&[
        ("Is it alive?", Answer::Yes),
        ("a cat", Answer::No),
        ("a fish", Answer::No),
        ("Is it a bear?", Answer::No),
        ("Is he Elvis Presley?", Answer::No),
        ("Was he Albert Einstein?", Answer::No),
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
fn after_not_sure_only_the_same_words_are_a_repeat() {
    let repeat = |words: &str| Err(Objection::Repeat(Text::new(words).unwrap()));
    for (earlier, answer, text, expected) in [
        (
            "Is it alive?",
            Answer::Unsure,
            "Is it a living thing?",
            Ok("Is it a living thing?"),
        ),
        (
            "Is it big?",
            Answer::Unsure,
            "Is it bigger than a car?",
            Ok("Is it bigger than a car?"),
        ),
        (
            "Is it found in homes?",
            Answer::Unsure,
            "Is it found in most homes?",
            Ok("Is it found in most homes?"),
        ),
        (
            "Is it alive?",
            Answer::Unsure,
            "is it ALIVE?",
            repeat("Is it alive?"),
        ),
        (
            "Is it grey?",
            Answer::Unsure,
            "Is it gray ?",
            repeat("Is it grey?"),
        ),
        (
            "Is it alive?",
            Answer::No,
            "Is it a living thing?",
            repeat("Is it alive?"),
        ),
        // All filler, but asked before.
        (
            "Is it used?",
            Answer::No,
            "Is it used?",
            repeat("Is it used?"),
        ),
        (
            "Is it used?",
            Answer::No,
            "Does it have a purpose?",
            Ok("Does it have a purpose?"),
        ),
    ] {
        let game = game(&[(earlier, answer)]);
        let proposed = proposed(Kind::Question, text, &game);
        assert_eq!(proposed, expected.map(str::to_owned), "{earlier} {text}");
    }
}

#[test]
fn a_text_that_is_too_long_is_called_so() {
    assert_eq!(
        Objection::TooLong.to_string(),
        "it is longer than 160 bytes: write at most 100 characters"
    );
}
