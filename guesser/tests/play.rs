//! The house at the table.

use game::{Answer, Event, MOVES, Move, Opening, Outcome, Phase, Text, Transcript, Winner};
use guesser::{Belief, Grade, House};
use proptest::prelude::*;
use std::sync::LazyLock;

static HOUSE: LazyLock<House> = LazyLock::new(House::embedded);

/// Plays a game to its end; `answer` gets the number of the question, or `None` for a text that
/// isn't the house's.
fn play(opening: u8, thing: Option<&str>, mut answer: impl FnMut(usize) -> Answer) -> Transcript {
    let mut transcript = Transcript::new(Opening(opening));
    loop {
        let event = match transcript.phase() {
            Phase::Over(_) => return transcript,
            Phase::Thinking => Event::Ask(HOUSE.next_move(&transcript)),
            Phase::Asked(Move::Guess(name)) if Some(name.as_str()) == thing => {
                Event::Answer(Answer::Yes)
            }
            Phase::Asked(Move::Guess(_)) => Event::Answer(Answer::No),
            Phase::Asked(Move::Question(text)) => {
                let question = HOUSE.knowledge().find_question(text.as_str());
                Event::Answer(answer(question.expect("the house asks its own questions")))
            }
        };
        transcript
            .apply(event)
            .unwrap_or_else(|fault| panic!("{fault} in {}", print(&transcript)));
    }
}

fn truthful(thing: usize) -> impl FnMut(usize) -> Answer {
    move |question| match HOUSE.knowledge().grades(question)[thing] {
        Grade::Usually | Grade::Yes => Answer::Yes,
        Grade::No | Grade::Seldom => Answer::No,
        Grade::Either => Answer::Unsure,
    }
}

fn print(transcript: &Transcript) -> String {
    let turns = transcript.turns().iter();
    let lines = turns.map(|turn| format!("\n  {} {:?}", turn.asked, turn.answer));
    format!(
        "game {}:{}",
        transcript.opening(),
        lines.collect::<String>()
    )
}

#[test]
fn it_finds_what_people_think_of_most() {
    for name in [
        "a dog",
        "coffee",
        "a football",
        "a car",
        "a guitar",
        "the sun",
    ] {
        let thing = HOUSE
            .knowledge()
            .find_thing(name)
            .unwrap_or_else(|| panic!("{name} is unknown"));
        let name = HOUSE.knowledge().name(thing).as_str();
        let transcript = play(0, Some(name), truthful(thing));
        assert!(
            matches!(
                transcript.phase(),
                Phase::Over(Outcome {
                    winner: Winner::Ai,
                    ..
                })
            ),
            "{name} not found in {}",
            print(&transcript)
        );
    }
}

#[test]
fn one_wrong_answer_rules_nothing_out() {
    let dog = HOUSE.knowledge().find_thing("a dog").unwrap();
    for slip in 0..6 {
        let (mut asked, mut truth) = (0, truthful(dog));
        let transcript = play(0, Some("a dog"), |question| {
            asked += 1;
            match truth(question) {
                Answer::Yes if asked == slip + 1 => Answer::No,
                Answer::No if asked == slip + 1 => Answer::Yes,
                answer => answer,
            }
        });
        let belief = Belief::new(HOUSE.knowledge(), &transcript);
        assert!(
            belief.probabilities().iter().filter(|&&p| p > 0.0).count()
                > HOUSE.knowledge().things() / 2
        );
        assert!(
            matches!(
                transcript.phase(),
                Phase::Over(Outcome {
                    winner: Winner::Ai,
                    ..
                })
            ),
            "not found with answer {} wrong: {}",
            slip + 1,
            print(&transcript)
        );
    }
}

#[test]
fn an_opening_always_asks_the_same_and_each_starts_differently() {
    let first = |opening| HOUSE.next_move(&Transcript::new(Opening(opening)));
    let firsts: std::collections::HashSet<_> = (0..8).map(first).collect();
    assert_eq!(firsts.len(), 8, "{firsts:?}");
    for opening in 0..8 {
        let game = || play(opening, Some("a dog"), truthful(0));
        assert_eq!(game(), game());
    }
}

#[test]
fn not_sure_is_evidence_of_nothing() {
    let mut transcript = Transcript::new(Opening(0));
    let before = Belief::new(HOUSE.knowledge(), &transcript);
    transcript
        .apply(Event::Ask(HOUSE.next_move(&transcript)))
        .unwrap();
    transcript.apply(Event::Answer(Answer::Unsure)).unwrap();
    let after = Belief::new(HOUSE.knowledge(), &transcript);
    assert_eq!(before.probabilities(), after.probabilities());
}

#[test]
fn it_plays_on_after_questions_and_guesses_that_it_does_not_know() {
    let mut transcript = Transcript::new(Opening(0));
    let text = |words: &str| Text::new(words).unwrap();
    for (asked, answer) in [
        (Move::Question(text("Would a poet like it?")), Answer::Yes),
        (Move::Question(text("is it an ANIMAL")), Answer::Yes),
        (Move::Guess(text("a flurb")), Answer::No),
        (Move::Guess(text("cat")), Answer::No),
    ] {
        transcript.apply(Event::Ask(asked)).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    let belief = Belief::new(HOUSE.knowledge(), &transcript);
    let cat = HOUSE.knowledge().find_thing("a cat").unwrap();
    assert_eq!(belief.probabilities()[cat], 0.0);
    let animal = HOUSE.knowledge().find_question("Is it an animal?").unwrap();
    assert!(belief.was_asked(animal));
    let best = belief.best(1)[0];
    assert!(HOUSE.knowledge().grades(animal)[best].yes() > 0.5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the player says, the game ends by the rules, without a question or guess twice.
    #[test]
    fn any_answers_make_a_legal_game(opening: u8, answers in prop::collection::vec(0..3, MOVES)) {
        let mut turn = 0;
        let transcript = play(opening, None, |_| {
            turn += 1;
            [Answer::Yes, Answer::No, Answer::Unsure][answers[turn - 1] as usize]
        });
        prop_assert_eq!(transcript.phase(), Phase::Over(Outcome { winner: Winner::Player, moves: 20 }));
        let asked: std::collections::HashSet<_> = transcript.turns().iter().map(|turn| &turn.asked).collect();
        prop_assert_eq!(asked.len(), MOVES, "{}", print(&transcript));
    }
}
