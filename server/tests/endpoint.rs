//! `GET /api/next`, through the router.

#![cfg(test)]

mod table;

use axum::{
    body::Body,
    http::{Method, Request as Http, StatusCode},
};
use game::{
    Answer, Event, MOVES, Move, Opening, Phase, Text, Transcript, Winner,
    wire::{Next, Reply, Request, Seal, Settings},
};
use table::{get, path, send, server};

async fn ask(router: &axum::Router, request: &Request) -> Reply {
    get(router, &format!("/api/next?game={}", request.encode()))
        .await
        .reply()
}

async fn ask_next(router: &axum::Router, request: &Request) -> Next {
    match ask(router, request).await {
        Reply::Next(next) => next,
        Reply::End { outcome } => panic!("over: {outcome:?}"),
    }
}

/// The next request of a game after the player answers.
fn then(request: Request, next: Next, answer: Answer) -> Request {
    let mut transcript = request.transcript;
    transcript.apply(Event::Move(next.attributed.mv)).unwrap();
    let answer = if answer == Answer::Unsure && transcript.turns().last().unwrap().mv.is_guess() {
        Answer::No
    } else {
        answer
    };
    transcript.apply(Event::Answer(answer)).unwrap();
    Request {
        transcript,
        seal: Some(next.seal),
    }
}

/// A game with the server, with these answers.
async fn played(router: &axum::Router, opening: u8, answers: &[Answer]) -> Request {
    let mut request = Request {
        transcript: Transcript::new(Opening(opening)),
        seal: None,
    };
    for &answer in answers {
        let next = ask_next(router, &request).await;
        request = then(request, next, answer);
    }
    request
}

