//! How the guesser plays.

#![cfg(test)]

mod table;

use game::{Answer, Event, MOVES, Move, Opening, Outcome, Phase, Text, Transcript, Winner};
use guesser::{Guesser, Learned, Lesson};
use knowledge::{Grade, QuestionId, ThingId};
use proptest::prelude::*;
use std::{collections::HashSet, sync::LazyLock};
use table::{outcome, shown, thinking_of};

static GUESSER: LazyLock<Guesser> = LazyLock::new(Guesser::embedded);

/// Plays a game to its end.
fn play(
    opening: u8,
    thing: Option<ThingId>,
    answer: impl FnMut(QuestionId) -> Answer,
) -> Transcript {
    let answer = thinking_of(GUESSER.knowledge(), thing, answer);
    table::play(
        Opening(opening),
        |transcript| GUESSER.next_move(transcript),
        answer,
    )
}

fn truthful(thing: ThingId) -> impl FnMut(QuestionId) -> Answer {
    move |question| match GUESSER.knowledge().grade(question, thing) {
        Grade::Usually | Grade::Yes => Answer::Yes,
        Grade::No | Grade::Seldom => Answer::No,
        Grade::Either => Answer::Unsure,
    }
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
        let thing = knowledge_of(name);
        let transcript = play(0, Some(thing), truthful(thing));
        assert_eq!(
            outcome(&transcript).winner,
            Winner::Ai,
            "{name} not found in {}",
            shown(&transcript)
        );
    }
}

#[test]
fn one_wrong_answer_rules_nothing_out() {
    let dog = GUESSER.knowledge().find_thing("a dog").unwrap();
    for slip in 0..6 {
        let (mut count, mut true_answer) = (0, truthful(dog));
        let transcript = play(0, Some(dog), |question| {
            count += 1;
            match true_answer(question) {
                Answer::Yes if count == slip + 1 => Answer::No,
                Answer::No if count == slip + 1 => Answer::Yes,
                answer => answer,
            }
        });
        let belief = GUESSER.belief(&transcript);
        assert!(
            belief.probabilities().iter().filter(|&&p| p > 0.0).count()
                > GUESSER.knowledge().things().len() / 2
        );
        assert_eq!(
            outcome(&transcript).winner,
            Winner::Ai,
            "not found with answer {} wrong: {}",
            slip + 1,
            shown(&transcript)
        );
    }
}

#[test]
fn an_opening_always_gives_the_same_game_and_each_starts_differently() {
    let first = |opening| GUESSER.next_move(&Transcript::new(Opening(opening)));
    let firsts: HashSet<_> = (0..8).map(first).collect();
    assert_eq!(firsts.len(), 8, "{firsts:?}");
    let dog = GUESSER.knowledge().find_thing("a dog").unwrap();
    for opening in 0..8 {
        let game = || play(opening, None, truthful(dog));
        assert_eq!(game(), game());
    }
}

#[test]
fn not_sure_points_to_things_for_which_it_depends() {
    let knowledge = GUESSER.knowledge();
    let question = knowledge.find_question("Is it heavy?").unwrap();
    let likelihood = |answer| {
        let turns = [("Is it heavy?", answer)];
        let (before, after) = (GUESSER.belief(&game(&[])), GUESSER.belief(&game(&turns)));
        Grade::ALL.map(|grade| {
            let mut things = knowledge.things();
            let thing = things.find(|&thing| knowledge.grade(question, thing) == grade);
            thing.map(|thing| after.probability(thing) / before.probability(thing))
        })
    };
    let [Some(no), _, Some(either), _, Some(yes)] = likelihood(Answer::Unsure) else {
        panic!("no grade has no things");
    };
    assert!(
        either > 2.0 * yes && either > 2.0 * no,
        "{no} {either} {yes}"
    );
    let [Some(no), _, Some(either), _, Some(yes)] = likelihood(Answer::Yes) else {
        panic!("no grade has no things");
    };
    assert!(no < either && either < yes, "{no} {either} {yes}");
}

