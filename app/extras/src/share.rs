//! A game as a few lines, as a link and read from a link.

use crate::html::escaped;
use base64ct::{Base64UrlUnpadded, Encoding};
use game::{
    Answer, MOVES, Phase, Text, Transcript, Turn,
    count::{grouped, rounded},
    lines,
    text::visible,
};
use std::fmt::Write;

/// The longest fragment that is read, in characters: the longest game fits.
const MAX_FRAGMENT: usize = 8 * 1024;

/// Before the name of the thing, in the last line of a fragment.
const THING: &str = "thing ";

/// The game of these lines, if it is decided.
#[must_use]
pub fn decided(game: &str) -> Option<Transcript> {
    lines::read(game).filter(|game| matches!(game.phase(), Phase::Over(_)))
}

/// "13/20"; "X/20" if the AI didn't find the thing in twenty moves.
fn score(game: &Transcript) -> String {
    let moves = game.turns().len();
    match (game.is_found(), game.is_overtime()) {
        (true, false) => format!("{moves}/{MOVES}"),
        (false, false) => format!("X/{MOVES}"),
        (true, true) => format!("X/{MOVES}, then {moves}/{}", game.limit()),
        (false, true) => format!("X/{MOVES}, then X/{}", game.limit()),
    }
}

/// A mark for an answer. They differ in form as well as in colour.
fn mark(turn: &Turn) -> char {
    match (turn.mv.is_guess(), turn.answer) {
        (true, Some(Answer::Yes)) => '⭐',
        (true, _) => '❌',
        (false, Some(Answer::Yes)) => '🟢',
        (false, Some(Answer::No)) => '🟥',
        (false, _) => '🔸',
    }
}

/// A decided game in a few lines, without a word of it. They hold the score, a mark for each answer, and from how many things
/// to how many the answers before the last one led. `None` if there is no answer.
#[must_use]
pub fn summary(game: &Transcript, things: usize, left: Option<f64>) -> Option<String> {
    let marks: Vec<char> = game.turns().iter().map(mark).collect();
    let rows: Vec<String> = marks.chunks(10).map(|row| row.iter().collect()).collect();
    let mut summary = format!("Twenty Questions {}\n{}", score(game), rows.join("\n"));
    if let Some(left) = left {
        // As the first screen says it: rounded down to hundreds.
        let things = grouped(things / 100 * 100);
        let _ = write!(summary, "\n{things} things → {}", rounded(left));
    }
    (!game.turns().is_empty()).then_some(summary)
}

/// The game and its thing as a link's fragment, without its `#`: unpadded base64url of the lines. `None` for a name that
/// can't be read back.
#[must_use]
pub fn fragment(game: &Transcript, thing: Option<String>) -> Option<String> {
    let mut text = lines::write(game);
    if let Some(thing) = thing {
        let thing = Text::new(thing).ok()?;
        text = [&text, "\n", THING, thing.as_str()].concat();
    }
    Some(["game=", &Base64UrlUnpadded::encode_string(text.as_bytes())].concat())
}

/// A game from a link. Whoever made the link may have made up all of it, but within the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// A decided game.
    pub game: Transcript,
    /// What it was.
    pub thing: Option<Text>,
}

impl Shared {
    /// Reads a fragment without its `#`, and without invisible characters in it; `None` for anything but a decided game
    /// that the rules allow.
    #[must_use]
    pub fn read(fragment: &str) -> Option<Self> {
        let encoded = fragment.strip_prefix("game=")?;
        if encoded.len() > MAX_FRAGMENT {
            return None;
        }
        let text = Base64UrlUnpadded::decode_vec(encoded).ok()?;
        let text = String::from_utf8(text).ok()?;
        let split = text.rsplit_once('\n');
        let split = split.and_then(|(game, last)| Some((game, last.strip_prefix(THING)?)));
        let (game, thing) = match split {
            Some((game, thing)) => (game, Some(Text::new(visible(thing)).ok()?)),
            None => (&*text, None),
        };
        Some(Self {
            game: decided(game)?,
            thing,
        })
    }

    /// The game as HTML: how it ended, what it was, and all answers.
    #[must_use]
    pub fn html(&self) -> String {
        let moves = self.game.turns().len();
        let last = self.game.turns().last();
        let found = last.filter(|_| self.game.is_found());
        let thing = found.map(|turn| turn.mv.text()).or(self.thing.as_ref());
        let ending = match (found, self.game.is_overtime()) {
            (Some(_), false) => format!("I got it in {moves}."),
            (Some(_), true) => format!("I didn't get it in twenty, but in {moves}."),
            (None, _) => "I never got there.".to_owned(),
        };
        let mut html = format!("<p>{ending}");
        if let Some(thing) = thing {
            let _ = write!(
                html,
                " It was <strong>{}</strong>.",
                escaped(thing.as_str())
            );
        }
        html.push_str("</p><ol class=shared>");
        for turn in self.game.turns() {
            let answer = turn.answer.map(|answer| answer.to_string());
            let _ = write!(
                html,
                "<li><span>{}</span> <b>{}</b>",
                escaped(&turn.mv.to_string()),
                answer.unwrap_or_default()
            );
        }
        html.push_str("</ol>");
        html
    }
}
