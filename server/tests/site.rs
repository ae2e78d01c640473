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
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};
use table::{get, send};
use tempfile::TempDir;

const WORKER: &str = include_str!("../../public/worker.js");

/// A bundle like that of scripts/bundle, whose WebAssembly is `program`.
fn bundle(program: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write("pkg/twenty.js", "export default function () {}");
    write("pkg/twenty.wasm", program);
    write("pkg/guesser.js", "export class PageGuesser {}");
    write("pkg/guesser.wasm", "the guesser");
    write("pkg/twenty.css", &"main { color: red }\n".repeat(20));
    for name in ["extras.wasm", "extras.css", "extras.js"] {
        write(&format!("pkg/{name}"), name);
    }
    write("start.js", &"import './pkg/twenty.js';\n".repeat(20));
    write("extras.js", "import './pkg/extras.js';");
    write(
        "icon.svg",
        &"<svg xmlns='http://www.w3.org/2000/svg'/>".repeat(10),
    );
    write("manifest.webmanifest", "{}");
    write("worker.js", WORKER);
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

fn named_all(site: &Path, start: &str, end: &str) -> Vec<String> {
    let found = names(site)
        .into_iter()
        .filter(|name| name.starts_with(start) && name.ends_with(end));
    found.map(|name| format!("pkg/{name}")).collect()
}

fn named(site: &Path, start: &str, end: &str) -> String {
    let mut found = named_all(site, start, end);
    found.pop().unwrap_or_else(|| panic!("no {start}*{end}"))
}

#[test]
fn the_site_has_the_page_and_the_bundle_with_hashed_names() {
    let (bundle, out) = (bundle("program one"), TempDir::new().unwrap());
    let site = out.path().join("dist");
    site::write(bundle.path(), &site, "").unwrap();
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    for name in [
        named(&site, "twenty.", ".wasm"),
        named(&site, "twenty.", ".css"),
        named(&site, "guesser.", ".js"),
        named(&site, "guesser.", ".wasm"),
        named(&site, "knowledge.", ".bin"),
        named(&site, "start.", ".js"),
        named(&site, "extras.", ".js"),
        named(&site, "extras.", ".wasm"),
        named(&site, "extras.", ".css"),
    ] {
        assert!(page.contains(&name), "{name} is not in {page}");
    }
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(
        page.contains("Think of anything"),
        "the page says what it is before the program runs: {page}"
    );
    let size = "program one".len();
    assert!(page.contains(&format!(r#"data-size="{size}""#)), "{page}");
    assert!(!page.contains(" style="), "the policy forbids this: {page}");
    for address in ["href=\"/", "src=\"/", "=\"/pkg"] {
        assert!(
            !page.contains(address),
            "the site may lie in any folder: {page}"
        );
    }
    // What the document itself contains needs its hash in the content security policy.
    let policy = SECURITY_HEADERS["content-security-policy"]
        .to_str()
        .unwrap();
    for (tag, directive) in [("script", "script-src"), ("style", "style-src")] {
        let inline: Vec<_> = page.split(&format!("<{tag}>")).skip(1).collect();
        assert_eq!(inline.len(), 1, "{page}");
        let (content, _) = inline[0].split_once(&format!("</{tag}>")).unwrap();
        let hash = Base64::encode_string(&Sha256::digest(content));
        let sources = policy
            .split("; ")
            .find(|part| part.starts_with(directive))
            .unwrap();
        let hashes: Vec<_> = sources
            .split(' ')
            .filter(|source| source.contains("sha256"))
            .collect();
        assert_eq!(
            hashes[0],
            format!("'sha256-{hash}'"),
            "server/headers.json has the hash of the present {tag} first"
        );
        assert!(
            hashes.len() <= 2,
            "and at most that of the last release after it"
        );
    }

    let first = names(&site);
    site::write(bundle.path(), &site, "").unwrap();
    assert_eq!(names(&site), first, "the second time it is the same");
}

#[test]
fn a_changed_file_gets_another_name_and_replaces_the_old_one() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program one").path(), &site, "").unwrap();
    let first = named(&site, "twenty.", ".wasm");
    site::write(bundle("program two").path(), &site, "").unwrap();
    assert_eq!(named_all(&site, "twenty.", ".wasm").len(), 2);
    assert!(site.join(&first).exists(), "open pages still load it");
    let second = named_all(&site, "twenty.", ".wasm")
        .into_iter()
        .find(|name| *name != first)
        .unwrap();

    // The same once more: nothing changes.
    site::write(bundle("program two").path(), &site, "").unwrap();
    assert!(site.join(&first).exists());
    site::write(bundle("program three").path(), &site, "").unwrap();
    assert!(!site.join(&first).exists(), "one build before is enough");
    assert!(site.join(&second).exists());
}

/// The list of files of the site's worker.
fn kept(site: &Path) -> (String, BTreeMap<String, String>) {
    let worker = fs::read_to_string(site.join("worker.js")).unwrap();
    let line = |start: &str| {
        let found = worker.lines().find_map(|line| line.strip_prefix(start));
        found.unwrap().trim_end_matches(';').to_owned()
    };
    let files = serde_json::from_str(&line("const FILES = ")).unwrap();
    (line("const BUILD = "), files)
}

#[test]
fn the_worker_lists_what_the_game_needs_with_the_hash_of_each_file() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    site::write(bundle("program one").path(), &site, "").unwrap();
    let (build, files) = kept(&site);
    let mut expected = names(&site);
    expected.retain(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
    let expected: BTreeSet<_> = expected
        .into_iter()
        .filter(|name| !["worker.js", "pkg"].contains(&name.as_str()))
        .map(|name| match name.as_str() {
            "index.html" => ".".to_owned(),
            "icon.svg" | "manifest.webmanifest" => name,
            _ => format!("pkg/{name}"),
        })
        .collect();
    assert_eq!(files.keys().cloned().collect::<BTreeSet<_>>(), expected);
    for (path, hash) in &files {
        let file = if path == "." { "index.html" } else { path };
        let digest = Sha256::digest(fs::read(site.join(file)).unwrap());
        assert_eq!(*hash, Base64::encode_string(&digest), "{path}");
    }
    site::write(bundle("program one").path(), &site, "").unwrap();
    assert_eq!(kept(&site), (build.clone(), files), "the same build");
    site::write(bundle("program two").path(), &site, "").unwrap();
    assert_ne!(kept(&site).0, build, "another build");
}

#[test]
fn a_worker_without_a_place_for_the_list_is_refused() {
    let (bundle, out) = (bundle("program"), TempDir::new().unwrap());
    fs::write(bundle.path().join("worker.js"), "const FILES = {};").unwrap();
    let error = site::write(bundle.path(), &out.path().join("dist"), "").unwrap_err();
    let expected = "worker.js of the bundle has no line `const BUILD = 'development';`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn link_previews_get_the_whole_address_if_it_is_known() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("dist");
    for (address, expected) in [
        ("", vec![r#"content="preview.png""#]),
        (
            "https://example.com/game/",
            vec![
                r#"content="https://example.com/game/preview.png""#,
                r#"content="https://example.com/game/""#,
            ],
        ),
    ] {
        site::write(bundle("program").path(), &site, address).unwrap();
        let page = fs::read_to_string(site.join("index.html")).unwrap();
        for expected in expected {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
        assert_eq!(page.contains("og:url"), !address.is_empty());
    }
}

#[test]
fn a_site_whose_name_has_a_dot_leaves_its_neighbours_alone() {
    let out = TempDir::new().unwrap();
    for folder in ["v1", "v1.2", "v1.new", "v1.old"] {
        fs::create_dir(out.path().join(folder)).unwrap();
    }
    let site = out.path().join("v1.2");
    fs::write(site.join("index.html"), "an older site").unwrap();
    site::write(bundle("program").path(), &site, "").unwrap();
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
    site::write(bundle("program").path(), &site, "").unwrap();
    let before = names(&site);
    let error = site::write(&out.path().join("nothing"), &site, "")
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
    site::write(bundle(&program).path(), &site, "").unwrap();
    let router = table::server(&[("SITE_DIR", site.to_str().unwrap())]);
    const IMMUTABLE: &str = "public, max-age=31536000, immutable";
    let served = |start: &str, end: &str| format!("/{}", named(&site, start, end));
    let wasm = served("twenty.", ".wasm");
    let cases = [
        ("/", "text/html", "no-cache"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        ("/worker.js", "text/javascript", "no-cache"),
        (
            "/manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
        (&served("start.", ".js"), "text/javascript", IMMUTABLE),
        (&served("twenty.", ".css"), "text/css", IMMUTABLE),
        (
            &served("knowledge.", ".bin"),
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
    site::write(bundle("program one").path(), &site, "").unwrap();
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
    assert_eq!(first.header("accept-ranges"), "", "ranges are ignored");
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
    site::write(bundle("program two").path(), &site, "").unwrap();
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
    site::write(bundle("program").path(), &site, "").unwrap();
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
    let router = around(endpoint, Pages::live(options), &config);
    let page = get(&router, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("Think of something."),
        "{}",
        page.text()
    );
    for path in [
        "pkg/twenty.wasm",
        "pkg/twenty.css",
        "start.js",
        "knowledge.bin",
    ] {
        assert!(page.text().contains(path), "{path}");
        let path = format!("/{path}");
        assert_eq!(get(&router, &path).await.status, StatusCode::OK, "{path}");
    }
}
