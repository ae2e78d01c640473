//! The knowledge as bytes: what the build script writes and the browser fetches.
//!
//! Magic; the numbers of questions, things and facts and the length of the text (u32, little-endian);
//! the text; a byte for the fame of each thing; the gaps; a byte for the grade of each fact. In the
//! text a line is a question, or the names of a thing, separated by `|`. A fact is an answer that
//! isn't a plain no. The gaps say which things have one: for each question how many, then for each
//! the number of things passed over since the one before, all in LEB128. Things that are alike stand
//! together, so that gaps are small and alike, and compress well.

use crate::grade::{Fact, Grade};

const MAGIC: &[u8; 4] = b"20Q3";
const NUMBERS: usize = 4;

/// Why bytes are not a packed knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the knowledge is damaged: {0}")]
pub struct UnpackError(pub &'static str);

/// Packed knowledge, taken apart but not yet understood.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) questions: Vec<&'a str>,
    /// Names and fame.
    pub(crate) things: Vec<(&'a str, u8)>,
    /// For each question, by thing.
    pub(crate) facts: Vec<Vec<Fact>>,
}

impl<'a> Parts<'a> {
    /// Puts the parts together.
    #[allow(dead_code, reason = "only the build script packs")]
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
        bytes.extend(self.things.iter().map(|(_, fame)| fame));
        for facts in &self.facts {
            put(&mut bytes, facts.len());
            let mut next = 0;
            for fact in facts {
                let thing = usize::from(fact.thing);
                put(&mut bytes, thing - next);
                next = thing + 1;
            }
        }
        let grades = self.facts.iter().flatten().map(|fact| fact.grade as u8);
        bytes.extend(grades);
        bytes
    }

    /// Takes them apart.
    pub(crate) fn unpack(bytes: &'a [u8]) -> Result<Self, UnpackError> {
        const SHORT: UnpackError = UnpackError("too short");
        let (magic, rest) = bytes.split_at_checked(MAGIC.len()).ok_or(SHORT)?;
        if magic != MAGIC {
            return Err(UnpackError("not a knowledge file of this version"));
        }
        let (numbers, rest) = rest.split_at_checked(NUMBERS * 4).ok_or(SHORT)?;
        let number = |n: usize| {
            let bytes = [0, 1, 2, 3].map(|byte| numbers[n * 4 + byte]);
            u32::from_le_bytes(bytes) as usize
        };
        let (questions, things, facts) = (number(0), number(1), number(2));
        let (text, rest) = rest.split_at_checked(number(3)).ok_or(SHORT)?;
        let text = std::str::from_utf8(text).map_err(|_| UnpackError("text is not UTF-8"))?;
        let mut lines: Vec<_> = text.split('\n').collect();
        if questions.checked_add(things) != Some(lines.len()) {
            return Err(UnpackError("not a line for each question and thing"));
        }
        let (fame, rest) = rest.split_at_checked(things).ok_or(SHORT)?;
        let split = rest.len().checked_sub(facts).ok_or(SHORT)?;
        let (mut gaps, mut grades) = rest.split_at(split);
        let mut all = Vec::with_capacity(questions);
        for _ in 0..questions {
            all.push(take_facts(&mut gaps, &mut grades, things)?);
        }
        if !(gaps.is_empty() && grades.is_empty()) {
            return Err(UnpackError("too long"));
        }
        let names = lines.split_off(questions);
        Ok(Self {
            things: names.into_iter().zip(fame.iter().copied()).collect(),
            questions: lines,
            facts: all,
        })
    }
}

/// The facts of the next question.
fn take_facts(
    gaps: &mut &[u8],
    grades: &mut &[u8],
    things: usize,
) -> Result<Vec<Fact>, UnpackError> {
    let count = take(gaps)?;
    let (ours, rest) = grades
        .split_at_checked(count)
        .ok_or(UnpackError("more facts than it says"))?;
    *grades = rest;
    let mut next = 0;
    let mut facts = Vec::with_capacity(count);
    for &grade in ours {
        let thing = take(gaps)?.saturating_add(next);
        next = thing + 1;
        facts.push(Fact {
            thing: u16::try_from(thing)
                .ok()
                .filter(|_| thing < things)
                .ok_or(UnpackError("a fact about no thing"))?,
            grade: *Grade::ALL
                .get(usize::from(grade))
                .ok_or(UnpackError("an unknown grade"))?,
        });
    }
    Ok(facts)
}

#[allow(dead_code, reason = "only the build script packs")]
fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Result<usize, UnpackError> {
    let mut number = 0;
    for shift in [0, 7, 14] {
        let (&byte, rest) = bytes.split_first().ok_or(UnpackError("too short"))?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(UnpackError("a gap that is too wide"))
}
