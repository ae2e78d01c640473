//! The knowledge as it stands in `text/`, packed and unpacked.

#![cfg(test)]

mod likeness;
mod packed;
mod text;

use knowledge::{Knowledge, Source};
use std::{fs, path::Path, sync::LazyLock};

static PACKED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let source = Source::read(files("questions"), files("things"));
    source.unwrap_or_else(|error| panic!("{error}")).pack()
});

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::unpack(&PACKED).unwrap());

/// Names and texts of the files in a folder, ordered by name.
fn files(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("text")
        .join(folder);
    let entries = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| {
        (
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        )
    };
    let mut files: Vec<_> = entries.map(file).collect();
    files.sort();
    files
}
