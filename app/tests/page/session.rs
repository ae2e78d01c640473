//! What can happen to a session, and what derives from it.

use crate::steps::{
    NO, START, UNSURE, YES, after, game, guess, name, next, question, served, served_known, text,
};
use app::session::{Opponent, Past, Screen, Session, Step};
use game::{
    Answer, MOVES, Outcome, Transcript, Winner,
    wire::{Next, Seal},
};

#[test]
fn a_game_goes_from_the_rules_to_the_end_and_to_the_next_game() {
    let mut session = Session::default();
    assert_eq!(session.screen(), Screen::Rules);
    for step in [
        START,
        served(question("Is it alive?"), "s1"),
        YES,
        served(guess("a dog"), "s2"),
    ] {
        assert_eq!(session.apply(step), Ok(()));
        assert_eq!(session.screen(), Screen::Board);
    }
    assert_eq!(session.apply(YES), Ok(()));
    assert_eq!(session.screen(), Screen::Ending);
    let (winner, moves) = (Winner::Ai, 2);
    assert_eq!(game(&session).outcome(), Some(Outcome { winner, moves }));
    assert!(game(&session).is_found());
    assert_eq!(session.apply(START), Ok(()));
    let past = Past {
        winner: Some(winner),
        moves,
        thing: Some(text("a dog")),
    };
    assert_eq!(session.past, [past]);
}

#[test]
fn a_request_carries_the_seal_of_the_last_move() {
    let session = after([START]);
    assert_eq!(game(&session).request().unwrap().seal, None);
    let mut session = after([
        START,
        served(question("A?"), "s1"),
        NO,
        served(question("B?"), "s2"),
        YES,
    ]);
    let request = game(&session).request().unwrap();
    assert_eq!(request.seal, Some(Seal("s2".to_owned())));
    assert_eq!(request.transcript.turns().len(), 2);
    for step in [Step::Undo, Step::Undo, NO] {
        assert_eq!(session.apply(step), Ok(()));
    }
    let request = game(&session).request().unwrap();
    assert_eq!(request.seal, Some(Seal("s1".to_owned())));
}