#[test]
fn a_thing_that_two_reliable_answers_contradict_is_no_candidate() {
    let knowledge = GUESSER.knowledge();
    // A dog, says the player, but neither an animal nor alive.
    let turns = game(&[
        ("Is it an animal?", Answer::No),
        ("Is it a living thing?", Answer::No),
        ("Does it have fur?", Answer::Yes),
        ("Does it have a long tail?", Answer::Yes),
        ("Is it kept as a pet?", Answer::Yes),
        ("Does it walk on four legs?", Answer::Yes),
    ]);
    let candidate = GUESSER.belief(&turns).candidates(1)[0];
    let contradictions = turns.turns().iter().filter(|turn| {
        let question = knowledge.find_question(turn.mv.text().as_str());
        question.is_some_and(|question| {
            let [no, .., yes] = knowledge.rates(question).likelihoods();
            match (turn.answer, knowledge.grade(question, candidate)) {
                (Some(Answer::Yes), Grade::No) => no.yes < 0.05,
                (Some(Answer::No), Grade::Yes) => yes.no < 0.05,
                _ => false,
            }
        })
    });
    let name = knowledge.name(candidate);
    assert!(contradictions.count() < 2, "{name}{}", shown(&turns));
}

#[test]
fn what_fits_nothing_is_probably_unknown() {
    let nothing = GUESSER.belief(&game(&[])).unknown();
    assert!((0.02..0.3).contains(&nothing), "{nothing}");
    let dog = knowledge_of("a dog");
    let fits = GUESSER.belief(&play(0, Some(dog), truthful(dog)));
    assert!(
        fits.unknown() < fits.probability(dog),
        "{} {}",
        fits.unknown(),
        fits.probability(dog)
    );
    let odd = game(&[
        ("Is it an animal?", Answer::Yes),
        ("Is it made mostly of metal?", Answer::Yes),
        ("Is it something to eat?", Answer::Yes),
        ("Is it a vehicle?", Answer::Yes),
        ("Is it a famous real person?", Answer::Yes),
    ]);
    let odd = GUESSER.belief(&odd);
    assert!(odd.unknown() > 0.8, "{}", odd.unknown());
    let sum = odd.unknown() + odd.probabilities().iter().sum::<f64>();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
}

fn knowledge_of(name: &str) -> ThingId {
    let thing = GUESSER.knowledge().find_thing(name);
    thing.unwrap_or_else(|| panic!("{name} is unknown"))
}

