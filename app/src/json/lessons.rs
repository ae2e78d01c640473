//! What the player has taught the guesser: the same JSON in storage and in the file that carries it to
//! another device.

use game::json::{array, object, quoted};
use game::{Answer, Text, text::visible};
use guesser::Lesson;
use miniserde::{Deserialize, json};

/// Goes up when a page can no longer read an older page's lessons.
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
            ("answers", array(answers)),
        ])
    });
    object(&[
        ("version", VERSION.to_string()),
        ("lessons", array(lessons)),
    ])
}

/// Reads them, without those that this page can't read; `None` for anything else, and if it can read none of them.
#[must_use]
pub fn read(json: &str) -> Option<Vec<Lesson>> {
    let record: LessonsRecord = json::from_str(json).ok()?;
    if record.version != VERSION {
        return None;
    }
    let is_empty = record.lessons.is_empty();
    let lessons: Vec<_> = record.lessons.into_iter().filter_map(read_lesson).collect();
    (is_empty == lessons.is_empty()).then_some(lessons)
}

/// Invisible characters of an earlier page are left out.
fn read_lesson(lesson: LessonRecord) -> Option<Lesson> {
    let answer = |answer: AnswerRecord| {
        let question = Text::new(visible(&answer.question)).ok()?;
        Some((question, Answer::from_word(&answer.answer)?))
    };
    Some(Lesson {
        name: Text::new(visible(&lesson.name)).ok()?,
        answers: lesson
            .answers
            .into_iter()
            .map(answer)
            .collect::<Option<_>>()?,
    })
}
