//! Reads the knowledge as people write it: the files under `knowledge/`, in the form that
//! guesser/README.md describes.

use crate::grade::Grade;
use std::collections::{HashMap, HashSet};

/// A question as written.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// A thing as written, its grades not yet joined with those of its categories.
#[derive(Debug)]
pub(crate) struct Thing {
    /// The name, then the aliases.
    pub(crate) names: Vec<String>,
    /// 1 to 9.
    pub(crate) fame: u8,
    /// Where it is written.
    #[allow(dead_code, reason = "only the build script orders by it")]
    pub(crate) file: String,
    facts: Facts,
}

/// What an entry says itself and where it takes the rest from.
#[derive(Debug, Default)]
struct Facts {
    own: HashMap<String, Grade>,
    /// Names of categories; the first that says something wins.
    from: Vec<String>,
}

/// All of the knowledge.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) questions: Vec<Question>,
    pub(crate) things: Vec<Thing>,
    categories: HashMap<String, Facts>,
}

/// A fault of the text, with the place to look at.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub(crate) struct Fault {
    place: String,
    fault: String,
}

impl Source {
    /// Reads files, each given as its name and its text.
    pub(crate) fn read<'a>(
        questions: impl IntoIterator<Item = (&'a str, &'a str)>,
        things: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Fault> {
        let mut source = Self::default();
        for (file, text) in questions {
            for (place, entry) in entries(file, text) {
                source
                    .question(&entry)
                    .map_err(|fault| Fault { place, fault })?;
            }
        }
        for (file, text) in things {
            let mut heading = None;
            for (place, entry) in entries(file, text) {
                source
                    .entry(file, &entry, &mut heading)
                    .map_err(|fault| Fault { place, fault })?;
            }
        }
        source.check()?;
        Ok(source)
    }

    fn question(&mut self, entry: &str) -> Result<(), String> {
        let (id, text) = entry.split_once(": ").ok_or("a question is `id: Text?`")?;
        let (id, text) = (id.to_owned(), text.trim().to_owned());
        if !text.ends_with('?') {
            return Err(format!("`{text}` doesn't end with a question mark"));
        }
        self.questions.push(Question { id, text });
        Ok(())
    }

    fn entry(
        &mut self,
        file: &str,
        entry: &str,
        heading: &mut Option<String>,
    ) -> Result<(), String> {
        if let Some(rest) = entry.strip_prefix('[') {
            let (head, rest) = rest.split_once(']').ok_or("`[` without `]`")?;
            let (name, parents) = head.split_once('<').unwrap_or((head, ""));
            let mut facts = Facts::default();
            facts.add(rest.split_whitespace())?;
            facts
                .from
                .extend(parents.split_whitespace().map(str::to_owned));
            let name = name.trim().to_owned();
            if self.categories.insert(name.clone(), facts).is_some() {
                return Err(format!("category `{name}` stands twice"));
            }
            *heading = Some(name);
            return Ok(());
        }
        let words: Vec<_> = entry.split_whitespace().collect();
        let named = words
            .iter()
            .position(|word| word.starts_with(['*', '&', '+', '-', '?']));
        let (names, rest) = words.split_at(named.unwrap_or(words.len()));
        let names = names
            .join(" ")
            .split('|')
            .map(|name| name.trim().to_owned())
            .collect();
        let (fame, rest) = match rest.split_first() {
            Some((word, rest)) if word.starts_with('*') => match word[1..].parse() {
                Ok(fame @ 1..=9) => (fame, rest),
                _ => return Err(format!("`{word}`: fame is *1 to *9")),
            },
            _ => (3, rest),
        };
        let mut facts = Facts::default();
        facts.add(rest.iter().copied())?;
        facts.from.extend(heading.clone());
        let file = file.to_owned();
        self.things.push(Thing {
            names,
            fame,
            file,
            facts,
        });
        Ok(())
    }

    fn check(&self) -> Result<(), Fault> {
        let fault = |place: &str, fault: String| {
            Err(Fault {
                place: place.to_owned(),
                fault,
            })
        };
        let mut ids = HashSet::new();
        let mut texts = HashSet::new();
        for Question { id, text } in &self.questions {
            if !ids.insert(id) || !texts.insert(text) {
                return fault(id, "stands twice among the questions".to_owned());
            }
        }
        let mut names = HashSet::new();
        for name in self.things.iter().flat_map(|thing| &thing.names) {
            if name.is_empty() || !names.insert(name.to_lowercase()) {
                return fault(name, "names no thing or two things".to_owned());
            }
        }
        let things = self
            .things
            .iter()
            .map(|thing| (&thing.names[0], &thing.facts));
        for (name, facts) in self.categories.iter().chain(things) {
            if let Some(id) = facts.own.keys().find(|id| !ids.contains(id)) {
                return fault(name, format!("there is no question `{id}`"));
            }
            if let Some(from) = facts
                .from
                .iter()
                .find(|from| !self.categories.contains_key(*from))
            {
                return fault(name, format!("there is no category `{from}`"));
            }
        }
        match self
            .categories
            .keys()
            .find(|name| self.is_own_ancestor(name))
        {
            Some(name) => fault(name, "is a kind of itself".to_owned()),
            None => Ok(()),
        }
    }

