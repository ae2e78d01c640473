//! `cargo bench -p server --bench start`: the time that the Lambda function takes from the start of its
//! process to its first poll of the runtime API, and to its first response. The guesser plays.
//!
//! It measures the bootstrap of `make lambda` if there is one for this machine, else this build.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that meets the unexpected should stop"
)]

use serde_json::Value;
use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const STARTS: usize = 40;

const EVENT: &str = include_str!("../tests/data/function_url_event.json");

/// Memory sizes of a function in megabytes, and the size at which it gets a whole processor (AWS,
/// "Configure Lambda function memory", 2025).
const MEMORY: [u32; 4] = [128, 256, 512, 1024];
const WHOLE: u32 = 1769;

fn main() {
    let program = program();
    let size = program.metadata().expect("the program's metadata").len();
    println!(
        "{}: {:.2} MB, {STARTS} starts; milliseconds from the start of the process, p50 and p90\n",
        program.display(),
        size as f64 / 1e6
    );
    println!("| share of a processor | first poll | | first answer | |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    row("all of it", &program, None);
    match Slice::new() {
        Ok(slice) => {
            for memory in MEMORY {
                slice.set(memory).expect("a quota");
                row(&format!("that of {memory} MB"), &program, Some(&slice));
            }
        }
        Err(error) => println!(
            "\nNo rows for functions of less memory, which need root and control groups: {error}"
        ),
    }
}

fn row(label: &str, program: &Path, slice: Option<&Slice>) {
    // The first start may read from a cold disk, so it isn't counted.
    start(program, slice);
    let (mut polls, mut answers): (Vec<_>, Vec<_>) =
        (0..STARTS).map(|_| start(program, slice)).unzip();
    let cells = [&mut polls, &mut answers].map(|times| {
        times.sort_unstable();
        [0.5, 0.9].map(|share| {
            let index = ((times.len() - 1) as f64 * share).round() as usize;
            format!("{:.1}", times[index].as_secs_f64() * 1e3)
        })
    });
    println!("| {label} | {} |", cells.concat().join(" | "));
}

/// A control group that gives its processes the share of a processor that Lambda gives for some memory.
struct Slice(PathBuf);

impl Slice {
    /// The period in microseconds after which the share is granted again; AWS is said to use this one.
    const PERIOD: u32 = 20_000;

    fn new() -> io::Result<Self> {
        let first = Path::new("/sys/fs/cgroup/cpu");
        let root = if first.exists() {
            first
        } else {
            Path::new("/sys/fs/cgroup")
        };
        let folder = root.join(format!("twenty-start-{}", std::process::id()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    fn set(&self, memory: u32) -> io::Result<()> {
        let quota = Self::PERIOD * memory / WHOLE;
        // Version 2 of control groups has one file for both numbers.
        if self.0.join("cpu.max").exists() {
            return fs::write(self.0.join("cpu.max"), format!("{quota} {}", Self::PERIOD));
        }
        fs::write(self.0.join("cpu.cfs_period_us"), Self::PERIOD.to_string())?;
        fs::write(self.0.join("cpu.cfs_quota_us"), quota.to_string())
    }
}

impl Drop for Slice {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.0);
    }
}

fn program() -> PathBuf {
    let folder = format!(
        "../target/lambda/bootstrap-{}/bootstrap",
        env::consts::ARCH.replace("aarch64", "arm64")
    );
    let bootstrap = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    bootstrap
        .canonicalize()
        .unwrap_or_else(|_| env!("CARGO_BIN_EXE_server").into())
}

/// Starts the program once and lets it answer one request.
fn start(program: &Path, slice: Option<&Slice>) -> (Duration, Duration) {
    let runtime = TcpListener::bind("127.0.0.1:0").expect("a port");
    let api = runtime.local_addr().expect("an address").to_string();
    let mut command = Command::new("sh");
    // The shell joins the control group and then becomes the program.
    command.args(["-c", r#"[ -z "$2" ] || echo $$ > "$2"; exec "$1""#, "sh"]);
    command.arg(program);
    command.args(slice.map(|slice| slice.0.join("cgroup.procs")));
    let begin = Instant::now();
    let mut child = command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "twenty")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "s")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "g")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let (mut stream, _) = runtime.accept().expect("a connection");
    request(&mut stream);
    let poll = begin.elapsed();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nlambda-runtime-aws-request-id: 1\r\n\
         lambda-runtime-deadline-ms: 99999999999999\r\nlambda-runtime-invoked-function-arn: arn\r\n";
    write!(
        stream,
        "{head}content-length: {}\r\n\r\n{EVENT}",
        EVENT.len()
    )
    .expect("an event is sent");
    // The response comes over this connection or a new one.
    let response = match request_in_time(&mut stream) {
        Some(response) => response,
        None => request(&mut runtime.accept().expect("a connection").0),
    };
    let answered = begin.elapsed();
    let reply: Value = serde_json::from_str(&response).expect("JSON");
    assert_eq!(reply["statusCode"], 200, "{reply}");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    (poll, answered)
}

/// The next request, if one comes within half a second.
fn request_in_time(stream: &mut TcpStream) -> Option<String> {
    stream
        .set_read_timeout(Some(Duration::from_millis(500)))
        .expect("a timeout");
    let is_there = stream.peek(&mut [0]).is_ok_and(|bytes| bytes > 0);
    is_there.then(|| request(stream))
}

/// Reads one request; returns its body.
fn request(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    let mut is_chunked = false;
    while reader.read_line(&mut line).expect("a line") > 2 {
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        is_chunked |= lower.starts_with("transfer-encoding:");
        line.clear();
    }
    assert!(!is_chunked, "a buffered response has a length");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    String::from_utf8(body).expect("UTF-8")
}
