//! Writes the static site: the bundle with hashed names, the page, its worker, and everything compressed.

use app::shell::{Files, Site, shell};
use base64ct::{Base64, Encoding};
use flate2::{Compression, write::GzEncoder};
use leptos::prelude::{Owner, RenderHtml};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// The name of the bundle in the root Cargo.toml.
const NAME: &str = "twenty";

/// The worker that keeps the game on the device, and the lines of it that name a build.
const WORKER: &str = "worker.js";
const BUILD_LINE: &str = "const BUILD = 'development';";
const FILES_LINE: &str = "const FILES = {};";

/// Besides the page and its program, the worker keeps these.
const KEPT: [&str; 2] = ["icon.svg", "manifest.webmanifest"];

/// The hashes of a build's files by path, as the worker has them.
type Build = BTreeMap<String, String>;

/// Why the site can't be written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file of the bundle is missing.
    #[error(
        "{0} is missing: build the bundle first, with scripts/bundle or `cargo leptos build --release`"
    )]
    NoBundle(PathBuf),
    /// The worker has no place for the list of files.
    #[error("{WORKER} of the bundle has no line `{0}`")]
    Worker(&'static str),
    /// The output folder has no name of its own, like `..`, so it can't be replaced.
    #[error("the site can't replace {0}: give the folder's name")]
    NoName(PathBuf),
    /// A file or folder can't be read or written.
    #[error("{0}")]
    Io(PathBuf, #[source] io::Error),
    /// The new site can't be moved into place, and the old one can't be moved back.
    #[error("the new site can't be moved into place, and the old one can't be moved back from {0}")]
    Lost(PathBuf, #[source] io::Error),
    /// The new site is in place, but the old one is still there too.
    #[error("the site is written, but the old one can't be removed from {0}")]
    Leftover(PathBuf, #[source] io::Error),
}

/// A file of the site and its sizes, for the report.
#[derive(Debug)]
pub struct Written {
    /// Its path inside the site.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Its size with brotli, or uncompressed if that is smaller.
    pub brotli: usize,
}

/// Writes the site of `bundle` to `out`, for the address `address` if that is known. It writes to a folder beside `out`
/// first and only then replaces what is there. It keeps the program of the build before, which open pages still load.
///
/// # Errors
/// [`SiteError`]; `out` is then as it was, except after [`SiteError::Lost`] and [`SiteError::Leftover`].
pub fn write(bundle: &Path, out: &Path, address: &str) -> Result<Vec<Written>, SiteError> {
    let fresh = beside(out, ".new")?;
    clear(&fresh)?;
    let written = write_files(bundle, &fresh, address).and_then(|written| {
        keep_previous(out, &fresh)?;
        replace(out, &fresh)?;
        Ok(written)
    });
    if !matches!(written, Ok(_) | Err(SiteError::Leftover(..))) {
        // The error is worth more than the half-written folder, which the next run clears.
        let _ = fs::remove_dir_all(&fresh);
    }
    written
}

fn write_files(bundle: &Path, root: &Path, address: &str) -> Result<Vec<Written>, SiteError> {
    let mut site = Writer {
        root: root.to_owned(),
        written: Vec::new(),
        build: Build::new(),
    };
    let pkg = |file: &str| read(&bundle.join("pkg").join(file));
    let wasm = pkg(&format!("{NAME}.wasm"))?;
    let files = Files {
        css: site.hashed(NAME, "css", &pkg(&format!("{NAME}.css"))?)?,
        start: site.hashed("start", "js", &read(&bundle.join("start.js"))?)?,
        wasm: site.hashed(NAME, "wasm", &wasm)?,
        wasm_bytes: wasm.len(),
        guesser_js: site.hashed("guesser", "js", &pkg("guesser.js")?)?,
        guesser_wasm: site.hashed("guesser", "wasm", &pkg("guesser.wasm")?)?,
        knowledge: site.hashed("knowledge", "bin", guesser::PACKED)?,
        extras: site.hashed("extras", "js", &read(&bundle.join("extras.js"))?)?,
        extras_wasm: site.hashed("extras", "wasm", &pkg("extras.wasm")?)?,
        extras_css: site.hashed("extras", "css", &pkg("extras.css")?)?,
    };
    for entry in fs::read_dir(bundle).map_err(|error| SiteError::Io(bundle.to_owned(), error))? {
        let path = entry
            .map_err(|error| SiteError::Io(bundle.to_owned(), error))?
            .path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_file() && !["start.js", "extras.js", WORKER].contains(&&*name) {
            let content = read(&path)?;
            if KEPT.contains(&&*name) {
                site.keep(&name, &content);
            }
            site.file(&name, &content)?;
        }
    }
    let page = page(files, address);
    site.keep(".", page.as_bytes());
    site.file("index.html", page.as_bytes())?;
    let worker = worker(&read(&bundle.join(WORKER))?, &site.build)?;
    site.file(WORKER, worker.as_bytes())?;
    site.written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(site.written)
}

/// The worker of this build.
fn worker(template: &[u8], build: &Build) -> Result<String, SiteError> {
    let template = String::from_utf8_lossy(template);
    let list: Vec<_> = build
        .iter()
        .map(|(path, hash)| format!("\"{path}\":\"{hash}\""))
        .collect();
    let list = list.join(",");
    let lines = [
        (
            BUILD_LINE,
            format!("const BUILD = '{}';", hash(list.as_bytes())),
        ),
        (FILES_LINE, format!("const FILES = {{{list}}};")),
    ];
    lines
        .into_iter()
        .try_fold(template.into_owned(), |worker, (line, filled)| {
            if worker.contains(line) {
                Ok(worker.replacen(line, &filled, 1))
            } else {
                Err(SiteError::Worker(line))
            }
        })
}

/// The files that the worker of a site lists; `None` if there is no such site.
fn build_of(site: &Path) -> Option<Build> {
    let worker = fs::read_to_string(site.join(WORKER)).ok()?;
    let line = worker
        .lines()
        .find_map(|line| line.strip_prefix("const FILES = "))?;
    serde_json::from_str(line.trim_end_matches(';')).ok()
}

/// Copies the program of the old site to the new one: pages that are open, or that a cache still holds, will ask for it.
/// If the new site has the same program, the old one's own predecessor stays.
fn keep_previous(old: &Path, new: &Path) -> Result<(), SiteError> {
    let (before, now) = (build_of(old), build_of(new));
    let program = |build: Option<&Build>| -> Option<Vec<String>> {
        let paths = build?.keys().filter(|path| path.starts_with("pkg/"));
        Some(paths.cloned().collect())
    };
    let is_same = program(before.as_ref()) == program(now.as_ref());
    let Ok(entries) = fs::read_dir(old.join("pkg")) else {
        // There is no old site.
        return Ok(());
    };
    for entry in entries {
        let path = entry
            .map_err(|error| SiteError::Io(old.to_owned(), error))?
            .path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plain = name.trim_end_matches(".br").trim_end_matches(".gz");
        let is_listed = before
            .as_ref()
            .is_none_or(|build| build.contains_key(&format!("pkg/{plain}")));
        let target = new.join("pkg").join(&*name);
        if (is_listed || is_same) && !target.exists() {
            fs::copy(&path, &target).map_err(|error| SiteError::Io(target, error))?;
        }
    }
    Ok(())
}

/// Puts `fresh` in the place of `out`. Moves the old site aside first, puts it back if that fails, and
/// removes it last.
fn replace(out: &Path, fresh: &Path) -> Result<(), SiteError> {
    let old = beside(out, ".old")?;
    clear(&old)?;
    let has_old = match fs::rename(out, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(SiteError::Io(out.to_owned(), error)),
    };
    if let Err(error) = fs::rename(fresh, out) {
        if has_old && let Err(cause) = fs::rename(&old, out) {
            return Err(SiteError::Lost(old, cause));
        }
        return Err(SiteError::Io(out.to_owned(), error));
    }
    fs::remove_dir_all(&old).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(SiteError::Leftover(old, error)),
    })
}

/// The folder beside this one whose name has this ending added. `Path::with_extension` would replace the
/// `.2` of `v1.2`.
fn beside(folder: &Path, ending: &str) -> Result<PathBuf, SiteError> {
    let name = folder.file_name();
    let mut name = name
        .ok_or_else(|| SiteError::NoName(folder.to_owned()))?
        .to_owned();
    name.push(ending);
    Ok(folder.with_file_name(name))
}

/// The HTML of the page.
fn page(files: Files, address: &str) -> String {
    // Rendering needs a spawner. Setting one fails only if there is one already, which is fine.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site {
        files,
        things: guesser::Guesser::embedded().knowledge().things().len(),
        address: address.to_owned(),
        reload: None,
    };
    Owner::new().with(|| shell(site).to_html())
}