    fn is_own_ancestor(&self, name: &str) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<&String> = self.categories[name].from.iter().collect();
        while let Some(next) = open.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                open.extend(&self.categories[next].from);
            }
        }
        false
    }

    /// What players who think of the thing answer to the question: what it says itself, else the
    /// first of its categories that says something, else no.
    pub(crate) fn grade(&self, thing: &Thing, question: &Question) -> Grade {
        self.find(&thing.facts, &question.id).unwrap_or(Grade::No)
    }

    fn find(&self, facts: &Facts, id: &str) -> Option<Grade> {
        let inherited = || {
            facts
                .from
                .iter()
                .find_map(|from| self.find(&self.categories[from], id))
        };
        facts.own.get(id).copied().or_else(inherited)
    }
}

impl Facts {
    fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> Result<(), String> {
        for word in words {
            if let Some(category) = word.strip_prefix('&') {
                self.from.push(category.to_owned());
                continue;
            }
            let signs = [
                ("+?", Grade::Usually),
                ("-?", Grade::Seldom),
                ("+", Grade::Yes),
                ("-", Grade::No),
                ("?", Grade::Either),
            ];
            let fact = signs
                .iter()
                .find_map(|(sign, grade)| Some((word.strip_prefix(sign)?, *grade)));
            let Some((id, grade)) = fact else {
                return Err(format!(
                    "`{word}` is no answer: +id, +?id, ?id, -?id, -id or &category"
                ));
            };
            if self.own.insert(id.to_owned(), grade).is_some() {
                return Err(format!("`{id}` is answered twice"));
            }
        }
        Ok(())
    }
}

/// The entries of a file with their places: comments left out, lines joined that belong together.
fn entries(file: &str, text: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match entries.last_mut() {
            Some((_, entry)) if line.starts_with(char::is_whitespace) => {
                entry.push(' ');
                entry.push_str(line.trim());
            }
            _ => entries.push((format!("{file}:{}", number + 1), line.to_owned())),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTIONS: &str = "fur: Does it have fur?\npet: Is it a pet?\nbig: Is it big?";

    fn read(things: &str) -> Result<Source, String> {
        Source::read([("q.txt", QUESTIONS)], [("t.txt", things)]).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_thing_goes_before_its_bundles_and_they_before_its_heading() {
        let source = read(
            "# sizes\n[large] +big -?fur\n\n[mammal] +fur -?big\n[cat < mammal] ?pet\n\na tiger | tigers *4 &large\n  -pet # the rest",
        );
        // A `#` inside an entry is no comment: the fault names it.
        assert_eq!(
            source.unwrap_err(),
            "t.txt:7: `#` is no answer: +id, +?id, ?id, -?id, -id or &category"
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
    fn faults_are_named_with_their_place() {
        let cases = [
            ("a cat +fly", "a cat: there is no question `fly`"),
            ("a cat &wild", "a cat: there is no category `wild`"),
            ("[cat < mammal]", "cat: there is no category `mammal`"),
            ("[a < b]\n[b < a]", "is a kind of itself"),
            ("[cat]\n[cat]", "t.txt:2: category `cat` stands twice"),
            ("a cat\nA Cat", "A Cat: names no thing or two things"),
            (
                "a cat | a tom\na tom",
                "a tom: names no thing or two things",
            ),
            ("a cat *12", "t.txt:1: `*12`: fame is *1 to *9"),
            ("a cat +fur ~pet", "t.txt:1: `~pet` is no answer"),
            ("a cat +fur\n  -fur", "t.txt:1: `fur` is answered twice"),
        ];
        for (text, expected) in cases {
            let fault = read(text).expect_err(text);
            assert!(
                fault.contains(expected),
                "{text:?} says {fault:?}, not {expected:?}"
            );
        }
        let twice = Source::read([("q.txt", "fur: Fur?\nfur: Is there fur?")], []).unwrap_err();
        assert_eq!(twice.to_string(), "fur: stands twice among the questions");
        let mark = Source::read([("q.txt", "fur: Does it have fur")], []).unwrap_err();
        assert_eq!(
            mark.to_string(),
            "q.txt:1: `Does it have fur` doesn't end with a question mark"
        );
    }
}
