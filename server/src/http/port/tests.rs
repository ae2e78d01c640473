//! Slow, silent and many clients, with real sockets and a little patience.

use super::{Connections, MAX_HEAD, Patience, Port, RECEIVE_BUFFER, SEND_BUFFER, WRITE_TIMEOUT};
use axum::{Router, routing::get};
use socket2::{Domain, SockAddr, SockRef, Socket, Type};
use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::oneshot};

/// More than the buffers of both sockets hold.
const LARGE: usize = 8_000_000;

/// How long the port waits for a client where a test waits for the end of that.
const PATIENCE: Duration = Duration::from_millis(400);

/// How long it waits where nothing may depend on it.
const LONG: Duration = Duration::from_secs(60);

/// What a test may take besides waiting, on a busy machine.
const SOON: Duration = Duration::from_secs(10);

/// A port with a runtime of its own. It stops when this is dropped.
struct Server {
    addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<Duration>>,
}

impl Server {
    fn start(max: usize, is_proxied: bool, patience: Duration) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (say, addr) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let router = Router::new()
                    .route("/", get("hello"))
                    .route("/large", get(|| async { vec![b'x'; LARGE] }))
                    .route(
                        "/slow",
                        get(|| async {
                            tokio::time::sleep(2 * PATIENCE).await;
                            "done"
                        }),
                    );
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                say.send(listener.local_addr().unwrap()).unwrap();
                let connections = Connections::new(max, is_proxied);
                let mut port = Port::new(listener, router, connections).unwrap();
                port.patience = Patience {
                    head: patience,
                    write: patience,
                };
                let stop = async {
                    let _ = stopped.await;
                };
                let open = port.serve(stop).await;
                let start = Instant::now();
                open.finish().await;
                start.elapsed()
            })
        });
        Self {
            addr: addr.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// A connection from this loopback address that has sent these bytes.
    fn from(&self, client: [u8; 4], bytes: &str) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let client = SocketAddr::from((client, 0));
        socket.bind(&SockAddr::from(client)).unwrap();
        socket.connect(&SockAddr::from(self.addr)).unwrap();
        let mut stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(LONG / 2)).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    }

    fn connect(&self, bytes: &str) -> TcpStream {
        self.from([127, 0, 0, 1], bytes)
    }

    /// How long it takes to stop.
    fn stop(&mut self) -> Duration {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap()
    }
}

fn head(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n")
}

/// What comes until the server closes the connection, and after how long it does.
fn rest(stream: &mut TcpStream) -> (String, Duration) {
    let start = Instant::now();
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
    }
    (
        String::from_utf8_lossy(&bytes).into_owned(),
        start.elapsed(),
    )
}

/// Reads the small response, on a connection that stays open.
fn hello(stream: &mut TcpStream) {
    let mut response = String::new();
    while !response.ends_with("hello") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        response.push(char::from(byte[0]));
    }
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}

#[test]
fn a_client_that_sends_no_whole_head_is_dropped() {
    let server = Server::start(10, false, PATIENCE);
    for bytes in [
        "",
        "G",
        "GET / HTTP/1.1\r\nhost: te",
        "GET / HTTP/1.1\r\nhost: test\r\n",
    ] {
        let (_, took) = rest(&mut server.connect(bytes));
        assert!(
            took > PATIENCE / 2 && took < SOON,
            "{took:?} after {bytes:?}"
        );
    }
    // A byte now and then doesn't help.
    let mut stream = server.connect("GET / HTTP/1.1\r\n");
    let start = Instant::now();
    while stream.write_all(b"x").is_ok() {
        std::thread::sleep(PATIENCE / 8);
        assert!(start.elapsed() < SOON);
    }
}

#[test]
fn an_idle_connection_is_closed() {
    let server = Server::start(10, false, PATIENCE);
    let mut stream = server.connect(&head("/"));
    hello(&mut stream);
    std::thread::sleep(PATIENCE / 2);
    stream.write_all(head("/").as_bytes()).unwrap();
    hello(&mut stream);
    let (rest, took) = rest(&mut stream);
    assert_eq!(rest, "");
    assert!(took > PATIENCE / 2 && took < SOON, "{took:?}");
}

#[test]
fn a_slow_response_isnt_an_idle_connection() {
    let server = Server::start(10, false, PATIENCE);
    let (response, _) = rest(&mut server.connect(&head("/slow")));
    assert!(response.ends_with("done"), "{response}");
}

#[test]
fn a_head_that_is_too_long_is_refused() {
    let server = Server::start(10, false, LONG);
    for (length, status) in [(MAX_HEAD - 100, "200"), (MAX_HEAD + 1, "431")] {
        let long = "x".repeat(length);
        let bytes =
            format!("GET / HTTP/1.1\r\nhost: test\r\nx: {long}\r\nconnection: close\r\n\r\n");
        let (response, _) = rest(&mut server.connect(&bytes));
        assert!(
            response.starts_with(&format!("HTTP/1.1 {status}")),
            "{length}: {response}"
        );
    }
}

