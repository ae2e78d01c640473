//! Every way in which the model's server can fail, tried with a mock server that does.
//!
//! Each row of `data/faults.md` is played at the first, a middle and the last move. Whatever happens, the player gets
//! a legal move in time and can finish the game, and the key appears in no reply, no metric and no log line of any
//! level.

#![cfg(test)]

mod table;
mod upstream;

use game::{
    Answer, Event, MOVES, Move, Opening, Phase, Text, Transcript,
    wire::{Reply, Request, Settings},
};
use server::{config::Config, keys::seal::SealKey, metrics::Metrics};
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;
use tracing_subscriber::util::SubscriberInitExt;
use upstream::{Act, Upstream, completion, error};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";

/// The key, between asterisks and between zero-width spaces.
const SPLIT: (&str, &str) = (
    "sk*-test*-01234*56789*abcdefghijklm*nopqrstuvwxyz",
    "sk-\u{200b}test-0123\u{200b}456789abcdefghijklmn\u{200b}opqrstuvwxyz",
);

/// Long enough for all retries of calls that time out.
const DEADLINE: Duration = Duration::from_secs(6);

/// For two cores that play two dozen games at once in a debug build.
const SLACK: Duration = Duration::from_secs(1);

/// One fault, and what must happen.
struct Row {
    fault: &'static str,
    /// Calls for the move.
    calls: u64,
    /// By when the player has a move.
    within: Duration,
    /// Who makes it.
    by: &'static str,
    /// The reason in the metrics, if any.
    reason: Option<&'static str>,
    is_alarm: bool,
}

/// The rows of the table.
fn rows() -> Vec<Row> {
    let table = include_str!("data/faults.md").lines();
    let rows = table.filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [fault, calls, seconds, by, counted] = cells[..] else {
            panic!("not five cells: {line}")
        };
        Row {
            fault,
            calls: calls.parse().unwrap(),
            within: Duration::from_secs(seconds.parse().unwrap()),
            by,
            reason: (counted != "-").then(|| counted.trim_end_matches('!')),
            is_alarm: counted.ends_with('!'),
        }
    })
    .collect()
}

