//! The knowledge as it stands in `text/`, packed and unpacked.

#![cfg(test)]

mod likeness;
mod packed;
mod panel;
mod text;

use knowledge::{Knowledge, Panel, Source};
use std::{fs, path::Path, sync::LazyLock};

static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    let source = Source::read(files("text/questions"), files("text/things"));
    source.unwrap_or_else(|error| panic!("{error}"))
});

static PANEL: LazyLock<Panel> = LazyLock::new(|| {
    let panel = Panel::read(files("panel/calibration"));
    panel.unwrap_or_else(|error| panic!("{error}"))
});

static PACKED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let rates = SOURCE.rates(&PANEL);
    SOURCE.pack(&rates.unwrap_or_else(|error| panic!("{error}")))
});

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::unpack(&PACKED).unwrap());

/// Names and texts of the files in a folder, ordered by name.
fn files(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
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