#[test]
fn a_client_that_doesnt_read_is_dropped() {
    let server = Server::start(1, false, PATIENCE);
    let _silent = server.connect(&head("/large"));
    // There is only one place, so this is answered once the other is gone.
    let start = Instant::now();
    hello(&mut server.connect(&head("/")));
    let took = start.elapsed();
    assert!(took > PATIENCE / 2 && took < SOON, "{took:?}");
}

#[test]
fn a_client_that_reads_slowly_gets_everything() {
    let server = Server::start(1, false, PATIENCE);
    let mut stream =
        server.connect(&head("/large").replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    let start = Instant::now();
    let (mut read, mut buffer) = (0, vec![0; LARGE / 10]);
    loop {
        std::thread::sleep(PATIENCE / 4);
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            bytes => read += bytes,
        }
    }
    assert!(read > LARGE, "{read}");
    assert!(start.elapsed() > 2 * PATIENCE);
}

#[test]
fn a_client_with_too_many_connections_gets_no_more() {
    let server = Server::start(200, false, LONG);
    let mut open: Vec<_> = (0..64).map(|_| server.connect(&head("/"))).collect();
    open.iter_mut().for_each(hello);
    for _ in 0..3 {
        let (said, took) = rest(&mut server.connect(""));
        assert!(said.is_empty() && took < SOON, "{took:?} {said}");
    }
    hello(&mut server.from([127, 0, 0, 2], &head("/")));
    drop(open.pop());
    std::thread::sleep(Duration::from_millis(50));
    hello(&mut server.connect(&head("/")));
}

#[test]
fn a_proxy_may_have_as_many_as_there_are() {
    let server = Server::start(100, true, LONG);
    let mut open: Vec<_> = (0..100).map(|_| server.connect(&head("/"))).collect();
    open.iter_mut().for_each(hello);
}

#[test]
fn connections_beyond_all_wait_for_a_place() {
    let server = Server::start(2, false, LONG);
    let mut open: Vec<_> = (0..2).map(|_| server.connect(&head("/"))).collect();
    open.iter_mut().for_each(hello);
    let mut waiting = server.connect(&head("/"));
    waiting.set_read_timeout(Some(PATIENCE / 4)).unwrap();
    let error = waiting.read(&mut [0]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{error}"
    );
    waiting.set_read_timeout(Some(LONG / 2)).unwrap();
    drop(open.pop());
    hello(&mut waiting);
}

#[test]
fn it_stops_without_waiting_for_a_request() {
    for bytes in ["", "G", "GET / HTTP/1.1\r\nhost: te"] {
        let mut server = Server::start(10, false, LONG);
        let mut fresh = server.connect(bytes);
        let mut idle = server.connect(&head("/"));
        hello(&mut idle);
        idle.write_all(bytes.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let took = server.stop();
        assert!(took < SOON, "{took:?} after {bytes:?}");
        for stream in [&mut fresh, &mut idle] {
            assert_eq!(rest(stream).0, "");
        }
    }
}

#[test]
fn it_finishes_what_it_answers_before_it_stops() {
    let mut server = Server::start(10, false, LONG);
    let mut slow = server.connect(&head("/slow"));
    let mut large = server.connect(&head("/large"));
    std::thread::sleep(Duration::from_millis(50));
    let reads = std::thread::spawn(move || {
        std::thread::sleep(PATIENCE / 2);
        rest(&mut large).0
    });
    let took = server.stop();
    assert!(took > PATIENCE && took < SOON, "{took:?}");
    let (response, _) = rest(&mut slow);
    assert!(response.ends_with("done"), "{response}");
    assert!(response.contains("connection: close"), "{response}");
    assert!(reads.join().unwrap().len() > LARGE);
}

#[tokio::test]
async fn sockets_keep_little_of_what_nobody_reads_and_not_for_long() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let port = Port::new(listener, Router::new(), Connections::new(1, false)).unwrap();
    let _client = tokio::net::TcpStream::connect(addr).await.unwrap();
    let (stream, ..) = port.connections.accept(&port.listener).await.unwrap();
    let socket = SockRef::from(&stream);
    assert!(socket.send_buffer_size().unwrap() <= 2 * SEND_BUFFER);
    assert!(socket.recv_buffer_size().unwrap() <= 2 * RECEIVE_BUFFER);
    assert!(socket.tcp_nodelay().unwrap());
    #[cfg(target_os = "linux")]
    assert_eq!(socket.tcp_user_timeout().unwrap(), Some(WRITE_TIMEOUT));
}
