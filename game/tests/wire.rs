//! The wire format, and which requests are refused with which message.

#![cfg(test)]

use base64ct::{Base64UrlUnpadded, Encoding};
use game::{
    Answer, AttributedMove, Event, MOVES, Move, Mover, OVERTIME, Opening, Origin, Text, Transcript,
    text::MAX_BYTES,
    wire::{MAX_GAME, Next, Reply, Request, Seal},
};
use std::error::Error;

/// An error with its causes.
fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}

fn decode(json: &str) -> Result<Request, String> {
    Request::decode(&Base64UrlUnpadded::encode_string(json.as_bytes()))
        .map_err(|error| chain(&error))
}

#[test]
fn a_request_is_base64url_of_this_json() {
    let json = r#"{"opening":3,"moves":[{"question":"Is it alive?","answer":"yes"},{"guess":"a dog","answer":"no"}],"seal":"s"}"#;
    let request = decode(json).unwrap();
    assert_eq!(request.transcript.opening(), Opening(3));
    assert_eq!(request.transcript.turns().len(), 2);
    assert_eq!(request.seal, Some(Seal("s".to_owned())));
    assert_eq!(
        Base64UrlUnpadded::decode_vec(&request.encode()).unwrap(),
        json.as_bytes()
    );
}

#[test]
fn a_new_game_has_no_seal() {
    let request = Request {
        transcript: Transcript::new(Opening(0)),
        seal: None,
    };
    let json = Base64UrlUnpadded::decode_vec(&request.encode()).unwrap();
    assert_eq!(json, br#"{"opening":0,"moves":[]}"#);
    assert_eq!(Request::decode(&request.encode()).unwrap(), request);
}

#[test]
fn a_reply_is_this_json() {
    let next = Reply::Next(Next {
        attributed: AttributedMove {
            mv: Move::Question(Text::new("Can it fly?").unwrap()),
            origin: Origin::GUESSER,
        },
        seal: Seal("s".to_owned()),
        ponder: true,
    });
    let end = r#"{"outcome":{"winner":"ai","moves":13}}"#;
    let expected = r#"{"move":{"question":"Can it fly?"},"by":"guesser","seal":"s","ponder":true}"#;
    assert_eq!(serde_json::to_string(&next).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Reply>(expected).unwrap(), next);
    let reply: Reply = serde_json::from_str(end).unwrap();
    assert_eq!(serde_json::to_string(&reply).unwrap(), end);
}

#[test]
fn an_illegal_game_is_refused_with_the_reason() {
    let games = |moves: &str| format!(r#"{{"opening":0,"moves":[{moves}]}}"#);
    let question = r#"{"question":"A?","answer":"no"}"#;
    let moves =
        |n: usize, last: &str| games(&[vec![question; n].join(","), last.to_owned()].join(","));
    let cases = [
        ("{", "not the JSON of a game"),
        ("[]", "not the JSON of a game"),
        (r#"{"opening":0}"#, "missing field `moves`"),
        (r#"{"opening":256,"moves":[]}"#, "expected u8"),
        (
            r#"{"opening":0,"moves":[],"cheat":1}"#,
            "unknown field `cheat`",
        ),
        (
            &games(r#"{"question":"A?","answer":"maybe"}"#),
            "unknown variant `maybe`",
        ),
        (
            &games(r#"{"question":"A?","reply":"no"}"#),
            "unknown field `reply`",
        ),
        (
            &games(r#"{"answer":"no"}"#),
            "move 1 must have either `question` or `guess`",
        ),
        (
            &games(r#"{"question":"A?","guess":"a dog","answer":"no"}"#),
            "move 1 must have either",
        ),
        (
            &games(&format!(r#"{{"question":"A?"}},{question}"#)),
            "move 1 is not answered yet",
        ),
        (
            &games(r#"{"guess":"a dog","answer":"unsure"}"#),
            "move 1 is a guess",
        ),
        (
            &games(&format!(r#"{{"guess":"a dog","answer":"yes"}},{question}"#)),
            "the game ended with move 1",
        ),
        (&moves(19, question), "move 20 is a question"),
        (
            &moves(
                19,
                &format!(r#"{{"guess":"a dog","answer":"no"}},{question}"#),
            ),
            "the game ended with move 20",
        ),
        (
            &games(r#"{"question":"A\u0007?","answer":"no"}"#),
            "the character U+0007",
        ),
        (
            &games(&format!(
                r#"{{"question":"{}","answer":"no"}}"#,
                "A".repeat(161)
            )),
            "161 bytes",
        ),
    ];
    for (json, expected) in cases {
        let error = decode(json).expect_err(json);
        assert!(
            error.contains(expected),
            "{json}\n  says: {error}\n  not:  {expected}"
        );
    }
    let error = Request::decode("a+b=").unwrap_err().to_string();
    assert!(error.contains("base64url"), "{error}");
    let error = Request::decode(&"A".repeat(MAX_GAME + 1))
        .unwrap_err()
        .to_string();
    assert!(error.contains("7169"), "{error}");
}

#[test]
fn the_longest_game_fits_the_limit() {
    let mut transcript = Transcript::new(Opening(255));
    for number in 0..MOVES + OVERTIME {
        if number == MOVES {
            transcript.apply(Event::Overtime).unwrap();
        }
        let words = Text::new(format!("{number:02}{}", "x".repeat(MAX_BYTES - 2))).unwrap();
        let (mv, answer) = match number {
            19 | 24 => (Move::Guess(words), Answer::No),
            _ => (Move::Question(words), Answer::Unsure),
        };
        transcript.apply(Event::Move(mv)).unwrap();
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    let seal = Some(Seal("s".repeat(43)));
    let length = Request { transcript, seal }.encode().len();
    assert!(length <= MAX_GAME, "{length} characters");
}

#[test]
fn the_guesser_is_known_by_its_old_name_too() {
    for (name, mover) in [
        ("guesser", Mover::Guesser),
        ("house", Mover::Guesser),
        ("gpt-4.1", Mover::Model("gpt-4.1".to_owned())),
    ] {
        assert_eq!(Mover::from(name.to_owned()), mover);
    }
    assert_eq!(Mover::Guesser.name(), "guesser");
}
