//! Properties that every game has.

#![cfg(test)]

use game::{
    Answer, Event, Move, Opening, Phase, Text, Transcript,
    wire::{Request, Seal},
};
use proptest::prelude::*;

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![Just(Answer::Yes), Just(Answer::No), Just(Answer::Unsure)]
}

fn event() -> impl Strategy<Value = Event> {
    let text =
        || "[a-zA-Zé?' ]{1,12}".prop_filter_map("a legal text", |words| Text::new(words).ok());
    prop_oneof![
        4 => text().prop_map(|words| Event::Move(Move::Question(words))),
        2 => text().prop_map(|name| Event::Move(Move::Guess(name))),
        6 => answer().prop_map(Event::Answer),
        1 => Just(Event::Undo),
        2 => Just(Event::Overtime),
    ]
}

/// A game after any events; illegal ones leave no trace.
fn transcript() -> impl Strategy<Value = Transcript> {
    let games = (
        any::<u8>(),
        prop::bool::weighted(0.3),
        prop::collection::vec(event(), 0..160),
    );
    games.prop_map(|(opening, is_late, events)| {
        let mut transcript = Transcript::new(Opening(opening));
        // Random events hardly ever reach the end of a game, so some begin there.
        for number in 0..if is_late { 20 } else { 0 } {
            let name = Text::new(format!("thing {number}")).unwrap();
            transcript.apply(Event::Move(Move::Guess(name))).unwrap();
            transcript.apply(Event::Answer(Answer::No)).unwrap();
        }
        for event in events {
            let before = transcript.clone();
            if transcript.apply(event).is_err() {
                assert_eq!(transcript, before, "a refused event changed the game");
            }
        }
        transcript
    })
}

/// Checks the rules by a second formulation, independent of the code under test.
fn assert_legal(transcript: &Transcript) {
    let turns = transcript.turns();
    let is_overtime = transcript.is_overtime();
    assert!(turns.len() <= if is_overtime { 25 } else { 20 });
    assert!(!is_overtime || turns.len() >= 20);
    for (index, turn) in turns.iter().enumerate() {
        let is_last = index + 1 == turns.len();
        assert!(
            turn.answer.is_some() || is_last,
            "only the last turn may be unanswered"
        );
        if turn.mv.is_guess() {
            assert_ne!(turn.answer, Some(Answer::Unsure));
            assert!(
                turn.answer != Some(Answer::Yes) || is_last,
                "a move after the end"
            );
        }
    }
    for last in [20, 25] {
        if let Some(turn) = turns.get(last - 1) {
            assert!(turn.mv.is_guess());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_sequence_of_events_reaches_an_illegal_state(transcript in transcript()) {
        assert_legal(&transcript);
    }

    #[test]
    fn serialising_round_trips(transcript in transcript(), seal in prop::option::of("[A-Za-z0-9_-]{43}")) {
        let json = serde_json::to_string(&transcript).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Transcript>(&json).unwrap(), &transcript);
        let request = Request { transcript, seal: seal.map(Seal) };
        prop_assert_eq!(Request::decode(&request.encode()).unwrap(), request);
    }

    #[test]
    fn undo_takes_back_as_far_as_the_first_question(mut transcript in transcript()) {
        let answers = transcript.turns().iter().filter(|turn| turn.answer.is_some()).count();
        for _ in 0..answers {
            transcript.apply(Event::Undo).unwrap();
            prop_assert!(matches!(transcript.phase(), Phase::Open(_)));
        }
        prop_assert!(transcript.apply(Event::Undo).is_err());
        prop_assert!(transcript.turns().len() <= 1);
    }

    #[test]
    fn only_legal_games_can_be_decoded(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..400, transcript in transcript()) {
        // Random bytes, and real requests with one byte replaced.
        let _ = Request::decode(&String::from_utf8_lossy(&bytes));
        let mut encoded = Request { transcript, seal: None }.encode().into_bytes();
        let at = cut % encoded.len();
        encoded[at] = bytes.first().copied().unwrap_or(b'A');
        if let Ok(request) = Request::decode(&String::from_utf8_lossy(&encoded)) {
            assert_legal(&request.transcript);
        }
    }
}
