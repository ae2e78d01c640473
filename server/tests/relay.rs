//! The relay with a working model: what it sends, learns and remembers.

#![cfg(test)]

mod table;
mod upstream;

use axum::Router;
use game::{
    Answer, Event, Move, Opening, Phase, Text, Transcript,
    wire::{Next, Reply, Request, Settings},
};
use server::{config::Config, metrics::Metrics};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tracing_subscriber::util::SubscriberInitExt;
use upstream::{Act, Upstream, error};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";

struct Server {
    router: Router,
    metrics: Arc<Metrics>,
}

fn server(upstream: &Upstream, variables: &[(&str, &str)]) -> Server {
    let config = Config::read(|name| {
        let own = [("OPENAI_API_KEY", KEY), ("OPENAI_BASE_URL", &*upstream.url)];
        let mut all = variables.iter().chain(&own);
        all.find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    });
    let metrics = Arc::new(Metrics::new(false));
    let router = server::http::router::router(&config.unwrap(), Arc::clone(&metrics)).unwrap();
    Server { router, metrics }
}

impl Server {
    async fn ask(&self, request: &Request) -> Next {
        let response = table::get(
            &self.router,
            &format!("/api/next?game={}", request.encode()),
        )
        .await;
        match response.reply() {
            Reply::Next(next) => next,
            Reply::End { outcome } => panic!("over: {outcome:?}"),
        }
    }
}

fn new_game(opening: u8) -> Request {
    Request {
        transcript: Transcript::new(Opening(opening)),
        seal: None,
    }
}

fn answered(request: &Request, next: Next, answer: Answer) -> Request {
    let mut transcript = request.transcript.clone();
    transcript.apply(Event::Move(next.attributed.mv)).unwrap();
    transcript.apply(Event::Answer(answer)).unwrap();
    Request {
        transcript,
        seal: Some(next.seal),
    }
}

/// The JSON bodies that the mock server received.
fn bodies(upstream: &Upstream) -> Vec<serde_json::Value> {
    let requests = upstream.requests().into_iter();
    let posts = requests.filter(|request| request.starts_with("POST"));
    posts
        .map(|request| serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap())
        .collect()
}

#[tokio::test]
async fn the_model_plays_a_whole_game() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = server(
        &upstream,
        &[
            ("OPENAI_ORGANIZATION", "org-1"),
            ("OPENAI_PROJECT", "proj-1"),
        ],
    );
    let mut request = new_game(0);
    while !matches!(request.transcript.phase(), Phase::Over(_)) {
        let next = server.ask(&request).await;
        assert_eq!(next.attributed.origin.by.name(), "gpt-6-luna");
        assert!(next.ponder);
        request = answered(&request, next, Answer::No);
    }
    assert_eq!(upstream.calls(), 20);
    let requests = upstream.requests();
    let post = requests
        .iter()
        .find(|request| request.starts_with("POST"))
        .unwrap();
    for header in [
        "POST /v1/chat/completions HTTP/1.1",
        &format!("authorization: Bearer {KEY}"),
        "openai-organization: org-1",
        "openai-project: proj-1",
        "content-type: application/json",
    ] {
        assert!(post.contains(header), "no {header} in\n{post}");
    }
    let first = &bodies(&upstream)[0];
    assert_eq!(first["model"], "gpt-6-luna");
    assert_eq!(first["temperature"], 0.0);
    assert_eq!(first["max_completion_tokens"], 400);
    assert_eq!(first["response_format"]["json_schema"]["strict"], true);
    assert_eq!(first["reasoning_effort"], "none");
    assert!(first.get("max_tokens").is_none());
    let text = server.metrics.text();
    // 20 calls of 400 and 50 tokens, at 0.10 and 0.50 dollars a million.
    for line in [
        "twenty_tokens_in_total 8000",
        "twenty_tokens_out_total 1000",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    let dollars = text
        .lines()
        .find_map(|line| line.strip_prefix("twenty_dollars_total "));
    let dollars: f64 = dollars.unwrap().parse().unwrap();
    assert!((dollars - 0.0013).abs() < 1e-9, "{dollars}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_equal_requests_at_once_cause_one_call() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = Arc::new(server(&upstream, &[]));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let server = Arc::clone(&server);
            tokio::spawn(async move { server.ask(&new_game(5)).await })
        })
        .collect();
    let mut first = None;
    for task in tasks {
        let next = task.await.unwrap();
        assert_eq!(*first.get_or_insert_with(|| next.clone()), next);
    }
    assert_eq!(upstream.calls(), 1);
    let text = server.metrics.text();
    assert!(text.contains("twenty_cache_hits_total 99"), "{text}");
    assert!(text.contains("twenty_model_calls_total 1\n"), "{text}");
    server.ask(&new_game(6)).await;
    assert_eq!(upstream.calls(), 2, "another opening is another game");
}

