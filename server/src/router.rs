//! Which path leads where, and what every answer has in common.

use crate::{
    api::{self, Api},
    config::Config,
    headers, log,
    metrics::Metrics,
    problem::{self, ApiError},
    rate::{self, Limiter},
    relay::openai::ClientError,
    rotation::Rotation,
};
use app::shell::{Files, Site, shell};
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::config::LeptosOptions;
use std::{path::Path, sync::Arc};
use tower_http::{catch_panic::CatchPanicLayer, services::ServeDir, timeout::TimeoutLayer};

/// The longest path and query: what CloudFront takes.
const MAX_TARGET: usize = 8 * 1024;

/// The whole server as one service, with keys that never change.
///
/// # Errors
/// [`ClientError`], if there is no way to speak to the model.
pub fn router(config: &Config, metrics: Arc<Metrics>) -> Result<Router, ClientError> {
    let api = Api::new(config, metrics)?;
    Ok(around(Rotation::fixed(api), config, None))
}

/// The whole server around this endpoint. With `development` the page is rendered at each request
/// and reloads itself; without, the site is the folder that `server site` has written.
pub fn around(endpoint: Rotation, config: &Config, development: Option<LeptosOptions>) -> Router {
    let mut next = get(api::next);
    if let Some(rate) = config.rate {
        let limiter = Arc::new(Limiter::new(rate));
        next = next.layer(middleware::from_fn_with_state(limiter, rate::limit));
    }
    let is_development = development.is_some();
    let pages = match development {
        Some(options) => live(options, config.openings),
        None => files(&config.site_dir, cached),
    };
    Router::new()
        .route("/api/next", next)
        .with_state(Arc::new(endpoint))
        .route(
            "/healthz",
            get(|| async { ([(header::CACHE_CONTROL, "no-store")], "ok") }),
        )
        .route(
            "/api/{*rest}",
            axum::routing::any(|| async { ApiError::Status(StatusCode::NOT_FOUND) }),
        )
        .merge(pages)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            config.request_timeout,
        ))
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(middleware::from_fn(bounded))
        .layer(middleware::from_fn(problem::everywhere))
        .layer(middleware::from_fn_with_state(
            is_development,
            headers::secure,
        ))
        .layer(middleware::from_fn(log::request))
}

/// What `METRICS_ADDR` serves.
pub fn metrics(metrics: Arc<Metrics>) -> Router {
    /// The media type of <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
    const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let text = move || async move { ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text()) };
    Router::new().route("/metrics", get(text))
}

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

/// The files of a folder, brotli or gzip where the client takes it.
fn files(folder: &Path, cache_control: fn(&str) -> &'static str) -> Router {
    let folder = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    let cache = move |request: Request, next: Next| async move {
        let value = cache_control(request.uri().path());
        let mut response = next.run(request).await;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    };
    Router::new()
        .fallback_service(folder)
        .layer(middleware::from_fn(cache))
}

/// Names under /pkg/ hold a hash of the content; the others stay and must be asked for anew.
fn cached(path: &str) -> &'static str {
    if path.starts_with("/pkg/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// The page as `cargo leptos watch` wants it.
fn live(options: LeptosOptions, openings: u8) -> Router {
    // Rendering needs a spawner; a second call finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let pkg = |extension: &str| {
        format!(
            "/{}/{}.{extension}",
            options.site_pkg_dir, options.output_name
        )
    };
    let site = Site {
        files: Files {
            css: pkg("css"),
            start: "/start.js".to_owned(),
            js: pkg("js"),
            wasm: pkg("wasm"),
            knowledge: "/knowledge.bin".to_owned(),
        },
        openings,
        reload: Some(options.clone()),
    };
    files(Path::new(&*options.site_root), |_| "no-store")
        .route(
            "/",
            get(leptos_axum::render_app_to_stream(move || {
                shell(site.clone())
            })),
        )
        .route("/knowledge.bin", get(|| async { guesser::PACKED }))
}
