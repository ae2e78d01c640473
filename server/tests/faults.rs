//! Every way in which the model's server can fail, against a real one that does.
//!
//! Each row is played at the first, a middle and the last move. Whatever happens, the player gets a
//! legal move in time and can finish the game; and the key is nowhere to be found, not in a reply,
//! not in a metric, not in a log line of any level.

mod table;
mod upstream;

use game::{
    Answer, Event, MOVES, Move, Opening, Phase, Text, Transcript,
    wire::{HOUSE, Reply, Request},
};
use server::{config::Config, metrics::Metrics, seal::SealKey};
use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;
use upstream::{Act, Upstream, completion, error};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";

/// Long enough for all retries of attempts that time out.
const DEADLINE: Duration = Duration::from_secs(6);

/// One fault, and what must come of it.
struct Row {
    name: &'static str,
    acts: Vec<Act>,
    /// Who moves in the end.
    by: &'static str,
    /// Calls in all: 3 where it is retried, 2 where it is repaired or the next model is asked.
    calls: u64,
    /// The reason that the metrics have for the house's move, or that of the faults that were mended.
    reason: &'static str,
}

fn row(
    name: &'static str,
    acts: Vec<Act>,
    by: &'static str,
    calls: u64,
    reason: &'static str,
) -> Row {
    Row {
        name,
        acts,
        by,
        calls,
        reason,
    }
}

const FIRST: &str = "gpt-4.1";
const SECOND: &str = "gpt-6-luna";

