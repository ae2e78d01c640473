//! A mock of the model's server that does what it is told: above all, fail.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses only a part of it"
)]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the mock does with a call.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends a whole reply: status, further headers, body.
    Reply(u16, &'static str, String),
    /// Makes a legal move in any game.
    Play,
    /// Sends this body, in which `{MOVE}` stands for a legal move and `JSON` for one as a string of JSON.
    Legal(String),
    /// Makes a move of this kind with this text.
    Say(&'static str, &'static str),
    /// Resets the connection before the reply.
    Reset,
    /// Resets it in the middle of the reply.
    ResetInside,
    /// Closes it before the declared length.
    Truncate,
    /// Makes a legal move after this time.
    Wait(Duration),
    /// Never replies.
    Hang,
    /// Sends a byte now and then.
    Drip,
    /// Sends ten million bytes.
    Huge,
}

/// The mock, which runs as long as the test.
pub struct Upstream {
    pub url: String,
    calls: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What every connection has a copy of.
#[derive(Clone)]
struct Shared {
    acts: Vec<Act>,
    shutdown_date: Option<String>,
    calls: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Upstream {
    /// Does one act per call, and then repeats the last one.
    pub async fn start(acts: Vec<Act>) -> Self {
        Self::start_until(acts, None).await
    }

    /// The same, with a shutdown date for its models.
    pub async fn start_until(acts: Vec<Act>, shutdown_date: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (calls, requests) = (Arc::new(AtomicUsize::new(0)), Arc::default());
        let upstream = Self {
            url,
            calls: Arc::clone(&calls),
            requests: Arc::clone(&requests),
        };
        let shared = Shared {
            acts,
            shutdown_date,
            calls,
            requests,
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = shared.clone();
                tokio::spawn(async move {
                    let _ = serve(stream, &shared).await;
                });
            }
        });
        upstream
    }

    /// How many completions were requested.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// All requests, with headers and bodies.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let Shared {
        acts,
        shutdown_date,
        calls,
        requests,
    } = shared;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            if stream.read_line(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let length = request.to_lowercase().lines().find_map(|line| {
            let length = line.strip_prefix("content-length:")?;
            length.trim().parse().ok()
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).await?;
        request.push_str(&String::from_utf8_lossy(&body));
        requests.lock().unwrap().push(request.clone());
        if request.starts_with("GET") {
            let model = serde_json::json!({
                "id": "x", "object": "model", "created": 0, "owned_by": "test", "shutdown_date": shutdown_date
            });
            reply(&mut stream, 200, "", &model.to_string()).await?;
            continue;
        }
        let call = calls.fetch_add(1, Ordering::SeqCst);
        match &acts[call.min(acts.len() - 1)] {
            Act::Reply(status, headers, body) => reply(&mut stream, *status, headers, body).await?,
            Act::Play => {
                reply(
                    &mut stream,
                    200,
                    "",
                    &completion(&legal_content(&request, call)),
                )
                .await?
            }
            Act::Legal(body) => {
                let content = legal_content(&request, call);
                let string = serde_json::Value::from(&*content).to_string();
                let inner = string.trim_matches('"');
                let body = body.replace("{MOVE}", inner).replace("JSON", &string);
                reply(&mut stream, 200, "", &body).await?;
            }
            Act::Say(kind, text) => reply(&mut stream, 200, "", &says(kind, text)).await?,
            Act::Reset => return reset(stream),
            Act::ResetInside => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\"")
                    .await?;
                stream.flush().await?;
                // A reset right away could discard the first part.
                tokio::time::sleep(Duration::from_millis(50)).await;
                return reset(stream);
            }
            Act::Truncate => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\"")
                    .await?;
                return stream.shutdown().await;
            }
            Act::Wait(time) => {
                tokio::time::sleep(*time).await;
                reply(
                    &mut stream,
                    200,
                    "",
                    &completion(&legal_content(&request, call)),
                )
                .await?;
            }
            Act::Hang => std::future::pending().await,
            Act::Drip => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n")
                    .await?;
                loop {
                    stream.write_all(b" ").await?;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            Act::Huge => {
                let body = "x".repeat(10_000_000);
                reply(&mut stream, 200, "", &body).await?;
            }
        }
    }
}

async fn reply(
    stream: &mut BufReader<TcpStream>,
    status: u16,
    headers: &str,
    body: &str,
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}

fn reset(stream: BufReader<TcpStream>) -> std::io::Result<()> {
    let stream = stream.into_inner().into_std()?;
    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO))
}

/// A chat completion with this text.
pub fn completion(content: &str) -> String {
    serde_json::json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "whatever",
        "choices": [{"index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": content, "refusal": null}}],
        "usage": {"prompt_tokens": 400, "completion_tokens": 50, "total_tokens": 450}
    })
    .to_string()
}

/// A chat completion with this move.
pub fn says(kind: &str, text: &str) -> String {
    completion(&content(kind, text))
}

fn content(kind: &str, text: &str) -> String {
    serde_json::json!({"candidates": ["a cat"], "kind": kind, "text": text}).to_string()
}

fn legal_content(request: &str, call: usize) -> String {
    if request.contains("This is the last move") {
        content("guess", &format!("a thing number {call}"))
    } else {
        content("question", &format!("Does it weigh {call} grams?"))
    }
}

/// An error in OpenAI's JSON.
pub fn error(code: &str, message: &str) -> String {
    serde_json::json!({"error": {"message": message, "type": "invalid_request_error", "param": null, "code": code}})
        .to_string()
}
