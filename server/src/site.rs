//! Writes the static site: the bundle with hashed names, the page, and everything compressed.

use app::shell::{Files, Site, shell};
use flate2::{Compression, write::GzEncoder};
use leptos::prelude::{Owner, RenderHtml};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// The name of the bundle in the root Cargo.toml.
const NAME: &str = "twenty";

/// Why the site can't be written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file of the bundle is missing.
    #[error(
        "{0} is missing: build the bundle first, with scripts/bundle or `cargo leptos build --release`"
    )]
    NoBundle(PathBuf),
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

/// Writes the site of `bundle` to `out`. It writes to a folder beside `out` first and only then replaces
/// what is there.
///
/// # Errors
/// [`SiteError`]; `out` is then as it was, except after [`SiteError::Lost`] and [`SiteError::Leftover`].
pub fn write(bundle: &Path, out: &Path, openings: u8) -> Result<Vec<Written>, SiteError> {
    let fresh = beside(out, ".new")?;
    clear(&fresh)?;
    let written = write_files(bundle, &fresh, openings).and_then(|written| {
        replace(out, &fresh)?;
        Ok(written)
    });
    if !matches!(written, Ok(_) | Err(SiteError::Leftover(..))) {
        // The error is worth more than the half-written folder, which the next run clears.
        let _ = fs::remove_dir_all(&fresh);
    }
    written
}

fn write_files(bundle: &Path, root: &Path, openings: u8) -> Result<Vec<Written>, SiteError> {
    let mut site = Writer {
        root: root.to_owned(),
        written: Vec::new(),
    };
    let pkg = |file: &str| read(&bundle.join("pkg").join(file));
    let wasm = pkg(&format!("{NAME}.wasm"))?;
    let files = Files {
        css: site.hashed(NAME, "css", &pkg(&format!("{NAME}.css"))?)?,
        start: site.hashed("start", "js", &read(&bundle.join("start.js"))?)?,
        js: site.hashed(NAME, "js", &pkg(&format!("{NAME}.js"))?)?,
        wasm: site.hashed(NAME, "wasm", &wasm)?,
        wasm_bytes: wasm.len(),
        guesser_js: site.hashed("guesser", "js", &pkg("guesser.js")?)?,
        guesser_wasm: site.hashed("guesser", "wasm", &pkg("guesser.wasm")?)?,
        knowledge: site.hashed("knowledge", "bin", guesser::PACKED)?,
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
        if path.is_file() && name != "start.js" {
            site.file(&name, &read(&path)?)?;
        }
    }
    site.file("index.html", page(files, openings).as_bytes())?;
    site.written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(site.written)
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
fn page(files: Files, openings: u8) -> String {
    // Rendering needs a spawner. Setting one fails only if there is one already, which is fine.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site {
        files,
        things: guesser::Guesser::embedded().knowledge().things().len(),
        openings,
        reload: None,
    };
    Owner::new().with(|| shell(site).to_html())
}

struct Writer {
    root: PathBuf,
    written: Vec<Written>,
}

impl Writer {
    /// Writes a file whose name contains a hash of its content, and returns its URL path.
    fn hashed(&mut self, stem: &str, extension: &str, content: &[u8]) -> Result<String, SiteError> {
        let digest = Sha256::digest(content);
        let hash: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let path = format!("pkg/{stem}.{hash}.{extension}");
        self.file(&path, content)?;
        Ok(format!("/{path}"))
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
