//! `cargo bench -p server --bench relay`: what the relay adds to a call, compared with a direct call and with nginx.
//!
//! All three call the same mock model over the loopback interface. It answers at once, so the figures are those of
//! the way there and back. Every game is different, so no cache answers. Clients and mock run on the same cores as
//! what is measured, so compare rows, not machines.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that meets the unexpected should stop"
)]

use game::{Answer, Event, Move, Opening, Text, Transcript, wire::Request};
use jiff::civil::date;
use serde_json::json;
use server::{
    config::Config,
    keys::seal::SealKey,
    relay::{prompt, proposal::SCHEMA},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const KEY: &str = "sk-bench-0123456789abcdefghijklmnopqrstuvwxyz";

/// Answered moves of each game.
const MOVES: usize = 8;

/// Connections and requests of each run.
const RUNS: [(usize, usize); 2] = [(1, 4_000), (64, 24_000)];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(bench());
}

async fn bench() {
    let upstream = upstream().await;
    let folder = tempfile::tempdir().expect("a folder");
    let config = config(&upstream);
    let total: usize = RUNS
        .iter()
        .map(|(_, requests)| requests + requests / 10)
        .sum();
    let games: Vec<Vec<u8>> = (0..total)
        .map(|number| get(&game(&config, number)))
        .collect();
    let post = vec![post(&game(&config, 0).transcript)];

    println!("a call with {MOVES} answered moves; latencies in milliseconds\n");
    println!(
        "| way | connections | p50 | p99 | added p50 | added p99 | requests/s | CPU us/request | resident |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let (nginx, relay) = (
        Proxy::nginx(&folder, &upstream),
        Proxy::relay(&folder, &upstream),
    );
    let mut sent = 0;
    for (connections, requests) in RUNS {
        let direct = load(&upstream, &post, connections, requests).await;
        row("direct", connections, &direct, None, None);
        if let Some(nginx) = &nginx {
            load(&nginx.addr, &post, connections, requests / 10).await;
            let before = nginx.cpu();
            let load = load(&nginx.addr, &post, connections, requests).await;
            let cpu = (nginx.cpu() - before) / requests as f64;
            row(
                "nginx",
                connections,
                &load,
                Some(&direct),
                Some((cpu, nginx.resident())),
            );
        }
        let warm = &games[sent..sent + requests / 10];
        load(&relay.addr, warm, connections, warm.len()).await;
        sent += warm.len();
        let before = relay.cpu();
        let load = load(
            &relay.addr,
            &games[sent..sent + requests],
            connections,
            requests,
        )
        .await;
        sent += requests;
        let cpu = (relay.cpu() - before) / requests as f64;
        row(
            "relay",
            connections,
            &load,
            Some(&direct),
            Some((cpu, relay.resident())),
        );
    }
    if nginx.is_none() {
        println!("\nnginx is not installed, so there is no row for it.");
    }
}

fn config(upstream: &str) -> Config {
    let lookup = |name: &str| match name {
        "OPENAI_API_KEY" => Some(KEY.to_owned()),
        "OPENAI_BASE_URL" => Some(format!("http://{upstream}/v1")),
        _ => None,
    };
    Config::read(lookup).expect("a good configuration")
}

/// A game that differs from all others.
fn game(config: &Config, number: usize) -> Request {
    let key = SealKey::new(config);
    let mut transcript = Transcript::new(Opening(0));
    let mut seal = None;
    for turn in 0..MOVES {
        let text = format!("Would you expect {turn} or more of them in room {number}?");
        let mv = Move::Question(Text::new(text).expect("a text"));
        seal = Some(key.seal(&transcript, &mv));
        transcript.apply(Event::Move(mv)).expect("a legal move");
        let answer = Answer::ALL[turn % 3];
        transcript
            .apply(Event::Answer(answer))
            .expect("a legal answer");
    }
    Request { transcript, seal }
}

fn get(game: &Request) -> Vec<u8> {
    format!(
        "GET /api/next?game={} HTTP/1.1\r\nhost: bench\r\n\r\n",
        game.encode()
    )
    .into_bytes()
}

/// The same call as the relay makes.
fn post(transcript: &Transcript) -> Vec<u8> {
    let body = json!({
        "model": "gpt-4.1",
        "messages": prompt::messages(transcript, date(2026, 11, 28)),
        "max_completion_tokens": 400,
        "temperature": 0.0,
        "response_format": *SCHEMA,
    })
    .to_string();
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {KEY}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A mock model that always asks the same question, at once.
async fn upstream() -> String {
    let content = json!({"candidates": ["a cat"], "kind": "question", "text": "Can it fly?"});
    let body = json!({
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content.to_string()}}],
        "usage": {"prompt_tokens": 400, "completion_tokens": 40}
    })
    .to_string();
    let reply: Arc<[u8]> = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
    .into();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let reply = Arc::clone(&reply);
            tokio::spawn(async move {
                let _ = stream.set_nodelay(true);
                let mut buffer = Vec::new();
                while let Ok(true) = message(&mut stream, &mut buffer).await {
                    if stream.write_all(&reply).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    addr
}

/// Reads one message with its body from the stream; `false` at the end of the stream.
async fn message(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<bool> {
    loop {
        if let Some(end) = buffer.windows(4).position(|part| part == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
                .unwrap_or(0);
            assert!(
                !head.starts_with("http/1.1 ") || head.starts_with("http/1.1 200"),
                "{head}"
            );
            if buffer.len() >= end + 4 + length {
                buffer.drain(..end + 4 + length);
                return Ok(true);
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(false);
        }
    }
}

struct Load {
    latencies: Vec<Duration>,
    took: Duration,
}

impl Load {
    /// In milliseconds.
    fn percentile(&self, share: f64) -> f64 {
        let at = (self.latencies.len() as f64 * share) as usize;
        self.latencies[at.min(self.latencies.len() - 1)].as_secs_f64() * 1e3
    }
}

/// Sends this many requests over this many connections; repeats the requests if there are fewer.
async fn load(addr: &str, requests: &[Vec<u8>], connections: usize, count: usize) -> Load {
    let requests: Arc<Vec<Vec<u8>>> = Arc::new(requests.to_vec());
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|_| {
            let (addr, requests, next) =
                (addr.to_owned(), Arc::clone(&requests), Arc::clone(&next));
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(addr).await.expect("a connection");
                let _ = stream.set_nodelay(true);
                let (mut buffer, mut latencies) = (Vec::new(), Vec::new());
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return latencies;
                    }
                    let start = Instant::now();
                    let request = &requests[number % requests.len()];
                    stream.write_all(request).await.expect("a request is sent");
                    assert!(message(&mut stream, &mut buffer).await.expect("a reply"));
                    latencies.push(start.elapsed());
                }
            })
        })
        .collect();
    let mut latencies = Vec::with_capacity(count);
    for client in clients {
        latencies.extend(client.await.expect("a client"));
    }
    let took = start.elapsed();
    latencies.sort_unstable();
    Load { latencies, took }
}

