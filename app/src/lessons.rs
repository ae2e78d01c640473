//! What players have taught the guesser: in storage, and as a file to carry to another device.

use crate::json::{list, object, quoted};
use game::{Answer, Text};
use guesser::Lesson;
use miniserde::{Deserialize, json};

/// The first figure of the file; raised when an older page's lessons can't be read any more.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct LessonsRecord {
    version: u32,
    lessons: Vec<LessonRecord>,
}

#[derive(Deserialize)]
struct LessonRecord {
    name: String,
    answers: Vec<AnswerRecord>,
}

#[derive(Deserialize)]
struct AnswerRecord {
    question: String,
    answer: String,
}

/// The lessons as JSON.
#[must_use]
pub fn write(lessons: &[Lesson]) -> String {
    let lessons = lessons.iter().map(|lesson| {
        let answers = lesson.answers.iter().map(|(question, answer)| {
            object(&[
                ("question", quoted(question.as_str())),
                ("answer", quoted(answer.word())),
            ])
        });
        object(&[
            ("name", quoted(lesson.name.as_str())),
            ("answers", list(answers)),
        ])
    });
    object(&[("version", VERSION.to_string()), ("lessons", list(lessons))])
}

/// Reads them; `None` for anything else.
#[must_use]
pub fn read(json: &str) -> Option<Vec<Lesson>> {
    let record: LessonsRecord = json::from_str(json).ok()?;
    if record.version != VERSION {
        return None;
    }
    let lesson = |lesson: LessonRecord| {
        let answer = |answer: AnswerRecord| {
            let question = Text::new(answer.question).ok()?;
            Some((question, Answer::from_word(&answer.answer)?))
        };
        Some(Lesson {
            name: Text::new(lesson.name).ok()?,
            answers: lesson
                .answers
                .into_iter()
                .map(answer)
                .collect::<Option<_>>()?,
        })
    };
    record.lessons.into_iter().map(lesson).collect()
}

/// Puts new lessons to those that are there; one about the same thing takes the place of the old.
pub fn join(lessons: &mut Vec<Lesson>, new: &[Lesson]) {
    for lesson in new {
        lessons.retain(|old| old.name != lesson.name);
        lessons.push(lesson.clone());
    }
}