/// What the mock server does, call by call.
fn acts(fault: &str) -> Vec<Act> {
    if let Some(first) = fault.strip_suffix(", then well") {
        return acts(first).into_iter().chain([Act::Play]).collect();
    }
    let reply = |status, body: &str| Act::Reply(status, "", body.to_owned());
    let status = |status, code: &str| reply(status, &error(code, "of no use"));
    let busy = |headers| Act::Reply(429, headers, error("rate_limit_exceeded", "too fast"));
    let refused = |name: &str| {
        let words = format!("Unsupported parameter: '{name}'");
        reply(400, &error("unsupported_parameter", &words))
    };
    let choice = |finish: &str, message: &str| {
        let choice = format!(r#"{{"index":0,"finish_reason":"{finish}","message":{message}}}"#);
        reply(200, &format!(r#"{{"choices":[{choice}]}}"#))
    };
    // JSON stands for a legal move as a string of JSON, {MOVE} for the move itself.
    let legal = |body: &str| Act::Legal(body.to_owned());
    let message = |message: &str| legal(&format!(r#"{{"choices":[{{"message":{message}}}]}}"#));
    let used = |usage: &str| {
        legal(&format!(
            r#"{{"choices":[{{"message":{{"content":JSON}}}}],"usage":{usage}}}"#
        ))
    };
    let said = |content: &str| {
        let content = serde_json::Value::from(content).to_string();
        message(&format!(r#"{{"content":{content}}}"#))
    };
    let act = match fault {
        "connection refused" => return Vec::new(),
        "reset" | "reset before the reply" => Act::Reset,
        "reset inside the reply" => Act::ResetInside,
        "truncated" => Act::Truncate,
        "hang" => Act::Hang,
        "slow drip" => Act::Drip,
        "not JSON" => reply(200, "<html>"),
        "wrong shape" => reply(200, r#"{"choices":"none"}"#),
        "no choices" => reply(200, r#"{"choices":[]}"#),
        "empty content" => choice("stop", r#"{"content":" "}"#),
        "no content" => choice("stop", r#"{"content":null}"#),
        "refusal" => choice("stop", r#"{"content":null,"refusal":"I can't"}"#),
        "length" => choice("length", r#"{"content":"{\"can"}"#),
        "content_filter" => choice("content_filter", r#"{"content":""}"#),
        "thoughts with braces" => {
            said("<think>{a {dog}? {\"kind\": \"guess\", \"text\": \"a dog\"}</think>{MOVE}")
        }
        "two moves" => said("{MOVE}{MOVE}"),
        "braces after the move" => said("{MOVE}}}"),
        "content in parts" => message(r#"{"content":[{"type":"text","text":JSON}]}"#),
        "thoughts as a part" => {
            message(r#"{"content":[{"type":"thinking","text":"{}"},{"type":"text","text":JSON}]}"#)
        }
        "usage null" => used("null"),
        "usage negative" => used(r#"{"prompt_tokens":-1,"completion_tokens":-1}"#),
        "usage with fractions" => used(r#"{"prompt_tokens":400.5,"completion_tokens":1e2}"#),
        "usage of 2^64-1" => {
            used(r#"{"prompt_tokens":18446744073709551615,"completion_tokens":1}"#)
        }
        "finish_reason 1" => {
            legal(r#"{"choices":[{"finish_reason":1,"message":{"content":JSON}}]}"#)
        }
        "refusal false" => message(r#"{"content":JSON,"refusal":false}"#),
        "byte order mark" => legal("\u{feff}{\"choices\":[{\"message\":{\"content\":JSON}}]}"),
        "length with a whole move" => {
            legal(r#"{"choices":[{"finish_reason":"length","message":{"content":JSON}}]}"#)
        }
        "length with half a move" => {
            choice("length", r#"{"content":"{\"kind\":\"question\",\"te"}"#)
        }
        "error inside 200" => reply(200, r#"{"error":{"message":"overloaded"}}"#),
        "error 429 inside 200" => reply(200, r#"{"error":{"message":"busy","code":429}}"#),
        "error 402 inside 200" => reply(200, r#"{"error":{"message":"no credits","code":402}}"#),
        "chatter" => reply(200, &completion("What a nice game!")),
        "two questions" => Act::Say("question", "Is it big and does it fly?"),
        "not yes or no" => Act::Say("question", "Which animal?"),
        "400" => status(400, "invalid_request"),
        "400 temperature" => refused("temperature"),
        "400 response_format" => refused("response_format"),
        "400 no system role" => reply(400, &error("", "System role not supported")),
        "400 roles must alternate" => reply(
            400,
            &error(
                "",
                "Conversation roles must alternate user/assistant/user/assistant/...",
            ),
        ),
        "400 content_filter" => status(400, "content_filter"),
        "400 context_length_exceeded" => status(400, "context_length_exceeded"),
        "400 unknown model" => reply(400, &error("", "gpt-6-luna is not a valid model ID")),
        "402" => reply(402, &error("", "insufficient credits")),
        "401" => status(401, "invalid_api_key"),
        "403" => status(403, "unsupported_country"),
        "404 of something else" => reply(404, "nothing here"),
        "404 model_not_found" => status(404, "model_not_found"),
        "408" => status(408, "timeout"),
        "409" => status(409, "conflict"),
        "418" => status(418, "teapot"),
        "422" => status(422, "unprocessable"),
        "429" => busy(""),
        "429 retry-after" => busy("retry-after: 1\r\n"),
        "429 retry-after-ms" => busy("retry-after-ms: 20\r\n"),
        "429 absurd retry-after" => busy("retry-after: 99999999999\r\n"),
        "429 nonsense retry-after" => busy("retry-after: soon\r\n"),
        "429 insufficient_quota" => status(429, "insufficient_quota"),
        "429 retry-after 0" => busy("retry-after: 0\r\n"),
        "429 project_spend_limit_exceeded" => status(429, "project_spend_limit_exceeded"),
        "429 organization_spend_limit_exceeded" => status(429, "organization_spend_limit_exceeded"),
        "500" => status(500, "server_error"),
        "502" => reply(502, "<html>"),
        "503 overloaded" => status(503, "overloaded"),
        "503 slow_down" => status(503, "slow_down"),
        "redirect to another host" => Act::Reply(
            307,
            "location: http://127.0.0.2:9/v1/chat/completions\r\n",
            String::new(),
        ),
        "10 MB" => Act::Huge,
        "the key in a reply" => Act::Say(
            "question",
            "Is it sk-test-0123456789abcdefghijklmnopqrstuvwxyz?",
        ),
        "the key, escaped" => {
            said(r#"{"kind":"guess","text":"\u0073k-test-0123456789abcdefghijklmnopqrstuvwxyz"}"#)
        }
        "the key between asterisks" => Act::Say("guess", SPLIT.0),
        "the key between invisible characters" => Act::Say("guess", SPLIT.1),
        "half of the key" => Act::Say("guess", "789 abc def ghi jkl mno pqr stu"),
        "the key in an error" => reply(401, &error(KEY, KEY)),
        "headers that must not pass" => Act::Reply(
            200,
            "set-cookie: a=b\r\nopenai-organization: org-1\r\nx-request-id: req-1\r\ncf-ray: 1-FRA\r\n",
            upstream::says("guess", "a zeppelin"),
        ),
        _ => panic!("the mock server can't play {fault}"),
    };
    vec![act]
}

/// A game after this many answered moves, sealed like the server's own.
fn game(config: &Config, answered: usize) -> Request {
    let key = SealKey::new(config);
    let mut transcript = Transcript::new(Opening(3));
    let mut seal = None;
    for number in 0..answered {
        let mv = Move::Question(Text::new(format!("Is it older than {number} days?")).unwrap());
        seal = Some(key.seal(&transcript, &mv));
        transcript.apply(Event::Move(mv)).unwrap();
        let answer = Answer::ALL[number % 3];
        transcript.apply(Event::Answer(answer)).unwrap();
    }
    Request { transcript, seal }
}

fn variables(base_url: &str) -> HashMap<String, String> {
    let pairs = [
        ("OPENAI_API_KEY", KEY),
        ("OPENAI_BASE_URL", base_url),
        ("OPENAI_ORGANIZATION", "org-test"),
        ("OPENAI_DEADLINE", "6"),
        ("OPENAI_TIMEOUT", "1"),
    ];
    pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into()
}

/// Plays the row at one move, and then the game to its end. Returns everything that the server put out.
async fn play(row: &Row, answered: usize) -> String {
    let name = format!("{} at move {}", row.fault, answered + 1);
    let acts = acts(row.fault);
    let is_slow = matches!(acts.first(), Some(Act::Hang | Act::Drip));
    let upstream = if acts.is_empty() {
        None
    } else {
        Some(Upstream::start(acts).await)
    };
    let nobody = "http://127.0.0.1:9/v1".to_owned();
    let variables = variables(upstream.as_ref().map_or(&nobody, |upstream| &upstream.url));
    let config = Config::read(|name| variables.get(name).cloned()).unwrap();
    let metrics = Arc::new(Metrics::new(false));
    let router = server::http::router::router(&config, Arc::clone(&metrics)).unwrap();

    let settings = table::get(&router, "/api/settings").await;
    let settings: Settings = serde_json::from_slice(&settings.body).unwrap();
    let mut out = String::new();
    let mut request = game(&config, answered);
    let mut is_first = true;
    loop {
        let start = Instant::now();
        let path = format!("/api/next?v={}&game={}", settings.v, request.encode());
        let response = table::get(&router, &path).await;
        let took = start.elapsed();
        let within = if is_first { row.within } else { DEADLINE };
        assert!(took < within + SLACK, "{name}: {took:?}");
        out += &format!("{:?}\n{}\n", response.headers, response.text());
        for header in [
            "set-cookie",
            "openai-organization",
            "x-request-id",
            "cf-ray",
        ] {
            assert_eq!(response.header(header), "", "{name}");
        }
        let next = match response.reply() {
            Reply::Next(next) => next,
            Reply::End { .. } => break,
        };
        if is_first {
            is_first = false;
            assert_eq!(next.attributed.origin.by.name(), row.by, "{name}: {next:?}");
            let cached = response.header("cache-control");
            let expected = if row.by == "guesser" {
                "no-store"
            } else {
                "public, max-age=600, s-maxage=86400"
            };
            assert_eq!(cached, expected, "{name}");
            expect_counts(row, &name, &metrics.text(), upstream.as_ref());
        }
        request
            .transcript
            .apply(Event::Move(next.attributed.mv))
            .unwrap_or_else(|illegal| panic!("{name}: {illegal}"));
        request.transcript.apply(Event::Answer(Answer::No)).unwrap();
        request.seal = Some(next.seal);
        // If calls hang, a whole game would take minutes.
        if is_slow && request.transcript.turns().len() > answered + 4 {
            break;
        }
    }
    assert!(
        is_slow || matches!(request.transcript.phase(), Phase::Over(_)),
        "{name}"
    );
    out + &metrics.text()
}

fn expect_counts(row: &Row, name: &str, text: &str, upstream: Option<&Upstream>) {
    let expect = |line: String| assert!(text.contains(&line), "{name}: no {line} in\n{text}");
    expect(format!("twenty_model_calls_total {}\n", row.calls));
    if let Some(upstream) = upstream {
        assert_eq!(upstream.calls() as u64, row.calls, "{name}");
    }
    if row.by == "guesser" {
        let reason = row.reason.expect("the guesser moves for a reason");
        expect(format!("twenty_fallbacks_total{{reason=\"{reason}\"}} 1\n"));
    } else {
        assert!(!text.contains("twenty_fallbacks_total{"), "{name}:\n{text}");
    }
    // An unusable reply is no failed call.
    if let Some(reason) = row.reason.filter(|reason| *reason != "unusable") {
        expect(format!("twenty_model_faults_total{{reason=\"{reason}\"}}"));
    }
    expect(format!("twenty_alarms_total {}\n", u8::from(row.is_alarm)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_fault_of_the_models_server_stops_or_spoils_a_game() {
    let (subscriber, logs) = table::logs();
    subscriber.init();
    // With more at once, two cores would be too slow for the time limits.
    let places = Arc::new(Semaphore::new(24));
    let mut games = Vec::new();
    for answered in [0, 9, MOVES - 1] {
        for row in rows() {
            let places = Arc::clone(&places);
            games.push(tokio::spawn(async move {
                let _place = places.acquire().await;
                play(&row, answered).await
            }));
        }
    }
    let (mut out, mut failed) = (String::new(), 0);
    for game in games {
        match game.await {
            Ok(text) => out += &text,
            Err(_) => failed += 1,
        }
    }
    assert_eq!(failed, 0, "games failed, see above");
    let logs = String::from_utf8_lossy(&logs.lock().unwrap()).into_owned();
    assert!(
        logs.contains("TRACE") && logs.contains("ERROR"),
        "the logs are captured"
    );
    assert!(
        logs.contains("set OPENAI_MODEL to models that do"),
        "the operator is told what to do"
    );
    for (what, text) in [("a reply or metric", &out), ("a log line", &logs)] {
        let first = KEY.split_at(16).0;
        let last = KEY.split_at(KEY.len() - 16).1;
        for part in [KEY, first, last] {
            let line = text.lines().find(|line| line.contains(part));
            assert!(line.is_none(), "{what} has {part}: {line:?}");
        }
    }
    for question in ["older than", "Does it weigh", "zeppelin"] {
        let own = logs.lines().find(|line| {
            line.contains(question) && (line.contains("server::") || line.contains("model::"))
        });
        assert!(own.is_none(), "a log line has a question: {own:?}");
    }
}

/// The row of the table shows only that the guesser moves.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Upstream::start(vec![Act::Play]).await;
    let location: &'static str = format!("location: {}/chat/completions\r\n", other.url).leak();
    for status in [301, 302, 303, 307, 308] {
        let upstream = Upstream::start(vec![Act::Reply(status, location, String::new())]).await;
        let variables = variables(&upstream.url);
        let config = Config::read(|name| variables.get(name).cloned()).unwrap();
        let router = server::http::router::router(&config, Arc::new(Metrics::new(false))).unwrap();
        let game = game(&config, 0).encode();
        let response = table::get(&router, &format!("/api/next?game={game}")).await;
        assert!(
            matches!(response.reply(), Reply::Next(next) if next.attributed.origin.by.name() == "guesser")
        );
        assert_eq!(upstream.calls(), 1, "{status}");
    }
    assert!(other.requests().is_empty(), "{:?}", other.requests());
}