fn row(
    way: &str,
    connections: usize,
    load: &Load,
    direct: Option<&Load>,
    cost: Option<(f64, f64)>,
) {
    let (p50, p99) = (load.percentile(0.5), load.percentile(0.99));
    let added = direct.map_or_else(
        || " |".to_owned(),
        |direct| {
            format!(
                "{:.3} | {:.3}",
                p50 - direct.percentile(0.5),
                p99 - direct.percentile(0.99)
            )
        },
    );
    let cost = cost.map_or_else(
        || " |".to_owned(),
        |(cpu, resident)| format!("{:.0} | {resident:.1} MB", cpu * 1e6),
    );
    let rate = load.latencies.len() as f64 / load.took.as_secs_f64();
    println!("| {way} | {connections} | {p50:.3} | {p99:.3} | {added} | {rate:.0} | {cost} |");
}

/// A process between the clients and the mock model.
struct Proxy {
    child: Child,
    addr: String,
    /// The processes that do the work.
    workers: Vec<u32>,
}

impl Proxy {
    fn relay(folder: &tempfile::TempDir, upstream: &str) -> Self {
        let site = folder.path().join("dist");
        fs::create_dir_all(&site).expect("a folder");
        fs::write(site.join("index.html"), "").expect("a page");
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .current_dir(folder)
            .env_clear()
            .env("ADDR", "127.0.0.1:0")
            .env("OPENAI_API_KEY", KEY)
            .env("OPENAI_BASE_URL", format!("http://{upstream}/v1"))
            .env("RATE_LIMIT", "0")
            // One client may have only 64 connections, but a proxy all of them.
            .env("TRUSTED_PROXIES", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let stdout = child.stdout.as_mut().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let addr = line
            .trim()
            .rsplit('/')
            .next()
            .expect("an address")
            .to_owned();
        let workers = vec![child.id()];
        Self {
            child,
            addr,
            workers,
        }
    }

    /// `None` where nginx isn't installed.
    fn nginx(folder: &tempfile::TempDir, upstream: &str) -> Option<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .ok()?
            .local_addr()
            .ok()?
            .port();
        let addr = format!("127.0.0.1:{port}");
        let root = folder.path().display();
        let text = format!(
            "daemon off; worker_processes auto; error_log {root}/error.log; pid {root}/nginx.pid;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log {root}/access.log; keepalive_requests 1000000;\n\
             client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root}; uwsgi_temp_path {root}; scgi_temp_path {root};\n\
             upstream model {{ server {upstream}; keepalive 128; }}\n\
             server {{ listen {addr}; location / {{ proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection \"\"; }} }} }}"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, text).ok()?;
        let path = "/usr/sbin/nginx";
        let program = if Path::new(path).exists() {
            path
        } else {
            "nginx"
        };
        let child = Command::new(program)
            .arg("-e")
            .arg(folder.path().join("error.log"))
            .arg("-c")
            .arg(&file)
            .spawn()
            .ok()?;
        let start = Instant::now();
        while std::net::TcpStream::connect(&addr).is_err() {
            if start.elapsed() > Duration::from_secs(5) {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let id = child.id();
        let children =
            fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let workers = children
            .split_whitespace()
            .filter_map(|id| id.parse().ok())
            .collect();
        Some(Self {
            child,
            addr,
            workers,
        })
    }

    /// Processor time so far in seconds, from the kernel's hundredths.
    fn cpu(&self) -> f64 {
        let ticks = self.workers.iter().map(|id| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let fields: Vec<&str> = stat
                .rsplit(") ")
                .next()
                .unwrap_or_default()
                .split(' ')
                .collect();
            let field = |at: usize| {
                fields
                    .get(at)
                    .and_then(|text| text.parse::<f64>().ok())
                    .unwrap_or(0.0)
            };
            field(11) + field(12)
        });
        ticks.sum::<f64>() / 100.0
    }

    /// Megabytes of resident memory.
    fn resident(&self) -> f64 {
        let kilobytes = self.workers.iter().map(|id| {
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
            line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok())
                .unwrap_or(0.0)
        });
        kilobytes.sum::<f64>() / 1024.0
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // nginx stops its workers only on a signal that it can handle.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}
