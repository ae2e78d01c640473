//! The paths, and what all responses have in common.

use crate::{
    config::Config,
    http::headers,
    http::pages::Pages,
    http::problem::{self, ApiError},
    http::rate::{self, Limiter},
    http::{api, endpoint::Endpoint},
    keys::rotation::Rotation,
    log,
    metrics::Metrics,
};
use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use model::ClientError;
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// The longest path and query, in bytes; CloudFront accepts no more.
const MAX_TARGET: usize = 8 * 1024;

/// The body of `/healthz`.
const HEALTHY: &str = concat!("ok ", env!("CARGO_PKG_VERSION"));

/// The whole server, with a static site and keys that never change.
///
/// # Errors
/// [`ClientError`] if no HTTP client can be made for the model.
pub fn router(config: &Config, metrics: Arc<Metrics>) -> Result<Router, ClientError> {
    let endpoint = Rotation::fixed(Endpoint::new(config, metrics)?);
    Ok(around(endpoint, Pages::written(&config.site_dir), config))
}

/// The whole server with this endpoint and these pages.
pub fn around(endpoint: Rotation, pages: Pages, config: &Config) -> Router {
    let mut next = get(api::next);
    if let Some(rate) = config.rate {
        let limiter = Arc::new(Limiter::new(rate));
        next = next.layer(middleware::from_fn_with_state(limiter, rate::limit));
    }
    Router::new()
        .route("/api/next", next)
        .route("/api/settings", get(api::settings))
        .with_state(Arc::new(endpoint))
        .route(
            "/healthz",
            get(|| async { ([(header::CACHE_CONTROL, "no-store")], HEALTHY) }),
        )
        .route(
            "/api/{*rest}",
            axum::routing::any(|| async { ApiError::Status(StatusCode::NOT_FOUND) }),
        )
        .merge(pages.router)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            config.request_timeout,
        ))
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(middleware::from_fn(bounded))
        .layer(middleware::from_fn(problem::everywhere))
        .layer(middleware::from_fn_with_state(
            pages.is_development,
            headers::secure,
        ))
        .layer(middleware::from_fn(log::request))
}

/// What is served at `METRICS_ADDR`.
pub fn metrics(metrics: Arc<Metrics>) -> Router {
    /// The media type of <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
    const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let text = move || async move { ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text()) };
    Router::new().route("/metrics", get(text))
}

/// Refuses a path and query that are too long.
async fn bounded(request: Request, next: Next) -> Response {
    let target = request
        .uri()
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    if target > MAX_TARGET {
        return ApiError::Status(StatusCode::URI_TOO_LONG).into_response();
    }
    next.run(request).await
}
