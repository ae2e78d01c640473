//! The knowledge as bytes: a build writes them, the server embeds them, the browser fetches them.
//!
//! | part | encoding |
//! | --- | --- |
//! | magic | `20Q5` |
//! | numbers of questions, things and facts; length of the text | four `u32`, little-endian |
//! | text | a line for each question: its wordings, then a line for each thing: its names; both separated by `\|`, what is shown first |
//! | rates | two bytes for each question: three numbers of four bits, the steps on the scales of `rates` |
//! | fame | a byte for each thing |
//! | opposites | LEB128; the number of pairs, then the two indices of each |
//! | gaps | LEB128; for each question the number of its facts, then for each fact how many things lie between its thing and that of the fact before |
//! | grades | a byte for five facts, in the order of the gaps: `?` is 0, `+?` is 1, `+` is 2, and the first fact is the lowest digit to base 3 |
//!
//! A fact is a grade other than a plain No. Gaps and grades have parts of their own, and similar things
//! are neighbours: both make the file smaller once it is compressed.

use crate::{
    grade::{Fact, Grade},
    id::ThingId,
    rates::Rates,
};

const MAGIC: &[u8; 4] = b"20Q5";
const NUMBERS: usize = 4;

/// The grades that facts are packed with.
const GRADES: [Grade; 3] = [Grade::Either, Grade::Usually, Grade::Yes];

/// How many grades share a byte: the most that fit.
const TOGETHER: usize = 5;

/// How many numbers stand for so many grades.
const NUMBERS_OF_GRADES: usize = GRADES.len().pow(TOGETHER as u32);

