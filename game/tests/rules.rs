//! The rules, case by case.

#![cfg(test)]

use game::{
    Answer, Event, MOVES, Move, Opening, Outcome, Phase, RuleError, Text, Transcript, Winner,
    text::TextError,
};

fn text(text: &str) -> Text {
    Text::new(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn question(words: &str) -> Event {
    Event::Move(Move::Question(text(words)))
}

fn guess(name: &str) -> Event {
    Event::Move(Move::Guess(text(name)))
}

const YES: Event = Event::Answer(Answer::Yes);
const NO: Event = Event::Answer(Answer::No);
const UNSURE: Event = Event::Answer(Answer::Unsure);

/// A game of these events, or the first rule that they break.
fn play(events: impl IntoIterator<Item = Event>) -> Result<Transcript, RuleError> {
    let mut transcript = Transcript::new(Opening(0));
    for event in events {
        transcript.apply(event)?;
    }
    Ok(transcript)
}

fn answered(moves: usize) -> Vec<Event> {
    (1..=moves)
        .flat_map(|k| [question(&format!("Is it number {k}?")), NO])
        .collect()
}

#[test]
fn the_ai_wins_with_a_right_guess() {
    let transcript = play([question("Is it alive?"), YES, guess("a dog"), YES]).unwrap();
    assert_eq!(
        transcript.phase(),
        Phase::Over(Outcome {
            winner: Winner::Ai,
            moves: 2
        })
    );
}

#[test]
fn a_wrong_guess_costs_a_move_and_the_game_goes_on() {
    let transcript = play([guess("a dog"), NO]).unwrap();
    assert_eq!(transcript.phase(), Phase::Thinking);
    assert_eq!(transcript.moves_left(), MOVES - 1);
    assert_eq!(
        transcript.refused().map(Text::as_str).collect::<Vec<_>>(),
        ["a dog"]
    );
}

#[test]
fn the_player_wins_when_the_twentieth_move_is_a_wrong_guess() {
    let events = answered(19).into_iter().chain([guess("a dog"), NO]);
    let transcript = play(events).unwrap();
    assert_eq!(
        transcript.phase(),
        Phase::Over(Outcome {
            winner: Winner::Player,
            moves: 20
        })
    );
}

#[test]
fn not_sure_answers_a_question() {
    let transcript = play([question("Is it big?"), UNSURE]).unwrap();
    assert_eq!(transcript.phase(), Phase::Thinking);
}

#[test]
fn events_that_break_a_rule_are_refused() {
    let after = |moves, last: &[Event]| [answered(moves), last.to_vec()].concat();
    let cases = [
        (
            vec![question("A?"), question("B?")],
            RuleError::Unanswered(1),
        ),
        (vec![YES], RuleError::NoOpenMove),
        (vec![question("A?"), YES, YES], RuleError::NoOpenMove),
        (vec![Event::Undo], RuleError::NothingToUndo),
        (vec![question("A?"), Event::Undo], RuleError::NothingToUndo),
        (
            vec![guess("a dog"), YES, question("A?")],
            RuleError::Over(1),
        ),
        (vec![guess("a dog"), YES, NO], RuleError::Over(1)),
        (vec![guess("a dog"), UNSURE], RuleError::UnsureGuess(1)),
        (
            vec![guess("a dog"), NO, guess("a dog")],
            RuleError::RepeatedGuess(2),
        ),
        (after(19, &[question("Last?")]), RuleError::LastNotGuess(20)),
        (
            after(19, &[guess("a dog"), NO, guess("a cat")]),
            RuleError::Over(20),
        ),
        (vec![Event::Overtime], RuleError::NoOvertime),
        (after(19, &[Event::Overtime]), RuleError::NoOvertime),
        (
            after(19, &[guess("a dog"), Event::Overtime]),
            RuleError::NoOvertime,
        ),
        (
            after(19, &[guess("a dog"), YES, Event::Overtime]),
            RuleError::NoOvertime,
        ),
        (
            lost(&[Event::Overtime, Event::Overtime]),
            RuleError::NoOvertime,
        ),
        (
            lost(&[Event::Overtime, guess("a dog")]),
            RuleError::RepeatedGuess(21),
        ),
        (
            lost(&[Event::Overtime, guess("a cat"), YES, Event::Overtime]),
            RuleError::NoOvertime,
        ),
        (late(4, &[question("Last?")]), RuleError::LastNotGuess(25)),
        (
            late(4, &[guess("a cat"), NO, Event::Overtime]),
            RuleError::NoOvertime,
        ),
        (
            late(4, &[guess("a cat"), NO, guess("a cow")]),
            RuleError::Over(25),
        ),
    ];
    for (events, expected) in cases {
        assert_eq!(play(events.clone()), Err(expected), "{events:#?}");
    }
}

/// A lost game, then these events.
fn lost(then: &[Event]) -> Vec<Event> {
    [answered(19), vec![guess("a dog"), NO], then.to_vec()].concat()
}

/// A lost game with so many answered moves of overtime, then these events.
fn late(moves: usize, then: &[Event]) -> Vec<Event> {
    let asked = (1..=moves).flat_map(|k| [question(&format!("Is it late {k}?")), NO]);
    let overtime = [Event::Overtime].into_iter().chain(asked);
    lost(&overtime.chain(then.iter().cloned()).collect::<Vec<_>>())
}

#[test]
fn overtime_adds_five_moves_to_a_game_that_the_player_has_won() {
    let granted = play(lost(&[Event::Overtime])).unwrap();
    assert_eq!(granted.phase(), Phase::Thinking);
    assert_eq!((granted.limit(), granted.moves_left()), (25, 5));
    for (events, moves, is_found) in [
        (late(2, &[guess("a cat"), YES]), 23, true),
        (late(4, &[guess("a cat"), NO]), 25, false),
    ] {
        let over = play(events).unwrap();
        let winner = Winner::Player;
        assert_eq!(over.phase(), Phase::Over(Outcome { winner, moves }));
        assert_eq!(over.is_found(), is_found);
    }
}

#[test]
fn undo_takes_back_overtime_with_the_answer_before_it() {
    for events in [
        lost(&[Event::Overtime, Event::Undo]),
        late(0, &[question("Is it late?"), Event::Undo]),
    ] {
        let open = [answered(19), vec![guess("a dog")]].concat();
        assert_eq!(play(events), play(open));
    }
    let kept = late(1, &[question("Is it late 2?"), Event::Undo]);
    assert!(play(kept).unwrap().is_overtime());
}

#[test]
fn undo_reopens_the_last_answered_move() {
    let events = [question("A?"), YES, question("B?")];
    let mut transcript = play(events).unwrap();
    transcript.apply(Event::Undo).unwrap();
    assert_eq!(transcript, play([question("A?")]).unwrap());

    let mut over = play([question("A?"), YES, guess("a dog"), YES]).unwrap();
    over.apply(Event::Undo).unwrap();
    assert_eq!(over, play([question("A?"), YES, guess("a dog")]).unwrap());
}

#[test]
fn a_text_is_one_line_of_plain_text() {
    let cases = [
        ("", TextError::Untrimmed),
        (" Is it alive?", TextError::Untrimmed),
        ("Is it\nalive?", TextError::Character('\n')),
        ("Is it\u{7}?", TextError::Character('\u{7}')),
        ("Is it \"alive\"?", TextError::Character('"')),
        ("Is it \u{202e}alive?", TextError::Character('\u{202e}')),
        (&"é".repeat(81), TextError::TooLong(162)),
    ];
    for (words, expected) in cases {
        assert_eq!(Text::new(words), Err(expected), "{words:?}");
    }
    assert!(Text::new("é".repeat(80)).is_ok());
}

#[test]
fn a_move_displays_as_the_player_reads_it() {
    assert_eq!(Move::Guess(text("an owl")).to_string(), "Is it an owl?");
    assert_eq!(
        Move::Question(text("Can it fly?")).to_string(),
        "Can it fly?"
    );
}