#[tokio::test]
async fn a_whole_game_ends_with_its_outcome() {
    let router = server(&[]);
    let request = played(&router, 0, &[Answer::No; MOVES]).await;
    assert!(matches!(request.transcript.phase(), Phase::Over(_)));
    let response = get(&router, &format!("/api/next?game={}", request.encode())).await;
    assert_eq!(
        response.text(),
        r#"{"outcome":{"winner":"player","moves":20}}"#
    );
    assert_eq!(response.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_ai_wins_by_a_right_guess() {
    let router = server(&[]);
    let guesser = guesser::Guesser::embedded();
    let dog = guesser.knowledge().find_thing("a dog").unwrap();
    let mut request = Request {
        transcript: Transcript::new(Opening(1)),
        seal: None,
    };
    let outcome = loop {
        match ask(&router, &request).await {
            Reply::End { outcome } => break outcome,
            Reply::Next(next) => {
                let yes = match &next.attributed.mv {
                    Move::Guess(name) => name.as_str() == "a dog",
                    Move::Question(text) => {
                        let question = guesser.knowledge().find_question(text.as_str()).unwrap();
                        guesser.knowledge().grade(question, dog).stated() > 0.5
                    }
                };
                request = then(request, next, if yes { Answer::Yes } else { Answer::No });
            }
        }
    };
    assert_eq!(outcome.winner, Winner::Ai);
}

#[tokio::test]
async fn replies_say_who_moved_and_whether_to_ponder_and_never_vary() {
    let router = server(&[("PONDER", "false")]);
    let request = played(&router, 3, &[Answer::Yes, Answer::Unsure]).await;
    let next = ask_next(&router, &request).await;
    assert_eq!(
        (next.attributed.origin.by.name(), next.ponder),
        ("guesser", false)
    );
    assert_eq!(next.seal.0.len(), 43);
    assert_eq!(
        ask_next(&server(&[]), &request).await,
        Next {
            ponder: true,
            ..next
        }
    );
    let response = get(&router, &format!("/api/next?game={}", request.encode())).await;
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(
        response.header("cache-control"),
        "no-store",
        "the guesser's moves aren't cached"
    );
}

#[tokio::test]
async fn pages_learn_the_settings() {
    let settings = async |variables: &[(&str, &str)]| -> Settings {
        let response = get(&server(variables), "/api/settings").await;
        assert_eq!(response.status, StatusCode::OK);
        assert_eq!(response.header("content-type"), "application/json");
        assert_eq!(response.header("cache-control"), "public, max-age=60");
        serde_json::from_slice(&response.body).unwrap()
    };
    const KEY: (&str, &str) = ("OPENAI_API_KEY", "sk-1-0123456789abcdef");
    let plain = settings(&[]).await;
    let expected = Settings {
        v: plain.v.clone(),
        ..Settings::default()
    };
    assert_eq!(plain, expected);
    let other = settings(&[
        KEY,
        ("OPENINGS", "2"),
        ("PONDER", "false"),
        ("REQUEST_TIMEOUT", "60"),
    ])
    .await;
    let expected = Settings {
        openings: 2,
        timeout: 60,
        ponder: false,
        model: true,
        is_resting: false,
        v: other.v.clone(),
    };
    assert_eq!(other, expected);
    // Caches would keep them once for each query.
    let problem = get(&server(&[]), "/api/settings?v=1").await.problem();
    assert_eq!(problem.kind, "/problems/bad-request");
    // What moves depend on is in `v`, and nothing else.
    let with_key = settings(&[KEY]).await;
    assert_eq!(with_key.v, other.v);
    let versions = [
        plain.v,
        with_key.v,
        settings(&[("OPENAI_API_KEY", "sk-2-0123456789abcdef")])
            .await
            .v,
        settings(&[KEY, ("SEAL_KEY", "another-key-of-thirty-two-letters")])
            .await
            .v,
        settings(&[KEY, ("OPENAI_MODEL", "gpt-6-luna")]).await.v,
        settings(&[KEY, ("OPENAI_BASE_URL", "https://models.example/v1")])
            .await
            .v,
    ];
    for (index, v) in versions.iter().enumerate() {
        assert_eq!(v.len(), 11, "{v}");
        assert!(!versions[..index].contains(v), "{index}");
    }
}

#[tokio::test]
async fn openings_of_other_settings_stay_valid() {
    let router = server(&[("OPENINGS", "2")]);
    for opening in [0, 1, 7, 63] {
        played(&router, opening, &[Answer::Yes]).await;
    }
}

#[tokio::test]
async fn overtime_goes_on_after_the_twentieth_move() {
    let router = server(&[]);
    let mut request = played(&router, 0, &[Answer::No; MOVES]).await;
    request.transcript.apply(Event::Overtime).unwrap();
    for number in 21..=25 {
        let next = ask_next(&router, &request).await;
        assert!(number < 25 || next.attributed.mv.is_guess(), "{next:?}");
        request = then(request, next, Answer::No);
    }
    let response = get(&router, &format!("/api/next?game={}", request.encode())).await;
    let expected = r#"{"outcome":{"winner":"player","moves":25}}"#;
    assert_eq!(response.text(), expected);
    // Nobody gets it before move twenty.
    let early = path(r#"{"opening":0,"moves":[],"overtime":true}"#);
    let problem = get(&router, &early).await.problem();
    assert_eq!(problem.kind, "/problems/illegal-game");
    let detail = problem.detail.unwrap();
    assert!(detail.contains("overtime follows move 20"), "{detail}");
}

#[tokio::test]
async fn a_game_continues_from_an_earlier_seal_after_undo() {
    let router = server(&[]);
    let early = played(&router, 0, &[Answer::Yes]).await;
    played(&router, 0, &[Answer::Yes, Answer::No, Answer::No]).await;
    ask_next(&router, &early).await;
}

#[tokio::test]
async fn a_transcript_whose_moves_the_server_did_not_make_is_refused() {
    let router = server(&[]);
    let genuine = played(&router, 2, &[Answer::Yes, Answer::No, Answer::No]).await;
    let text = |words: &str| Move::Question(Text::new(words).unwrap());
    let rebuilt = |opening: u8, edit: &dyn Fn(usize, Move, Answer) -> (Move, Answer)| {
        let mut transcript = Transcript::new(Opening(opening));
        for (index, turn) in genuine.transcript.turns().iter().enumerate() {
            let (mv, answer) = edit(index, turn.mv.clone(), turn.answer.unwrap());
            transcript.apply(Event::Move(mv)).unwrap();
            transcript.apply(Event::Answer(answer)).unwrap();
        }
        transcript
    };
    let kept = |_: usize, mv: Move, answer: Answer| (mv, answer);
    let seal = || genuine.seal.clone();
    let earlier = played(&router, 2, &[Answer::Yes, Answer::No]).await.seal;
    let foreign = played(
        &server(&[("SEAL_KEY", "another-key-of-thirty-two-letters")]),
        2,
        &[Answer::Yes, Answer::No, Answer::No],
    )
    .await
    .seal;
    let question_at = |at: usize| {
        move |index, mv, answer| {
            (
                if index == at {
                    text("What is 6 times 7?")
                } else {
                    mv
                },
                answer,
            )
        }
    };
    let cases = [
        ("edited first question", rebuilt(2, &question_at(0)), seal()),
        ("edited last question", rebuilt(2, &question_at(2)), seal()),
        (
            "edited earlier answer",
            rebuilt(2, &|index, mv, answer| {
                (mv, if index == 0 { Answer::No } else { answer })
            }),
            seal(),
        ),
        ("another opening", rebuilt(1, &kept), seal()),
        ("the seal of an earlier move", rebuilt(2, &kept), earlier),
        ("the seal of another key", rebuilt(2, &kept), foreign),
        ("no seal", rebuilt(2, &kept), None),
        (
            "an empty seal",
            rebuilt(2, &kept),
            Some(Seal(String::new())),
        ),
        (
            "a cut seal",
            rebuilt(2, &kept),
            seal().map(|seal| Seal(seal.0.chars().skip(1).collect())),
        ),
        (
            "a seal before the first move",
            Transcript::new(Opening(2)),
            seal(),
        ),
    ];
    for (what, transcript, seal) in cases {
        let request = Request { transcript, seal };
        let problem = get(&router, &format!("/api/next?game={}", request.encode()))
            .await
            .problem();
        assert_eq!(
            (problem.status, problem.kind.as_str()),
            (409, "/problems/broken-seal"),
            "{what}"
        );
    }
    // The player may change the answer to the last question.
    let changed = rebuilt(2, &|index, mv, answer| {
        (mv, if index == 2 { Answer::Yes } else { answer })
    });
    ask_next(
        &router,
        &Request {
            transcript: changed,
            seal: seal(),
        },
    )
    .await;
}

#[tokio::test]
async fn errors_say_what_is_wrong_with_the_input() {
    let router = server(&[]);
    let game = |moves: &str| path(&format!(r#"{{"opening":0,"moves":[{moves}]}}"#));
    let question = r#"{"question":"A?","answer":"no"}"#;
    let nineteen = [question; 19].join(",");
    let malformed = (400, "/problems/malformed-game");
    let illegal = (422, "/problems/illegal-game");
    let too_long = (414, "/problems/too-long");
    let cases = [
        ("/api/next".to_owned(), malformed, "the query must be v="),
        (
            "/api/next?game=A".to_owned(),
            malformed,
            "not unpadded base64url",
        ),
        (
            "/api/next?game=_w".to_owned(),
            malformed,
            "not the JSON of a game",
        ),
        (path("{"), malformed, "not the JSON of a game"),
        (path("{}"), malformed, "missing field `opening`"),
        (
            path(r#"{"opening":0,"moves":[],"prompt":"hi"}"#),
            malformed,
            "unknown field `prompt`",
        ),
        (
            game(r#"{"question":"A?","answer":"maybe"}"#),
            malformed,
            "unknown variant `maybe`",
        ),
        (
            path(r#"{"opening":64,"moves":[]}"#),
            illegal,
            "they go from 0 to 63",
        ),
        (
            game(&format!(r#"{{"question":"A?"}},{question}"#)),
            illegal,
            "move 1 is not answered yet",
        ),
        (
            game(r#"{"guess":"a dog","answer":"unsure"}"#),
            illegal,
            "only yes or no",
        ),
        (
            game(&format!(r#"{{"guess":"a dog","answer":"yes"}},{question}"#)),
            illegal,
            "ended with move 1",
        ),
        (
            game(&format!("{nineteen},{question}")),
            illegal,
            "always a guess",
        ),
        (
            game(&format!(
                r#"{nineteen},{{"guess":"a dog","answer":"no"}},{question}"#
            )),
            illegal,
            "ended with move 20",
        ),
        (
            game(&format!(
                r#"{{"question":"{}?","answer":"no"}}"#,
                "A".repeat(160)
            )),
            illegal,
            "161 bytes",
        ),
        (
            game(r#"{"question":"A\u0000?","answer":"no"}"#),
            illegal,
            "U+0000",
        ),
        (
            game(r#"{"question":"A?","guess":"a dog","answer":"no"}"#),
            illegal,
            "either `question` or `guess`",
        ),
        (
            format!("/api/next?game={}", "A".repeat(7169)),
            too_long,
            "the most is 7168",
        ),
        (format!("/?{}", "A".repeat(9000)), too_long, ""),
        ("/api/nope".to_owned(), (404, "/problems/not-found"), ""),
        ("/nope".to_owned(), (404, "/problems/not-found"), ""),
        (
            format!("/{}", "a".repeat(300)),
            (404, "/problems/not-found"),
            "",
        ),
        (
            format!("/{}", "a/".repeat(3_000)),
            (404, "/problems/not-found"),
            "",
        ),
    ];
    for (path, expected, detail) in cases {
        let problem = get(&router, &path).await.problem();
        assert_eq!(
            (problem.status, problem.kind.as_str()),
            expected,
            "{path} {problem:?}"
        );
        let said = problem.detail.unwrap_or_default();
        assert!(
            said.contains(detail),
            "{path} says {said:?}, not {detail:?}"
        );
    }
}

#[tokio::test]
async fn a_move_has_to_be_answered_before_the_next() {
    let router = server(&[]);
    let request = played(&router, 0, &[Answer::Yes]).await;
    let mut open = request.transcript.clone();
    open.apply(Event::Undo).unwrap();
    let request = Request {
        transcript: open,
        ..request
    };
    let problem = get(&router, &format!("/api/next?game={}", request.encode()))
        .await
        .problem();
    assert_eq!(
        (problem.status, problem.kind.as_str()),
        (422, "/problems/illegal-game")
    );
}

#[tokio::test]
async fn only_get_and_head_are_allowed() {
    let router = server(&[]);
    let path = path(r#"{"opening":0,"moves":[]}"#);
    for method in [
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::OPTIONS,
    ] {
        for path in [path.as_str(), "/healthz"] {
            let request = Http::builder()
                .method(&method)
                .uri(path)
                .body(Body::from("hello"))
                .unwrap();
            let response = send(&router, request).await;
            assert_eq!(response.header("allow"), "GET,HEAD", "{method} {path}");
            assert_eq!(response.problem().kind, "/problems/method-not-allowed");
        }
    }
    let head = send(&router, Http::head(&path).body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn a_healthy_server_says_its_version() {
    let response = get(&server(&[]), "/healthz").await;
    assert_eq!(
        (
            response.status,
            response.text(),
            response.header("cache-control")
        ),
        (
            StatusCode::OK,
            concat!("ok ", env!("CARGO_PKG_VERSION")),
            "no-store"
        )
    );
}
