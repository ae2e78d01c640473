//! A model behind a mock server: what it asks, and when it stops asking.

#![cfg(test)]

use model::{
    Budget, CallError, Effort, Message, Model, ModelConfig, Price, Prompt, Reason, Upstream,
};
use serde_json::{Value, json};
use std::{
    error::Error,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::Instant,
};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";

/// A server that gives these replies one by one, and the bodies of the calls that it got.
async fn mock(replies: Vec<(u16, Value)>) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let calls = Arc::<Mutex<Vec<Value>>>::default();
    let seen = Arc::clone(&calls);
    tokio::spawn(async move {
        let mut replies = replies.into_iter();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            let body = loop {
                assert!(stream.read_buf(&mut request).await.unwrap() > 0);
                let text = String::from_utf8_lossy(&request);
                let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
                if head.starts_with("GET") {
                    break None;
                }
                if let Ok(body) = serde_json::from_str(body) {
                    break Some(body);
                }
            };
            // Shutdown dates are looked up in the background; this server knows none.
            let (status, reply) = match body {
                None => (404, json!({})),
                Some(body) => {
                    seen.lock().unwrap().push(body);
                    replies.next().unwrap()
                }
            };
            let reply = reply.to_string();
            let length = reply.len();
            let reply = format!(
                "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{reply}"
            );
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
    });
    (url, calls)
}

fn model(url: &str) -> Model {
    within(url, 5.0)
}

/// The model with a budget of so many dollars a day.
fn within(url: &str, dollars: f64) -> Model {
    let model = |name: &str| ModelConfig {
        name: name.to_owned(),
        price: Some(Price {
            input: 2.0,
            output: 8.0,
        }),
    };
    let upstream = Upstream {
        key: Some(KEY.into()),
        base_url: url.parse().unwrap(),
        models: vec![model("first"), model("second")],
        organization: None,
        project: None,
        user_agent: "test/1.0".to_owned(),
        deadline: Duration::from_secs(5),
        timeout: Duration::from_secs(2),
    };
    Model::new(&upstream, Arc::new(Budget::new(dollars))).unwrap()
}

fn until() -> Instant {
    Instant::now() + Duration::from_secs(5)
}

async fn ask(model: &Model, effort: &mut Effort) -> Result<(String, String), CallError> {
    let messages = [Message::user("Hello")];
    let prompt = Prompt {
        messages: &messages,
        schema: &json!({"type": "json_object"}),
        tokens: 50,
    };
    let reply = model
        .supervise(until(), async |until| {
            model.ask(&prompt, until, effort).await
        })
        .await?;
    Ok((reply.content, reply.model.to_owned()))
}

fn completion(content: &str) -> (u16, Value) {
    let message = json!({"role": "assistant", "content": content});
    let usage = json!({"prompt_tokens": 1_000, "completion_tokens": 100});
    (
        200,
        json!({"choices": [{"message": message}], "usage": usage}),
    )
}

fn refusal(status: u16, code: &str, message: &str) -> (u16, Value) {
    (status, json!({"error": {"code": code, "message": message}}))
}

#[tokio::test]
async fn it_drops_refused_parameters_and_moves_on_to_the_next_model() {
    let (url, calls) = mock(vec![
        refusal(400, "unsupported_parameter", "no temperature, please"),
        refusal(404, "model_not_found", "no such model"),
        completion("Hello!"),
    ])
    .await;
    let mut effort = Effort::default();
    let reply = ask(&model(&url), &mut effort).await.unwrap();
    assert_eq!(reply, ("Hello!".to_owned(), "second".to_owned()));
    let calls = calls.lock().unwrap().clone();
    assert_eq!(calls[0]["temperature"], 0.0);
    assert!(calls[1].get("temperature").is_none());
    assert_eq!(calls[2]["model"], "second");
    assert_eq!(calls[2]["max_completion_tokens"], 50);
    assert_eq!(
        effort,
        Effort {
            calls: 3,
            faults: vec![Reason::BadRequest, Reason::ModelNotFound],
            tokens_in: 1_000,
            tokens_out: 100,
            dollars: 0.0028,
        }
    );
}

