//! The checks of a proposal: only legal, sensible moves reach a player.

use super::{
    likeness::{self, Meaning},
    proposal::{Kind, Proposal},
};
use game::{Answer, Move, Text, Transcript, text::MAX_BYTES};
use knowledge::{Knowledge, name};

/// Why a proposal can't be played. The sentence goes to the model, which may try once more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// The model gave no reply to check.
    #[error("there was no reply")]
    NoReply,
    /// The reply contains no JSON of a move.
    #[error("the reply must be the JSON of one move")]
    NotJson,
    /// Longer than a [`Text`] may be.
    #[error("it is longer than 100 characters")]
    TooLong,
    /// Empty, or with characters that plain text doesn't have.
    #[error("it is not a line of plain text")]
    NotPlain,
    /// Not a question.
    #[error("a question must end with a question mark")]
    NoQuestion,
    /// Yes and no don't answer it.
    #[error("it can't be answered by yes or no")]
    NotYesNo,
    /// Two questions in one.
    #[error("it asks two things at once")]
    TwoQuestions,
    /// Repeats a move, in the same or in other words.
    #[error("it repeats \"{0}\"")]
    Repeat(Text),
    /// Repeats a guess that was wrong.
    #[error("it repeats a guess that was wrong")]
    RepeatedGuess,
    /// Guesses a kind of thing.
    #[error("a guess must name one thing, not a category")]
    Category,
    /// A question where only a guess can win.
    #[error("the last move must be a guess")]
    LastNotGuess,
}

impl Objection {
    /// Whether the proposal repeats an earlier move.
    #[must_use]
    pub(crate) fn is_repeat(&self) -> bool {
        matches!(self, Self::Repeat(_) | Self::RepeatedGuess)
    }
}

/// The proposed move, tidied. The knowledge tells which names mean the same thing.
///
/// # Errors
/// [`Objection`] says what is wrong with it.
pub fn check(
    proposal: &Proposal,
    transcript: &Transcript,
    knowledge: &Knowledge,
) -> Result<Move, Objection> {
    match proposal.kind {
        Kind::Question if transcript.moves_left() > 1 => {
            question(&proposal.text, transcript, knowledge)
        }
        // As the last move, "Is it a dog?" is a good guess in the wrong form, and is played as one.
        Kind::Question if likeness::guessed(&tidy(&proposal.text)).is_none() => {
            Err(Objection::LastNotGuess)
        }
        Kind::Question | Kind::Guess => guess(&proposal.text, transcript, knowledge),
    }
}

fn question(
    proposed: &str,
    transcript: &Transcript,
    knowledge: &Knowledge,
) -> Result<Move, Objection> {
    let mut words = tidy(proposed);
    if !words.ends_with('?') {
        let stem = words.trim_end_matches(['.', '!', ' ']);
        if !is_yes_no(stem) {
            return Err(Objection::NoQuestion);
        }
        words = format!("{stem}?");
    }
    let text = plain(words)?;
    let stem = text.as_str().trim_end_matches(['?', ' ']);
    if stem.contains(['?', '\n']) || is_double(stem) {
        return Err(Objection::TwoQuestions);
    }
    if !is_yes_no(stem) {
        return Err(Objection::NotYesNo);
    }
    let meaning = Meaning::of(text.as_str());
    for turn in transcript.turns() {
        let is_repeat = match &turn.mv {
            Move::Question(earlier) => meaning.repeats(&Meaning::of(earlier.as_str())),
            // "Is it a dog?" after the guess "a dog".
            Move::Guess(name) => likeness::guessed(text.as_str())
                .is_some_and(|named| knowledge.is_same_thing(named, name.as_str())),
        };
        if is_repeat {
            return Err(Objection::Repeat(turn.mv.text().clone()));
        }
    }
    Ok(Move::Question(text))
}