/// The table of all faults: what happens, who moves, after how many calls, what is counted.
fn rows() -> Vec<Row> {
    let status = |status, code: &str| Act::Reply(status, "", error(code, "of no use"));
    let ok = |body: &str| Act::Reply(200, "", body.to_owned());
    let with = |headers| Act::Reply(429, headers, error("rate_limit_exceeded", "too fast"));
    let choice = |finish: &str, message: &str| {
        ok(&format!(
            r#"{{"choices":[{{"index":0,"finish_reason":"{finish}","message":{message}}}]}}"#
        ))
    };
    let unsupported = |name: &str| {
        Act::Reply(
            400,
            "",
            error(
                "unsupported_parameter",
                &format!("Unsupported parameter: '{name}'"),
            ),
        )
    };
    vec![
        // The connection. "refused" has no upstream at all.
        row("refused", vec![], HOUSE, 3, "unreachable"),
        row(
            "reset before the reply",
            vec![Act::Reset],
            HOUSE,
            3,
            "reset",
        ),
        row(
            "reset inside the reply",
            vec![Act::ResetInside],
            HOUSE,
            3,
            "reset",
        ),
        row("truncated", vec![Act::Truncate], HOUSE, 3, "reset"),
        row("hang", vec![Act::Hang], HOUSE, 3, "timeout"),
        row("slow drip", vec![Act::Drip], HOUSE, 3, "timeout"),
        row(
            "reset, then well",
            vec![Act::Reset, Act::Play],
            FIRST,
            2,
            "reset",
        ),
        row(
            "hang, then well",
            vec![Act::Hang, Act::Play],
            FIRST,
            2,
            "timeout",
        ),
        // Replies of status 200 that are none. They are repaired once.
        row("not JSON", vec![ok("<html>")], HOUSE, 2, "not_json"),
        row(
            "wrong shape",
            vec![ok(r#"{"choices":"none"}"#)],
            HOUSE,
            2,
            "wrong_shape",
        ),
        row(
            "no choices",
            vec![ok(r#"{"choices":[]}"#)],
            HOUSE,
            2,
            "no_choices",
        ),
        row(
            "empty",
            vec![choice("stop", r#"{"content":" "}"#)],
            HOUSE,
            2,
            "empty",
        ),
        row(
            "no content",
            vec![choice("stop", r#"{"content":null}"#)],
            HOUSE,
            2,
            "empty",
        ),
        row(
            "refusal",
            vec![choice("stop", r#"{"content":null,"refusal":"I can't"}"#)],
            HOUSE,
            2,
            "refusal",
        ),
        row(
            "length",
            vec![choice("length", r#"{"content":"{\"can"}"#)],
            HOUSE,
            2,
            "length",
        ),
        row(
            "filtered",
            vec![choice("content_filter", r#"{"content":""}"#)],
            HOUSE,
            2,
            "content_filter",
        ),
        row(
            "length, then well",
            vec![choice("length", r#"{"content":"{"}"#), Act::Play],
            FIRST,
            2,
            "length",
        ),
        // Moves that are none.
        row(
            "chatter",
            vec![ok(&completion("What a nice game!"))],
            HOUSE,
            2,
            "unusable",
        ),
        row(
            "two questions",
            vec![Act::Say("question", "Is it big and does it fly?")],
            HOUSE,
            2,
            "unusable",
        ),
        row(
            "a category",
            vec![Act::Say("question", "Which animal?"), Act::Play],
            FIRST,
            2,
            "",
        ),
        // Statuses.
        row(
            "400",
            vec![status(400, "invalid_request")],
            HOUSE,
            2,
            "bad_request",
        ),
        row(
            "400 temperature",
            vec![unsupported("temperature"), Act::Play],
            FIRST,
            2,
            "bad_request",
        ),
        row(
            "400 response_format",
            vec![unsupported("response_format"), Act::Play],
            FIRST,
            2,
            "bad_request",
        ),
        row(
            "401",
            vec![status(401, "invalid_api_key")],
            HOUSE,
            1,
            "unauthorized",
        ),
        row(
            "403",
            vec![status(403, "unsupported_country")],
            HOUSE,
            1,
            "forbidden",
        ),
        row(
            "404",
            vec![Act::Reply(404, "", "nothing here".to_owned())],
            HOUSE,
            1,
            "status",
        ),
        row(
            "404 model_not_found",
            vec![status(404, "model_not_found")],
            HOUSE,
            2,
            "model_not_found",
        ),
        row(
            "404 of the first",
            vec![status(404, "model_not_found"), Act::Play],
            SECOND,
            2,
            "model_not_found",
        ),
        row(
            "408",
            vec![status(408, "timeout")],
            HOUSE,
            3,
            "request_timeout",
        ),
        row("409", vec![status(409, "conflict")], HOUSE, 3, "conflict"),
        row(
            "422",
            vec![status(422, "unprocessable")],
            HOUSE,
            2,
            "bad_request",
        ),
        row("429", vec![with("")], HOUSE, 3, "rate_limit"),
        row(
            "429 retry-after",
            vec![with("retry-after: 1\r\n")],
            HOUSE,
            3,
            "rate_limit",
        ),
        row(
            "429 retry-after-ms",
            vec![with("retry-after-ms: 20\r\n")],
            HOUSE,
            3,
            "rate_limit",
        ),
        row(
            "429 absurd",
            vec![with("retry-after: 99999999999\r\n")],
            HOUSE,
            1,
            "rate_limit",
        ),
        row(
            "429 nonsense",
            vec![with("retry-after: soon\r\n")],
            HOUSE,
            3,
            "rate_limit",
        ),
        row(
            "429, then well",
            vec![with("retry-after-ms: 20\r\n"), Act::Play],
            FIRST,
            2,
            "rate_limit",
        ),
        row(
            "429 quota",
            vec![status(429, "insufficient_quota")],
            HOUSE,
            1,
            "quota",
        ),
        row(
            "500",
            vec![status(500, "server_error")],
            HOUSE,
            3,
            "server_error",
        ),
        row(
            "502",
            vec![Act::Reply(502, "", "<html>".to_owned())],
            HOUSE,
            3,
            "server_error",
        ),
        row(
            "503",
            vec![status(503, "overloaded")],
            HOUSE,
            3,
            "server_error",
        ),
        row(
            "503, then well",
            vec![status(503, "slow_down"), Act::Play],
            FIRST,
            2,
            "server_error",
        ),
        row("teapot", vec![status(418, "teapot")], HOUSE, 1, "status"),
        // What must not get through.
        row("10 MB", vec![Act::Huge], HOUSE, 1, "too_long"),
        row(
            "the key in a reply",
            vec![Act::Say(
                "question",
                "Is it sk-test-0123456789abcdefghijklmnopqrstuvwxyz?",
            )],
            HOUSE,
            1,
            "key_in_reply",
        ),
        row(
            "the key in an error",
            vec![Act::Reply(401, "", error(KEY, KEY))],
            HOUSE,
            1,
            "key_in_reply",
        ),
        row(
            "foreign headers",
            vec![Act::Reply(
                200,
                "set-cookie: a=b\r\nopenai-organization: org-1\r\nx-request-id: req-1\r\ncf-ray: 1-FRA\r\n",
                upstream::says("guess", "a zeppelin"),
            )],
            FIRST,
            1,
            "",
        ),
    ]
}

/// A game of which this many moves are answered, sealed as the server would.
fn game(config: &Config, answered: usize) -> Request {
    let key = SealKey::new(config);
    let mut transcript = Transcript::new(Opening(3));
    let mut seal = None;
    for number in 0..answered {
        let asked = Move::Question(Text::new(format!("Is it older than {number} days?")).unwrap());
        seal = Some(key.seal(&transcript, &asked));
        transcript.apply(Event::Ask(asked)).unwrap();
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

/// Plays the row at one move and then the game to its end; gives all that came out of the server.
async fn play(row: &Row, answered: usize) -> String {
    let name = format!("{} at move {}", row.name, answered + 1);
    let upstream = match row.acts.as_slice() {
        [] => None,
        acts => Some(Upstream::start(acts.to_vec()).await),
    };
    let nobody = "http://127.0.0.1:9/v1".to_owned();
    let variables = variables(upstream.as_ref().map_or(&nobody, |upstream| &upstream.url));
    let config = Config::read(|name| variables.get(name).cloned()).unwrap();
    let metrics = Arc::new(Metrics::new(false));
    let router = server::router::router(&config, Arc::clone(&metrics), None).unwrap();

    let mut out = String::new();
    let mut request = game(&config, answered);
    let mut is_first = true;
    loop {
        let start = Instant::now();
        let answer = table::get(&router, &format!("/api/next?game={}", request.encode())).await;
        let took = start.elapsed();
        assert!(took < DEADLINE + Duration::from_secs(1), "{name}: {took:?}");
        out += &format!("{:?}\n{}\n", answer.headers, answer.text());
        for header in [
            "set-cookie",
            "openai-organization",
            "x-request-id",
            "cf-ray",
        ] {
            assert_eq!(answer.header(header), "", "{name}");
        }
        let next = match answer.reply() {
            Reply::Next(next) => next,
            Reply::End { .. } => break,
        };
        if is_first {
            is_first = false;
            assert_eq!(next.by, row.by, "{name}: {next:?}");
            let cached = answer.header("cache-control");
            let expected = if row.by == HOUSE {
                "no-store"
            } else {
                "public, max-age=86400"
            };
            assert_eq!(cached, expected, "{name}");
            expect_counts(row, &name, &metrics.text(), upstream.as_ref());
        }
        request
            .transcript
            .apply(Event::Ask(next.asked))
            .unwrap_or_else(|illegal| panic!("{name}: {illegal}"));
        request.transcript.apply(Event::Answer(Answer::No)).unwrap();
        request.seal = Some(next.seal);
        // The rest of the game from the first move on; where attempts hang, a few moves will do.
        if matches!(row.acts.first(), Some(Act::Hang | Act::Drip))
            && request.transcript.turns().len() > answered + 4
        {
            break;
        }
    }
    let is_over = matches!(request.transcript.phase(), Phase::Over(_));
    assert!(
        is_over || row.name.contains("hang") || row.name.contains("drip"),
        "{name}"
    );
    out + &metrics.text()
}

fn expect_counts(row: &Row, name: &str, text: &str, upstream: Option<&Upstream>) {
    let calls = format!("twenty_model_calls_total {}\n", row.calls);
    assert!(text.contains(&calls), "{name}: not {calls} in\n{text}");
    if let Some(upstream) = upstream {
        assert_eq!(upstream.calls() as u64, row.calls, "{name}");
    }
    let reason = row.reason;
    if row.by == HOUSE {
        let line = format!("twenty_fallbacks_total{{reason=\"{reason}\"}} 1\n");
        assert!(text.contains(&line), "{name}: no {line} in\n{text}");
    } else {
        assert!(!text.contains("twenty_fallbacks_total{"), "{name}:\n{text}");
    }
    if !(reason.is_empty() || reason == "unusable") {
        let line = format!("twenty_model_faults_total{{reason=\"{reason}\"}}");
        assert!(text.contains(&line), "{name}: no {line} in\n{text}");
    }
    let alarms = [
        "bad_request",
        "unauthorized",
        "forbidden",
        "status",
        "model_not_found",
        "quota",
        "too_long",
        "key_in_reply",
    ];
    let alarm = u8::from(row.by == HOUSE && alarms.contains(&reason));
    assert!(
        text.contains(&format!("twenty_alarms_total {alarm}\n")),
        "{name}:\n{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_fault_of_the_upstream_stops_or_spoils_a_game() {
    let logs = captured();
    // More at once, and two cores would be too slow for the time limits.
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
        for part in [KEY, &KEY[..16], &KEY[KEY.len() - 16..]] {
            let line = text.lines().find(|line| line.contains(part));
            assert!(line.is_none(), "{what} has {part}: {line:?}");
        }
    }
    for question in ["older than", "Does it weigh", "zeppelin"] {
        let own = logs
            .lines()
            .find(|line| line.contains(question) && line.contains("server::"));
        assert!(own.is_none(), "a log line has a question: {own:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Upstream::start(vec![Act::Play]).await;
    let location: &'static str = format!("location: {}/chat/completions\r\n", other.url).leak();
    for status in [301, 302, 307, 308] {
        let row = row(
            "redirect",
            vec![Act::Reply(status, location, String::new())],
            HOUSE,
            1,
            "redirect",
        );
        for answered in [0, 9, MOVES - 1] {
            play_one(&row, answered).await;
        }
    }
    assert!(other.requests().is_empty(), "{:?}", other.requests());
}

/// One move only; the alarm of a redirect is looked at here.
async fn play_one(row: &Row, answered: usize) {
    let upstream = Upstream::start(row.acts.clone()).await;
    let variables = variables(&upstream.url);
    let config = Config::read(|name| variables.get(name).cloned()).unwrap();
    let metrics = Arc::new(Metrics::new(false));
    let router = server::router::router(&config, Arc::clone(&metrics), None).unwrap();
    let request = game(&config, answered);
    let answer = table::get(&router, &format!("/api/next?game={}", request.encode())).await;
    assert!(matches!(answer.reply(), Reply::Next(next) if next.by == HOUSE));
    assert_eq!(upstream.calls(), 1);
    let text = metrics.text();
    assert!(
        text.contains("twenty_fallbacks_total{reason=\"redirect\"} 1"),
        "{text}"
    );
    assert!(text.contains("twenty_alarms_total 1"), "{text}");
}

/// All log lines of this program, of every level.
fn captured() -> Arc<Mutex<Vec<u8>>> {
    #[derive(Clone)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines(Arc::default());
    let buffer = Arc::clone(&lines.0);
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || lines.clone())
        .init();
    buffer
}