/// Why bytes are not packed knowledge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// The bytes aren't in the packed form.
    #[error("the knowledge is damaged: {0}")]
    Damaged(&'static str),
    /// The text part isn't text.
    #[error("the text of the knowledge is damaged")]
    Encoding(#[from] std::str::Utf8Error),
    /// A question, or the first name of a thing, can't be part of a move.
    #[error("a question or name of the knowledge is damaged")]
    Text(#[from] game::text::TextError),
}

const TOO_SHORT: UnpackError = UnpackError::Damaged("it is too short");
const MORE_FACTS: UnpackError = UnpackError::Damaged("it has more facts than it says");

/// The parts of packed knowledge, their meaning not yet checked.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// Wordings.
    pub(crate) questions: Vec<&'a str>,
    pub(crate) rates: Vec<Rates>,
    /// Pairs of indices of questions.
    pub(crate) opposites: Vec<[usize; 2]>,
    /// Names and fame.
    pub(crate) things: Vec<(&'a str, u8)>,
    /// The facts of each question, ordered by thing.
    pub(crate) facts: Vec<Vec<Fact>>,
}

impl<'a> Parts<'a> {
    #[cfg(feature = "text")]
    pub(crate) fn pack(&self) -> Vec<u8> {
        let names = self.things.iter().map(|(names, _)| names);
        let lines: Vec<_> = self.questions.iter().chain(names).copied().collect();
        let text = lines.join("\n");
        let facts: usize = self.facts.iter().map(Vec::len).sum();
        let mut bytes = MAGIC.to_vec();
        for number in [self.questions.len(), self.things.len(), facts, text.len()] {
            bytes.extend((number as u32).to_le_bytes());
        }
        bytes.extend(text.as_bytes());
        let rates = || self.rates.iter().map(|rates| rates.pack());
        // Like bytes side by side compress better.
        bytes.extend(rates().map(|[errors, _]| errors));
        bytes.extend(rates().map(|[_, either]| either));
        bytes.extend(self.things.iter().map(|(_, fame)| fame));
        put(&mut bytes, self.opposites.len());
        for index in self.opposites.iter().flatten() {
            put(&mut bytes, *index);
        }
        for facts in &self.facts {
            put(&mut bytes, facts.len());
            let mut next = 0;
            for fact in facts {
                let thing = fact.thing.index();
                put(&mut bytes, thing - next);
                next = thing + 1;
            }
        }
        let grades = self.facts.iter().flatten().map(|fact| fact.grade);
        let digits: Vec<_> = grades.map(digit).collect();
        let number = |digits: &[u8]| {
            digits
                .iter()
                .rev()
                .fold(0, |number, digit| number * GRADES.len() as u8 + digit)
        };
        bytes.extend(digits.chunks(TOGETHER).map(number));
        bytes
    }

    pub(crate) fn unpack(bytes: &'a [u8]) -> Result<Self, UnpackError> {
        let (magic, rest) = bytes.split_at_checked(MAGIC.len()).ok_or(TOO_SHORT)?;
        if magic != MAGIC {
            return Err(UnpackError::Damaged(
                "it is not a knowledge file of this version",
            ));
        }
        let (numbers, rest) = rest.split_at_checked(NUMBERS * 4).ok_or(TOO_SHORT)?;
        let number = |n: usize| {
            let bytes = [0, 1, 2, 3].map(|byte| numbers[n * 4 + byte]);
            u32::from_le_bytes(bytes) as usize
        };
        let (questions, things, facts) = (number(0), number(1), number(2));
        let (text, rest) = rest.split_at_checked(number(3)).ok_or(TOO_SHORT)?;
        let text = std::str::from_utf8(text)?;
        let mut lines: Vec<_> = text.split('\n').collect();
        if questions.checked_add(things) != Some(lines.len()) {
            return Err(UnpackError::Damaged(
                "it doesn't have a line for each question and thing",
            ));
        }
        let (errors, rest) = rest.split_at_checked(questions).ok_or(TOO_SHORT)?;
        let (either, rest) = rest.split_at_checked(questions).ok_or(TOO_SHORT)?;
        let rates = errors.iter().zip(either);
        let (fame, rest) = rest.split_at_checked(things).ok_or(TOO_SHORT)?;
        let split = rest
            .len()
            .checked_sub(facts.div_ceil(TOGETHER))
            .ok_or(TOO_SHORT)?;
        let (mut gaps, grades) = rest.split_at(split);
        if grades
            .iter()
            .any(|&number| usize::from(number) >= NUMBERS_OF_GRADES)
        {
            return Err(UnpackError::Damaged("a fact has an unknown grade"));
        }
        let mut grades = grades.iter().flat_map(|&number| {
            let mut number = usize::from(number);
            [(); TOGETHER].map(|()| {
                let digit = number % GRADES.len();
                number /= GRADES.len();
                GRADES[digit]
            })
        });
        let mut left = facts;
        let mut opposites = Vec::new();
        for _ in 0..take(&mut gaps)? {
            let pair = [take(&mut gaps)?, take(&mut gaps)?];
            if pair.iter().any(|&index| index >= questions) {
                return Err(UnpackError::Damaged("an opposite is an unknown question"));
            }
            opposites.push(pair);
        }
        let mut all = Vec::with_capacity(questions);
        for _ in 0..questions {
            let facts = take_facts(&mut gaps, &mut grades, things)?;
            left = left.checked_sub(facts.len()).ok_or(MORE_FACTS)?;
            all.push(facts);
        }
        if left > 0 {
            return Err(UnpackError::Damaged("it has fewer facts than it says"));
        }
        if !gaps.is_empty() {
            return Err(UnpackError::Damaged("it is too long"));
        }
        let names = lines.split_off(questions);
        Ok(Self {
            things: names.into_iter().zip(fame.iter().copied()).collect(),
            questions: lines,
            opposites,
            rates: rates
                .map(|(&errors, &either)| Rates::unpack([errors, either]))
                .collect(),
            facts: all,
        })
    }
}

/// Takes the facts of the next question.
fn take_facts(
    gaps: &mut &[u8],
    grades: &mut impl Iterator<Item = Grade>,
    things: usize,
) -> Result<Vec<Fact>, UnpackError> {
    let count = take(gaps)?;
    let mut next = 0;
    let mut facts = Vec::with_capacity(count.min(things));
    for _ in 0..count {
        let thing = take(gaps)?.saturating_add(next);
        next = thing + 1;
        facts.push(Fact {
            thing: u16::try_from(thing)
                .ok()
                .filter(|_| thing < things)
                .map(ThingId)
                .ok_or(UnpackError::Damaged("a fact is about an unknown thing"))?,
            grade: grades.next().ok_or(MORE_FACTS)?,
        });
    }
    Ok(facts)
}

/// The digit of a grade.
#[cfg(feature = "text")]
fn digit(grade: Grade) -> u8 {
    grade as u8 - Grade::Either as u8
}

/// Appends a number in LEB128.
#[cfg(feature = "text")]
fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number in LEB128, of at most three bytes.
fn take(bytes: &mut &[u8]) -> Result<usize, UnpackError> {
    let mut number = 0;
    for shift in [0, 7, 14] {
        let (&byte, rest) = bytes.split_first().ok_or(TOO_SHORT)?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(UnpackError::Damaged("a number in it is too large"))
}
