//! Reads files of the knowledge and of the panel, for tests and examples here and in `guesser`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Names and texts of the files in a folder, ordered by name.
pub(crate) fn in_folder(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let path = |entry: std::io::Result<fs::DirEntry>| match entry {
        Ok(entry) => entry.path(),
        Err(error) => panic!("{}: {error}", folder.display()),
    };
    let mut paths: Vec<_> = entries.map(path).collect();
    paths.sort();
    read(paths)
}

/// The names and texts of files.
pub(crate) fn read(paths: Vec<PathBuf>) -> Vec<(String, String)> {
    let file = |path: PathBuf| {
        let text = fs::read_to_string(&path);
        let name = path.display().to_string();
        let text = text.unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    };
    paths.into_iter().map(file).collect()
}
