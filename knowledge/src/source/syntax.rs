//! The syntax of the text: entries, and the parts of an entry.

use super::error::{Place, Problem};
use crate::grade::Grade;
use std::collections::HashMap;

/// The fame of a thing that states none.
const USUAL_FAME: u8 = 3;

/// The answers that an entry states itself, and the categories from which it inherits the others.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// By the id of the question.
    pub(super) own: HashMap<String, Grade>,
    /// The first category that has an answer wins.
    pub(super) from: Vec<String>,
}

/// An entry of a file of things.
pub(super) enum Entry {
    Category {
        name: String,
        answers: Answers,
    },
    Thing {
        names: Vec<String>,
        fame: u8,
        answers: Answers,
    },
}

/// Splits a file into its entries: leaves comments out and joins a line that starts with white space
/// to the line before.
pub(crate) fn entries(file: &str, text: &str) -> Vec<(Place, String)> {
    let mut entries: Vec<(Place, String)> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match entries.last_mut() {
            Some((_, entry)) if line.starts_with(char::is_whitespace) => {
                entry.push(' ');
                entry.push_str(line.trim());
            }
            _ => {
                let place = Place {
                    file: file.to_owned(),
                    line: number,
                };
                entries.push((place, line.to_owned()));
            }
        }
    }
    entries
}

/// Reads `id: Text? | Former text?`.
pub(super) fn question(entry: &str) -> Result<(&str, Vec<String>), Problem> {
    let (id, wordings) = entry.split_once(": ").ok_or(Problem::NoQuestion)?;
    let wordings: Vec<_> = wordings
        .split('|')
        .map(|text| text.trim().to_owned())
        .collect();
    match wordings.iter().find(|text| !text.ends_with('?')) {
        Some(text) => Err(Problem::NoQuestionMark(text.clone())),
        None => Ok((id, wordings)),
    }
}

impl Entry {
    /// Reads `[category < parents] answers` or `name | other names *fame answers`.
    pub(super) fn read(entry: &str) -> Result<Self, Problem> {
        match entry.strip_prefix('[') {
            Some(rest) => Self::category(rest),
            None => Self::thing(entry),
        }
    }

    fn category(entry: &str) -> Result<Self, Problem> {
        let (head, rest) = entry.split_once(']').ok_or(Problem::OpenBracket)?;
        let (name, parents) = head.split_once('<').unwrap_or((head, ""));
        let mut answers = Answers::read(rest.split_whitespace())?;
        let parents = parents.split_whitespace().map(str::to_owned);
        answers.from.extend(parents);
        Ok(Self::Category {
            name: name.trim().to_owned(),
            answers,
        })
    }

    fn thing(entry: &str) -> Result<Self, Problem> {
        let words: Vec<_> = entry.split_whitespace().collect();
        let is_name = |word: &&&str| !word.starts_with(['*', '&', '+', '-', '?']);
        let (names, rest) = words.split_at(words.iter().take_while(is_name).count());
        let names = names.join(" ");
        let starred = rest.split_first().and_then(|(word, rest)| {
            let number = word.strip_prefix('*')?;
            Some((word, number.parse(), rest))
        });
        let (fame, rest) = match starred {
            Some((_, Ok(fame @ 1..=9), rest)) => (fame, rest),
            Some((word, ..)) => return Err(Problem::Fame((*word).to_owned())),
            None => (USUAL_FAME, rest),
        };
        Ok(Self::Thing {
            names: names
                .split('|')
                .map(|name| name.trim().to_owned())
                .collect(),
            fame,
            answers: Answers::read(rest.iter().copied())?,
        })
    }
}

impl Answers {
    fn read<'a>(words: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        // The longer signs come first, because `+?` also starts with `+`.
        const SIGNS: [(&str, Grade); 5] = [
            ("+?", Grade::Usually),
            ("-?", Grade::Seldom),
            ("+", Grade::Yes),
            ("-", Grade::No),
            ("?", Grade::Either),
        ];
        let mut answers = Self::default();
        for word in words {
            if let Some(category) = word.strip_prefix('&') {
                answers.from.push(category.to_owned());
                continue;
            }
            let answer = |(sign, grade)| Some((word.strip_prefix(sign)?, grade));
            let (id, grade) = SIGNS
                .into_iter()
                .find_map(answer)
                .ok_or_else(|| Problem::NoAnswer(word.to_owned()))?;
            if answers.own.insert(id.to_owned(), grade).is_some() {
                return Err(Problem::AnsweredTwice(id.to_owned()));
            }
        }
        Ok(answers)
    }
}
