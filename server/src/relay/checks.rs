//! The checks of a proposal: only legal, sensible moves reach a player.

use super::{
    contradiction::Contradictions,
    likeness::Meaning,
    names, personal,
    proposal::{Kind, Proposal},
    suitable::is_suitable,
    tidy::tidy,
    yes_no::{is_double, is_yes_no},
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
    /// Longer than a [`Text`] may be. The prompt allows 100 characters, of which some take several bytes.
    #[error("it is longer than {} bytes: write at most 100 characters", MAX_BYTES)]
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
    /// Has a word that isn't for everybody.
    #[error("it is not suitable for a family with children")]
    Unsuitable,
    /// Has a web or e-mail address, a handle or a phone number.
    #[error("it contains an address or a phone number")]
    Contact,
    /// Asks for personal data.
    #[error("it asks about the player instead of the thing")]
    AboutPlayer,
    /// Repeats a move, in the same or in other words.
    #[error("it repeats \"{0}\"")]
    Repeat(Text),
    /// Repeats a guess that was wrong.
    #[error("it repeats a guess that was wrong")]
    RepeatedGuess,
    /// Guesses a thing that the player's answers rule out. The relay objects once, and then lets the model insist.
    #[error("it is contradicted by {0}")]
    Contradicted(Contradictions),
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
    let words = tidy(&proposal.text);
    if !is_suitable(&words) {
        return Err(Objection::Unsuitable);
    }
    if personal::has_contact(&words) {
        return Err(Objection::Contact);
    }
    let name = match proposal.kind {
        // Asked as a guess, "Is it a fish?" is one.
        Kind::Guess => names::meant(&words, knowledge).or_else(|| unasked(&words)),
        // As the last move, any name will do.
        Kind::Question if transcript.moves_left() == 1 => names::guessed(&words, knowledge),
        Kind::Question => names::named(&words, knowledge),
    };
    match name {
        Some(name) => guess(name, transcript, knowledge),
        None if transcript.moves_left() == 1 => Err(Objection::LastNotGuess),
        None => question(words, transcript, knowledge),
    }
}

/// A name that stands alone. A question that is called a guess, such as "Can it fly?", isn't one.
fn unasked(words: &str) -> Option<&str> {
    let name = words.trim_end_matches(['.', '!', ' ']);
    let is_question = name.ends_with('?') && is_yes_no(name);
    (!is_question).then_some(name.trim_end_matches(['?', ' ']))
}

fn question(
    mut words: String,
    transcript: &Transcript,
    knowledge: &Knowledge,
) -> Result<Move, Objection> {
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
    if personal::asks_about_player(stem) {
        return Err(Objection::AboutPlayer);
    }
    let meaning = Meaning::of(text.as_str());
    let key = name::key(text.as_str());
    for turn in transcript.turns() {
        let is_repeat = match &turn.mv {
            Move::Question(earlier) if name::key(earlier.as_str()) == key => true,
            // After "not sure", the same in other words may be sharper.
            Move::Question(_) if turn.answer == Some(Answer::Unsure) => false,
            Move::Question(earlier) => meaning.repeats(&Meaning::of(earlier.as_str())),
            // "Is it a fish?" after the guess "a fish".
            Move::Guess(name) => names::guessed(text.as_str(), knowledge)
                .is_some_and(|named| knowledge.is_same_thing(named, name.as_str())),
        };
        if is_repeat {
            return Err(Objection::Repeat(turn.mv.text().clone()));
        }
    }
    Ok(Move::Question(text))
}

fn guess(name: &str, transcript: &Transcript, knowledge: &Knowledge) -> Result<Move, Objection> {
    let name = plain(with_small_article(with_article(name, knowledge)))?;
    if matches!(name::key(name.as_str()).as_str(), "" | "a" | "an" | "the") {
        return Err(Objection::NotPlain);
    }
    // As the last move, a category is better than nothing.
    if transcript.moves_left() > 1 && names::is_category(name.as_str(), knowledge) {
        return Err(Objection::Category);
    }
    let is_refused = transcript.turns().iter().any(|turn| match &turn.mv {
        Move::Guess(refused) => knowledge.is_same_thing(name.as_str(), refused.as_str()),
        Move::Question(denied) if turn.answer == Some(Answer::No) => {
            names::guessed(denied.as_str(), knowledge)
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

/// A name with a small article: `tidy` makes "a can opener?" begin with a capital. "A Clockwork Orange" keeps its own.
fn with_small_article(name: String) -> String {
    let is_article = name.split_once(' ').is_some_and(|(article, rest)| {
        matches!(article, "A" | "An") && rest.starts_with(char::is_lowercase)
    });
    if is_article {
        return name.replacen('A', "a", 1);
    }
    name
}

fn plain(words: String) -> Result<Text, Objection> {
    if words.len() > MAX_BYTES {
        return Err(Objection::TooLong);
    }
    Text::new(words).map_err(|_| Objection::NotPlain)
}