struct Writer {
    root: PathBuf,
    written: Vec<Written>,
    /// What the worker keeps.
    build: Build,
}

impl Writer {
    /// Lists a file for the worker.
    fn keep(&mut self, path: &str, content: &[u8]) {
        self.build.insert(path.to_owned(), hash(content));
    }

    /// Writes a file whose name contains a hash of its content, and returns its address from the page.
    fn hashed(&mut self, stem: &str, extension: &str, content: &[u8]) -> Result<String, SiteError> {
        let digest = Sha256::digest(content);
        let hash: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let path = format!("pkg/{stem}.{hash}.{extension}");
        self.keep(&path, content);
        self.file(&path, content)?;
        Ok(path)
    }

    /// Writes a file and, if brotli makes it smaller, its compressed forms.
    fn file(&mut self, path: &str, content: &[u8]) -> Result<(), SiteError> {
        let failed = |error| SiteError::Io(self.root.join(path), error);
        let brotli = brotli(content).map_err(failed)?;
        self.put(path, content)?;
        if brotli.len() < content.len() {
            self.put(&format!("{path}.br"), &brotli)?;
            self.put(&format!("{path}.gz"), &gzip(content).map_err(failed)?)?;
        }
        self.written.push(Written {
            path: path.to_owned(),
            bytes: content.len(),
            brotli: brotli.len().min(content.len()),
        });
        Ok(())
    }