#[tokio::test]
async fn a_question_is_remembered_for_question_ttl() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = server(&upstream, &[("QUESTION_TTL", "1")]);
    server.ask(&new_game(0)).await;
    server.ask(&new_game(0)).await;
    assert_eq!(upstream.calls(), 1);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    server.ask(&new_game(0)).await;
    assert_eq!(upstream.calls(), 2);
}

#[tokio::test]
async fn it_learns_once_which_parameters_a_model_accepts() {
    let refuse = |name: &str| {
        let message = format!("Unsupported parameter: '{name}' is not supported with this model.");
        Act::Reply(400, "", error("unsupported_parameter", &message))
    };
    let upstream = Upstream::start(vec![
        refuse("max_completion_tokens"),
        refuse("response_format"),
        refuse("temperature"),
        Act::Play,
    ])
    .await;
    let server = server(&upstream, &[("OPENAI_MODEL", "llama3.2:3b")]);
    assert_eq!(
        server.ask(&new_game(0)).await.attributed.origin.by.name(),
        "llama3.2:3b"
    );
    assert_eq!(upstream.calls(), 4);
    server.ask(&new_game(1)).await;
    assert_eq!(upstream.calls(), 5, "it remembers what it has learnt");
    let last = bodies(&upstream).pop().unwrap();
    assert_eq!(last["max_tokens"], 400);
    for gone in ["max_completion_tokens", "response_format", "temperature"] {
        assert!(last.get(gone).is_none(), "{last}");
    }
}

#[tokio::test]
async fn a_reasoning_model_is_told_not_to_reason() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = server(
        &upstream,
        &[
            ("OPENAI_MODEL", "openai/gpt-5-mini"),
            ("OPENAI_PRICES", "0.25/2"),
        ],
    );
    server.ask(&new_game(0)).await;
    assert_eq!(bodies(&upstream)[0]["reasoning_effort"], "none");
    assert_eq!(bodies(&upstream)[0]["temperature"], 0.0);
}

#[tokio::test]
async fn a_model_that_is_gone_twice_is_called_no_more_and_a_stray_refusal_changes_nothing() {
    let gone = || {
        let words = "The model does not exist";
        Act::Reply(404, "", error("model_not_found", words))
    };
    let by = async |server: &Server, opening| {
        let next = server.ask(&new_game(opening)).await;
        next.attributed.origin.by.name().to_owned()
    };
    // The mock has its acts in the order of the calls.
    let upstream = Upstream::start(vec![gone(), Act::Play, Act::Play]).await;
    let stray = server(&upstream, &[]);
    assert_eq!(by(&stray, 0).await, "gpt-4.1");
    for opening in 1..6 {
        assert_eq!(by(&stray, opening).await, "gpt-6-luna");
    }
    assert_eq!(upstream.calls(), 7);

    let upstream = Upstream::start(vec![gone(), Act::Play, gone(), Act::Play]).await;
    let server = server(&upstream, &[]);
    for opening in 0..6 {
        assert_eq!(by(&server, opening).await, "gpt-4.1");
    }
    assert_eq!(upstream.calls(), 8);
}

#[tokio::test]
async fn a_stray_refusal_of_a_request_changes_nothing_either() {
    let refusal = || Act::Reply(400, "", error("invalid_request", "of no use"));
    let upstream = Upstream::start(vec![refusal(), Act::Play]).await;
    let server = server(&upstream, &[]);
    for opening in 0..3 {
        server.ask(&new_game(opening)).await;
    }
    let bodies = bodies(&upstream);
    assert_eq!(bodies.len(), 4);
    for (number, body) in bodies.iter().enumerate() {
        // Only the second call tries the plainest request.
        let is_plain = number == 1;
        assert_eq!(
            body.get("temperature").is_none(),
            is_plain,
            "{number}: {body}"
        );
        assert_eq!(
            body.get("response_format").is_none(),
            is_plain,
            "{number}: {body}"
        );
    }
}

#[tokio::test]
async fn a_model_that_reasons_under_another_name_gets_more_room() {
    let cut = r#"{"choices":[{"finish_reason":"length","message":{"content":""}}]}"#;
    let cut = Act::Reply(200, "", cut.to_owned());
    let upstream = Upstream::start(vec![cut.clone(), Act::Play, cut, Act::Play]).await;
    let variables = [("OPENAI_MODEL", "our-alias"), ("OPENAI_PRICES", "1/2")];
    let server = server(&upstream, &variables);
    for opening in 0..3 {
        let next = server.ask(&new_game(opening)).await;
        assert_eq!(next.attributed.origin.by.name(), "our-alias");
    }
    let room: Vec<_> = bodies(&upstream)
        .iter()
        .map(|body| body["max_completion_tokens"].as_u64().unwrap())
        .collect();
    assert_eq!(room, [400, 1_600, 400, 12_000, 3_000]);
}

