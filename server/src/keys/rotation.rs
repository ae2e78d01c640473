//! The endpoint with the current keys: a new key takes effect without a restart.

use crate::{
    config::{Config, VariableError},
    http::endpoint::Endpoint,
    keys::vault::{Keys, Vault, VaultError},
    metrics::Metrics,
};
use model::{Chain, ClientError};
use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::sync::Mutex;

/// How soon a vault that failed is read again.
const RETRY: Duration = Duration::from_secs(10);

/// Makes the configuration from the environment and the keys of the vault.
type Configure = dyn Fn(&Keys) -> Result<Config, VariableError> + Send + Sync;

/// Why there is no endpoint.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// A variable has an invalid value.
    #[error(transparent)]
    Variable(#[from] VariableError),
    /// No HTTP client can be made for the model.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The vault can't be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Gives each request the endpoint, and makes a new one when the keys have changed.
pub struct Rotation {
    endpoint: RwLock<Arc<Endpoint>>,
    source: Option<Source>,
}

/// Where the keys come from.
struct Source {
    vault: Vault,
    configure: Box<Configure>,
    ttl: Duration,
    seen: Mutex<Seen>,
    /// Whether the last attempt to read and use them has failed.
    is_unread: AtomicBool,
    /// Whether any were ever used.
    is_ready: AtomicBool,
}

struct Seen {
    /// The last keys that were read, even if they were rejected.
    keys: Keys,
    /// Whether they were.
    is_rejected: bool,
    /// When to read them again, by the wall clock: Lambda freezes a function between requests, and a
    /// monotonic clock may stop with it.
    due: SystemTime,
}

impl Rotation {
    /// An endpoint whose keys never change.
    #[must_use]
    pub fn fixed(endpoint: Endpoint) -> Self {
        Self {
            endpoint: RwLock::new(Arc::new(endpoint)),
            source: None,
        }
    }

    /// An endpoint with the keys of `SECRET_ARN` if that is set, else with those of the environment. It
    /// doesn't read the secret yet: until [`Rotation::refresh`] the guesser plays.
    ///
    /// # Errors
    /// [`RotationError`] if the configuration can't be used.
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
        let endpoint = Endpoint::new(&config, metrics)?;
        Ok(Self {
            endpoint: RwLock::new(Arc::new(endpoint)),
            source: Some(Source {
                vault,
                configure: Box::new(configure),
                ttl: config.secret_ttl,
                is_unread: AtomicBool::new(true),
                is_ready: AtomicBool::new(false),
                seen: Mutex::new(Seen {
                    keys: Keys::default(),
                    is_rejected: false,
                    due: SystemTime::UNIX_EPOCH,
                }),
            }),
        })
    }

    /// The endpoint with the current keys; `None` as long as no keys could be read. Without them it would seal with a
    /// public constant what later requests must prove with a key.
    pub async fn current(&self) -> Option<Arc<Endpoint>> {
        self.refresh().await;
        let source = self.source.as_ref();
        let is_ready = source.is_none_or(|source| source.is_ready.load(Ordering::Relaxed));
        is_ready.then(|| self.latest())
    }

    fn latest(&self) -> Arc<Endpoint> {
        Arc::clone(&self.endpoint.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the keys could not be read or used at the last attempt.
    pub(crate) fn is_unread(&self) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|source| source.is_unread.load(Ordering::Relaxed))
    }

    /// Reads the keys if that is due. On any failure the endpoint stays as it is.
    pub async fn refresh(&self) {
        let Some(source) = &self.source else { return };
        // While one request reads the keys, the others wait: they would send the same request.
        let mut seen = source.seen.lock().await;
        if SystemTime::now() < seen.due {
            return;
        }
        let keys = match source.vault.read().await {
            Ok(keys) => keys,
            Err(error) => {
                tracing::error!(error = %Chain(&error), "the keys can't be read");
                seen.due = SystemTime::now() + RETRY.min(source.ttl);
                source.is_unread.store(true, Ordering::Relaxed);
                return;
            }
        };
        seen.due = SystemTime::now() + source.ttl;
        if keys == seen.keys && (seen.is_rejected || source.is_ready.load(Ordering::Relaxed)) {
            // Nothing has changed, unless an attempt in between has failed.
            source.is_unread.store(seen.is_rejected, Ordering::Relaxed);
            return;
        }
        let endpoint = self.with(source, &keys);
        source.is_unread.store(endpoint.is_err(), Ordering::Relaxed);
        match endpoint {
            Ok(endpoint) => {
                tracing::info!(ai = endpoint.ai(), "new keys");
                source.is_ready.store(true, Ordering::Relaxed);
                *self
                    .endpoint
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = Arc::new(endpoint);
            }
            Err(error) => tracing::error!(error = %Chain(&error), "the new keys can't be used"),
        }
        // Remember rejected keys so they aren't retried at every refresh.
        seen.keys = keys;
        seen.is_rejected = source.is_unread.load(Ordering::Relaxed);
    }

    /// The endpoint with these keys. Unless they are the first, it accepts the seals of those before.
    fn with(&self, source: &Source, keys: &Keys) -> Result<Endpoint, RotationError> {
        let config = (source.configure)(keys)?;
        let before = self.latest();
        Ok(if source.is_ready.load(Ordering::Relaxed) {
            before.succeed(&config)?
        } else {
            before.begin(&config)?
        })
    }
}
