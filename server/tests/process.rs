//! The program: its command line, how it starts, refuses to start, and stops.

#![cfg(test)]

use server::config::VARIABLES;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[cfg(feature = "site")]
const COMMANDS: [&str; 3] = ["site", "evaluate", "health"];
#[cfg(not(feature = "site"))]
const COMMANDS: [&str; 2] = ["evaluate", "health"];

/// The server, in its own folder and without the environment of these tests.
fn server(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("dist")).unwrap();
    std::fs::write(folder.path().join("dist/index.html"), "<!DOCTYPE html>").unwrap();
    folder
}

/// Runs a command that is expected to fail; returns its exit code and what it says.
fn refusal(command: &mut Command) -> (i32, String) {
    let Output { status, stderr, .. } = command.output().unwrap();
    (
        status.code().unwrap_or(-1),
        String::from_utf8(stderr).unwrap(),
    )
}

/// What a command that is expected to succeed prints.
fn stdout(command: &mut Command) -> String {
    let Output { status, stdout, .. } = command.output().unwrap();
    assert!(status.success(), "{command:?}: {status}");
    String::from_utf8(stdout).unwrap()
}

/// Starts the server on a free port; returns the process and its address.
fn running(folder: &TempDir, variables: &[(&str, &str)]) -> (Child, String) {
    let mut command = server(folder);
    command
        .env("ADDR", "127.0.0.1:0")
        .envs(variables.iter().copied());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let addr = line.trim().strip_prefix("Twenty Questions is at http://");
    let addr = addr
        .unwrap_or_else(|| panic!("it says {line:?}"))
        .to_owned();
    (child, addr)
}

fn terminate(child: &Child) {
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
}

