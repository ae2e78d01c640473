//! The page's state, without a browser.

use app::{
    fetch,
    keys::meaning,
    lessons,
    play::{Press, State},
    session::{Asker, Past, Screen, Session, Step},
    store,
};
use game::{
    Answer, AttributedMove, Move, Mover, Opening, Origin, Outcome, Text, Transcript, Winner,
    wire::{Next, Problem, Reply, Seal},
};
use guesser::Lesson;

fn served(mv: Move, seal: &str) -> Step {
    Step::ServerMoved(Next {
        attributed: AttributedMove {
            mv,
            origin: Origin {
                by: Mover::Model("gpt".to_owned()),
                known_as: None,
            },
        },
        seal: Seal(seal.to_owned()),
        ponder: true,
    })
}

fn question(words: &str) -> Move {
    Move::Question(Text::new(words).unwrap())
}

fn guess(name: &str) -> Move {
    Move::Guess(Text::new(name).unwrap())
}

const START: Step = Step::Start(Opening(3));
const YES: Step = Step::Answer(Answer::Yes);
const NO: Step = Step::Answer(Answer::No);

/// A session after these steps, all of which must fit.
fn after(steps: impl IntoIterator<Item = Step>) -> Session {
    let mut session = Session::default();
    for step in steps {
        assert!(
            session.apply(step.clone()),
            "{step:?} doesn't fit {session:#?}"
        );
    }
    session
}

fn game(session: &Session) -> &app::session::Game {
    session.game.as_ref().expect("a game is on the table")
}

#[test]
fn a_game_goes_from_the_rules_to_the_end_and_on() {
    let mut session = Session::default();
    assert_eq!(session.screen(), Screen::Rules);
    for step in [
        START,
        served(question("Is it alive?"), "s1"),
        YES,
        served(guess("a dog"), "s2"),
    ] {
        assert!(session.apply(step));
        assert_eq!(session.screen(), Screen::Board);
    }
    assert!(session.apply(YES));
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(
        game(&session).outcome(),
        Some(Outcome {
            winner: Winner::Ai,
            moves: 2
        })
    );
    assert!(session.apply(START));
    let thing = Some("a dog".to_owned());
    assert_eq!(
        session.past,
        [Past {
            winner: Some(Winner::Ai),
            moves: 2,
            thing
        }]
    );
}

#[test]
fn requests_carry_the_seal_of_the_last_move() {
    let session = after([START]);
    assert_eq!(game(&session).request().unwrap().seal, None);
    let session = after([
        START,
        served(question("A?"), "s1"),
        NO,
        served(question("B?"), "s2"),
        YES,
    ]);
    let request = game(&session).request().unwrap();
    assert_eq!(request.seal, Some(Seal("s2".to_owned())));
    assert_eq!(request.transcript.turns().len(), 2);
    let mut session = session;
    assert!(session.apply(Step::Undo) && session.apply(Step::Undo) && session.apply(NO));
    assert_eq!(
        game(&session).request().unwrap().seal,
        Some(Seal("s1".to_owned()))
    );
}

