//! The words of a question, and their stems.

/// Words in lower case, without punctuation. "doesn't" becomes "does not", and "man-made" two words.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let mut words = Vec::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        let word = word.trim_matches('\'');
        match word.split_once('\'') {
            _ if word.is_empty() => {}
            Some((stem, "t")) => words.extend([
                stem.strip_suffix('n').unwrap_or(stem).to_owned(),
                "not".to_owned(),
            ]),
            Some((stem, _)) => words.push(stem.to_owned()),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// A word without its grammatical ending.
pub(super) fn stem(word: &str) -> String {
    let is_long = |rest: &str| rest.len() >= 3;
    let undouble = |rest: &str| {
        let mut single = rest.chars();
        match (single.next_back(), single.clone().next_back()) {
            (Some(a), Some(b)) if a == b && !"lsz".contains(a) => single.as_str().to_owned(),
            _ => rest.trim_end_matches('e').to_owned(),
        }
    };
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| is_long(rest)) {
        return format!("{rest}y");
    }
    if let Some(rest) = word.strip_suffix("ing").filter(|rest| is_long(rest)) {
        return undouble(rest);
    }
    if let Some(rest) = word.strip_suffix("ed").filter(|rest| is_long(rest)) {
        return undouble(rest);
    }
    for ending in ["ches", "shes", "sses", "xes", "zes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    let singular = match word.strip_suffix('s') {
        Some(rest) if is_long(rest) && !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => word,
    };
    singular.trim_end_matches('e').to_owned()
}
