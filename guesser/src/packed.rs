//! The knowledge as bytes: what the build script writes and the browser fetches.
//!
//! Magic, the numbers of questions and things and the length of the text (u32, little-endian), the
//! text, then a byte for each grade. In the text a line is a question, or a thing: its fame and its
//! names, separated by `|`. Grades stand question by question, things in the order of their
//! categories, so that equal neighbours make long runs, which compress well.

use crate::grade::Grade;

const MAGIC: &[u8; 4] = b"20Q1";
const HEADER: usize = 16;

/// Why bytes are not a packed knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the knowledge is damaged: {0}")]
pub struct Damaged(pub &'static str);

/// Packed knowledge, taken apart but not yet understood.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) questions: Vec<&'a str>,
    /// Lines of fame and names.
    pub(crate) things: Vec<&'a str>,
    /// `grades[question * things + thing]`.
    pub(crate) grades: Vec<Grade>,
}

impl<'a> Parts<'a> {
    /// Puts the parts together.
    #[allow(dead_code, reason = "only the build script packs")]
    pub(crate) fn pack(&self) -> Vec<u8> {
        let text = [self.questions.as_slice(), &self.things]
            .concat()
            .join("\n");
        let mut bytes = MAGIC.to_vec();
        for number in [self.questions.len(), self.things.len(), text.len()] {
            bytes.extend((number as u32).to_le_bytes());
        }
        bytes.extend(text.as_bytes());
        bytes.extend(self.grades.iter().map(|&grade| grade as u8));
        bytes
    }

    /// Takes them apart.
    pub(crate) fn unpack(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let (header, rest) = bytes.split_at_checked(HEADER).ok_or(Damaged("too short"))?;
        let (magic, numbers) = header.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(Damaged("not a knowledge file of this version"));
        }
        let number = |n: usize| {
            let bytes = [0, 1, 2, 3].map(|byte| numbers[n * 4 + byte]);
            u32::from_le_bytes(bytes) as usize
        };
        let (questions, things, text_length) = (number(0), number(1), number(2));
        let (text, grades) = rest
            .split_at_checked(text_length)
            .ok_or(Damaged("too short"))?;
        if questions.checked_mul(things) != Some(grades.len()) {
            return Err(Damaged("not a grade for each question and thing"));
        }
        let text = std::str::from_utf8(text).map_err(|_| Damaged("text is not UTF-8"))?;
        let mut lines: Vec<_> = text.split('\n').collect();
        if lines.len() != questions + things {
            return Err(Damaged("not a line for each question and thing"));
        }
        let grade = |&byte: &u8| Grade::ALL.get(byte as usize).copied();
        let grades: Option<Vec<_>> = grades.iter().map(grade).collect();
        Ok(Self {
            things: lines.split_off(questions),
            questions: lines,
            grades: grades.ok_or(Damaged("an unknown grade"))?,
        })
    }
}
