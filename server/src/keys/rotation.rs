//! The endpoint with the keys that hold now: a new key takes effect without a restart.

use crate::{
    config::{Config, VariableError},
    http::endpoint::Endpoint,
    keys::vault::{Keys, Vault, VaultError},
    metrics::Metrics,
};
use model::ClientError;
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};
use tokio::sync::Mutex;

/// How soon a vault that failed is asked again.
const RETRY: Duration = Duration::from_secs(10);

/// Makes the configuration out of the environment and the keys of the vault.
type Configure = dyn Fn(&Keys) -> Result<Config, VariableError> + Send + Sync;

/// Why there is no endpoint.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// A bad value.
    #[error(transparent)]
    Variable(#[from] VariableError),
    /// No way to speak to the model.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// No way to speak to the vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Gives each request the endpoint, made anew when the keys have changed.
pub struct Rotation {
    endpoint: RwLock<Arc<Endpoint>>,
    source: Option<Source>,
}

/// Where new keys come from.
struct Source {
    vault: Vault,
    configure: Box<Configure>,
    metrics: Arc<Metrics>,
    ttl: Duration,
    seen: Mutex<Seen>,
}

struct Seen {
    keys: Keys,
    /// By the wall clock: Lambda stops a function between two requests, and other clocks with it.
    due: SystemTime,
}

impl Rotation {
    /// Keys that never change.
    #[must_use]
    pub fn fixed(endpoint: Endpoint) -> Self {
        Self {
            endpoint: RwLock::new(Arc::new(endpoint)),
            source: None,
        }
    }

    /// The keys of `SECRET_ARN` if that is set, else those of the environment. They are not read
    /// yet: until [`Rotation::refresh`] the guesser plays.
    ///
    /// # Errors
    /// [`RotationError`].
    pub fn new(
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
        metrics: Arc<Metrics>,
    ) -> Result<Self, RotationError> {
        let config = Config::read(&lookup)?;
        let Some(vault) = Vault::new(&config, &lookup)? else {
            return Ok(Self::fixed(Endpoint::new(&config, metrics)?));
        };
        let configure =
            move |keys: &Keys| Config::read(|name| keys.lookup(name).or_else(|| lookup(name)));
        let endpoint = Endpoint::new(&config, Arc::clone(&metrics))?;
        Ok(Self {
            endpoint: RwLock::new(Arc::new(endpoint)),
            source: Some(Source {
                vault,
                configure: Box::new(configure),
                metrics,
                ttl: config.secret_ttl,
                seen: Mutex::new(Seen {
                    keys: Keys::default(),
                    due: SystemTime::UNIX_EPOCH,
                }),
            }),
        })
    }

    /// The endpoint by the keys that hold now.
    pub async fn current(&self) -> Arc<Endpoint> {
        self.refresh().await;
        Arc::clone(&self.endpoint.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the keys if that is due. Whatever fails, the endpoint goes on with those that it has.
    pub async fn refresh(&self) {
        let Some(source) = &self.source else { return };
        // While one request reads, the others wait: they would ask the same.
        let mut seen = source.seen.lock().await;
        if SystemTime::now() < seen.due {
            return;
        }
        let keys = match source.vault.read().await {
            Ok(keys) => keys,
            Err(error) => {
                tracing::error!(%error, "the keys can't be read");
                seen.due = SystemTime::now() + RETRY.min(source.ttl);
                return;
            }
        };
        seen.due = SystemTime::now() + source.ttl;
        if keys == seen.keys {
            return;
        }
        match source.endpoint(&keys) {
            Ok(endpoint) => {
                tracing::info!("new keys");
                *self
                    .endpoint
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = Arc::new(endpoint);
            }
            Err(error) => tracing::error!(%error, "the new keys are of no use"),
        }
        // Of no use once, of no use again.
        seen.keys = keys;
    }
}

impl Source {
    fn endpoint(&self, keys: &Keys) -> Result<Endpoint, RotationError> {
        let config = (self.configure)(keys)?;
        Ok(Endpoint::new(&config, Arc::clone(&self.metrics))?)
    }
}
