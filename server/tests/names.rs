//! Which questions are guesses.

#![cfg(test)]

use game::{Move, Opening, Transcript};
use guesser::Guesser;
use server::relay::{
    checks::check,
    names,
    proposal::{Kind, Proposal},
};

/// A model's question, and the name that is guessed instead.
const GUESSES: [(&str, &str); 46] = [
    ("Is it a dog?", "a dog"),
    ("is it a dog", "a dog"),
    ("Is it a dog.", "a dog"),
    ("IS IT A DOG?", "A DOG"),
    ("Is it a tea bag?", "a tea bag"),
    ("Is it a teabag?", "a teabag"),
    ("Is it an axe?", "an axe"),
    ("Is it the Moon?", "the Moon"),
    ("Is it the sun?", "the sun"),
    ("Is it coffee?", "coffee"),
    ("Is it pizza?", "pizza"),
    ("Is it yogurt?", "yoghurt"),
    ("Is it chess?", "chess"),
    ("Is it ice cream?", "ice cream"),
    ("Is it Albert Einstein?", "Albert Einstein"),
    ("Is it Beyoncé?", "Beyonce"),
    ("Is it Paris?", "Paris"),
    ("Is it Harry Potter?", "Harry Potter"),
    ("Is it the Eiffel Tower?", "the Eiffel Tower"),
    ("Is it Ada Example?", "Ada Example"),
    ("Is it Ludwig van Example?", "Ludwig van Example"),
    ("Is it the Example Museum?", "the Example Museum"),
    (
        "Is it the Lord of the Examples?",
        "the Lord of the Examples",
    ),
    ("Are you thinking of a dog?", "a dog"),
    ("Are you thinking of coffee?", "coffee"),
    ("Were you thinking of an elephant?", "an elephant"),
    ("Is your thing a dog?", "a dog"),
    ("Is the thing you're thinking of a dog?", "a dog"),
    ("Is the thing you\u{2019}re thinking of a spoon?", "a spoon"),
    ("Is the person Albert Einstein?", "Albert Einstein"),
    ("Could it be coffee?", "coffee"),
    ("Could it be a spoon?", "a spoon"),
    ("Is it perhaps a spoon?", "a spoon"),
    ("Is it \"a spoon\"?", "a spoon"),
    ("Is he Elvis Presley?", "Elvis Presley"),
    ("Was he Elvis Presley?", "Elvis Presley"),
    ("Was it Marie Curie?", "Marie Curie"),
    ("Was she Marie Curie?", "Marie Curie"),
    ("Is this person Beyoncé?", "Beyonce"),
    ("Is this celebrity Tom Hanks?", "Tom Hanks"),
    ("Could he be Albert Einstein?", "Albert Einstein"),
    ("Is this character the Joker?", "the Joker"),
    ("Is this a dog?", "a dog"),
    ("Is she Kim Kardashian?", "Kim Kardashian"),
    ("Is this character Mr. Bean?", "Mr. Bean"),
    (
        "Is the person you're thinking of Ada Example?",
        "Ada Example",
    ),
];

/// Questions that look like guesses.
const QUESTIONS: [&str; 83] = [
    "Is it a kind of food?",
    "Is it an animal?",
    "Is it a big animal?",
    "Is it a living thing?",
    "Is it a tool used in the kitchen?",
    "Is it the colour red?",
    "Is it the color of the sky?",
    "Is it an everyday object?",
    "Is it a mammal?",
    "Is it a tree?",
    "Is it a fish?",
    "Is it a fruit?",
    "Is it a bird?",
    "Is it a man?",
    "Is it a woman?",
    "Is it a real person?",
    "Is it an actor?",
    "Is it a country?",
    "Is it a planet?",
    "Is it a book?",
    "Is it a movie?",
    "Is it a board game?",
    "Is it a musical instrument?",
    "Is it a piece of clothing?",
    "Is it a type of dog?",
    "Is it a member of a family?",
    "Is it a thing that you would find in a kitchen?",
    "Is it a pet that lives in water?",
    "Is it the same size as a dog?",
    "Is it a part of a car?",
    "Is it food?",
    "Is it clothing?",
    "Is it music?",
    "Is it glass?",
    "Is it plastic?",
    "Is it wood?",
    "Is it light?",
    "Is it orange?",
    "Is it cold?",
    "Is it square?",
    "Is it alive?",
    "Is it red?",
    "Is it German?",
    "Is it American?",
    "Is it Japanese?",
    "Is it South American?",
    "Is it Apple?",
    "Is it a Disney character?",
    "Is it from Japan?",
    "Is it smaller than Albert Einstein?",
    "Could it be dangerous?",
    "Does it fly?",
    "Is this person a rapper?",
    "Is this person a dancer?",
    "Is this person a soldier?",
    "Is this person a guitarist?",
    "Is this person a boxer?",
    "Is this person a doctor?",
    "Is this character a princess?",
    "Is this character a witch?",
    "Is this character a robot?",
    "Is this character a villain?",
    "Is this character a dragon?",
    "Is he a boxer?",
    "Is she a witch?",
    "Was he a soldier?",
    "Is this celebrity a rapper?",
    "Is the person you're thinking of a doctor?",
    "Could this character be a robot?",
    "Is the character a Disney Princess?",
    "Is she an angel?",
    "Is he Black?",
    "Is this person Middle Eastern?",
    "Is this person East Asian?",
    "Is this person Eastern European?",
    "Is this person Native American?",
    "Is this person West African?",
    "Is it Ancient Greek?",
    "Is she South Korean?",
    "Is he Sri Lankan?",
    "Is it Old Norse?",
    "Is he American?",
    "Is this American?",
];

#[test]
fn a_question_that_names_a_thing_is_a_guess() {
    let guesser = Guesser::embedded();
    let game = Transcript::new(Opening(0));
    let played = |text: &str| {
        let proposal = Proposal {
            kind: Kind::Question,
            text: text.to_owned(),
        };
        check(&proposal, &game, guesser.knowledge())
    };
    let mut wrong = Vec::new();
    for (text, name) in GUESSES {
        match played(text) {
            Ok(Move::Guess(guess)) if guess.as_str() == name => {}
            other => wrong.push(format!("{text} {other:?}")),
        }
    }
    for text in QUESTIONS {
        match played(text) {
            Ok(Move::Question(_)) => {}
            other => wrong.push(format!("{text} {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The guesser's own questions name nothing.
#[test]
fn no_question_of_the_guesser_is_a_guess() {
    let guesser = Guesser::embedded();
    let knowledge = guesser.knowledge();
    let texts = knowledge
        .questions()
        .map(|question| knowledge.question(question).as_str());
    let guesses: Vec<_> = texts
        .filter(|text| names::named(text, knowledge).is_some())
        .collect();
    assert!(guesses.is_empty(), "{guesses:#?}");
}

/// Every thing can be guessed, however the model words it.
#[test]
fn a_guess_of_any_known_thing_is_played() {
    let guesser = Guesser::embedded();
    let knowledge = guesser.knowledge();
    let game = Transcript::new(Opening(0));
    let mut refused = Vec::new();
    for thing in knowledge.things() {
        let name = knowledge.name(thing);
        for text in [name.to_string(), format!("Is it {name}?")] {
            let proposal = Proposal {
                kind: Kind::Guess,
                text,
            };
            match check(&proposal, &game, knowledge) {
                Ok(Move::Guess(guess))
                    if knowledge.is_same_thing(guess.as_str(), name.as_str()) => {}
                other => refused.push(format!("{name}: {other:?}")),
            }
        }
    }
    // Those that name a category.
    assert!(refused.len() <= 40, "{refused:#?}");
}
