//! The knowledge as people write it: the files under `text/`, in the form that docs/knowledge.md
//! describes.

mod error;
mod syntax;

pub(crate) use error::Problem;
pub use error::{Place, SourceError};
pub(crate) use syntax::entries;

use crate::{
    grade::Grade,
    id::{QuestionId, ThingId},
    name,
};

use game::Text;
use std::collections::{HashMap, HashSet};
use syntax::{Answers, Entry};

/// A question as written.
#[derive(Debug)]
pub struct Question {
    /// The word that answers refer to, such as `long-tail`.
    pub id: String,
    /// The question as the player reads it, then former wordings of it.
    pub wordings: Vec<String>,
    place: Place,
}

impl Question {
    /// The question as the player reads it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.wordings[0]
    }
}

/// A thing as written.
#[derive(Debug)]
pub struct Thing {
    /// The name with its article, then the other names.
    pub names: Vec<String>,
    /// How often people think of it, from 1 to 9.
    pub fame: u8,
    /// Where it is written.
    pub place: Place,
    answers: Answers,
}

#[derive(Debug)]
struct Category {
    place: Place,
    answers: Answers,
}

/// All of the knowledge, checked: every question, category and name that it mentions exists once.
#[derive(Debug, Default)]
pub struct Source {
    /// In the order of the files.
    pub questions: Vec<Question>,
    /// Pairs of questions of which an answer to one settles the other, by their index.
    pub opposites: Vec<[usize; 2]>,
    /// In the order of the files.
    pub things: Vec<Thing>,
    categories: HashMap<String, Category>,
}

impl Source {
    /// Reads files, each given as its name and its text.
    ///
    /// # Errors
    /// [`SourceError`] says where the text is wrong, and how.
    pub fn read<F: AsRef<str>>(
        questions: impl IntoIterator<Item = (F, F)>,
        things: impl IntoIterator<Item = (F, F)>,
    ) -> Result<Self, SourceError> {
        let mut source = Self::default();
        let mut opposites = Vec::new();
        for (file, text) in questions {
            for (place, entry) in entries(file.as_ref(), text.as_ref()) {
                if let Some(pair) = entry.strip_prefix('~') {
                    opposites.push((place, pair.to_owned()));
                    continue;
                }
                let (id, wordings) = match syntax::question(&entry) {
                    Ok(question) => question,
                    Err(problem) => return Err(SourceError { place, problem }),
                };
                source.questions.push(Question {
                    id: id.to_owned(),
                    wordings,
                    place,
                });
            }
        }
        for (place, pair) in opposites {
            let pair = source.opposites(&pair);
            source
                .opposites
                .push(pair.map_err(|problem| place.error(problem))?);
        }
        for (file, text) in things {
            let mut heading = None;
            for (place, entry) in entries(file.as_ref(), text.as_ref()) {
                source
                    .add(&place, &entry, &mut heading)
                    .map_err(|problem| SourceError { place, problem })?;
            }
        }
        source.check()?;
        Ok(source)
    }

    /// Reads the rest of `~ id id`.
    fn opposites(&self, pair: &str) -> Result<[usize; 2], Problem> {
        let find = |id: &str| {
            let mut questions = self.questions.iter();
            let found = questions.position(|question| question.id == id);
            found.ok_or_else(|| Problem::UnknownQuestion(id.to_owned()))
        };
        let mut ids = pair.split_whitespace();
        match (ids.next(), ids.next(), ids.next()) {
            (Some(one), Some(other), None) => Ok([find(one)?, find(other)?]),
            _ => Err(Problem::NoOpposites),
        }
    }

