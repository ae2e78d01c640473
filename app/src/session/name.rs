//! The name that a player types for a thing.

use game::{Text, text::MAX_BYTES};

/// The longest name, in characters; the form's input has the same limit.
const MAX_CHARS: usize = 80;

/// Makes a legal [`Text`] of what was typed; `None` if nothing is left of it.
///
/// The name is repaired and never refused: a player who has just lost or won would not care for a
/// lesson about characters. Quotation marks become typographic ones, white space becomes single
/// spaces, and the other characters that a text may not have are left out. What is too long is cut.
pub(crate) fn clean(typed: &str) -> Option<Text> {
    let mut name = String::new();
    for (count, c) in legal(typed).enumerate() {
        if count == MAX_CHARS || name.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        name.push(c);
    }
    if name.ends_with(' ') {
        name.pop();
    }
    Text::new(name).ok()
}

/// The name of one thing of its kind: "a flurb" for "flurb". `None` if it has an article already, or looks like
/// the name of a person or a place.
#[must_use]
pub fn with_article(name: &Text) -> Option<Text> {
    let name = name.as_str();
    let first = name.chars().next()?;
    let (start, _) = name.split_once(' ').unwrap_or((name, ""));
    let has_one = matches!(start, "a" | "an" | "the" | "some" | "my" | "your");
    if has_one || !first.is_lowercase() {
        return None;
    }
    // `contains` would bring a search for substrings, and with it a kilobyte.
    let is_vowel = matches!(first, 'a' | 'e' | 'i' | 'o' | 'u');
    let article = if is_vowel { "an" } else { "a" };
    clean(&format!("{article} {name}"))
}

/// The characters of the name, before it is cut.
fn legal(typed: &str) -> impl Iterator<Item = char> {
    // The start counts as a space, so white space there is left out and a quotation mark there opens.
    let mut last = ' ';
    typed.chars().filter_map(move |c| {
        let c = match c {
            _ if c.is_whitespace() => ' ',
            '"' if matches!(last, ' ' | '(') => '“',
            '"' => '”',
            _ => c,
        };
        let is_second_space = c == ' ' && last == ' ';
        if is_second_space || !(c == ' ' || is_legal(c)) {
            return None;
        }
        last = c;
        Some(c)
    })
}

/// Whether a text may contain the character. `Text` itself decides, so there is only one list.
fn is_legal(c: char) -> bool {
    Text::new(c).is_ok()
}