#[tokio::test]
async fn the_model_repairs_a_mistake_once_it_is_told() {
    let upstream = Upstream::start(vec![
        Act::Say("question", "Is it alive?"),
        Act::Say("question", "Is it a living thing?"),
        Act::Say("question", "Can it fly?"),
    ])
    .await;
    let server = server(&upstream, &[]);
    let first = new_game(0);
    let next = server.ask(&first).await;
    let second = server.ask(&answered(&first, next, Answer::Yes)).await;
    assert_eq!(
        second.attributed.mv,
        Move::Question(Text::new("Can it fly?").unwrap())
    );
    let messages = bodies(&upstream).pop().unwrap()["messages"].clone();
    assert_eq!(messages.as_array().unwrap().len(), 4);
    assert!(
        messages[2]["content"]
            .as_str()
            .unwrap()
            .contains("Is it a living thing?")
    );
    assert_eq!(
        messages[3]["content"],
        "That can't be used: it repeats \"Is it alive?\". Make another move."
    );
    let text = server.metrics.text();
    assert!(
        text.contains("twenty_repairs_total 1") && text.contains("twenty_repeats_refused_total 1"),
        "{text}"
    );
}

#[tokio::test]
async fn it_waits_as_long_as_retry_after_says() {
    let busy = Act::Reply(
        429,
        "retry-after-ms: 700\r\n",
        error("rate_limit_exceeded", "busy"),
    );
    let upstream = Upstream::start(vec![busy, Act::Play]).await;
    let server = server(&upstream, &[]);
    let start = Instant::now();
    assert_eq!(
        server.ask(&new_game(0)).await.attributed.origin.by.name(),
        "gpt-6-luna"
    );
    assert!(start.elapsed() >= Duration::from_millis(700));
}

#[tokio::test]
async fn a_failing_model_is_left_alone() {
    let upstream = Upstream::start(vec![Act::Reply(401, "", error("invalid_api_key", "no"))]).await;
    let server = server(&upstream, &[]);
    for opening in 0..5 {
        assert_eq!(
            server
                .ask(&new_game(opening))
                .await
                .attributed
                .origin
                .by
                .name(),
            "guesser"
        );
    }
    assert_eq!(upstream.calls(), 1);
    let text = server.metrics.text();
    assert!(
        text.contains("twenty_fallbacks_total{reason=\"circuit_open\"} 4"),
        "{text}"
    );
}