    /// Adds an entry of a file of things below this heading.
    fn add(
        &mut self,
        place: &Place,
        entry: &str,
        heading: &mut Option<String>,
    ) -> Result<(), Problem> {
        let place = place.clone();
        match Entry::read(entry)? {
            Entry::Category { name, answers } => {
                let category = Category { place, answers };
                if self.categories.insert(name.clone(), category).is_some() {
                    return Err(Problem::CategoryExists(name));
                }
                *heading = Some(name);
            }
            Entry::Thing {
                names,
                fame,
                mut answers,
            } => {
                answers.from.extend(heading.clone());
                self.things.push(Thing {
                    names,
                    fame,
                    place,
                    answers,
                });
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), SourceError> {
        let mut ids = HashSet::new();
        let mut texts = HashSet::new();
        for question in &self.questions {
            let Question {
                id,
                wordings,
                place,
            } = question;
            if !ids.insert(id) {
                return fail(place, Problem::IdTaken(id.clone()));
            }
            for text in wordings {
                if !texts.insert(name::key(text)) {
                    return fail(place, Problem::QuestionExists(text.clone()));
                }
            }
            check_text(place, question.text())?;
        }
        let mut names = HashSet::new();
        for thing in &self.things {
            for name in &thing.names {
                if name.is_empty() {
                    return fail(&thing.place, Problem::NoName);
                }
                if !names.insert(name::key(name)) {
                    return fail(&thing.place, Problem::NameTaken(name.clone()));
                }
            }
            check_text(&thing.place, &thing.names[0])?;
        }
        let things = self
            .things
            .iter()
            .map(|thing| (&thing.place, &thing.answers));
        let categories = self.categories.values();
        let categories = categories.map(|category| (&category.place, &category.answers));
        for (place, answers) in categories.chain(things) {
            if let Some(id) = answers.own.keys().find(|id| !ids.contains(id)) {
                return fail(place, Problem::UnknownQuestion(id.clone()));
            }
            let is_unknown = |name: &&String| !self.categories.contains_key(*name);
            if let Some(name) = answers.from.iter().find(is_unknown) {
                return fail(place, Problem::UnknownCategory(name.clone()));
            }
        }
        for (name, category) in &self.categories {
            if self.is_own_ancestor(name) {
                return fail(&category.place, Problem::OwnAncestor(name.clone()));
            }
        }
        if let Some(question) = self.questions.get(QuestionId::MOST) {
            return fail(&question.place, Problem::TooMany(QuestionId::MOST));
        }
        match self.things.get(ThingId::MOST) {
            Some(thing) => fail(&thing.place, Problem::TooMany(ThingId::MOST)),
            None => Ok(()),
        }
    }

    fn is_own_ancestor(&self, name: &str) -> bool {
        let mut seen = HashSet::new();
        let mut pending: Vec<&String> = self.categories[name].answers.from.iter().collect();
        while let Some(next) = pending.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                pending.extend(&self.categories[next].answers.from);
            }
        }
        false
    }

    /// The grade of a thing for a question: what the thing states itself, else what the first of its
    /// categories states or inherits, else No.
    #[must_use]
    pub fn grade(&self, thing: &Thing, question: &Question) -> Grade {
        self.find(&thing.answers, &question.id).unwrap_or(Grade::No)
    }

    /// Replaces the grades of the things that another knowledge has too by its grades, to compare versions.
    pub fn take_grades(&mut self, other: &Self) {
        let others = other.things.iter().map(|thing| (&thing.names[0], thing));
        let others: HashMap<_, _> = others.collect();
        for thing in &mut self.things {
            if let Some(theirs) = others.get(&thing.names[0]) {
                for question in &other.questions {
                    let grade = other.grade(theirs, question);
                    thing.answers.own.insert(question.id.clone(), grade);
                }
            }
        }
    }

    fn find(&self, answers: &Answers, id: &str) -> Option<Grade> {
        let inherited = || {
            let mut from = answers.from.iter();
            from.find_map(|name| self.find(&self.categories[name].answers, id))
        };
        answers.own.get(id).copied().or_else(inherited)
    }
}

/// A question, or the first name of a thing, has to fit into a move.
fn check_text(place: &Place, text: &str) -> Result<(), SourceError> {
    match Text::new(text) {
        Ok(_) => Ok(()),
        Err(error) => fail(place, Problem::NoText(text.to_owned(), error)),
    }
}

