//! The static site: how it is written, and how it is served.

#![cfg(test)]
#![cfg(feature = "site")]

mod table;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use server::{
    config::Config, http::endpoint::Endpoint, http::headers::SECURITY_HEADERS, http::pages::Pages,
    http::router::around, keys::rotation::Rotation, metrics::Metrics, site,
};
use std::{fs, path::Path, sync::Arc};
use table::{get, send};
use tempfile::TempDir;

/// A bundle like that of scripts/bundle, whose WebAssembly is `program`.
fn bundle(program: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write(
        "pkg/twenty.js",
        &"export default function () {}\n".repeat(20),
    );
    write("pkg/twenty.wasm", program);
    write("pkg/guesser.js", "export class PageGuesser {}");
    write("pkg/guesser.wasm", "the guesser");
    write("pkg/twenty.css", &"main { color: red }\n".repeat(20));
    write("start.js", "import('./twenty.js');");
    write(
        "icon.svg",
        &"<svg xmlns='http://www.w3.org/2000/svg'/>".repeat(10),
    );
    write("manifest.webmanifest", "{}");
    folder
}

fn names(site: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for folder in [site.to_owned(), site.join("pkg")] {
        for entry in fs::read_dir(folder).unwrap() {
            names.push(entry.unwrap().file_name().into_string().unwrap());
        }
    }
    names.sort();
    names
}

fn named(site: &Path, start: &str, end: &str) -> String {
    let found = names(site)
        .into_iter()
        .find(|name| name.starts_with(start) && name.ends_with(end));
    format!(
        "/pkg/{}",
        found.unwrap_or_else(|| panic!("no {start}*{end}"))
    )
}

#[test]
fn the_site_has_the_page_and_the_bundle_with_hashed_names() {
    let (bundle, out) = (bundle("program one"), TempDir::new().unwrap());
    let site = out.path().join("dist");
    site::write(bundle.path(), &site, 8).unwrap();
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    for name in [
        named(&site, "twenty.", ".js"),
        named(&site, "twenty.", ".wasm"),
        named(&site, "twenty.", ".css"),
        named(&site, "guesser.", ".js"),
        named(&site, "guesser.", ".wasm"),
        named(&site, "knowledge.", ".bin"),
        named(&site, "start.", ".js"),
    ] {
        assert!(page.contains(&name), "{name} is not in {page}");
    }
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(
        page.contains("Think of anything"),
        "the page says what it is before the program runs: {page}"
    );
    assert!(page.contains(r#"data-openings="8""#), "{page}");
    let size = "program one".len();
    assert!(page.contains(&format!(r#"data-size="{size}""#)), "{page}");
    assert!(
        !page.contains("<style") && !page.contains(" style=") && !page.contains("<script>"),
        "the content security policy forbids this: {page}"
    );

    let first = names(&site);
    site::write(bundle.path(), &site, 8).unwrap();
    assert_eq!(names(&site), first, "the second time it is the same");
}

#[test]
fn a_changed_file_gets_another_name_and_replaces_the_old_one() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program one").path(), &site, 8).unwrap();
    let first = named(&site, "twenty.", ".wasm");
    site::write(bundle("program two").path(), &site, 8).unwrap();
    assert_ne!(named(&site, "twenty.", ".wasm"), first);
    assert!(!site.join(&first[1..]).exists());
}

#[test]
fn a_site_whose_name_has_a_dot_leaves_its_neighbours_alone() {
    let out = TempDir::new().unwrap();
    for folder in ["v1", "v1.2", "v1.new", "v1.old"] {
        fs::create_dir(out.path().join(folder)).unwrap();
    }
    let site = out.path().join("v1.2");
    fs::write(site.join("index.html"), "an older site").unwrap();
    site::write(bundle("program").path(), &site, 8).unwrap();
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    let mut found: Vec<_> = fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    found.sort();
    assert_eq!(found, ["v1", "v1.2", "v1.new", "v1.old"]);
}

#[test]
fn a_failure_leaves_the_site_as_it_was() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program").path(), &site, 8).unwrap();
    let before = names(&site);
    let error = site::write(&out.path().join("nothing"), &site, 8)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("is missing: build the bundle first"),
        "{error}"
    );
    assert_eq!(names(&site), before);
    assert!(!out.path().join("dist.new").exists());
}

#[tokio::test]
async fn files_have_the_right_types_compression_and_caching() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    let program = "a program that is worth compressing ".repeat(50);
    site::write(bundle(&program).path(), &site, 8).unwrap();
    let router = table::server(&[("SITE_DIR", site.to_str().unwrap())]);
    const IMMUTABLE: &str = "public, max-age=31536000, immutable";
    let wasm = named(&site, "twenty.", ".wasm");
    let cases = [
        ("/", "text/html", "no-cache"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        (
            "/manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
        (
            &named(&site, "twenty.", ".js"),
            "text/javascript",
            IMMUTABLE,
        ),
        (&named(&site, "twenty.", ".css"), "text/css", IMMUTABLE),
        (
            &named(&site, "knowledge.", ".bin"),
            "application/octet-stream",
            IMMUTABLE,
        ),
        (&wasm, "application/wasm", IMMUTABLE),
    ];
    for (path, kind, cache) in cases {
        let response = get(&router, path).await;
        assert_eq!(response.status, StatusCode::OK, "{path}");
        assert!(
            response.header("content-type").starts_with(kind),
            "{path}: {}",
            response.header("content-type")
        );
        assert_eq!(response.header("cache-control"), cache, "{path}");
        assert_eq!(response.header("vary"), "accept-encoding", "{path}");
        assert_eq!(
            response.header("content-security-policy"),
            SECURITY_HEADERS["content-security-policy"]
        );
    }
    for (accepted, given) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get(&wasm)
            .header("accept-encoding", accepted)
            .body(Body::empty())
            .unwrap();
        let response = send(&router, request).await;
        assert_eq!(response.header("content-encoding"), given, "{accepted}");
        assert_eq!(response.header("content-type"), "application/wasm");
        assert_eq!(
            response.body.len() < program.len(),
            !given.is_empty(),
            "{accepted}"
        );
    }
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let out = TempDir::new().unwrap();
    fs::write(out.path().join("secret.txt"), "secret").unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program").path(), &site, 8).unwrap();
    let router = table::server(&[("SITE_DIR", site.to_str().unwrap())]);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/pkg/../../secret.txt",
        "/pkg/nothing.js",
        "/index.html/x",
    ] {
        let response = get(&router, path).await;
        assert_eq!(response.problem().status, 404, "{path}");
    }
}

#[tokio::test]
async fn in_development_the_page_is_rendered_at_each_request() {
    let bundle = bundle("program");
    let options = leptos::config::LeptosOptions::builder()
        .output_name("twenty")
        .site_root(bundle.path().to_str().unwrap())
        .build();
    let config = Config::read(|_| None).unwrap();
    let metrics = Arc::new(Metrics::new(false));
    let endpoint = Rotation::fixed(Endpoint::new(&config, metrics).unwrap());
    let router = around(endpoint, Pages::live(options, config.openings), &config);
    let page = get(&router, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("Think of something."),
        "{}",
        page.text()
    );
    for path in [
        "/pkg/twenty.js",
        "/pkg/twenty.wasm",
        "/pkg/twenty.css",
        "/start.js",
        "/knowledge.bin",
    ] {
        assert!(page.text().contains(path), "{path}");
        assert_eq!(get(&router, path).await.status, StatusCode::OK, "{path}");
    }
}
