//! From text to bytes.

use crate::{
    grade::{Fact, Grade},
    id::ThingId,
    packed::Parts,
    source::{Source, Thing},
};

/// A thing with its grades for all questions.
struct Graded<'a> {
    thing: &'a Thing,
    grades: Vec<Grade>,
}

impl Source {
    /// Packs the knowledge for [`Knowledge::unpack`](crate::Knowledge::unpack).
    /// The questions keep their order, so the index of a [`QuestionId`](crate::QuestionId) is also its
    /// index in [`Self::questions`]. The things are reordered.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let things = self.in_order();
        let names: Vec<_> = things
            .iter()
            .map(|graded| graded.thing.names.join("|"))
            .collect();
        let fame = things.iter().map(|graded| graded.thing.fame);
        let facts = |question: usize| {
            let facts = ThingId::first(things.len())
                .zip(&things)
                .map(|(thing, graded)| Fact {
                    thing,
                    grade: graded.grades[question],
                });
            // Seldom is packed as No. The 5 KB that this saves are better spent on more things.
            facts.filter(|fact| fact.grade > Grade::Seldom).collect()
        };
        let parts = Parts {
            questions: self
                .questions
                .iter()
                .map(|question| question.text.as_str())
                .collect(),
            things: names.iter().map(String::as_str).zip(fame).collect(),
            facts: (0..self.questions.len()).map(facts).collect(),
        };
        parts.pack()
    }

    /// The things file by file. Within a file each thing is followed by the most similar of those
    /// that are left, which makes the packed form 2 KB smaller.
    fn in_order(&self) -> Vec<Graded<'_>> {
        let graded = |thing| Graded {
            thing,
            grades: self
                .questions
                .iter()
                .map(|question| self.grade(thing, question))
                .collect(),
        };
        let mut ordered = Vec::with_capacity(self.things.len());
        for file in self.things.chunk_by(|a, b| a.place.file == b.place.file) {
            let mut left: Vec<_> = file.iter().map(graded).collect();
            let mut next = 0;
            while next < left.len() {
                let last = left.remove(next);
                let distance = |other: &Graded| {
                    let pairs = last.grades.iter().zip(&other.grades);
                    pairs.filter(|(a, b)| a != b).count()
                };
                let distances = left.iter().map(distance).enumerate();
                next = distances
                    .min_by_key(|(_, distance)| *distance)
                    .map_or(0, |(next, _)| next);
                ordered.push(last);
            }
        }
        ordered
    }
}
