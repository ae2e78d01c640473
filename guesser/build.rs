//! Packs the text under `knowledge/text`, and the rates that follow from `knowledge/panel`, into one file,
//! which the library embeds.

use knowledge::{Panel, Source};
use std::{env, error::Error, fs, path::Path};

const TEXT: &str = "knowledge/text";
const PANEL: &str = "knowledge/panel";

fn main() {
    println!("cargo::rerun-if-changed=../{TEXT}");
    println!("cargo::rerun-if-changed=../{PANEL}/calibration");
    if let Err(error) = pack() {
        let mut chain = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            chain += &format!(": {error}");
            cause = error.source();
        }
        println!("cargo::error={chain}");
    }
}

fn pack() -> Result<(), Box<dyn Error>> {
    let text = |folder| files(&Path::new(TEXT).join(folder));
    let source = Source::read(text("questions")?, text("things")?)?;
    let panel = Panel::read(files(&Path::new(PANEL).join("calibration"))?)?;
    let out = Path::new(&env::var("OUT_DIR")?).join("knowledge.bin");
    fs::write(out, source.pack(&source.rates(&panel)?))?;
    Ok(())
}

/// Names and texts of the files in a folder, ordered by name.
fn files(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(Path::new("..").join(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let name = folder.join(path.file_name().unwrap_or_default());
            files.push((name.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}
