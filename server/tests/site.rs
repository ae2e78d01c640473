//! The static site: how it is written, and how it is served.

#![cfg(test)]
#![cfg(feature = "site")]

mod table;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use base64ct::{Base64, Encoding};
use server::{
    config::Config, http::endpoint::Endpoint, http::headers::SECURITY_HEADERS, http::pages::Pages,
    http::router::around, keys::rotation::Rotation, metrics::Metrics, site,
};
use sha2::{Digest, Sha256};
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
        !page.contains("<style") && !page.contains(" style="),
        "the content security policy forbids this: {page}"
    );
    let scripts: Vec<_> = page.split("<script>").skip(1).collect();
    assert_eq!(scripts.len(), 1, "{page}");
    for script in scripts {
        let (script, _) = script.split_once("</script>").unwrap();
        let hash = Base64::encode_string(&Sha256::digest(script));
        let policy = SECURITY_HEADERS.get("content-security-policy").unwrap();
        let source = format!("'sha256-{hash}'");
        assert!(
            policy.to_str().unwrap().contains(&source),
            "server/headers.json needs {source}"
        );
    }

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
async fn the_content_of_the_page_decides_what_a_returning_visitor_gets() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program one").path(), &site, 8).unwrap();
    let router = table::server(&[("SITE_DIR", site.to_str().unwrap())]);
    let ask = async |method: &str, accepted: &str, headers: &[(&str, &str)]| {
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in [("accept-encoding", accepted)].iter().chain(headers) {
            request = request.header(*name, *value);
        }
        send(&router, request.body(Body::empty()).unwrap()).await
    };
    let first = ask("GET", "br", &[]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 18, "{tag}");
    assert_eq!(first.header("last-modified"), "");
    assert_ne!(ask("GET", "gzip", &[]).await.header("etag"), tag);

    let weak = format!("W/{tag}");
    let several = format!("\"another\", {tag}");
    for seen in [&*tag, &weak, &several, "*"] {
        for method in ["GET", "HEAD"] {
            let response = ask(method, "br", &[("if-none-match", seen)]).await;
            assert_eq!(response.status, StatusCode::NOT_MODIFIED, "{method} {seen}");
            assert!(response.body.is_empty());
            assert_eq!(response.header("etag"), tag);
            assert_eq!(response.header("cache-control"), "no-cache");
            assert_eq!(response.header("vary"), "accept-encoding");
        }
    }
    let head = ask("HEAD", "br", &[]).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("etag"), tag);
    assert_eq!(head.header("content-length"), first.body.len().to_string());

    // A rollback: another content with an older date.
    site::write(bundle("program two").path(), &site, 8).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    for entry in fs::read_dir(&site).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            let file = fs::File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(long_ago).unwrap();
        }
    }
    let now = "Sun, 06 Nov 2050 08:49:37 GMT";
    let visitor = [("if-none-match", &*tag), ("if-modified-since", now)];
    let second = ask("GET", "br", &visitor).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_ne!(second.header("etag"), tag);
    let by_date = ask("GET", "br", &[("if-modified-since", now)]).await;
    assert_eq!(by_date.status, StatusCode::OK, "a date decides nothing");
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