fn guess(
    proposed: &str,
    transcript: &Transcript,
    knowledge: &Knowledge,
) -> Result<Move, Objection> {
    let tidy = tidy(proposed);
    let name = likeness::guessed(&tidy).unwrap_or(tidy.trim_end_matches(['?', '.', '!', ' ']));
    let name = plain(with_article(name, knowledge))?;
    let key = name::key(name.as_str());
    // As the last move, a category is better than nothing.
    if transcript.moves_left() > 1 && likeness::is_category(name::bare(&key)) {
        return Err(Objection::Category);
    }
    let is_refused = transcript.turns().iter().any(|turn| match &turn.mv {
        Move::Guess(refused) => knowledge.is_same_thing(name.as_str(), refused.as_str()),
        Move::Question(denied) if turn.answer == Some(Answer::No) => {
            likeness::guessed(denied.as_str())
                .is_some_and(|named| knowledge.is_same_thing(named, name.as_str()))
        }
        Move::Question(_) => false,
    });
    if is_refused {
        return Err(Objection::RepeatedGuess);
    }
    Ok(Move::Guess(name))
}

/// Adds a missing article: "dog" becomes "a dog", but "coffee" stays "coffee". Names that the guesser doesn't know
/// stay as they are.
fn with_article(name: &str, knowledge: &Knowledge) -> String {
    let key = name::key(name);
    let has_article = name::bare(&key) != key;
    match knowledge.find_thing(name) {
        Some(thing) if !has_article => {
            let known = knowledge.name(thing).as_str();
            if name::bare(&name::key(known)) == key {
                return known.to_owned();
            }
            name.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// Removes what models put around a text: emphasis, numbers, quotes.
fn tidy(proposed: &str) -> String {
    let mut text = String::with_capacity(proposed.len());
    for c in proposed.chars() {
        match c {
            '*' | '`' => {}
            // `game::text` doesn't allow double quotes.
            '"' | '\u{201c}' | '\u{201d}' => text.push('\''),
            '\u{2018}' | '\u{2019}' => text.push('\''),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    let mut text = text.trim();
    // "Question 7: ", "7. ", "Q7) "
    if let Some((label, rest)) = text.split_once([':', '.', ')']) {
        let label = label.to_ascii_lowercase();
        let words = ["question", "guess", "move", "q"];
        let word = words.into_iter().find(|word| label.starts_with(word));
        let number = label[word.map_or(0, str::len)..].trim();
        let is_label = (word.is_some() || !number.is_empty())
            && number.len() <= 2
            && number.bytes().all(|digit| digit.is_ascii_digit())
            && !rest.trim().is_empty();
        if is_label {
            text = rest.trim();
        }
    }
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

fn plain(words: String) -> Result<Text, Objection> {
    if words.len() > MAX_BYTES {
        return Err(Objection::TooLong);
    }
    Text::new(words).map_err(|_| Objection::NotPlain)
}

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

fn is_yes_no(stem: &str) -> bool {
    let mut clauses = stem.split([',', ':', ';']).map(|clause| {
        let first = clause.split_whitespace().next().unwrap_or_default();
        first.to_ascii_lowercase()
    });
    let first = clauses.next().unwrap_or_default();
    let opens = |word: &String| OPENERS.contains(&word.as_str());
    if opens(&first) {
        return true;
    }
    // "When it is used, does it ..." but not "What is it, is it ...".
    (first == "when" || !QUESTION_WORDS.contains(&first.as_str()))
        && clauses.any(|word| opens(&word))
}

/// Whether the question has two clauses that each ask something, or offers a choice between opposites.
fn is_double(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let subjects = [
        "it", "you", "they", "people", "there", "this", "that", "one",
    ];
    let joins = words.windows(3).any(|at| {
        matches!(at[0], "and" | "or") && OPENERS.contains(&at[1]) && subjects.contains(&at[2])
    });
    let choice = words.iter().enumerate().any(|(at, &word)| {
        word == "or" && at > 0 && at + 1 < words.len() && {
            let after = words[at + 1..]
                .iter()
                .find(|word| !["a", "an", "the", "not", "more"].contains(word));
            let is_not = words[at + 1] == "not";
            is_not || after.is_some_and(|after| likeness::are_opposites(words[at - 1], after))
        }
    });
    joins || choice
}
