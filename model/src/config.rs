//! What a [`Model`](crate::Model) is made from: the server, its models and the limits on time.

use reqwest::Url;
use secrecy::SecretString;
use std::time::Duration;

/// An OpenAI-compatible server and how to use it.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Sent as a bearer token, and to no other server. Local servers often need none.
    pub key: Option<SecretString>,
    /// Where the paths of the API begin, such as `https://api.openai.com/v1/`. A query, such as Azure's
    /// `?api-version=2024-10-21`, goes with every request; the key then goes into the header `api-key`.
    pub base_url: Url,
    /// The models in order of preference, at least one.
    pub models: Vec<ModelConfig>,
    /// The organisation that pays, if the key belongs to several.
    pub organization: Option<String>,
    /// The project that pays, if the key belongs to several.
    pub project: Option<String>,
    /// The `user-agent` of every request.
    pub user_agent: String,
    /// How long [`Model::supervise`](crate::Model::supervise) may take, all calls together.
    pub deadline: Duration,
    /// How long a single HTTP request may take.
    pub timeout: Duration,
}

/// A model and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelConfig {
    /// Its name at the server.
    pub name: String,
    /// Its price, if known.
    pub price: Option<Price>,
}

/// Dollars per million tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// For tokens of the prompt.
    pub input: f64,
    /// For tokens of the reply.
    pub output: f64,
}
