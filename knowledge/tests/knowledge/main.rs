//! The knowledge as it stands in `text/`, packed and unpacked.

#![cfg(test)]

mod files;
mod likeness;
mod packed;
mod panel;
mod text;

use knowledge::{Knowledge, Panel, Source};
use std::{path::Path, sync::LazyLock};

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

fn files(folder: &str) -> Vec<(String, String)> {
    files::in_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}
