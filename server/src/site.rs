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

/// The name of the bundle, as the root Cargo.toml has it.
const NAME: &str = "twenty";

/// Why the site can't be written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The bundle isn't there or isn't whole.
    #[error(
        "{0} is missing: build the bundle first, with scripts/bundle or `cargo leptos build --release`"
    )]
    NoBundle(PathBuf),
    /// The disk.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
}

/// A file of the site with its sizes, for the report.
#[derive(Debug)]
pub struct Written {
    /// Its path below the site.
    pub path: String,
    /// Bytes as they are.
    pub bytes: usize,
    /// Bytes with brotli; the same where compressing is of no use.
    pub brotli: usize,
}

/// Writes the site for `bundle` to `out`, replacing what is there only once all is written.
///
/// # Errors
/// [`SiteError`], and then `out` is as it was.
pub fn write(bundle: &Path, out: &Path, openings: u8) -> Result<Vec<Written>, SiteError> {
    let fresh = out.with_extension("new");
    clear(&fresh)?;
    let mut site = Writer {
        root: fresh.clone(),
        written: Vec::new(),
    };

    let pkg = |file: &str| read(&bundle.join("pkg").join(file));
    let files = Files {
        css: site.hashed(NAME, "css", &pkg(&format!("{NAME}.css"))?)?,
        start: site.hashed("start", "js", &read(&bundle.join("start.js"))?)?,
        js: site.hashed(NAME, "js", &pkg(&format!("{NAME}.js"))?)?,
        wasm: site.hashed(NAME, "wasm", &pkg(&format!("{NAME}.wasm"))?)?,
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
    clear(out)?;
    fs::rename(&fresh, out).map_err(|error| SiteError::Io(out.to_owned(), error))?;
    Ok(site.written)
}

/// The page as the browser first gets it.
fn page(files: Files, openings: u8) -> String {
    // Rendering needs a spawner; a second call finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site {
        files,
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
    /// Writes a file under a name that changes with its content; gives its address.
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

    /// Writes a file and, where that makes it smaller, its brotli and gzip forms.
    fn file(&mut self, path: &str, content: &[u8]) -> Result<(), SiteError> {
        let brotli = brotli(content);
        let is_worth_it = brotli.len() < content.len();
        self.put(path, content)?;
        if is_worth_it {
            self.put(&format!("{path}.br"), &brotli)?;
            self.put(&format!("{path}.gz"), &gzip(content))?;
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

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
    #[allow(clippy::expect_used, reason = "a Vec takes all that is written to it")]
    writer.write_all(content).expect("written to memory");
    drop(writer);
    compressed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    #[allow(clippy::expect_used, reason = "a Vec takes all that is written to it")]
    writer
        .write_all(content)
        .and_then(|()| writer.finish())
        .expect("written to memory")
}

fn read(path: &Path) -> Result<Vec<u8>, SiteError> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SiteError::NoBundle(path.to_owned()),
        _ => SiteError::Io(path.to_owned(), error),
    })
}

fn clear(folder: &Path) -> Result<(), SiteError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SiteError::Io(folder.to_owned(), error))
        }
        _ => Ok(()),
    }
}