    fn put(&self, path: &str, content: &[u8]) -> Result<(), SiteError> {
        let path = self.root.join(path);
        let io = |error| SiteError::Io(path.clone(), error);
        fs::create_dir_all(path.parent().unwrap_or(&self.root)).map_err(io)?;
        fs::write(&path, content).map_err(io)
    }
}

/// As in the `integrity` of a request.
fn hash(content: &[u8]) -> String {
    Base64::encode_string(&Sha256::digest(content))
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
    writer.write_all(content)?;
    // Dropping the writer finishes the stream.
    drop(writer);
    Ok(compressed)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    writer.finish()
}

fn read(path: &Path) -> Result<Vec<u8>, SiteError> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SiteError::NoBundle(path.to_owned()),
        _ => SiteError::Io(path.to_owned(), error),
    })
}

/// Removes a folder, if it is there.
fn clear(folder: &Path) -> Result<(), SiteError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SiteError::Io(folder.to_owned(), error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn the_old_site_comes_back_if_the_new_one_cannot_take_its_place() {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("dist");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("index.html"), "old").unwrap();
        // The second rename fails, because there is nothing to rename.
        let error = replace(&out, &folder.path().join("dist.new")).unwrap_err();
        assert!(matches!(error, SiteError::Io(path, _) if path == out));
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"old");
        assert!(!folder.path().join("dist.old").exists());
    }

    #[test]
    fn folders_beside_keep_the_whole_name() {
        let new = |out: &str| beside(Path::new(out), ".new");
        assert_eq!(new("sites/v1.2").unwrap(), Path::new("sites/v1.2.new"));
        assert_eq!(new("dist/").unwrap(), Path::new("dist.new"));
        for nameless in [".", "..", "/", "dist/.."] {
            assert!(matches!(new(nameless), Err(SiteError::NoName(_))));
        }
    }
}
