//! What can happen to a session, and what derives from it.

use crate::steps::{
    NO, START, UNSURE, YES, after, game, guess, name, next, question, served, served_known, text,
};
use app::{
    json::session,
    session::{Opponent, Screen, Session, Step},
};
use game::{
    Answer, MOVES, Origin, Outcome, Transcript, Winner,
    past::{End, Past},
    wire::Seal,
};

#[test]
fn a_game_goes_from_the_rules_to_the_end_and_to_the_next_game() {
    let mut session = Session::default();
    assert_eq!(session.screen(), Screen::First);
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
        end: End::Found,
        moves,
        thing: Some(text("a dog")),
    };
    assert_eq!(session.past, [past]);
}

/// The session as it is stored once the player has erased all games that are over; see `extras.js`.
fn erased(session: &Session) -> Session {
    let json = session::write(session);
    let erased = json.replace(r#""erased":false"#, r#""erased":true"#);
    assert_ne!(erased, json);
    session::read(&erased).unwrap()
}

#[test]
fn a_game_that_was_erased_is_not_logged_unless_it_goes_on() {
    let found = after([START, served(guess("a dog"), "s1"), YES]);
    let mut session = erased(&found);
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(game(&session).past(), None);
    assert_eq!(
        session::read(&session::write(&session)),
        Some(session.clone())
    );
    let mut again = session.clone();
    assert_eq!(session.apply(name("a cat")), Ok(()));
    assert_eq!(session.apply(START), Ok(()));
    assert_eq!(session.past, []);

    assert!(again.apply(Step::Overtime).is_err());
    assert!(game(&again).is_erased);
    for step in [Step::Undo, YES, Step::Leave] {
        assert_eq!(again.apply(step), Ok(()));
    }
    assert_eq!(again.past.len(), 1);

    let mut lost = before_the_last_move(false);
    for step in [served(guess("a dog"), "s"), NO] {
        assert_eq!(lost.apply(step), Ok(()));
    }
    let mut late = erased(&lost);
    for step in [
        Step::Overtime,
        served(guess("a cat"), "s"),
        YES,
        Step::Leave,
    ] {
        assert_eq!(late.apply(step), Ok(()));
    }
    assert_eq!(late.past.len(), 1);
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
fn while_the_player_thinks_only_the_moves_after_some_answers_are_requested() {
    let session = after([START, served(question("A?"), "s1")]);
    assert_eq!(game(&session).request(), None);
    let all = [Answer::Yes, Answer::No, Answer::Unsure];
    let answers = |session: &Session, answers: &[Answer]| {
        let requests = game(session).successors(answers).into_iter();
        requests
            .map(|request| request.transcript.turns().last().unwrap().answer.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(answers(&session, &all), all);
    assert_eq!(answers(&session, &all[..2]), all[..2]);
    assert_eq!(answers(&session, &[]), []);
    // A game goes on only after a wrong guess, and its end isn't told before it has come.
    let session = after([START, served(guess("a dog"), "s1")]);
    assert_eq!(answers(&session, &all), [Answer::No]);
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
fn steps() -> [Step; 17] {
    [
        START,
        served(question("A?"), "s1"),
        served(guess("a dog"), "s2"),
        Step::GuesserMoved(question("A?")),
        Step::GuesserMoved(guess("a dog")),
        YES,
        NO,
        UNSURE,
        Step::Change(0, Answer::Yes),
        Step::Change(1, Answer::Unsure),
        Step::Undo,
        Step::GiveUp,
        Step::TakeOver,
        Step::Overtime,
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
    assert_eq!(game(&session).successors(&[Answer::Yes, Answer::No]), []);
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
fn the_player_may_grant_overtime_once_after_winning() {
    let mut session = before_the_last_move(true);
    assert!(session.apply(Step::Overtime).is_err());
    let missed = [Step::GuesserMoved(guess("a dog")), NO];
    for step in missed {
        assert_eq!(session.apply(step), Ok(()));
    }
    assert!(game(&session).takes_overtime());
    let past = |session: &Session| game(session).past().unwrap();
    assert_eq!(past(&session).end, End::Missed);
    assert_eq!(session.apply(Step::Overtime), Ok(()));
    assert_eq!(session.screen(), Screen::Board);
    assert_eq!(game(&session).past(), None);
    // A reload changes nothing.
    let stored = session::read(&session::write(&session));
    assert_eq!(stored.as_ref(), Some(&session));

    // It counts as won by the player, but the thing is found.
    let mut late = session.clone();
    for step in [Step::GuesserMoved(guess("a cat")), YES] {
        assert_eq!(late.apply(step), Ok(()));
    }
    assert!(game(&late).is_found() && !game(&late).takes_overtime());
    let expected = Past {
        end: End::Late,
        moves: 21,
        thing: Some(text("a cat")),
    };
    assert_eq!(past(&late), expected);
    assert_eq!(game(&late).outcome().unwrap().winner, Winner::Player);
    assert_eq!(session::read(&session::write(&late)), Some(late));

    // An earlier answer changes, and the guesser keeps the later ones.
    for step in [Step::GuesserMoved(question("Late?")), NO] {
        assert_eq!(session.apply(step), Ok(()));
    }
    assert_eq!(session.apply(Step::Change(3, Answer::Yes)), Ok(()));
    assert!(game(&session).transcript.is_overtime());
    assert_eq!(answers(&session).len(), 21);

    assert_eq!(session.apply(Step::GiveUp), Ok(()));
    assert_eq!(
        past(&session).end,
        End::Missed,
        "the player had won already"
    );
    assert!(!game(&session).takes_overtime());
}

#[test]
fn the_server_hears_of_overtime() {
    let mut session = before_the_last_move(false);
    for step in [served(guess("a dog"), "s20"), NO, Step::Overtime] {
        assert_eq!(session.apply(step), Ok(()));
    }
    let request = game(&session).request().unwrap();
    assert!(request.transcript.is_overtime());
    assert_eq!(request.seal, Some(Seal("s20".to_owned())));
}

#[test]
fn games_that_are_over_are_put_away_and_others_are_lost() {
    let mut session = after([START, served(question("A?"), "s1"), START, Step::GiveUp]);
    assert_eq!(session.past, []);
    assert_eq!(session.apply(Step::Leave), Ok(()));
    let expected = Past {
        end: End::Stopped,
        moves: 0,
        thing: None,
    };
    assert_eq!(session.past, [expected]);
}

/// The answers of the game, in their order.
fn answers(session: &Session) -> Vec<Option<Answer>> {
    let turns = game(session).transcript.turns().iter();
    turns.map(|turn| turn.answer).collect()
}

#[test]
fn the_guesser_keeps_the_later_answers_when_an_earlier_one_changes() {
    let guesser = |mv| Step::GuesserMoved(mv);
    let mut session = after([
        START,
        Step::TakeOver,
        guesser(question("A?")),
        NO,
        guesser(guess("a dog")),
        NO,
        guesser(question("C?")),
        UNSURE,
        guesser(question("D?")),
    ]);
    assert_eq!(session.apply(Step::Change(0, Answer::Yes)), Ok(()));
    let expected = [Some(Answer::Yes), Some(Answer::No), Some(Answer::Unsure)];
    assert_eq!(answers(&session), expected);
    assert!(game(&session).is_ai_to_move(), "it moves anew");
    // A guess takes only yes or no, and a right one ends the game.
    let mut right = session.clone();
    assert!(right.apply(Step::Change(1, Answer::Unsure)).is_err());
    assert_eq!(right.apply(Step::Change(1, Answer::Yes)), Ok(()));
    assert!(game(&right).is_found());
    assert_eq!(game(&right).thing, Some(text("a dog")));
    assert_eq!(right.screen(), Screen::Ending);
}

#[test]
fn a_models_game_goes_back_to_the_changed_answer() {
    let mut session = after([
        START,
        served(question("A?"), "s1"),
        NO,
        served(question("B?"), "s2"),
        NO,
        served(question("C?"), "s3"),
    ]);
    for (index, answer) in [(2, Answer::Yes), (9, Answer::Yes)] {
        assert!(session.apply(Step::Change(index, answer)).is_err());
    }
    assert_eq!(session.apply(Step::Change(0, Answer::Yes)), Ok(()));
    assert_eq!(answers(&session), [Some(Answer::Yes)]);
    let request = game(&session).request().expect("the server goes on");
    assert_eq!(request.seal, Some(Seal("s1".to_owned())));
}

#[test]
fn after_a_change_the_page_goes_on_where_the_server_would_refuse_its_seals() {
    let by_guesser = |words: &str, seal: &str| {
        let mut next = next(question(words), seal);
        next.attributed.origin = Origin::GUESSER;
        Step::ServerMoved(next)
    };
    let start = [
        START,
        by_guesser("A?", "s1"),
        NO,
        by_guesser("B?", "s2"),
        NO,
        by_guesser("C?", "s3"),
    ];
    let mut last = after(start.clone());
    assert_eq!(last.apply(Step::Change(1, Answer::Yes)), Ok(()));
    assert_eq!(game(&last).opponent, Opponent::Server);
    let mut first = after(start);
    assert_eq!(first.apply(Step::Change(0, Answer::Yes)), Ok(()));
    assert_eq!(answers(&first), [Some(Answer::Yes), Some(Answer::No)]);
    assert_eq!(game(&first).opponent, Opponent::Guesser);
}
