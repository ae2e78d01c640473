//! Documents whose tables are generated from the code.

use std::{env, fs, path::Path};

/// The text of a file of the repository.
pub(crate) fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks that the document has this text between `<!-- part -->` and `<!-- /part -->`. Writes it there
/// instead if `UPDATE_DOCS` is set.
pub(crate) fn check(document: &str, part: &str, text: &str) {
    let old = source(document);
    let (open, close) = (format!("<!-- {part} -->\n"), format!("<!-- /{part} -->"));
    let begun = old.split_once(&open);
    let (before, rest) = begun.unwrap_or_else(|| panic!("{document} has no {open}"));
    let ended = rest.split_once(&close);
    let (present, after) = ended.unwrap_or_else(|| panic!("{document} has no {close}"));
    if env::var_os("UPDATE_DOCS").is_some() {
        let new = format!("{before}{open}{text}{close}{after}");
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(document);
        fs::write(path, new).unwrap();
    } else {
        assert_eq!(
            present, text,
            "{document} is out of date: run `UPDATE_DOCS=1 cargo test -p server --test docs`"
        );
    }
}