#[test]
fn it_ignores_questions_and_guesses_that_it_does_not_know() {
    let mut transcript = Transcript::new(Opening(0));
    let text = |words: &str| Text::new(words).unwrap();
    for (mv, answer) in [
        (Move::Question(text("Would a poet like it?")), Answer::Yes),
        (Move::Question(text("is it an ANIMAL")), Answer::Yes),
        (Move::Guess(text("a flurb")), Answer::No),
        (Move::Guess(text("cat")), Answer::No),
    ] {
        transcript.apply(Event::Move(mv)).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    let belief = GUESSER.belief(&transcript);
    let cat = GUESSER.knowledge().find_thing("a cat").unwrap();
    assert_eq!(belief.probability(cat), 0.0);
    let animal = GUESSER
        .knowledge()
        .find_question("Is it an animal?")
        .unwrap();
    assert!(belief.was_asked(animal));
    let best = belief.best(1)[0];
    assert!(GUESSER.knowledge().grade(animal, best).stated() > 0.5);
}

#[test]
fn an_open_guess_is_as_likely_as_before() {
    let mut transcript = Transcript::new(Opening(0));
    let dog = knowledge_of("a dog");
    let before = GUESSER.belief(&transcript).probability(dog);
    let guess = Move::Guess(GUESSER.knowledge().name(dog).clone());
    transcript.apply(Event::Move(guess)).unwrap();
    assert_eq!(GUESSER.belief(&transcript).probability(dog), before);
    transcript.apply(Event::Answer(Answer::No)).unwrap();
    assert_eq!(GUESSER.belief(&transcript).probability(dog), 0.0);
}

#[test]
fn three_questions_that_are_alike_never_speak_for_what_they_contradict() {
    let knowledge = GUESSER.knowledge();
    let words = [
        "Is it a human being?",
        "Does it have legs?",
        "Is it a mammal?",
    ];
    let questions = words.map(|text| knowledge.find_question(text).unwrap());
    let contradicted = knowledge.things().find(|&thing| {
        questions
            .iter()
            .all(|&question| knowledge.grade(question, thing) == Grade::No)
    });
    let contradicted = contradicted.unwrap();
    let mut turns = Vec::new();
    let mut before = GUESSER.belief(&game(&turns)).probability(contradicted);
    for text in words {
        turns.push((text, Answer::Yes));
        let after = GUESSER.belief(&game(&turns)).probability(contradicted);
        assert!(after <= before, "{before} became {after} after {text}");
        before = after;
    }
}

/// A game of these questions and answers.
fn game(turns: &[(&str, Answer)]) -> Transcript {
    let mut transcript = Transcript::new(Opening(0));
    for (words, answer) in turns {
        let question = Move::Question(Text::new(*words).unwrap());
        transcript.apply(Event::Move(question)).unwrap();
        transcript.apply(Event::Answer(*answer)).unwrap();
    }
    transcript
}

/// The two questions that are most alike, and their likeness.
fn most_alike() -> (QuestionId, QuestionId, f64) {
    let knowledge = GUESSER.knowledge();
    let pairs = knowledge.questions().flat_map(|a| {
        let earlier = knowledge.questions().take(a.index());
        earlier.map(move |b| (a, b))
    });
    let alike = pairs.map(|(a, b)| (a, b, knowledge.likeness(a, b)));
    alike.max_by(|a, b| a.2.total_cmp(&b.2)).unwrap()
}

#[test]
fn a_question_in_other_words_counts_less_the_second_time() {
    let knowledge = GUESSER.knowledge();
    let (a, b, likeness) = most_alike();
    let words = [a, b].map(|question| knowledge.question(question).as_str());
    // A thing that has a yes to both, and one that has a no to both.
    let says =
        |thing, grade| knowledge.grade(a, thing) == grade && knowledge.grade(b, thing) == grade;
    let thing = |grade| {
        knowledge
            .things()
            .find(|&thing| says(thing, grade))
            .unwrap()
    };
    let (yes, no) = (thing(Grade::Yes), thing(Grade::No));
    let odds = |turns: &[(&str, Answer)]| {
        let belief = GUESSER.belief(&game(turns));
        belief.probability(no) / belief.probability(yes)
    };
    let before = odds(&[]);
    let first = odds(&[(words[0], Answer::Yes)]) / before;
    let second = odds(&[(words[1], Answer::Yes)]) / before;
    let both = odds(&[(words[0], Answer::Yes), (words[1], Answer::Yes)]) / before;
    println!(
        "{words:?} {likeness:.2} alike: odds after one {first:.4}, the other {second:.4}, both {both:.4}"
    );
    assert!(
        both < first && both < second,
        "the second answer still says something"
    );
    assert!(both > first * second * 2.0, "but less than the first");
}

#[test]
fn surprises_are_the_answers_that_contradict_the_thing() {
    let transcript = game(&[
        ("Is it an animal?", Answer::No),
        ("Is it made mostly of metal?", Answer::No),
        ("Would a poet like it?", Answer::Yes),
        ("Is it kept as a pet?", Answer::Unsure),
    ]);
    let surprises = GUESSER.surprises(&transcript, "dog").unwrap();
    let questions: Vec<_> = surprises.iter().map(|s| s.question.as_str()).collect();
    assert_eq!(questions, ["Is it an animal?"]);
    assert_eq!(surprises[0].answer, Answer::No);
    assert!(surprises[0].likelihood < 0.1, "{surprises:?}");
    assert_eq!(GUESSER.surprises(&transcript, "a flurb"), None);
}

#[test]
fn it_finds_what_it_was_taught() {
    let mut guesser = Guesser::embedded();
    // A flurb is like a cat, but blue, and it flies.
    let cat = guesser.knowledge().find_thing("a cat").unwrap();
    let odd = ["Is it usually blue?", "Can it fly?"];
    let answer = |guesser: &Guesser, text: &str| {
        let question = guesser.knowledge().find_question(text).unwrap();
        match guesser.knowledge().grade(question, cat).stated() > 0.5 || odd.contains(&text) {
            true => Answer::Yes,
            false => Answer::No,
        }
    };
    let play = |guesser: &Guesser| {
        let answer = |mv: &Move| match mv {
            Move::Guess(name) if name.as_str() == "a flurb" => Answer::Yes,
            Move::Guess(_) => Answer::No,
            Move::Question(text) => answer(guesser, text.as_str()),
        };
        table::play(
            Opening(1),
            |transcript| guesser.next_move(transcript),
            answer,
        )
    };
    let transcript = play(&guesser);
    assert_eq!(outcome(&transcript).winner, Winner::Player);
    let lesson = Lesson::new(Text::new("a flurb").unwrap(), &transcript);
    assert!(matches!(guesser.learn(&lesson), Learned::Added(_)));
    assert_eq!(guesser.learn(&lesson), Learned::Known);
    assert_eq!(
        guesser.surprises(&transcript, "the flurb").map(|s| s.len()),
        Some(0)
    );
    let transcript = play(&guesser);
    assert_eq!(
        outcome(&transcript).winner,
        Winner::Ai,
        "{}",
        shown(&transcript)
    );
}

#[test]
fn a_lesson_may_have_any_number_of_answers() {
    let knowledge = GUESSER.knowledge();
    for (number, answers) in [0, 1, 40, 200].into_iter().enumerate() {
        let mut guesser = Guesser::embedded();
        let questions = knowledge.questions().take(answers);
        let lesson = Lesson {
            name: Text::new(format!("a flurb {number}")).unwrap(),
            answers: questions
                .map(|question| (knowledge.question(question).clone(), Answer::Yes))
                .collect(),
        };
        let learned = guesser.learn(&lesson);
        assert!(matches!(learned, Learned::Added(_)), "{answers} answers");
        let belief = guesser.belief(&game(&[]));
        assert!(belief.probabilities().iter().all(|p| p.is_finite()));
    }
}

/// A question is relevant if the likeliest things have different answers to it.
#[test]
fn late_questions_are_relevant_to_the_likeliest_things() {
    let knowledge = GUESSER.knowledge();
    for name in [
        "a horse",
        "a carrot",
        "a bicycle",
        "a doctor",
        "Japan",
        "love",
    ] {
        let thing = knowledge.find_thing(name).unwrap();
        let transcript = play(2, Some(thing), truthful(thing));
        for (number, turn) in transcript.turns().iter().enumerate().skip(6) {
            let Move::Question(text) = &turn.mv else {
                continue;
            };
            let question = knowledge.find_question(text.as_str()).unwrap();
            let belief = GUESSER.belief(&transcript.before(number));
            let likeliest = belief.best(50);
            let yes = likeliest
                .iter()
                .filter(|&&thing| knowledge.grade(question, thing).stated() > 0.3);
            let (yes, all) = (yes.count(), likeliest.len());
            assert!(
                yes > 0 && yes < all,
                "move {}: {text} ({yes} of {all}){}",
                number + 1,
                shown(&transcript)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the player answers, the game ends by the rules, and no move is repeated.
    #[test]
    fn any_answers_make_a_legal_game(opening: u8, answers in prop::collection::vec(0..3, MOVES)) {
        let mut turn = 0;
        let transcript = play(opening, None, |_| {
            turn += 1;
            [Answer::Yes, Answer::No, Answer::Unsure][answers[turn - 1] as usize]
        });
        prop_assert_eq!(transcript.phase(), Phase::Over(Outcome { winner: Winner::Player, moves: 20 }));
        let moves: HashSet<_> = transcript.turns().iter().map(|turn| &turn.mv).collect();
        prop_assert_eq!(moves.len(), MOVES, "{}", shown(&transcript));
    }
}
