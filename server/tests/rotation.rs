//! Keys from a mock of Secrets Manager: they are read at start and again, and bad ones change nothing.

#![cfg(test)]

mod table;
mod upstream;

use axum::Router;
use game::wire::{Reply, Settings};
use server::{
    config::Config, http::pages::Pages, http::router::around, keys::rotation::Rotation,
    metrics::Metrics,
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use upstream::{Act, Upstream, error};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";
const OTHER: &str = "sk-other-0123456789abcdefghijklmnopqrstuvwxy";
const SEAL: &str = "a key for the seals that stays what it is";
const NEW_GAME: &str = r#"{"opening":0,"moves":[]}"#;

/// The response of Secrets Manager if the secret holds this text.
fn secret(text: &str) -> Act {
    let body = serde_json::json!({"ARN": "arn", "Name": "Keys", "SecretString": text});
    Act::Reply(200, "", body.to_string())
}

fn keys(openai: &str) -> Act {
    let keys = serde_json::json!({"OPENAI_API_KEY": openai, "SEAL_KEY": SEAL});
    secret(&keys.to_string())
}

struct Table {
    router: Router,
    metrics: Arc<Metrics>,
    vault: Upstream,
    model: Upstream,
}

impl Table {
    async fn new(vault: Vec<Act>) -> Self {
        let (vault, model) = (
            Upstream::start(vault).await,
            Upstream::start(vec![Act::Play]).await,
        );
        let variables: HashMap<&str, String> = [
            (
                "SECRET_ARN",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:Keys-AbCdEf",
            ),
            ("SECRET_TTL", "1"),
            ("AWS_ACCESS_KEY_ID", "AKIATEST"),
            ("AWS_SECRET_ACCESS_KEY", "secret-of-the-function"),
            ("AWS_SESSION_TOKEN", "token-of-the-function"),
            ("AWS_ENDPOINT_URL", &vault.url),
            ("OPENAI_BASE_URL", &model.url),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .into();
        let lookup = move |name: &str| variables.get(name).cloned();
        let config = Config::read(&lookup).unwrap();
        let metrics = Arc::new(Metrics::new(false));
        let endpoint = Rotation::new(lookup, Arc::clone(&metrics)).unwrap();
        endpoint.refresh().await;
        Self {
            router: around(endpoint, Pages::written(&config.site_dir), &config),
            metrics,
            vault,
            model,
        }
    }

    /// Who makes the first move of a new game.
    async fn by(&self) -> String {
        let response = table::get(&self.router, &table::path(NEW_GAME)).await;
        match response.reply() {
            Reply::Next(next) => next.attributed.origin.by.name().to_owned(),
            Reply::End { .. } => panic!("over"),
        }
    }

    /// Whether a model plays, as pages hear, and how long they may believe it.
    async fn settings(&self) -> (bool, String) {
        let response = table::get(&self.router, "/api/settings").await;
        let settings: Settings = serde_json::from_slice(&response.body).unwrap();
        (settings.model, response.header("cache-control").to_owned())
    }

    /// The keys that the model was called with, in order and without repeats.
    fn keys_used(&self) -> Vec<&'static str> {
        let mut used = Vec::new();
        for request in self.model.requests() {
            let key = [KEY, OTHER]
                .into_iter()
                .find(|key| request.contains(&format!("Bearer {key}")));
            let key = key.expect("one of the keys");
            if used.last() != Some(&key) {
                used.push(key);
            }
        }
        used
    }
}

async fn ttl() {
    tokio::time::sleep(Duration::from_millis(1_100)).await;
}

#[tokio::test]
async fn a_new_key_takes_effect_without_a_restart_and_games_continue() {
    let table = Table::new(vec![keys("placeholder"), keys(KEY), keys(OTHER)]).await;
    assert_eq!(table.by().await, "guesser");
    assert!(table.metrics.text().contains("twenty_key_missing_total 1"));
    ttl().await;
    // A game that starts with the first key ...
    let response = table::get(&table.router, &table::path(NEW_GAME)).await;
    let Reply::Next(next) = response.reply() else {
        panic!("over")
    };
    assert_eq!(next.attributed.origin.by.name(), "gpt-6-luna");
    ttl().await;
    // ... continues with the second.
    let game = format!(
        r#"{{"opening":0,"moves":[{{"question":"{}","answer":"yes"}}],"seal":"{}"}}"#,
        next.attributed.mv.text(),
        next.seal.0
    );
    let response = table::get(&table.router, &table::path(&game)).await;
    assert!(
        matches!(response.reply(), Reply::Next(next) if next.attributed.origin.by.name() == "gpt-6-luna")
    );
    assert_eq!(table.keys_used(), [KEY, OTHER]);
    assert_eq!(
        table.vault.calls(),
        3,
        "the keys are read once per SECRET_TTL"
    );
    assert!(table.metrics.text().contains("twenty_key_missing_total 1"));
}

#[tokio::test]
async fn the_request_for_the_secret_is_signed() {
    let table = Table::new(vec![keys(KEY)]).await;
    let requests = table.vault.requests();
    for part in [
        "x-amz-target: secretsmanager.GetSecretValue",
        "content-type: application/x-amz-json-1.1",
        "x-amz-security-token: token-of-the-function",
        "authorization: AWS4-HMAC-SHA256 Credential=AKIATEST/",
        "/eu-central-1/secretsmanager/aws4_request, SignedHeaders=content-type;host;x-amz-",
        r#"{"SecretId":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:Keys-AbCdEf"}"#,
    ] {
        assert!(requests[0].contains(part), "no {part} in {}", requests[0]);
    }
    assert!(!requests[0].contains("secret-of-the-function"));
}

#[tokio::test]
async fn games_continue_with_the_current_keys_whatever_the_vault_does() {
    let denied = Act::Reply(400, "", r#"{"__type":"AccessDeniedException"}"#.to_owned());
    for failure in [
        denied,
        Act::Reset,
        Act::Reply(200, "", "<html>".to_owned()),
        Act::Reply(500, "", error("x", "y")),
        keys("too long for a line\nof a header"),
    ] {
        let what = format!("{failure:?}");
        let table = Table::new(vec![keys(KEY), failure.clone(), keys(OTHER)]).await;
        assert_eq!(table.by().await, "gpt-6-luna", "{what}");
        ttl().await;
        assert_eq!(table.by().await, "gpt-6-luna", "{what}");
        ttl().await;
        assert_eq!(table.by().await, "gpt-6-luna", "{what}");
        // Without any keys nothing can be sealed. Pages try again.
        let table = Table::new(vec![failure, keys(KEY)]).await;
        for path in [table::path(NEW_GAME), "/api/settings".to_owned()] {
            let response = table::get(&table.router, &path).await;
            assert_eq!(response.problem().kind, "/problems/not-ready", "{what}");
            assert_eq!(
                (response.status.as_u16(), response.header("retry-after")),
                (503, "1")
            );
        }
        ttl().await;
        assert_eq!(table.by().await, "gpt-6-luna", "{what}");
        let cached = "public, max-age=60".to_owned();
        assert_eq!(table.settings().await, (true, cached));
    }
}
