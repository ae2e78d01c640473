//! Guesses that the player's answers contradict.

#![cfg(test)]

mod table;
mod upstream;

use game::{
    Answer::{self, No, Unsure, Yes},
    Event, Move, Opening, Text, Transcript,
    wire::{Next, Reply, Request},
};
use server::{
    config::Config,
    metrics::Metrics,
    relay::{BuiltInGuesser, contradiction::Contradictions},
};
use std::sync::Arc;
use upstream::{Act, Upstream};

fn game(questions: &[(&str, Answer)]) -> Transcript {
    let mut game = Transcript::new(Opening(0));
    for &(words, answer) in questions {
        let question = Move::Question(Text::new(words).unwrap());
        game.apply(Event::Move(question)).unwrap();
        game.apply(Event::Answer(answer)).unwrap();
    }
    game
}

#[test]
fn two_reliable_answers_contradict_a_guess() {
    let guesser = BuiltInGuesser::default();
    let legs = "Does it have legs?";
    let mammal = "Is it a mammal?";
    let both = "move 1 (\"Does it have legs?\": yes) and move 2 (\"Is it a mammal?\": yes)";
    for (questions, name, expected) in [
        (&[(legs, Yes), (mammal, Yes)][..], "a spoon", Some(both)),
        (&[(legs, Yes), (mammal, Yes)], "Spoons", Some(both)),
        (&[(legs, Yes), (mammal, Yes)], "a dog", None),
        (&[(legs, Yes), (mammal, Yes)], "an unknown example", None),
        (&[(legs, Yes)], "a spoon", None),
        (&[(legs, Yes), (mammal, Unsure)], "a spoon", None),
        (&[(legs, Unsure), (mammal, Unsure)], "a spoon", None),
        (&[(legs, No), (mammal, No)], "a spoon", None),
        (
            &[(legs, No), (mammal, No)],
            "a dog",
            Some("move 1 (\"Does it have legs?\": no) and move 2 (\"Is it a mammal?\": no)"),
        ),
        // In the words of a model, with questions in between that the guesser doesn't know.
        (
            &[
                ("Has it got legs?", Yes),
                ("Would a poet like it?", No),
                ("Is it some kind of mammal?", Yes),
            ],
            "a spoon",
            Some(
                "move 1 (\"Has it got legs?\": yes) and move 3 (\"Is it some kind of mammal?\": yes)",
            ),
        ),
        // One player in ten says that things are alive which aren't.
        (
            &[("Is it a living thing?", Yes), (legs, Yes)],
            "a spoon",
            None,
        ),
        // What players disagree about contradicts nothing.
        (
            &[
                ("Is it beautiful?", Yes),
                ("Is it expensive?", Yes),
                ("Is it loud?", Yes),
            ],
            "a spoon",
            None,
        ),
    ] {
        let guess = Move::Guess(Text::new(name).unwrap());
        let found = Contradictions::find(&guess, &game(questions), &guesser);
        let found = found.map(|contradictions| contradictions.to_string());
        assert_eq!(found.as_deref(), expected, "{questions:?} {name}");
    }
}

#[test]
fn at_the_last_move_any_guess_is_better_than_none() {
    let guesser = BuiltInGuesser::default();
    let spoon = Move::Guess(Text::new("a spoon").unwrap());
    let others: Vec<String> = (3..20)
        .map(|n| format!("Is it older than {n} days?"))
        .collect();
    let mut questions = vec![("Does it have legs?", Yes), ("Is it a mammal?", Yes)];
    questions.extend(others.iter().map(|other| (other.as_str(), Unsure)));
    let mut game = game(&questions);
    assert_eq!(game.moves_left(), 1);
    assert_eq!(Contradictions::find(&spoon, &game, &guesser), None);
    game.apply(Event::Move(Move::Guess(Text::new("a dog").unwrap())))
        .unwrap();
    game.apply(Event::Answer(No)).unwrap();
    game.apply(Event::Overtime).unwrap();
    for left in (1..=5).rev() {
        assert_eq!(game.moves_left(), left);
        let found = Contradictions::find(&spoon, &game, &guesser);
        assert_eq!(found.is_some(), left > 1, "{left} left");
        if left > 1 {
            let question = Text::new(format!("Is it older than {left} years?")).unwrap();
            game.apply(Event::Move(Move::Question(question))).unwrap();
            game.apply(Event::Answer(Unsure)).unwrap();
        }
    }
}

/// The third move of a game about an animal, if the model replies with these guesses, and the number of calls.
async fn third_move(guesses: &[&'static str]) -> (Next, Upstream) {
    let questions = ["Does it have legs?", "Is it a mammal?"];
    let acts = questions.map(|text| Act::Say("question", text)).into_iter();
    let acts = acts.chain(guesses.iter().map(|name| Act::Say("guess", name)));
    let upstream = Upstream::start(acts.collect()).await;
    let config = Config::read(|name| match name {
        "OPENAI_API_KEY" => Some("sk-test-0123456789abcdefghijklmnopqrstuvwxyz".to_owned()),
        "OPENAI_BASE_URL" => Some(upstream.url.clone()),
        _ => None,
    });
    let metrics = Arc::new(Metrics::new(false));
    let router = server::http::router::router(&config.unwrap(), metrics).unwrap();
    let mut request = Request {
        transcript: Transcript::new(Opening(0)),
        seal: None,
    };
    loop {
        let path = format!("/api/next?game={}", request.encode());
        let Reply::Next(next) = table::get(&router, &path).await.reply() else {
            panic!("the game is over");
        };
        if request.transcript.turns().len() == questions.len() {
            return (next, upstream);
        }
        request
            .transcript
            .apply(Event::Move(next.attributed.mv))
            .unwrap();
        request.transcript.apply(Event::Answer(Yes)).unwrap();
        request.seal = Some(next.seal);
    }
}

#[tokio::test]
async fn the_relay_objects_once_and_then_the_model_may_insist() {
    for (guesses, played, calls) in [
        (&["a spoon", "a spoon"][..], "a spoon", 4),
        (&["a spoon", "a dog"], "a dog", 4),
        (&["a dog"], "a dog", 3),
    ] {
        let (next, upstream) = third_move(guesses).await;
        assert_eq!(next.attributed.mv.text().as_str(), played);
        assert_eq!(
            next.attributed.origin.by.name(),
            "gpt-6-luna",
            "{guesses:?}"
        );
        assert_eq!(upstream.calls(), calls, "{guesses:?}");
        let objections = upstream.requests();
        let objections = objections.iter().filter(|request| {
            request
                .contains(r#"contradicted by move 1 (\"Does it have legs?\": yes) and move 2 (\"#)
        });
        assert_eq!(objections.count(), calls - 3, "{guesses:?}");
    }
}
