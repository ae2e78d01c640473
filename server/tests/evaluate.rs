//! `server evaluate`, with the guesser and with a mock model.

#![cfg(test)]

mod upstream;

use server::{
    config::Config,
    evaluate::{self, Command, Options},
};
use std::{fs, future, path::Path};
use tempfile::TempDir;
use upstream::{Act, Upstream, completion};

const KEY: &str = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";

fn options(folder: &TempDir, more: &[&str]) -> Options {
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (things, out) = (path("things.txt"), path("games.jsonl"));
    let words: Vec<&str> = ["--things", &things, "--out", &out]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    match Options::read(words).unwrap() {
        Command::Play(options) => options,
        Command::Help => panic!("no help wanted"),
    }
}

fn folder(things: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("things.txt"), things).unwrap();
    folder
}

fn config(base_url: Option<&str>) -> Config {
    Config::read(|name| match name {
        "OPENAI_API_KEY" => base_url.map(|_| KEY.to_owned()),
        "OPENAI_BASE_URL" => base_url.map(str::to_owned),
        _ => None,
    })
    .unwrap()
}

async fn run(options: &Options, config: &Config) -> Result<String, String> {
    evaluate::run(options, config, future::pending())
        .await
        .map_err(|error| error.to_string())
}

fn lines(path: &Path) -> usize {
    fs::read_to_string(path).unwrap().lines().count()
}

#[tokio::test]
async fn it_continues_after_an_interrupt() {
    let folder = folder("# three\na dog\n\ncoffee\na spoon\n");
    let config = config(None);
    let whole = run(&options(&folder, &["--games", "5"]), &config)
        .await
        .unwrap();
    assert!(
        whole.contains("guesser asks, guesser answers, 5 games"),
        "{whole}"
    );
    let out = folder.path().join("games.jsonl");
    assert_eq!(lines(&out), 6, "a heading and five games");

    // As if the power had failed while the third game's line was written.
    let text = fs::read_to_string(&out).unwrap();
    let kept: usize = text.lines().take(3).map(|line| line.len() + 1).sum();
    fs::write(&out, text.split_at(kept + 40).0).unwrap();
    let again = run(&options(&folder, &["--games", "5"]), &config)
        .await
        .unwrap();
    assert_eq!(again, whole);
    assert_eq!(fs::read_to_string(&out).unwrap(), text);

    let stopped = evaluate::run(
        &options(&folder, &["--games", "9"]),
        &config,
        future::ready(()),
    )
    .await
    .unwrap();
    assert!(stopped.contains("5 games"), "{stopped}");
    assert_eq!(fs::read_to_string(&out).unwrap(), text);
}

#[tokio::test]
async fn it_reports_only_on_the_games_that_were_asked_for() {
    let folder = folder("a dog\ncoffee\na spoon\n");
    let config = config(None);
    let five = run(&options(&folder, &["--games", "5"]), &config).await;
    let all = run(&options(&folder, &["--games", "8"]), &config)
        .await
        .unwrap();
    assert!(all.contains("8 games;") && !all.contains("more;"), "{all}");
    let again = run(&options(&folder, &["--games", "5"]), &config)
        .await
        .unwrap();
    let (report, more) = again.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(report, five.unwrap().trim_end());
    let out = folder.path().join("games.jsonl");
    let expected = format!(
        "{} holds 3 more; --games 8 reports on all of them",
        out.display()
    );
    assert_eq!(more, expected);
}

#[tokio::test]
async fn it_reads_files_that_call_the_guesser_the_house() {
    let folder = folder("a dog\ncoffee\na spoon\n");
    let config = config(None);
    let options = options(&folder, &["--games", "3"]);
    let now = run(&options, &config).await.unwrap();
    let out = folder.path().join("games.jsonl");
    let text = fs::read_to_string(&out).unwrap();
    let old = text
        .replace("\"guesser_moves\"", "\"house_moves\"")
        .replace("\"guesser\"", "\"house\"");
    assert_ne!(old, text);
    fs::write(&out, &old).unwrap();
    assert_eq!(run(&options, &config).await.unwrap(), now);
    assert_eq!(fs::read_to_string(&out).unwrap(), old);
}

#[tokio::test]
async fn errors_say_what_cannot_be_evaluated() {
    let config = config(None);
    let unknown = folder("a dog\na zyzzyva\n");
    let error = run(&options(&unknown, &[]), &config).await.unwrap_err();
    assert!(error.contains("a zyzzyva"), "{error}");
    let error = run(&options(&folder("# none"), &[]), &config)
        .await
        .unwrap_err();
    assert!(error.contains("has no thing"), "{error}");
    let dog = folder("a dog");
    let error = run(&options(&dog, &["--questioner", "openai"]), &config)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        "--questioner openai needs OPENAI_API_KEY or OPENAI_BASE_URL"
    );
    fs::write(dog.path().join("games.jsonl"), "something else\n").unwrap();
    let error = run(&options(&dog, &[]), &config).await.unwrap_err();
    assert!(error.contains("another evaluation"), "{error}");
    assert_eq!(
        fs::read_to_string(dog.path().join("games.jsonl")).unwrap(),
        "something else\n"
    );
}

#[tokio::test]
async fn the_model_can_ask_and_answer() {
    let questions = Upstream::start(vec![
        Act::Say("question", "Is it an animal?"),
        Act::Say("question", "Is it an animal?"),
        Act::Say("question", "Is it often kept as a pet?"),
        Act::Say("guess", "a dog"),
    ])
    .await;
    let dog = folder("a dog");
    let by_model = options(&dog, &["--questioner", "openai"]);
    let table = run(&by_model, &config(Some(&questions.url))).await.unwrap();
    assert!(
        table.contains("openai asks, guesser answers, 1 games"),
        "{table}"
    );
    assert!(table.contains("| 3.0 ± 0.0 | 100 %"), "{table}");
    assert!(
        table.contains("repairs 1, repeats refused 1, moves of the guesser 0, calls 4"),
        "{table}"
    );
    assert!(
        table.contains("a game: 1600 tokens in, 200 tokens out, 0.0003 dollars"),
        "{table}"
    );

    let verdict = completion(r#"{"answer":"no"}"#);
    let answers = Upstream::start(vec![Act::Reply(200, "", verdict)]).await;
    let folder = folder("a dog");
    let table = run(
        &options(&folder, &["--answerer", "openai"]),
        &config(Some(&answers.url)),
    )
    .await
    .unwrap();
    assert!(table.contains("| 20.0 ± 0.0 | 0 %"), "{table}");
    assert!(
        answers
            .requests()
            .iter()
            .any(|request| request.contains("the thing is: a dog"))
    );
}