#[test]
fn while_the_player_thinks_only_the_moves_after_yes_and_no_are_requested() {
    let session = after([START, served(question("A?"), "s1")]);
    assert_eq!(game(&session).request(), None);
    let answers = |session: &Session| {
        let requests = game(session).successors().into_iter();
        requests
            .map(|request| request.transcript.turns().last().unwrap().answer.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(answers(&session), [Answer::Yes, Answer::No]);
    // A game goes on only after a wrong guess, and its end isn't told before it has come.
    let session = after([START, served(guess("a dog"), "s1")]);
    assert_eq!(answers(&session), [Answer::No]);
}

#[test]
fn nothing_is_requested_ahead_if_the_reply_forbids_it() {
    let next = Next {
        ponder: false,
        ..next(question("A?"), "s1")
    };
    let session = after([START, Step::ServerMoved(next)]);
    assert_eq!(game(&session).successors(), []);
}

/// A game before its last move, and all its answers were no.
fn before_the_last_move(take_over: bool) -> Session {
    let mut steps = vec![START];
    steps.extend(take_over.then_some(Step::TakeOver));
    for number in 1..MOVES {
        let mv = question(&format!("Is it number {number}?"));
        steps.push(if take_over {
            Step::GuesserMoved(mv)
        } else {
            served(mv, "s")
        });
        steps.push(NO);
    }
    after(steps)
}

/// Every kind of step.
fn steps() -> [Step; 14] {
    [
        START,
        served(question("A?"), "s1"),
        served(guess("a dog"), "s2"),
        Step::GuesserMoved(question("A?")),
        Step::GuesserMoved(guess("a dog")),
        YES,
        NO,
        UNSURE,
        Step::Undo,
        Step::GiveUp,
        Step::TakeOver,
        name("a flurb"),
        name(""),
        Step::Leave,
    ]
}

/// Applies every step to the session and, up to a depth, to the sessions after it. Returns how many
/// steps fitted and how many didn't.
fn try_all(before: &Session, depth: usize) -> (usize, usize) {
    let (mut fitted, mut refused) = (0, 0);
    for step in steps() {
        let mut session = before.clone();
        match session.apply(step.clone()) {
            Err(error) => {
                assert_eq!(session, *before, "{step:?} changed something: {error}");
                refused += 1;
            }
            Ok(()) => {
                fitted += 1;
                if depth > 1 {
                    let (more_fitted, more_refused) = try_all(&session, depth - 1);
                    fitted += more_fitted;
                    refused += more_refused;
                }
            }
        }
    }
    (fitted, refused)
}

#[test]
fn a_step_that_does_not_fit_changes_nothing_in_any_session() {
    for start in [
        Session::default(),
        before_the_last_move(false),
        before_the_last_move(true),
    ] {
        let (fitted, refused) = try_all(&start, 5);
        assert!(fitted > 1_000 && refused > 1_000, "{fitted}, {refused}");
    }
}

#[test]
fn late_replies_and_second_clicks_do_not_fit() {
    let board = after([START, served(question("A?"), "s1")]);
    let guessed = after([START, served(guess("a dog"), "s1")]);
    let found = after([START, served(guess("a dog"), "s1"), YES]);
    let stopped = after([START, Step::GiveUp]);
    let cases = [
        (Session::default(), YES),
        (Session::default(), Step::Undo),
        (Session::default(), Step::Leave),
        (Session::default(), served(question("A?"), "late")),
        (after([START]), YES),
        (after([START]), name("a dog")),
        (board.clone(), served(question("B?"), "late")),
        (board.clone(), Step::GuesserMoved(question("B?"))),
        (board, Step::Undo),
        (guessed, UNSURE),
        (found.clone(), Step::GiveUp),
        (found.clone(), Step::TakeOver),
        (found, YES),
        (stopped.clone(), Step::GiveUp),
        (stopped.clone(), Step::TakeOver),
        (stopped, YES),
    ];
    for (before, step) in cases {
        let mut session = before.clone();
        assert!(
            session.apply(step.clone()).is_err(),
            "{step:?} fitted {before:#?}"
        );
        assert_eq!(session, before, "{step:?}");
    }
}

#[test]
fn a_stopped_game_can_be_continued() {
    let mut session = after([START, served(question("A?"), "s1"), Step::GiveUp]);
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(game(&session).outcome(), None);
    assert!(session.clone().apply(YES).is_err());
    assert_eq!(session.apply(Step::Undo), Ok(()));
    assert_eq!(session, after([START, served(question("A?"), "s1")]));
}

#[test]
fn the_guesser_in_the_page_takes_over_for_the_rest_of_the_game() {
    let mut session = after([START, served(question("A?"), "s1"), NO, Step::TakeOver]);
    assert_eq!(game(&session).opponent, Opponent::Guesser);
    assert_eq!(game(&session).request(), None);
    assert_eq!(session.apply(Step::GuesserMoved(guess("a dog"))), Ok(()));
    assert_eq!(game(&session).successors(), []);
    assert!(session.apply(served(question("B?"), "late")).is_err());
    for step in [NO, Step::Undo, YES] {
        assert_eq!(session.apply(step), Ok(()));
    }
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(
        game(&session).request(),
        None,
        "the server can't check moves that it didn't make"
    );
}

#[test]
fn the_guesser_gets_a_models_questions_in_its_own_words() {
    let session = after([
        START,
        served_known(),
        NO,
        served(question("Would a poet like it?"), "s2"),
        NO,
        Step::TakeOver,
        Step::GuesserMoved(guess("a dog")),
        NO,
    ]);
    let words = |transcript: &Transcript| {
        let turns = transcript.turns().iter();
        turns.map(|turn| turn.mv.to_string()).collect::<Vec<_>>()
    };
    let own = game(&session).in_own_words();
    let expected = [
        "Is it a living thing?",
        "Would a poet like it?",
        "Is it a dog?",
    ];
    assert_eq!(words(&own), expected);
    let mut answers = own.turns().iter().map(|turn| turn.answer);
    assert!(answers.all(|answer| answer == Some(Answer::No)));
    // The player still sees what the model asked.
    assert_eq!(words(&game(&session).transcript)[0], "Is it alive?");
}

#[test]
fn only_the_last_hundred_games_are_kept() {
    let mut session = Session::default();
    for _ in 0..120 {
        assert_eq!(session.apply(START), Ok(()));
        assert_eq!(session.apply(Step::GiveUp), Ok(()));
    }
    assert_eq!(session.apply(Step::Leave), Ok(()));
    assert_eq!(session.past.len(), 100);
}
