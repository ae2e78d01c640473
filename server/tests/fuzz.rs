//! Ten thousand requests with random methods, paths, games and bodies.

#![cfg(test)]

mod table;

use axum::{body::Body, http::Request};
use proptest::{prelude::*, test_runner::TestRunner};
use table::{path, send, server};

/// A path and query with random bytes, all of which a URL may contain.
fn target() -> impl Strategy<Value = String> {
    let genuine = path(
        r#"{"opening":3,"moves":[{"question":"Is it alive?","answer":"yes"}],"seal":"c2VhbA"}"#,
    );
    let mutated = (any::<prop::sample::Index>(), "[ -~]{0,3}").prop_map(move |(at, bytes)| {
        let mut target = genuine.clone();
        let at = at.index(target.len());
        target.replace_range(at..=at, &bytes);
        target
    });
    let json = prop_oneof![
        any::<Vec<u8>>().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        (any::<u16>(), "[\\x00-\\x7fé\"]{0,12}", "[a-z]{0,7}").prop_map(|(opening, words, answer)| {
            format!(r#"{{"opening":{opening},"moves":[{{"question":"{words}","answer":"{answer}"}}]}}"#)
        }),
        (0_usize..24, any::<bool>()).prop_map(|(moves, guess)| {
            let kind = if guess { "guess" } else { "question" };
            let moves: Vec<_> = (0..moves).map(|n| format!(r#"{{"{kind}":"A{n}?","answer":"no"}}"#)).collect();
            format!(r#"{{"opening":0,"moves":[{}],"seal":"x"}}"#, moves.join(","))
        }),
    ];
    prop_oneof![
        3 => json.prop_map(|json| path(&json)),
        3 => mutated,
        1 => "/[!-~]{0,40}",
        1 => "/(pkg|api|api/next|healthz|\\.\\.|%2e%2e)(/|%2f|\\?)[!-~]{0,30}",
        1 => "/api/next\\?game=[A-Za-z0-9_-]{0,8000}",
    ]
}

#[test]
fn no_request_makes_the_server_fail() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let router = server(&[("SITE_DIR", "tests/data")]);
    let method = prop::sample::select(vec![
        "GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "BREW",
    ]);
    let config = ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        max_global_rejects: 20_000,
        ..ProptestConfig::default()
    };
    let body = prop::collection::vec(any::<u8>(), 0..64);
    TestRunner::new(config)
        .run(&(method, target(), body), |(method, target, body)| {
            // hyper refuses what isn't a valid request, so the router never sees it.
            let Ok(request) = Request::builder()
                .method(method)
                .uri(&target)
                .body(Body::from(body))
            else {
                return Err(TestCaseError::reject("not a URL"));
            };
            let response = runtime.block_on(send(&router, request));
            prop_assert!(
                !response.status.is_server_error(),
                "{method} {target}: {response:?}"
            );
            if response.status.is_client_error() && method != "HEAD" {
                response.problem();
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}
