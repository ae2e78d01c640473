//! From text to bytes.

use crate::{
    grade::{Fact, Grade},
    id::ThingId,
    order,
    packed::Parts,
    rates::Rates,
    source::{Source, Thing},
};

/// A thing with its grades for all questions.
struct Graded<'a> {
    thing: &'a Thing,
    grades: Vec<Grade>,
    /// The grades again, for fast comparisons: two bits each, in two planes.
    planes: Vec<[u64; 2]>,
}

impl<'a> Graded<'a> {
    fn new(source: &Source, thing: &'a Thing) -> Self {
        let grades = source
            .questions
            .iter()
            .map(|question| source.grade(thing, question));
        // Seldom is packed as No. The 5 KB that this saves are better spent on more things.
        let grades = grades.map(|grade| grade.max(Grade::Seldom));
        let grades: Vec<_> = grades.collect();
        let plane = |chunk: &[Grade], plane: u32| {
            let bit = |grade: &Grade| u64::from((*grade as u8 - Grade::Seldom as u8) >> plane & 1);
            chunk.iter().fold(0, |bits, grade| bits << 1 | bit(grade))
        };
        let planes = grades
            .chunks(64)
            .map(|chunk| [plane(chunk, 0), plane(chunk, 1)]);
        Self {
            thing,
            planes: planes.collect(),
            grades,
        }
    }

    /// How many grades differ.
    fn distance(&self, other: &Self) -> u32 {
        let words = self.planes.iter().zip(&other.planes);
        words
            .map(|(a, b)| ((a[0] ^ b[0]) | (a[1] ^ b[1])).count_ones())
            .sum()
    }
}

impl Source {
    /// Packs the knowledge and the rates of its questions, which [`Self::rates`] estimates, for
    /// [`Knowledge::unpack`](crate::Knowledge::unpack).
    /// The questions keep their order, so the index of a [`QuestionId`](crate::QuestionId) is also its
    /// index in [`Self::questions`]. The things are reordered.
    #[must_use]
    pub fn pack(&self, rates: &[Rates]) -> Vec<u8> {
        let things = self.in_order();
        let names: Vec<_> = things
            .iter()
            .map(|graded| graded.thing.names.join("|"))
            .collect();
        let wordings: Vec<_> = self
            .questions
            .iter()
            .map(|question| question.wordings.join("|"))
            .collect();
        let fame = things.iter().map(|graded| graded.thing.fame);
        let facts = |question: usize| {
            let facts = ThingId::first(things.len())
                .zip(&things)
                .map(|(thing, graded)| Fact {
                    thing,
                    grade: graded.grades[question],
                });
            facts.filter(|fact| fact.grade > Grade::Seldom).collect()
        };
        let parts = Parts {
            questions: wordings.iter().map(String::as_str).collect(),
            rates: rates.to_vec(),
            opposites: self.opposites.clone(),
            things: names.iter().map(String::as_str).zip(fame).collect(),
            facts: (0..self.questions.len()).map(facts).collect(),
        };
        parts.pack()
    }

    /// The things, each beside similar ones, which makes the compressed form 11 KB smaller than the order of the
    /// files.
    fn in_order(&self) -> Vec<Graded<'_>> {
        let graded = self.things.iter().map(|thing| Graded::new(self, thing));
        let graded: Vec<_> = graded.collect();
        let order = order::shortest(graded.len(), |a, b| graded[a].distance(&graded[b]));
        let mut graded: Vec<_> = graded.into_iter().map(Some).collect();
        order
            .into_iter()
            .filter_map(|thing| graded[thing].take())
            .collect()
    }
}
