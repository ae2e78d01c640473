//! Whether a question is one that yes and no answer.

use super::vocabulary::VOCABULARY;

/// Words that begin a yes/no question, or one of its clauses: "When you use it, does it...".
const OPENERS: [&str; 31] = [
    "is", "are", "am", "was", "were", "do", "does", "did", "can", "could", "will", "would",
    "shall", "should", "has", "have", "had", "may", "might", "must", "isn't", "aren't", "wasn't",
    "doesn't", "don't", "didn't", "can't", "couldn't", "won't", "wouldn't", "hasn't",
];

/// Words that begin a question that yes and no don't answer.
const QUESTION_WORDS: [&str; 9] = [
    "what", "which", "who", "whom", "whose", "where", "why", "how", "when",
];

/// Whether yes and no answer the question, given without its question mark.
pub(super) fn is_yes_no(stem: &str) -> bool {
    let mut clauses = stem.split([',', ':', ';']).map(|clause| {
        let first = clause.split_whitespace().next().unwrap_or_default();
        first.to_ascii_lowercase()
    });
    let first = clauses.next().unwrap_or_default();
    let opens = |word: &String| OPENERS.contains(&word.as_str());
    if opens(&first) {
        return !is_name(stem);
    }
    // "When it is used, does it ..." but not "What is it, is it ...".
    (first == "when" || !QUESTION_WORDS.contains(&first.as_str()))
        && clauses.any(|word| opens(&word))
}

/// Whether an opener begins a name: "Will Smith", "can opener".
fn is_name(stem: &str) -> bool {
    const SUBJECTS: [&str; 40] = [
        "a",
        "all",
        "an",
        "animals",
        "any",
        "anybody",
        "anyone",
        "both",
        "children",
        "every",
        "everybody",
        "everyone",
        "he",
        "her",
        "his",
        "humans",
        "i",
        "it",
        "its",
        "kids",
        "many",
        "men",
        "most",
        "my",
        "not",
        "one",
        "our",
        "people",
        "she",
        "some",
        "somebody",
        "someone",
        "that",
        "the",
        "their",
        "they",
        "this",
        "we",
        "women",
        "you",
    ];
    let words: Vec<&str> = stem.split_whitespace().collect();
    let Some((opener, [second, rest @ ..])) = words.split_first() else {
        return false;
    };
    let opener = opener.to_ascii_lowercase();
    // No name begins with the other openers.
    ["can", "may", "might", "must", "will"].contains(&opener.as_str())
        && !SUBJECTS.contains(&second.to_ascii_lowercase().as_str())
        // "Can birds fly" and "Can Americans buy it" aren't names.
        && (rest.is_empty() || rest.len() == 1 && second.starts_with(char::is_uppercase) && rest[0].starts_with(char::is_uppercase))
}

/// Whether the question has two clauses that each ask something, or offers a choice between opposites.
pub(super) fn is_double(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let subjects = [
        "he", "it", "people", "she", "that", "there", "they", "this", "you",
    ];
    // "Would most homes own or have one?" asks one thing.
    let opens = |word: &str| word != "have" && OPENERS.contains(&word);
    let joins = words
        .windows(3)
        .any(|at| matches!(at[0], "and" | "or") && opens(at[1]) && subjects.contains(&at[2]));
    let choice = words.iter().enumerate().any(|(at, &word)| {
        // "whether or not it rains", "whether it is hot or cold"
        let is_either = words[..at].contains(&"whether");
        word == "or" && !is_either && at > 0 && at + 1 < words.len() && {
            let after = words[at + 1..]
                .iter()
                .find(|word| !["a", "an", "the", "not", "more"].contains(word));
            let is_not = words[at + 1] == "not";
            is_not || after.is_some_and(|after| VOCABULARY.are_opposites(words[at - 1], after))
        }
    });
    joins || choice
}