#[test]
fn nothing_is_asked_while_the_player_thinks_but_both_successors_are() {
    let session = after([START, served(question("A?"), "s1")]);
    assert_eq!(game(&session).request(), None);
    let answers = |session: &Session| {
        let requests = game(session).successors().into_iter();
        requests
            .map(|request| request.transcript.turns().last().unwrap().answer.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(answers(&session), [Answer::Yes, Answer::No]);
    // A guess goes on only when it is wrong; the end is not told before it has come.
    let session = after([START, served(guess("a dog"), "s1")]);
    assert_eq!(answers(&session), [Answer::No]);
}

#[test]
fn pondering_is_the_operators_choice() {
    let mut session = after([START]);
    let Step::ServerMoved(next) = served(question("A?"), "s1") else {
        unreachable!()
    };
    assert!(session.apply(Step::ServerMoved(Next {
        ponder: false,
        ..next
    })));
    assert_eq!(game(&session).successors(), []);
}

#[test]
fn steps_that_do_not_fit_change_nothing() {
    let board = after([START, served(question("A?"), "s1")]);
    let guessed = after([START, served(guess("a dog"), "s1")]);
    let cases = [
        (Session::default(), YES),
        (Session::default(), Step::Undo),
        (Session::default(), served(question("A?"), "late")),
        (after([START]), YES),
        (board.clone(), served(question("B?"), "late")),
        (board.clone(), Step::GuesserMoved(question("B?"))),
        (board, Step::Undo),
        (guessed, Step::Answer(Answer::Unsure)),
    ];
    for (before, step) in cases {
        let mut session = before.clone();
        assert!(!session.apply(step.clone()), "{step:?} fitted {before:#?}");
        assert_eq!(session, before, "{step:?}");
    }
}

#[test]
fn a_stopped_game_can_be_gone_on_with() {
    let mut session = after([START, served(question("A?"), "s1"), Step::GiveUp]);
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(game(&session).outcome(), None);
    assert!(!session.clone().apply(YES));
    assert!(session.apply(Step::Undo));
    assert_eq!(session, after([START, served(question("A?"), "s1")]));
}

#[test]
fn the_guesser_in_the_browser_takes_over_for_the_rest_of_the_game() {
    let mut session = after([START, served(question("A?"), "s1"), NO, Step::TakeOver]);
    assert_eq!(game(&session).asker, Asker::Browser);
    assert_eq!(game(&session).request(), None);
    assert!(session.apply(Step::GuesserMoved(guess("a dog"))));
    assert_eq!(game(&session).successors(), []);
    assert!(!session.apply(served(question("B?"), "late")));
    assert!(session.apply(NO) && session.apply(Step::Undo) && session.apply(YES));
    assert_eq!(session.screen(), Screen::Ending);
    assert_eq!(
        game(&session).request(),
        None,
        "the server can't check a game that it hasn't asked"
    );
}

#[test]
fn the_player_may_say_what_it_was() {
    let mut session = after([START, Step::GiveUp, Step::Name("  a kettle ".to_owned())]);
    assert_eq!(game(&session).thing.as_deref(), Some("a kettle"));
    assert!(session.apply(Step::Name(" ".to_owned())));
    assert_eq!(game(&session).thing, None);
    assert!(session.apply(Step::Name("x".repeat(500))));
    assert_eq!(game(&session).thing.as_ref().map(String::len), Some(80));
}

#[test]
fn what_is_stored_is_read_back_and_what_is_not_a_session_is_not() {
    let session = after([
        START,
        served(question("A?"), "s1"),
        NO,
        Step::TakeOver,
        Step::GuesserMoved(guess("a dog")),
    ]);
    let json = store::write(&session);
    assert_eq!(store::read(&json), Some(session));
    let broken = [
        String::new(),
        "null".to_owned(),
        json.replace(r#""version":1"#, r#""version":2"#),
        json.replace(r#""answer":"no""#, r#""answer":"maybe""#),
        json.replace(r#""answer":"no""#, r#""answer":null"#),
        json.replace(r#""question":"A?""#, r#""question":null"#),
    ];
    for text in broken {
        assert_ne!(text, json);
        assert_eq!(store::read(&text), None, "{text}");
    }
}

/// A model's question that the guesser would put as "Is it a living thing?".
fn known() -> Step {
    let mut step = served(question("Is it alive?"), "s1");
    if let Step::ServerMoved(next) = &mut step {
        next.attributed.origin.known_as = Some(Text::new("Is it a living thing?").unwrap());
    }
    step
}

#[test]
fn the_guesser_gets_a_models_questions_in_its_own_words() {
    let session = after([
        START,
        known(),
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
    assert!(
        own.turns()
            .iter()
            .all(|turn| turn.answer == Some(Answer::No))
    );
    // The player goes on to see what was asked, and that survives a reload.
    assert_eq!(words(&game(&session).transcript)[0], "Is it alive?");
    assert_eq!(store::read(&store::write(&session)), Some(session));
}

#[test]
fn a_game_teaches_once_it_is_said_what_it_was() {
    let mut session = after([START, known(), NO, Step::GiveUp]);
    assert_eq!(game(&session).lesson(), None);
    session.apply(Step::Name("a \"flurb\"".to_owned()));
    assert_eq!(
        game(&session).lesson(),
        None,
        "no name that could stand in a question"
    );
    session.apply(Step::Name("a flurb".to_owned()));
    let lesson = game(&session).lesson().unwrap();
    assert_eq!(
        lesson.answers,
        [(Text::new("Is it a living thing?").unwrap(), Answer::No)]
    );
}

#[test]
fn lessons_are_read_back_and_what_holds_none_is_refused() {
    let lesson = |name: &str, words: &str, answer| Lesson {
        name: Text::new(name).unwrap(),
        answers: vec![(Text::new(words).unwrap(), answer)],
    };
    let (flurb, other) = (
        lesson("a flurb", "A?", Answer::Yes),
        lesson("the wug", "B?", Answer::Unsure),
    );
    let mut all = vec![flurb.clone(), other.clone()];
    let json = lessons::write(&all);
    assert_eq!(lessons::read(&json), Some(all.clone()));
    assert_eq!(lessons::read(&lessons::write(&[])), Some(Vec::new()));
    for text in [
        String::new(),
        "[]".to_owned(),
        json.replace(r#""version":1"#, r#""version":2"#),
        json.replace("yes", "perhaps"),
        json.replace("a flurb", ""),
    ] {
        assert_ne!(text, json);
        assert_eq!(lessons::read(&text), None, "{text}");
    }
    // A newer lesson takes the place of an older one about the same thing.
    let newer = lesson("a flurb", "A?", Answer::No);
    lessons::join(&mut all, std::slice::from_ref(&newer));
    assert_eq!(all, [other, newer]);
}

#[test]
fn only_the_last_hundred_games_are_kept() {
    let mut session = Session::default();
    for _ in 0..120 {
        session.apply(START);
        session.apply(Step::GiveUp);
    }
    session.apply(Step::Leave);
    assert_eq!(session.past.len(), 100);
}

#[test]
fn keys_mean_what_the_screen_offers() {
    let state = |session| State {
        ready: true,
        session,
        ..State::default()
    };
    let rules = state(Session::default());
    let board = state(after([START, served(question("A?"), "s1")]));
    let ending = state(after([START, Step::GiveUp]));
    let cases = [
        ("Enter", &rules, Some(Press::Start)),
        ("y", &rules, None),
        ("y", &board, Some(Press::Answer(Answer::Yes))),
        ("N", &board, Some(Press::Answer(Answer::No))),
        ("s", &board, Some(Press::Answer(Answer::Unsure))),
        ("z", &board, Some(Press::Step(Step::Undo))),
        ("Backspace", &ending, Some(Press::Step(Step::Undo))),
        ("Enter", &board, None),
        ("Enter", &ending, Some(Press::Start)),
        ("x", &board, None),
    ];
    for (key, state, expected) in cases {
        assert_eq!(
            meaning(key, state),
            expected,
            "{key} on {:?}",
            state.session.screen()
        );
    }
}

#[test]
fn the_page_reads_what_the_server_writes() {
    let Step::ServerMoved(next) = served(guess("a dog"), "s1") else {
        unreachable!()
    };
    let json = serde_json::to_string(&Reply::Next(next.clone())).unwrap();
    assert_eq!(fetch::read_next(&json), Some(next));
    let problem = Problem {
        kind: "/problems/broken-seal".to_owned(),
        status: 409,
        title: "A sentence.".to_owned(),
        detail: Some("a \"detail\"".to_owned()),
    };
    let json = serde_json::to_string(&problem).unwrap();
    let trouble = fetch::read_problem(&json).unwrap();
    assert!(trouble.is_final());
    assert_eq!(trouble.sentence(), "A sentence.");
    for json in [
        "",
        "{}",
        "[]",
        r#"{"outcome":{"winner":"ai","moves":13}}"#,
        r#"{"move":{},"seal":"s","by":"b","ponder":true}"#,
    ] {
        assert_eq!(fetch::read_next(json), None, "{json}");
        assert_eq!(fetch::read_problem(json), None, "{json}");
    }
}