#[tokio::test]
async fn a_server_that_contradicts_itself_is_not_asked_for_ever() {
    // A gateway that translates the parameter gives OpenAI's own sentence, which names both.
    let both = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    for words in [
        both,
        "temperature, then response_format, then max_tokens",
        "",
    ] {
        let refusals = (0..50).map(|_| refusal(400, "unsupported_parameter", words));
        let (url, calls) = mock(refusals.collect()).await;
        let error = ask(&model(&url), &mut Effort::default()).await.unwrap_err();
        assert_eq!(error.reason, Reason::BadRequest);
        assert!(calls.lock().unwrap().len() <= 6, "{words}");
    }
}

#[tokio::test]
async fn a_budget_is_shared_and_a_spent_one_stops_all_calls() {
    let (url, calls) = mock(vec![completion("Hello!"), completion("Hello!")]).await;
    // A call costs 0.28 cents.
    let model = within(&url, 0.003);
    let mut effort = Effort::default();
    for _ in 0..2 {
        assert!(ask(&model, &mut effort).await.is_ok());
    }
    let error = ask(&model, &mut effort).await.unwrap_err();
    assert_eq!(error.reason, Reason::Budget);
    assert_eq!(calls.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn the_key_is_found_in_a_text_whatever_stands_between_its_letters() {
    let model = model("http://127.0.0.1:9/v1");
    for text in [
        KEY,
        "sk*test*0123*4567*89ab",
        "0 1 2 3 4 5 6 7 8 9 a b c d e f",
        "SK-TEST-0123456789",
    ] {
        assert!(model.is_key_in(text), "{text}");
    }
    for text in ["", "sk-test-01234567", "Is it a test of 0123456789 keys?"] {
        assert!(!model.is_key_in(text), "{text}");
    }
}

#[tokio::test]
async fn a_lasting_failure_opens_the_circuit_and_an_unusable_reply_does_not() {
    let words = "Incorrect API key provided: sk-wrong";
    let (url, calls) = mock(vec![
        completion("Hello!"),
        refusal(401, "invalid_api_key", words),
    ])
    .await;
    let model = model(&url);
    let mut effort = Effort::default();
    for _ in 0..5 {
        let unusable = async |_| Err::<(), _>(Reason::Unusable.into());
        let error = model.supervise(until(), unusable).await.unwrap_err();
        assert_eq!(error.reason, Reason::Unusable);
    }
    assert!(ask(&model, &mut effort).await.is_ok());
    let error = ask(&model, &mut effort).await.unwrap_err();
    assert_eq!(error.reason, Reason::Unauthorized);
    assert!(!format!("{error:?}").contains("sk-wrong"), "{error:?}");
    let error = ask(&model, &mut effort).await.unwrap_err();
    assert_eq!(error.reason, Reason::CircuitOpen);
    assert_eq!(calls.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_failed_connection_keeps_its_cause_and_hides_the_key() {
    let model = model("http://127.0.0.1:9/v1");
    let mut effort = Effort::default();
    let error = ask(&model, &mut effort).await.unwrap_err();
    assert_eq!(error.reason, Reason::Unreachable);
    assert_eq!(effort.calls, 3);
    assert!(error.source().is_some());
    for shown in [format!("{error:?}"), format!("{model:?}")] {
        assert!(!shown.contains(KEY), "{shown}");
    }
}

#[tokio::test]
async fn bad_settings_are_errors() {
    let mut upstream = Upstream {
        key: None,
        base_url: "http://127.0.0.1:9/v1".parse().unwrap(),
        models: Vec::new(),
        organization: None,
        project: None,
        user_agent: String::new(),
        deadline: Duration::from_secs(5),
        timeout: Duration::from_secs(2),
    };
    let message = |upstream: &Upstream| {
        Model::new(upstream, Arc::new(Budget::new(5.0)))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(message(&upstream), "there is no model to ask");
    upstream.key = Some("two\nlines".into());
    assert_eq!(
        message(&upstream),
        "the value for the header authorization can't be sent"
    );
}
