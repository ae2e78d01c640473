//! Whether a text is suitable for a family, whoever the model is and whatever it was told.
//!
//! A model rarely says what it shouldn't, but its moves are shared by caches, so one slip reaches many players. The
//! list is our own, in unsuitable.txt: `rustrict`, which the tests of the knowledge use, would add 571 KB to the
//! program for AWS Lambda, and `censor` takes "glass" and "push it" for swearing.

use knowledge::name;
use std::sync::LazyLock;

/// A line of unsuitable.txt.
enum Pattern {
    /// These words in this order.
    Words(Vec<String>),
    Beginning(String),
    Part(String),
    /// These words, although another line fits one of them.
    Fine(Vec<String>),
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let lines = include_str!("unsuitable.txt").lines();
    let lines = lines.filter(|line| !(line.is_empty() || line.starts_with('#')));
    lines.map(Pattern::read).collect()
});

impl Pattern {
    fn read(line: &str) -> Self {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect();
        if let Some(fine) = line.strip_prefix('+') {
            return Self::Fine(words(fine));
        }
        match (line.strip_prefix('-'), line.strip_suffix('-')) {
            (Some(part), _) => Self::Part(part.trim_end_matches('-').to_owned()),
            (None, Some(beginning)) => Self::Beginning(beginning.to_owned()),
            (None, None) => Self::Words(words(line)),
        }
    }

    /// Whether it fits the first of the words.
    fn fits(&self, words: &[String]) -> bool {
        let first = words.first().map_or("", String::as_str);
        match self {
            Self::Words(own) | Self::Fine(own) => words.starts_with(own),
            Self::Beginning(beginning) => first.starts_with(beginning),
            Self::Part(part) => first.contains(part),
        }
    }
}

/// Whether everybody may read the text, also if it is spelt to slip through: "sh1t", "s h i t", "shiiit", "sh*t".
#[must_use]
pub fn is_suitable(text: &str) -> bool {
    let mut readings = [plain(text), unmasked(text)].into_iter();
    !is_starred(text) && readings.all(|words| are_suitable(&words))
}

fn are_suitable(words: &[String]) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let fitting = || PATTERNS.iter().filter(|pattern| pattern.fits(rest));
        let fine = fitting().find_map(|pattern| match pattern {
            Pattern::Fine(fine) => Some(fine.len()),
            _ => None,
        });
        if fine.is_none() && fitting().next().is_some() {
            return false;
        }
        rest = rest.get(fine.unwrap_or(1)..).unwrap_or_default();
    }
    true
}

/// The words as they are.
fn plain(text: &str) -> Vec<String> {
    name::key(text).split(' ').map(str::to_owned).collect()
}

/// The words with letters for the signs that look like them, letters that stand alone put together, and no letter more
/// than twice in a row.
fn unmasked(text: &str) -> Vec<String> {
    let mut letters = String::with_capacity(text.len());
    for word in text.split(' ') {
        let word = word.trim_end_matches(['?', '!', '.', ',']);
        // "100" is a number, and "7up" isn't "tup", but either is harmless.
        let is_masked = word.contains(char::is_alphabetic);
        letters.extend(word.chars().map(|c| if is_masked { letter(c) } else { c }));
        letters.push(' ');
    }
    let mut words: Vec<String> = Vec::new();
    let mut are_single = false;
    for word in name::key(&letters).split(' ') {
        let is_single = word.chars().count() == 1;
        match words.last_mut() {
            // In "a s h i t", the first letter is a word.
            Some(last) if is_single && are_single && last != "a" => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        are_single = is_single;
    }
    words.iter().map(|word| without_runs(word)).collect()
}

/// The letter that a sign looks like.
const fn letter(sign: char) -> char {
    match sign {
        '4' | '@' => 'a',
        '3' | '€' => 'e',
        '1' | '!' | '|' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        c => c,
    }
}

/// A word with each letter once where it stands three times or more.
fn without_runs(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|a, b| a == b);
    runs.flat_map(|run| run.iter().take(if run.len() > 2 { 1 } else { 2 }))
        .collect()
}

/// Whether a word has a star instead of a letter. `tidy` keeps these stars. In "M*A*S*H" they stand between all letters,
/// and `unmasked` reads what these spell.
fn is_starred(text: &str) -> bool {
    text.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '*'));
        let mut parts = word.split('*').peekable();
        let letters = word.split('*').count();
        let is_spaced = letters > 3 && word.split('*').all(|part| part.chars().count() == 1);
        !is_spaced
            && std::iter::from_fn(|| Some((parts.next()?, parts.peek().copied())))
                .any(|(before, after)| before.ends_with(char::is_alphabetic) && after.is_some())
    })
}
