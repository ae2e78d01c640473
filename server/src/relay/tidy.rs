//! Removes what models put around a text: emphasis, numbers, quotes.

use game::text::is_invisible;

/// The text itself, with single spaces and single quotes. It may still be no plain text.
#[must_use]
pub fn tidy(proposed: &str) -> String {
    let mut text = String::with_capacity(proposed.len());
    let mut rest = proposed.chars();
    while let Some(c) = rest.next() {
        match c {
            // Instead of a letter, a star hides a word ("sh*t"), which `is_suitable` has to see.
            '*' if text.ends_with(is_letter)
                && rest.as_str().trim_start_matches('*').starts_with(is_letter) =>
            {
                text.push(c);
            }
            '*' | '`' => {}
            // `game::text` doesn't allow double quotes.
            '"' | '\u{201c}' | '\u{201d}' => text.push('\''),
            '\u{2018}' | '\u{2019}' => text.push('\''),
            c if c.is_whitespace() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            // `game::Text` refuses them; here they are dropped, because models write them by mistake.
            c if is_invisible(c) => {}
            c => text.push(c),
        }
    }
    let text = unlabelled(text.trim());
    let quoted = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''));
    let text = quoted.unwrap_or(text).trim();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if text.contains('?') => {
            format!("{}{}", first.to_uppercase(), chars.as_str())
        }
        _ => text.to_owned(),
    }
}

/// A letter, or a star after one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '*'
}

/// What follows "Question 7: ", "7. " or "Q7) ".
fn unlabelled(text: &str) -> &str {
    let Some((label, rest)) = text.split_once([':', '.', ')']) else {
        return text;
    };
    let label = label.to_ascii_lowercase();
    let words = ["question", "guess", "move", "q"];
    let after_word = words.into_iter().find_map(|word| label.strip_prefix(word));
    let number = after_word.unwrap_or(&label).trim();
    let is_label = (after_word.is_some() || !number.is_empty())
        && number.len() <= 2
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && !rest.trim().is_empty();
    if is_label { rest.trim() } else { text }
}
