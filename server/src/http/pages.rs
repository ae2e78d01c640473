//! The page and its files: written by `server site`, or in development rendered at each request.

use super::etag::by_content;
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::IntoResponse,
};
use std::path::Path;
use tower_http::services::ServeDir;

/// Browsers ask again, and get the content only if it is another one.
const REVALIDATED: &str = "no-cache";

/// The longest path of a file, in bytes. File systems take at most 255 for a name, and for more `ServeDir` responds 500.
const MAX_PATH: usize = 200;

/// What is served besides the API.
pub struct Pages {
    /// The paths.
    pub(crate) router: Router,
    /// Whether the page reloads itself, which needs a looser content security policy.
    pub(crate) is_development: bool,
}

impl Pages {
    /// The static site in this folder.
    #[must_use]
    pub fn written(folder: &Path) -> Self {
        Self {
            router: files(folder, cached),
            is_development: false,
        }
    }

    /// The page for `cargo leptos watch`.
    #[cfg(feature = "site")]
    #[must_use]
    pub fn live(options: leptos::config::LeptosOptions) -> Self {
        use app::shell::{Files, Site, shell};
        use axum::routing::get;
        // Rendering needs a spawner. Setting one fails only if there is one already, which is fine.
        let _ = any_spawner::Executor::init_tokio();
        let pkg = |extension: &str| {
            format!(
                "{}/{}.{extension}",
                options.site_pkg_dir, options.output_name
            )
        };
        let wasm = std::fs::metadata(Path::new(&*options.site_root).join(pkg("wasm")));
        let site = Site {
            files: Files {
                css: pkg("css"),
                start: "start.js".to_owned(),
                wasm: pkg("wasm"),
                // The page only needs it to show how much has arrived.
                wasm_bytes: wasm.map_or(1, |file| file.len() as usize),
                guesser_js: "parts/pkg/guesser.js".to_owned(),
                guesser_wasm: "parts/pkg/guesser.wasm".to_owned(),
                knowledge: "knowledge.bin".to_owned(),
                extras: "parts/extras.js".to_owned(),
                extras_wasm: "parts/pkg/extras.wasm".to_owned(),
                extras_css: "parts/pkg/extras.css".to_owned(),
            },
            things: guesser::Guesser::embedded().knowledge().things().len(),
            address: String::new(),
            reload: Some(options.clone()),
        };
        let page = leptos_axum::render_app_to_stream(move || shell(site.clone()));
        let router = files(Path::new(&*options.site_root), |_| "no-store")
            .route("/", get(page))
            // cargo-leptos builds only the page; scripts/watch builds the rest there.
            .nest_service("/parts", ServeDir::new("target/parts"))
            .route("/knowledge.bin", get(|| async { guesser::PACKED }));
        Self {
            router,
            is_development: true,
        }
    }
}

/// The files of a folder, in brotli or gzip if the client accepts that.
fn files(folder: &Path, cache_control: fn(&str) -> &'static str) -> Router {
    let folder = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    let cache = move |request: Request, next: Next| async move {
        if request.uri().path().len() > MAX_PATH {
            return StatusCode::NOT_FOUND.into_response();
        }
        let value = cache_control(request.uri().path());
        let mut response = if value == REVALIDATED {
            by_content(request, next).await
        } else {
            next.run(request).await
        };
        let headers = response.headers_mut();
        // A file with a hash in its name is never asked for again.
        headers.remove(header::LAST_MODIFIED);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    };
    Router::new()
        .fallback_service(folder)
        .layer(middleware::from_fn(cache))
}

/// Names under /pkg/ contain a hash of the content. All other names stay the same, so browsers have to
/// revalidate those files.
fn cached(path: &str) -> &'static str {
    if path.starts_with("/pkg/") {
        "public, max-age=31536000, immutable"
    } else {
        REVALIDATED
    }
}
