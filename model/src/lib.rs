//! Asks an OpenAI-compatible server for a reply within a deadline.
//!
//! A [`Model`] speaks [chat completions]. It retries what a retry can fix, finds out which parameters a
//! model accepts, moves on to the next model of its list when one is gone, and leaves a failing server
//! alone for a while. Every failure is a [`CallError`] whose [`Reason`] is safe to log and to count: it
//! contains neither the key nor a word of the server.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use model::{Budget, Effort, Message, Model, ModelConfig, Prompt, Upstream};
//! use serde_json::json;
//! use std::{sync::Arc, time::Duration};
//! use tokio::time::Instant;
//!
//! let upstream = Upstream {
//!     key: Some(std::env::var("OPENAI_API_KEY")?.into()),
//!     base_url: "https://api.openai.com/v1/".parse()?,
//!     models: vec![ModelConfig { name: "gpt-4.1".to_owned(), price: None }],
//!     organization: None,
//!     project: None,
//!     user_agent: "capitals/1.0".to_owned(),
//!     deadline: Duration::from_secs(20),
//!     timeout: Duration::from_secs(8),
//! };
//! let model = Model::new(&upstream, Arc::new(Budget::new(5.0)))?;
//! let messages = [Message::user("The capital of France? Reply with JSON only: {\"capital\": \"...\"}")];
//! let schema = json!({"type": "json_schema", "json_schema": {"name": "capital", "strict": true, "schema": {
//!     "type": "object",
//!     "properties": {"capital": {"type": "string"}},
//!     "required": ["capital"],
//!     "additionalProperties": false,
//! }}});
//! let prompt = Prompt { messages: &messages, schema: &schema, tokens: 50 };
//! let mut effort = Effort::default();
//! let reply = model
//!     .supervise(Instant::now() + model.deadline(), async |until| model.ask(&prompt, until, &mut effort).await)
//!     .await?;
//! println!("{} says {} for {} dollars", reply.model, reply.content, effort.dollars);
//! # Ok(())
//! # }
//! ```
//!
//! - `model`: [`Model`], the entry point: learns, moves on to the next model, minds breaker and budget
//! - `config`: the server, its models and the limits on time
//! - `request`: the request of chat completions
//! - `reply`: their reply
//! - `refusal`: what an error reply means
//! - `client`: calls and their retries
//! - `abilities`: what a model accepts and needs
//! - `models`: which model to ask, and what is known of each
//! - `shutdown`: when a model will be shut down
//! - `circuit`: the circuit breaker
//! - `budget`: how many dollars the models may cost in a day
//! - `fault`: what can go wrong, and the remedy
//! - `effort`: what a reply has cost
//! - `chain`: displays an error with its causes
//! - `http`: an HTTP client that follows no redirects
//!
//! It needs a Tokio runtime. Its log lines call settings by their environment variables, such as `OPENAI_MODEL`.
//!
//! [chat completions]: https://platform.openai.com/docs/api-reference/chat

mod abilities;
mod budget;
mod chain;
mod circuit;
mod client;
mod config;
mod effort;
mod fault;
mod http;
mod model;
mod models;
mod refusal;
mod reply;
mod request;
mod shutdown;

pub use budget::{Budget, today};
pub use chain::Chain;
pub use client::ClientError;
pub use config::{ModelConfig, Price, Upstream};
pub use effort::Effort;
pub use fault::{CallError, Reason, Remedy};
pub use http::client_builder;
pub use model::{Model, Reply};
pub use request::{Message, Prompt};