#[tokio::test]
async fn calls_go_on_when_their_clients_leave_and_alone_decide_the_circuit() {
    let upstream = Upstream::start(vec![Act::Wait(Duration::from_millis(300))]).await;
    let server = server(&upstream, &[]);
    for opening in 0..50 {
        let request = new_game(opening);
        let left = tokio::time::timeout(Duration::from_millis(20), server.ask(&request)).await;
        assert!(left.is_err(), "the client has left");
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(upstream.calls(), 50);
    let text = server.metrics.text();
    assert!(text.contains("twenty_model_calls_total 50\n"), "{text}");
    assert!(text.contains("twenty_tokens_in_total 20000\n"), "{text}");
    for opening in 0..50 {
        let next = server.ask(&new_game(opening)).await;
        assert_eq!(next.attributed.origin.by.name(), "gpt-6-luna");
    }
    assert_eq!(upstream.calls(), 50, "the cache has all moves");
}

#[tokio::test]
async fn whoever_waits_for_the_call_of_a_client_that_left_has_a_move_by_the_deadline() {
    let upstream = Upstream::start(vec![Act::Hang]).await;
    let variables = [("OPENAI_DEADLINE", "1.5"), ("REQUEST_TIMEOUT", "2")];
    let server = Arc::new(server(&upstream, &variables));
    let game = new_game(0);
    let first = server.ask(&game);
    assert!(
        tokio::time::timeout(Duration::from_millis(300), first)
            .await
            .is_err()
    );
    let start = Instant::now();
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let server = Arc::clone(&server);
            tokio::spawn(async move { server.ask(&new_game(0)).await })
        })
        .collect();
    for next in waiting {
        assert_eq!(next.await.unwrap().attributed.origin.by.name(), "guesser");
    }
    // The rest of the first call's time, and not another whole one.
    assert!(
        start.elapsed() < Duration::from_millis(1_450),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn a_model_without_usable_replies_is_reported_once() {
    let (subscriber, logs) = table::logs();
    let _guard = subscriber.set_default();
    let chatter = upstream::completion("What a nice game!");
    let upstream = Upstream::start(vec![Act::Reply(200, "", chatter)]).await;
    let server = server(&upstream, &[]);
    for opening in 0..9 {
        server.ask(&new_game(opening)).await;
    }
    let logs = String::from_utf8_lossy(&logs.lock().unwrap()).into_owned();
    let warnings = logs.lines().filter(|line| line.contains("WARN"));
    let warnings: Vec<_> = warnings.collect();
    let [warning] = warnings[..] else {
        panic!("{warnings:?}")
    };
    for part in [
        "3 times in a row",
        "set OPENAI_MODEL to another",
        "reason=unusable",
    ] {
        assert!(warning.contains(part), "no {part} in {warning}");
    }
}

#[tokio::test]
async fn the_guesser_moves_once_the_budget_is_spent() {
    let (subscriber, logs) = table::logs();
    let _guard = subscriber.set_default();
    let upstream = Upstream::start(vec![Act::Play]).await;
    // A move costs 0.0065 cents.
    let server = server(&upstream, &[("MODEL_BUDGET", "0.0001")]);
    let mut by = Vec::new();
    for opening in 0..4 {
        let next = server.ask(&new_game(opening)).await;
        by.push(next.attributed.origin.by.name().to_owned());
    }
    assert_eq!(by, ["gpt-6-luna", "gpt-6-luna", "guesser", "guesser"]);
    assert_eq!(upstream.calls(), 2);
    let response = table::get(&server.router, "/api/settings").await;
    let settings: Settings = serde_json::from_slice(&response.body).unwrap();
    assert!(
        settings.is_resting && !settings.model,
        "pages play alone and say why"
    );
    let text = server.metrics.text();
    for line in [
        "twenty_fallbacks_total{reason=\"budget\"} 2",
        "twenty_budget_used_percent 130",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    let logs = String::from_utf8_lossy(&logs.lock().unwrap()).into_owned();
    let line = "the 0.0001 dollars for the model are spent";
    assert_eq!(logs.matches(line).count(), 1, "{logs}");
}

#[tokio::test]
async fn tokens_that_a_reply_does_not_tell_are_estimated() {
    let silent = Act::Legal(r#"{"choices":[{"message":{"content":JSON}}]}"#.to_owned());
    let upstream = Upstream::start(vec![silent]).await;
    let server = server(&upstream, &[]);
    server.ask(&new_game(0)).await;
    let text = server.metrics.text();
    let count = |name: &str| -> u64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim().parse().unwrap()
    };
    assert!(
        (400..2_000).contains(&count("twenty_tokens_in_total")),
        "{text}"
    );
    assert!(
        (10..100).contains(&count("twenty_tokens_out_total")),
        "{text}"
    );
}

#[tokio::test]
async fn azure_gets_its_version_and_its_header() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let url = format!(
        "{}/openai/deployments/gpt?api-version=2024-10-21",
        upstream.url
    );
    let server = server(&upstream, &[("OPENAI_BASE_URL", &url)]);
    server.ask(&new_game(0)).await;
    let requests = upstream.requests();
    let post = requests
        .iter()
        .find(|request| request.starts_with("POST"))
        .unwrap();
    let path = "/v1/openai/deployments/gpt/chat/completions?api-version=2024-10-21 ";
    assert!(
        post.contains(path) && post.contains(&format!("api-key: {KEY}")),
        "{post}"
    );
    assert!(!post.contains("authorization"), "{post}");
}

#[tokio::test]
async fn games_under_the_previous_seal_key_go_on() {
    const OLD: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";
    let upstream = Upstream::start(vec![Act::Play]).await;
    let before = server(&upstream, &[("SEAL_KEY", OLD)]);
    let first = new_game(0);
    let request = answered(&first, before.ask(&first).await, Answer::Yes);
    let both = format!("{NEW},{OLD}");
    let after = server(&upstream, &[("SEAL_KEY", &both)]);
    let next = after.ask(&request).await;
    let second = answered(&request, next, Answer::Yes);
    let only_new = server(&upstream, &[("SEAL_KEY", NEW)]);
    only_new.ask(&second).await;
    let path = format!("/api/next?game={}", request.encode());
    let problem = table::get(&only_new.router, &path).await.problem();
    assert_eq!(problem.kind, "/problems/broken-seal");
    let v = async |server: &Server| {
        let response = table::get(&server.router, "/api/settings").await;
        serde_json::from_slice::<Settings>(&response.body)
            .unwrap()
            .v
    };
    assert_ne!(
        v(&before).await,
        v(&after).await,
        "caches must not serve old seals"
    );
    assert_eq!(v(&after).await, v(&only_new).await);
}

#[tokio::test]
async fn the_guesser_takes_over_and_uses_the_answers_to_the_models_questions() {
    let upstream = Upstream::start(vec![
        Act::Say("question", "Is it a kind of animal?"),
        Act::Say("question", "Would your grandmother like it?"),
        Act::Reply(401, "", error("invalid_api_key", "no")),
    ])
    .await;
    let server = server(&upstream, &[]);
    let mut request = new_game(0);
    for by in ["gpt-6-luna", "gpt-6-luna", "guesser", "guesser", "guesser"] {
        let next = server.ask(&request).await;
        assert_eq!(next.attributed.origin.by.name(), by);
        if by == "guesser" {
            let text = next.attributed.mv.text().as_str();
            assert_ne!(
                text, "Is it an animal?",
                "the model asked it in other words"
            );
            assert_ne!(text, "Is it man-made?", "animals aren't");
        }
        request = answered(&request, next, Answer::Yes);
    }
}

#[tokio::test]
async fn a_model_without_a_shutdown_date_has_no_metric() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = server(&upstream, &[]);
    server.ask(&new_game(0)).await;
    // The date is looked up in the background; the mock announces none.
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.ask(&new_game(1)).await;
    let requests = upstream.requests();
    let about: Vec<_> = requests
        .iter()
        .filter(|request| request.starts_with("GET /v1/models/gpt-6-luna "))
        .collect();
    assert_eq!(about.len(), 1, "once a day");
    assert!(!server.metrics.text().contains("twenty_model_days_left{"));
}

