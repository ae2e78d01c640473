//! Caches keep a move for each spelling of its request, so the server accepts only one spelling of a game.

#![cfg(test)]

mod table;

use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use game::{Answer, Event, Transcript, wire::Reply, wire::Request};
use table::{get, server};

/// A game of two moves, with the second one's seal.
async fn game(router: &axum::Router) -> Request {
    let mut request = Request {
        transcript: Transcript::new(game::Opening(3)),
        seal: None,
    };
    for answer in [Answer::Yes, Answer::No] {
        let path = format!("/api/next?game={}", request.encode());
        let Reply::Next(next) = get(router, &path).await.reply() else {
            panic!("over")
        };
        request
            .transcript
            .apply(Event::Move(next.attributed.mv))
            .unwrap();
        request.transcript.apply(Event::Answer(answer)).unwrap();
        request.seal = Some(next.seal);
    }
    request
}

fn json(game: &str) -> String {
    String::from_utf8(Base64UrlUnpadded::decode_vec(game).unwrap()).unwrap()
}

fn encoded(json: &str) -> String {
    Base64UrlUnpadded::encode_string(json.as_bytes())
}

#[tokio::test]
async fn every_page_sends_the_canonical_form() {
    let router = server(&[]);
    let game = game(&router).await.encode();
    let mut queries = vec![
        format!("v=PLBbxwpTvI0&game={game}"),
        // Without settings.
        format!("v=&game={game}"),
        // Pages that were opened before there was a `v`.
        format!("game={game}"),
        // The event of tests/data/function_url_event.json.
        "game=eyJvcGVuaW5nIjowLCJtb3ZlcyI6W119".to_owned(),
    ];
    // app/src/inline.js writes the first request of a game itself, with `btoa`.
    for opening in 0..64 {
        let first = format!(r#"{{"opening":{opening},"moves":[]}}"#);
        let first = base64ct::Base64::encode_string(first.as_bytes()).replace('=', "");
        queries.push(format!("v=PLBbxwpTvI0&game={first}"));
    }
    // The page's HTTP client ends all others with `&`.
    let ended = queries.iter().map(|query| format!("{query}&"));
    let ended: Vec<_> = ended.collect();
    queries.extend(ended);
    for query in queries {
        let response = get(&router, &format!("/api/next?{query}")).await;
        assert_eq!(response.status, StatusCode::OK, "{query} {response:?}");
    }
}

#[tokio::test]
async fn other_spellings_of_the_game_are_refused() {
    let router = server(&[]);
    let game = game(&router).await.encode();
    let json = json(&game);
    let question = json.split('"').nth(7).unwrap();
    let seal = json.rsplit('"').nth(1).unwrap();
    let moves = json.split_once(r#""moves":"#).unwrap().1;
    let moves = moves.split_once(r#","seal""#).unwrap().0;
    let first = question.chars().next().unwrap();
    let escaped = format!(r"\u{:04x}", u32::from(first));
    let escaped_question = question.replacen(first, &escaped, 1);
    let spellings = [
        ("a space after {", json.replacen('{', "{ ", 1)),
        ("a space before }", json.replacen('}', " }", 1)),
        ("a space after a colon", json.replacen(':', ": ", 1)),
        ("a space before a colon", json.replacen(':', " :", 1)),
        ("a space after a comma", json.replacen(',', ", ", 1)),
        ("a space after [", json.replacen('[', "[ ", 1)),
        ("a tab", json.replacen('{', "{\t", 1)),
        ("a line break", json.replacen(',', ",\n", 1)),
        ("a carriage return", json.replacen(',', ",\r\n", 1)),
        ("white space before it", format!(" {json}")),
        ("white space after it", format!("{json}\n")),
        (
            "an escaped letter",
            json.replacen(question, &escaped_question, 1),
        ),
        (
            "an escaped letter, in capitals",
            json.replacen(
                question,
                &escaped_question.to_uppercase().replace("\\U", "\\u"),
                1,
            ),
        ),
        (
            "an escaped letter in an answer",
            json.replacen(r#""yes""#, r#""\u0079es""#, 1),
        ),
        (
            "an escaped field",
            json.replacen("opening", r"\u006fpening", 1),
        ),
        (
            "an escaped seal",
            json.replacen(
                seal,
                &format!(r"\u{:04x}{}", seal.as_bytes()[0], seal.get(1..).unwrap()),
                1,
            ),
        ),
        (
            "the seal first",
            format!(r#"{{"seal":"{seal}","opening":3,"moves":{moves}}}"#),
        ),
        (
            "the moves first",
            format!(r#"{{"moves":{moves},"opening":3,"seal":"{seal}"}}"#),
        ),
        (
            "the opening last",
            format!(r#"{{"moves":{moves},"seal":"{seal}","opening":3}}"#),
        ),
        (
            "the answer first",
            json.replacen(
                &format!(r#""question":"{question}","answer":"yes""#),
                &format!(r#""answer":"yes","question":"{question}""#),
                1,
            ),
        ),
        (
            "no overtime",
            json.replacen(r#","seal""#, r#","overtime":false,"seal""#, 1),
        ),
        (
            "no guess",
            json.replacen(r#","answer""#, r#","guess":null,"answer""#, 1),
        ),
        (
            "another field",
            json.replacen(r#""opening""#, r#""x":1,"opening""#, 1),
        ),
        (
            "another field of a move",
            json.replacen(r#""answer""#, r#""x":1,"answer""#, 1),
        ),
        (
            "a field twice",
            json.replacen(r#""opening":3"#, r#""opening":3,"opening":3"#, 1),
        ),
        (
            "an opening with a zero before it",
            json.replacen(":3,", ":03,", 1),
        ),
        ("an opening with decimals", json.replacen(":3,", ":3.0,", 1)),
        (
            "an opening with an exponent",
            json.replacen(":3,", ":3e0,", 1),
        ),
        ("a byte order mark", format!("\u{feff}{json}")),
        ("something behind it", format!("{json}{{}}")),
    ];
    for (what, spelling) in spellings {
        assert_ne!(spelling, json, "{what}");
        refused(&router, &format!("game={}", encoded(&spelling)), what).await;
    }
    let new_game = r#"{"opening":3,"moves":[]}"#;
    for (what, spelling) in [
        ("no seal", new_game.replace("]}", r#"],"seal":null}"#)),
        (
            "no overtime",
            new_game.replace("]}", r#"],"overtime":false}"#),
        ),
        ("a minus", new_game.replace('3', "-0")),
    ] {
        refused(&router, &format!("game={}", encoded(&spelling)), what).await;
    }
}

#[tokio::test]
async fn other_spellings_of_the_query_are_refused() {
    let router = server(&[]);
    let game = game(&router).await;
    // Three texts whose lengths leave different numbers of unused bits in the last letter.
    let last = ["A", "AA", "AAA"].map(|end| {
        let json = json(&game.encode()).replacen(r#""seal":""#, &format!(r#""seal":"{end}"#), 1);
        encoded(&json)
    });
    let unused = last.iter().filter(|game| game.len() % 4 != 0);
    let unused: Vec<_> = unused.map(|game| next_letter(game)).collect();
    assert_eq!(unused.len(), 2);
    for (bits, game) in ["four", "two"].iter().zip(unused) {
        refused(&router, &format!("game={game}"), &format!("{bits} bits")).await;
    }
    let game = game.encode();
    let escape = |letter: char| format!("%{:02x}", u32::from(letter));
    let first = escape(game.chars().next().unwrap());
    let rest = game.get(1..).unwrap();
    for (what, query) in [
        ("nothing", String::new()),
        ("the game first", format!("game={game}&v=x")),
        ("an empty parameter before it", format!("&game={game}")),
        ("two empty parameters after it", format!("game={game}&&")),
        ("an empty parameter between", format!("v=x&&game={game}")),
        ("another parameter before it", format!("x=1&game={game}")),
        ("another parameter after it", format!("game={game}&x=1")),
        ("another parameter between", format!("v=x&x=1&game={game}")),
        ("the game twice", format!("game={game}&game={game}")),
        ("v twice", format!("v=x&v=x&game={game}")),
        ("an escaped letter", format!("game={first}{rest}")),
        (
            "an escaped letter in capitals",
            format!("game={}{rest}", first.to_uppercase()),
        ),
        ("an escaped name", format!("g%61me={game}")),
        ("an escaped v", format!("%76=x&game={game}")),
        ("an escaped letter of v", format!("v=%78&game={game}")),
        ("an escaped sign", format!("game%3D{game}")),
        ("a space in v", format!("v=x+y&game={game}")),
        ("padding", format!("game={game}=")),
        ("escaped padding", format!("game={game}%3D")),
        ("capitals", format!("GAME={game}")),
        ("a semicolon", format!("v=x;game={game}")),
        ("an array", format!("game[]={game}")),
        ("no sign", format!("v&game={game}")),
        ("a question mark", format!("?game={game}")),
        ("a plus for a dash", format!("game={game}+")),
    ] {
        refused(&router, &query, what).await;
    }
    // Nor does another path lead there.
    for path in [
        "/api/next/",
        "/api//next",
        "//api/next",
        "/api/%6eext",
        "/API/next",
        "/api/next;x",
    ] {
        let response = get(&router, &format!("{path}?game={game}")).await;
        assert_eq!(response.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// The same bytes, if a decoder ignores the unused bits of the last letter.
fn next_letter(game: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut game = game.to_owned();
    let last = game.pop().unwrap();
    let at = LETTERS.chars().position(|letter| letter == last).unwrap();
    game.push(LETTERS.chars().nth(at + 1).unwrap());
    game
}

async fn refused(router: &axum::Router, query: &str, what: &str) {
    let response = get(router, &format!("/api/next?{query}")).await;
    assert_eq!(response.status, StatusCode::BAD_REQUEST, "{what}: {query}");
    let problem = response.problem();
    assert_eq!(problem.kind, "/problems/malformed-game", "{what}");
}

#[tokio::test]
async fn the_problem_says_that_the_form_must_be_canonical() {
    let router = server(&[]);
    for json in [
        r#"{"opening": 0,"moves":[]}"#,
        r#"{"moves":[],"opening":0}"#,
        r#"{"opening":0,"moves":[],"seal":null}"#,
    ] {
        let problem = get(&router, &table::path(json)).await.problem();
        let detail = problem.detail.unwrap();
        assert!(detail.contains("must be in canonical form"), "{detail}");
    }
}