fn stderr(child: &mut Child) -> String {
    let mut text = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn get(addr: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn it_refuses_to_start_with_an_invalid_configuration() {
    let folder = folder();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let cases = [
        (
            "OPENINGS",
            "many",
            "server: OPENINGS is \"many\", but it takes a number from 1 to 64\n",
        ),
        (
            "SEAL_KEY",
            "hush-hush",
            "server: SEAL_KEY is not shown here, but it takes one or more keys of at least 32 characters, separated by commas\n",
        ),
        ("ADDR", &addr, "is in use"),
        (
            "SITE_DIR",
            "nowhere",
            "server: nowhere/index.html is missing",
        ),
    ];
    for (name, value, expected) in cases {
        let (code, said) = refusal(server(&folder).env(name, value));
        assert_eq!(code, 1, "{name}: {said}");
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
}

#[test]
fn the_file_env_is_read_and_its_content_is_never_shown() {
    let folder = folder();
    std::fs::write(folder.path().join(".env"), "# local\nOPENINGS=none\n").unwrap();
    let (_, said) = refusal(&mut server(&folder));
    assert!(said.contains("OPENINGS is \"none\""), "{said}");
    // The environment takes precedence.
    let (_, said) = refusal(server(&folder).env("OPENINGS", "nil"));
    assert!(said.contains("OPENINGS is \"nil\""), "{said}");
    std::fs::write(folder.path().join(".env"), "OPENAI_API_KEY='sk-secret\n").unwrap();
    let (code, said) = refusal(&mut server(&folder));
    assert_eq!(code, 1);
    assert!(
        said.contains(".env can't be read: a line is not NAME=value") && !said.contains("secret"),
        "{said}"
    );
}

#[test]
fn help_lists_every_variable_and_command() {
    let folder = folder();
    let help = stdout(server(&folder).arg("--help"));
    for variable in VARIABLES {
        assert!(
            help.contains(variable.name),
            "{} is not in\n{help}",
            variable.name
        );
    }
    for command in COMMANDS {
        assert!(help.contains(&format!("\nserver {command} ")), "{help}");
    }
    assert_eq!(stdout(server(&folder).arg("-h")), help);
    assert_eq!(stdout(server(&folder).arg("help")), help);
}

#[test]
fn every_command_has_a_help_of_its_own() {
    let folder = folder();
    for command in COMMANDS {
        for option in ["--help", "-h"] {
            let usage = stdout(server(&folder).args([command, option]));
            assert!(usage.starts_with(&format!("server {command}")), "{usage}");
        }
    }
    let usage = stdout(server(&folder).args(["evaluate", "--games", "5", "--help"]));
    assert!(usage.contains("--things"), "{usage}");
}

#[test]
fn it_prints_its_version() {
    let folder = folder();
    let version = format!("{}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(server(&folder).arg("--version")), version);
    assert_eq!(stdout(server(&folder).arg("-V")), version);
}

#[test]
fn unknown_arguments_are_named() {
    let folder = folder();
    let cases: [(&[&str], &str); 5] = [
        (
            &["sing"],
            "server: `sing` is not a command; `server --help` lists the commands\n",
        ),
        (
            &["--sing"],
            "server: invalid arguments; see `server --help`: invalid option '--sing'\n",
        ),
        (
            &["health", "now"],
            "server: invalid arguments; see `server health --help`: unexpected argument \"now\"\n",
        ),
        (
            &["evaluate", "--things"],
            "server: invalid arguments; see `server evaluate --help`: ",
        ),
        (
            &["evaluate"],
            "server: invalid arguments; see `server evaluate --help`: ",
        ),
    ];
    for (arguments, expected) in cases {
        let (code, said) = refusal(server(&folder).args(arguments));
        assert_eq!(code, 2, "{said}");
        assert!(said.starts_with(expected), "{said}");
    }
}

#[cfg(feature = "site")]
#[test]
fn unknown_arguments_of_site_are_named() {
    let folder = folder();
    let cases: [(&[&str], &str); 3] = [
        (&["--in"], "invalid option '--in'"),
        (&["dist"], "unexpected argument \"dist\""),
        (&["--out"], "missing argument for option '--out'"),
    ];
    for (arguments, expected) in cases {
        let (code, said) = refusal(server(&folder).arg("site").args(arguments));
        assert_eq!(
            (code, said),
            (
                2,
                format!("server: invalid arguments; see `server site --help`: {expected}\n")
            )
        );
    }
    let (code, said) = refusal(server(&folder).args(["site", "--bundle=nothing"]));
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("nothing/pkg/twenty.wasm is missing"),
        "{said}"
    );
}

#[test]
fn it_serves_logs_no_game_and_stops_on_a_signal() {
    let folder = folder();
    let (mut child, addr) = running(
        &folder,
        &[
            ("LOG_FORMAT", "json"),
            ("OPENAI_API_KEY", "sk-topsecret-0123456789"),
            // Nothing listens there, so the guesser moves.
            ("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"),
            ("OPENAI_DEADLINE", "1"),
        ],
    );
    assert!(get(&addr, "/").starts_with("HTTP/1.1 200 OK"));
    let game = "eyJvcGVuaW5nIjowLCJtb3ZlcyI6W119";
    assert!(get(&addr, &format!("/api/next?game={game}")).contains("\"by\":\"guesser\""));
    let long = format!("/{}{}", "p".repeat(199), "LEFT-OUT".repeat(500));
    assert!(get(&addr, &long).starts_with("HTTP/1.1 404"));
    terminate(&child);
    assert!(child.wait().unwrap().success());
    let log = stderr(&mut child);
    assert!(
        log.contains(r#""path":"/api/next""#) && log.contains(r#""status":200"#),
        "{log}"
    );
    let cut = format!(r#""path":"/{}…""#, "p".repeat(199));
    assert!(log.contains(&cut) && !log.contains("LEFT"), "{log}");
    let version = env!("CARGO_PKG_VERSION");
    for field in [
        format!(r#""addr":"{addr}""#),
        format!(r#""version":"{version}""#),
        r#""ai":"gpt-6-luna, gpt-4.1""#.to_owned(),
    ] {
        assert!(log.contains(&field), "no {field} in {log}");
    }
    assert!(
        !log.contains(game) && !log.contains("topsecret") && !log.contains('?'),
        "{log}"
    );
}

#[test]
fn health_checks_a_running_server() {
    let folder = folder();
    let (mut child, addr) = running(&folder, &[]);
    let mut health = server(&folder);
    let health = health.arg("health").env("ADDR", &addr);
    assert!(health.status().unwrap().success());
    terminate(&child);
    child.wait().unwrap();
    assert!(stderr(&mut child).contains("the guesser"));
    let (code, said) = refusal(health);
    assert_eq!(code, 1);
    let expected = format!("server: no healthy server at {addr}: it can't be reached: ");
    assert!(said.starts_with(&expected), "{said}");
}

#[test]
fn metrics_have_an_address_of_their_own() {
    let folder = folder();
    // The server can't say which port it chose for its metrics, so choose one that is free now.
    let probe = TcpListener::bind("127.0.0.1:0").unwrap();
    let figures = probe.local_addr().unwrap().to_string();
    drop(probe);
    let (mut child, addr) = running(&folder, &[("METRICS_ADDR", &figures)]);
    let game = "eyJvcGVuaW5nIjowLCJtb3ZlcyI6W119";
    assert!(get(&addr, &format!("/api/next?game={game}")).starts_with("HTTP/1.1 200 OK"));
    let text = get(&figures, "/metrics");
    assert!(
        text.contains("content-type: application/openmetrics-text"),
        "{text}"
    );
    assert!(
        text.contains("twenty_moves_total{by=\"guesser\"} 1"),
        "{text}"
    );
    assert!(text.ends_with("# EOF\n"), "{text}");
    assert!(get(&addr, "/metrics").starts_with("HTTP/1.1 404"));
    let (code, said) = refusal(
        server(&folder)
            .env("ADDR", "127.0.0.1:0")
            .env("METRICS_ADDR", &figures),
    );
    assert_eq!(code, 1);
    assert!(
        said.contains(&format!("{figures} is in use")) && said.contains("METRICS_ADDR"),
        "{said}"
    );
    terminate(&child);
    assert!(child.wait().unwrap().success());
}

/// A model that takes requests and never replies, and the variables that make the server use it.
fn silent_model() -> (TcpListener, String) {
    let model = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", model.local_addr().unwrap());
    (model, url)
}

const NEW_GAME: &str = "/api/next?game=eyJvcGVuaW5nIjowLCJtb3ZlcyI6W119";

/// A connection on which a move was asked for.
fn ask(addr: &str) -> TcpStream {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(stream, "GET {NEW_GAME} HTTP/1.1\r\nhost: test\r\n\r\n").unwrap();
    stream
}

/// Half of what the server gives a silent client.
const SOON: Duration = Duration::from_secs(5);

#[test]
fn it_finishes_open_requests_before_it_stops_and_waits_for_no_others() {
    let folder = folder();
    let (model, url) = silent_model();
    let (mut child, addr) = running(
        &folder,
        &[
            ("OPENAI_API_KEY", "sk-topsecret-0123456789"),
            ("OPENAI_BASE_URL", &url),
            ("OPENAI_DEADLINE", "2"),
        ],
    );
    let mut slow = ask(&addr);
    // Once the model is asked, the request is open.
    let _asked = model.accept().unwrap();
    let mut half = TcpStream::connect(&addr).unwrap();
    write!(half, "GET /healthz HTTP/1.1\r\nhost: te").unwrap();
    let mut silent = TcpStream::connect(&addr).unwrap();
    // This response shows that the connections before it were accepted.
    get(&addr, "/healthz");
    terminate(&child);
    let start = Instant::now();
    for stream in [&mut half, &mut silent] {
        let mut rest = Vec::new();
        // The system resets a connection that is closed with unread bytes.
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty(), "{rest:?}");
    }
    assert!(start.elapsed() < SOON);
    assert!(
        TcpStream::connect(&addr).is_err(),
        "it still accepts connections"
    );
    let mut response = String::new();
    slow.read_to_string(&mut response).unwrap();
    assert!(response.contains("\"by\":\"guesser\""), "{response}");
    assert!(child.wait().unwrap().success());
    assert!(stderr(&mut child).contains("stopping"));
}

#[test]
fn a_half_sent_head_delays_no_stop() {
    let folder = folder();
    let (mut child, addr) = running(&folder, &[]);
    let mut half = TcpStream::connect(&addr).unwrap();
    write!(half, "GET /healthz HTTP/1.1\r\nhost: te").unwrap();
    get(&addr, "/healthz");
    let start = Instant::now();
    terminate(&child);
    assert!(child.wait().unwrap().success());
    assert!(start.elapsed() < SOON);
}

#[test]
fn a_second_signal_stops_it_at_once() {
    let folder = folder();
    let (model, url) = silent_model();
    let (mut child, addr) = running(
        &folder,
        &[
            ("OPENAI_API_KEY", "sk-topsecret-0123456789"),
            ("OPENAI_BASE_URL", &url),
        ],
    );
    let _open = ask(&addr);
    let _asked = model.accept().unwrap();
    let start = Instant::now();
    terminate(&child);
    while TcpStream::connect(&addr).is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
    terminate(&child);
    assert!(child.wait().unwrap().success());
    assert!(start.elapsed() < SOON);
    assert!(stderr(&mut child).contains("stopped at once"));
}

#[test]
fn connections_are_limited_on_both_ports() {
    let folder = folder();
    let probe = TcpListener::bind("127.0.0.1:0").unwrap();
    let figures = probe.local_addr().unwrap().to_string();
    drop(probe);
    for (max, proxies, kept) in [("2", "0", 2), ("100", "0", 64), ("100", "1", 100)] {
        let (mut child, addr) = running(
            &folder,
            &[
                ("MAX_CONNECTIONS", max),
                ("TRUSTED_PROXIES", proxies),
                ("METRICS_ADDR", &figures),
            ],
        );
        // No proxy is in front of the metrics.
        for (addr, path, kept) in [
            (&addr, "/healthz", kept),
            (&figures, "/metrics", kept.min(64)),
        ] {
            let open: Vec<_> = (0..kept).map(|_| kept_open(addr, path)).collect();
            assert!(open.iter().all(Option::is_some), "{max} {proxies} {path}");
            assert!(kept_open(addr, path).is_none(), "{max} {proxies} {path}");
        }
        terminate(&child);
        assert!(child.wait().unwrap().success());
    }
}

/// A connection that has got a response and stays open; `None` if it gets none.
fn kept_open(addr: &str, path: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(2)))
        .unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\n\r\n").ok()?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    (&start == b"HTTP/1.1 200").then_some(stream)
}

/// The test plays the runtime API of Lambda, as far as one invocation needs it.
#[test]
fn it_handles_the_invocations_of_a_lambda_function() {
    let runtime = TcpListener::bind("127.0.0.1:0").unwrap();
    let api = runtime.local_addr().unwrap().to_string();
    let folder = folder();
    let mut child = server(&folder)
        .env("AWS_LAMBDA_RUNTIME_API", &api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "next")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "s")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "g")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let event = include_str!("data/function_url_event.json");
    let started = Instant::now();
    let mut response = String::new();
    let mut is_served = false;
    'connections: for stream in runtime.incoming() {
        let mut stream = BufReader::new(stream.unwrap());
        loop {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "no response came"
            );
            let (head, body) = match read_request(&mut stream) {
                Some(request) => request,
                None => continue 'connections,
            };
            if head.starts_with("GET /2018-06-01/runtime/invocation/next") && !is_served {
                is_served = true;
                let deadline = "lambda-runtime-deadline-ms: 4102444800000";
                write!(stream.get_mut(), "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: 1\r\n{deadline}\r\nlambda-runtime-invoked-function-arn: arn:aws:lambda:x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{event}", event.len()).unwrap();
            } else if head.starts_with("POST /2018-06-01/runtime/invocation/1/response") {
                response = body;
                break 'connections;
            } else {
                panic!("unexpected: {head}\n{body}");
            }
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let response: serde_json::Value = serde_json::from_str(&response).unwrap();
    assert_eq!(response["statusCode"], 200, "{response}");
    assert_eq!(response["headers"]["cache-control"], "no-store");
    let reply: game::wire::Reply =
        serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
    let game::wire::Reply::Next(next) = reply else {
        panic!("over")
    };
    assert_eq!(next.attributed.origin.by.name(), "guesser");

    // The metrics of the request are where CloudWatch reads them, and hold nothing of the game.
    let mut stdout = String::new();
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_to_string(&mut stdout).unwrap();
    let figures: serde_json::Value = serde_json::from_str(stdout.trim()).unwrap();
    let metrics = &figures["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(metrics["Namespace"], "TwentyQuestions");
    assert_eq!(
        (
            &figures["Moves"],
            &figures["GuesserMoves"],
            &figures["CacheHits"]
        ),
        (&1.into(), &1.into(), &0.into())
    );
    let out = stdout + &stderr(&mut child);
    assert!(!out.contains(next.attributed.mv.text().as_str()), "{out}");
}

/// The head and body of a request; `None` at the end of the connection.
fn read_request(stream: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let lower = head.to_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    if lower.contains("transfer-encoding: chunked") {
        body = read_chunks(stream)?;
    }
    Some((head, String::from_utf8(body).ok()?))
}

fn read_chunks(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(&chunk[..size]);
    }
}
