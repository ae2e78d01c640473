//! The panel: answers of independent answerers who never saw the knowledge, and what they say about
//! its questions.

use crate::{
    beta::{Beta, Count},
    grade::Grade,
    name,
    rates::Rates,
    source::{Place, Problem, Question, Source, SourceError, Thing, entries},
};
use game::Answer;
use std::collections::HashMap;

/// Answers to questions about things.
#[derive(Debug, Default)]
pub struct Panel {
    /// In the order of the files.
    pub answers: Vec<PanelAnswer>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct PanelAnswer {
    /// The wording of the question.
    pub question: String,
    /// The name of the thing.
    pub thing: String,
    /// What the answerer said.
    pub answer: Answer,
    place: Place,
}

impl Panel {
    /// Reads files, each given as its name and its text. A line `> Question?` is followed by lines of
    /// answers: `yes`, `no` or `unsure`, and the names of the things, separated by ` | `. A `?` instead of an
    /// answer stands for an open one and is skipped.
    ///
    /// # Errors
    /// [`SourceError`] says where the text is wrong, and how.
    pub fn read<F: AsRef<str>>(
        files: impl IntoIterator<Item = (F, F)>,
    ) -> Result<Self, SourceError> {
        let mut answers = Vec::new();
        for (file, text) in files {
            let mut question = None;
            for (place, line) in entries(file.as_ref(), text.as_ref()) {
                if let Some(wording) = line.strip_prefix("> ") {
                    question = Some(wording.to_owned());
                    continue;
                }
                let read = || {
                    let (word, things) = line.split_once(' ')?;
                    let answer = match word {
                        "yes" => Some(Answer::Yes),
                        "no" => Some(Answer::No),
                        "unsure" => Some(Answer::Unsure),
                        "?" => None,
                        _ => return None,
                    };
                    Some((question.clone()?, answer, things))
                };
                let Some((question, answer, things)) = read() else {
                    return Err(place.error(Problem::NoPanelAnswer(line)));
                };
                let Some(answer) = answer else {
                    continue;
                };
                answers.extend(things.split(" | ").map(|thing| PanelAnswer {
                    question: question.clone(),
                    thing: thing.to_owned(),
                    answer,
                    place: place.clone(),
                }));
            }
        }
        Ok(Self { answers })
    }
}

/// What the panel says about one question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Observed {
    /// No to a plain yes, of the plain answers.
    pub missed: Count,
    /// Yes to a plain no, of the plain answers.
    pub wrong: Count,
    /// Yes where it depends, of the plain answers.
    pub either: Count,
    /// "Not sure" where it depends, of all answers.
    pub either_unsure: Count,
    /// Yes where players usually say yes, of the plain answers.
    pub usually: Count,
    /// "Not sure" where players usually say yes, of all answers.
    pub usually_unsure: Count,
    /// "Not sure" to a plain yes or no, of all answers.
    pub plain_unsure: Count,
}

impl Observed {
    const fn add(&mut self, grade: Grade, answer: Answer) {
        let is_unsure = matches!(answer, Answer::Unsure);
        match grade {
            Grade::No | Grade::Seldom | Grade::Yes => self.plain_unsure.add(is_unsure),
            Grade::Either => self.either_unsure.add(is_unsure),
            Grade::Usually => self.usually_unsure.add(is_unsure),
        }
        let is_yes = match answer {
            Answer::Yes => true,
            Answer::No => false,
            Answer::Unsure => return,
        };
        match grade {
            Grade::No | Grade::Seldom => self.wrong.add(is_yes),
            Grade::Yes => self.missed.add(!is_yes),
            Grade::Either => self.either.add(is_yes),
            Grade::Usually => self.usually.add(is_yes),
        }
    }
}

/// The priors of the three rates.
#[derive(Debug, Clone, Copy)]
pub struct Priors {
    /// Of [`Observed::missed`].
    pub missed: Beta,
    /// Of [`Observed::wrong`].
    pub wrong: Beta,
    /// Of [`Observed::either`].
    pub either: Beta,
}

impl Priors {
    /// The priors that fit all questions together.
    #[must_use]
    pub fn fit(observed: &[Observed]) -> Self {
        let fit = |count: fn(&Observed) -> Count| {
            let counts: Vec<_> = observed.iter().map(count).collect();
            Beta::fit(&counts)
        };
        Self {
            missed: fit(|observed| observed.missed),
            wrong: fit(|observed| observed.wrong),
            either: fit(|observed| observed.either),
        }
    }

    /// The rates of a question: what was observed of it, shrunk towards what holds for all questions.
    #[must_use]
    pub fn rates(&self, observed: &Observed) -> Rates {
        Rates::new(
            self.missed.rate(observed.missed),
            self.wrong.rate(observed.wrong),
            self.either.rate(observed.either),
        )
    }
}

impl Source {
    /// What the panel says about each question, in the order of [`Self::questions`].
    ///
    /// # Errors
    /// [`SourceError`] names an answer to a question or about a thing that doesn't exist.
    pub fn observed(&self, panel: &Panel) -> Result<Vec<Observed>, SourceError> {
        let mut observed = vec![Observed::default(); self.questions.len()];
        for (question, thing, answer) in self.resolve(panel)? {
            let grade = self.grade(thing, &self.questions[question]);
            observed[question].add(grade, answer);
        }
        Ok(observed)
    }

    /// The answers of a panel with the index of the question, and the thing.
    ///
    /// # Errors
    /// [`SourceError`] names an answer to a question or about a thing that doesn't exist. Former
    /// wordings don't count: an answer to them says nothing about the new one.
    pub fn resolve(&self, panel: &Panel) -> Result<Vec<(usize, &Thing, Answer)>, SourceError> {
        let wordings = self.questions.iter().map(Question::text).zip(0..);
        let wordings: HashMap<_, usize> = wordings.collect();
        let names = self.things.iter().rev().flat_map(|thing| {
            let keys = thing.names.iter().map(|text| name::key(text));
            keys.map(move |key| (key, thing))
        });
        let names: HashMap<_, _> = names.collect();
        let resolve = |given: &PanelAnswer| {
            let question = wordings.get(given.question.as_str());
            let thing = names.get(&name::key(&given.thing));
            match (question, thing) {
                (Some(&question), Some(&thing)) => Ok((question, thing, given.answer)),
                (None, _) => {
                    let problem = Problem::UnknownWording(given.question.clone());
                    Err(given.place.error(problem))
                }
                (_, None) => Err(given
                    .place
                    .error(Problem::UnknownThing(given.thing.clone()))),
            }
        };
        panel.answers.iter().map(resolve).collect()
    }

    /// The rates of each question, in the order of [`Self::questions`].
    ///
    /// # Errors
    /// [`SourceError`] names an answer to a question or about a thing that doesn't exist.
    pub fn rates(&self, panel: &Panel) -> Result<Vec<Rates>, SourceError> {
        let observed = self.observed(panel)?;
        let priors = Priors::fit(&observed);
        Ok(observed
            .iter()
            .map(|observed| priors.rates(observed))
            .collect())
    }
}
