//! Packs the text under `knowledge/text` into one file, which the library embeds.

use knowledge::Source;
use std::{env, error::Error, fs, path::Path};

const TEXT: &str = "knowledge/text";

fn main() {
    println!("cargo::rerun-if-changed=../{TEXT}");
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
    let source = Source::read(files("questions")?, files("things")?)?;
    let out = Path::new(&env::var("OUT_DIR")?).join("knowledge.bin");
    fs::write(out, source.pack())?;
    Ok(())
}

/// Names and texts of the files in a folder, ordered by name.
fn files(folder: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let folder = Path::new(TEXT).join(folder);
    let mut files = Vec::new();
    for entry in fs::read_dir(Path::new("..").join(&folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let name = folder.join(path.file_name().unwrap_or_default());
            files.push((name.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}