fn fail<T>(place: &Place, problem: Problem) -> Result<T, SourceError> {
    Err(place.error(problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error;

    const QUESTIONS: &str = "fur: Does it have fur?\npet: Is it a pet?\nbig: Is it big?";

    fn read(things: &str) -> Result<Source, String> {
        Source::read([("q.txt", QUESTIONS)], [("t.txt", things)]).map_err(|error| {
            let cause = error.source().map(|cause| format!(": {cause}"));
            format!("{error}{}", cause.unwrap_or_default())
        })
    }

    #[test]
    fn a_thing_overrides_its_categories_and_they_override_its_heading() {
        let source = read(
            "# sizes\n[large] +big -?fur\n\n[mammal] +fur -?big\n[cat < mammal] ?pet\n\na tiger | tigers *4 &large\n  -pet # the rest",
        );
        // A `#` inside an entry starts no comment.
        assert_eq!(
            source.unwrap_err(),
            "t.txt:7: `#` is not a valid answer: write +id, +?id, ?id, -?id, -id or &category"
        );

        let source = read("[large] +big -?fur\n[mammal] +fur -?big\n[cat < mammal] ?pet\na tiger | tigers *4\n  &large -pet\na cat").unwrap();
        let grades = |thing: usize| {
            let grade = |question| source.grade(&source.things[thing], question);
            source.questions.iter().map(grade).collect::<Vec<_>>()
        };
        assert_eq!(grades(0), [Grade::Seldom, Grade::No, Grade::Yes]);
        assert_eq!(grades(1), [Grade::Yes, Grade::Either, Grade::Seldom]);
        assert_eq!(source.things[0].names, ["a tiger", "tigers"]);
        assert_eq!((source.things[0].fame, source.things[1].fame), (4, 3));
    }

    #[test]
    fn errors_name_the_place() {
        let cases = [
            ("a cat +fly", "t.txt:1: there is no question `fly`"),
            ("\na cat &wild", "t.txt:2: there is no category `wild`"),
            ("[cat < mammal]", "t.txt:1: there is no category `mammal`"),
            ("[a < b]\n[b < a]", "is its own ancestor"),
            ("[cat\na cat", "t.txt:1: `[` has no `]`"),
            ("[cat]\n[cat]", "t.txt:2: the category `cat` already exists"),
            ("a cat\nA Cat", "t.txt:2: the name `A Cat` is already taken"),
            (
                "a cat | a tom\na tom",
                "t.txt:2: the name `a tom` is already taken",
            ),
            ("a cat | *3", "t.txt:1: the thing has an empty name"),
            (
                "a \"cat\"",
                "t.txt:1: `a \"cat\"` can't be part of a move: the text has the character U+0022",
            ),
            (
                "a cat *12",
                "t.txt:1: `*12` is not a valid fame: write *1 to *9",
            ),
            ("a cat +fur ~pet", "t.txt:1: `~pet` is not a valid answer"),
            ("a cat +fur\n  -fur", "t.txt:1: `fur` is answered twice"),
        ];
        for (text, expected) in cases {
            let error = read(text).expect_err(text);
            assert!(
                error.contains(expected),
                "{text:?} says {error:?}, not {expected:?}"
            );
        }
        let questions = |text| Source::read([("q.txt", text)], []).unwrap_err().to_string();
        assert_eq!(
            questions("fur: Fur?\nfur: Is there fur?"),
            "q.txt:2: the id `fur` is already taken"
        );
        assert_eq!(
            questions("fur: Is there fur?\nhair: Is there fur?"),
            "q.txt:2: the question `Is there fur?` already exists"
        );
        assert_eq!(
            questions("fur: Does it have fur"),
            "q.txt:1: `Does it have fur` doesn't end with a question mark"
        );
        assert_eq!(
            questions("Does it have fur?"),
            "q.txt:1: a question is written `id: Text?`"
        );
    }
}