#[tokio::test]
async fn a_client_with_too_many_requests_must_wait() {
    let upstream = Upstream::start(vec![Act::Play]).await;
    let server = server(&upstream, &[("RATE_LIMIT", "3")]);
    for _ in 0..3 {
        server.ask(&new_game(0)).await;
    }
    let path = format!("/api/next?game={}", new_game(0).encode());
    let response = table::get(&server.router, &path).await;
    assert_eq!(response.status.as_u16(), 429);
    assert_eq!(response.problem().kind, "/problems/too-many-requests");
    let wait: u64 = response.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    assert_eq!(
        table::get(&server.router, "/healthz").await.status.as_u16(),
        200
    );
}

/// The metric of the days left, and the log, for a model that will be shut down on this day.
async fn announced(shutdown: jiff::civil::Date) -> (Option<i64>, String) {
    let (subscriber, logs) = table::logs();
    let _guard = subscriber.set_default();
    let upstream = Upstream::start_until(vec![Act::Play], Some(shutdown.to_string())).await;
    let server = server(&upstream, &[]);
    // The date is looked up in the background of the first move, and known a few moves later.
    let mut days = None;
    for opening in 0..8 {
        server.ask(&new_game(opening)).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let text = server.metrics.text();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("twenty_model_days_left{model=\"gpt-6-luna\"} "));
        days = line.and_then(|days| days.parse().ok());
    }
    let requests = upstream.requests().into_iter();
    let requests = requests.filter(|request| request.starts_with("GET /v1/models/gpt-6-luna "));
    assert_eq!(requests.count(), 1, "once a day is enough");
    let logs = String::from_utf8_lossy(&logs.lock().unwrap()).into_owned();
    (days, logs)
}

#[tokio::test]
async fn an_announced_shutdown_is_logged_in_time_and_is_a_metric() {
    let today = jiff::Zoned::now()
        .with_time_zone(jiff::tz::TimeZone::UTC)
        .date();
    let day = |days: i64| today.checked_add(jiff::SignedDuration::from_hours(24 * days));
    for days in [51, 0, -3] {
        let date = day(days).unwrap();
        let (told, logs) = announced(date).await;
        // Midnight may pass meanwhile.
        assert!(
            told.is_some_and(|told| (days - 1..=days).contains(&told)),
            "{told:?}"
        );
        let line = match told.unwrap() {
            ..0 => format!("the model gpt-6-luna was to be shut down on {date}"),
            days => format!("the model gpt-6-luna is shut down on {date}, in {days} days"),
        };
        assert!(logs.contains(&line), "no {line}");
    }
    let (told, logs) = announced(day(200).unwrap()).await;
    assert!(told.is_some(), "it is a metric however far away it is");
    assert!(!logs.contains("is shut down on"), "but no warning yet");
}
