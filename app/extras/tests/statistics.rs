//! What the log says about all games.

#![cfg(test)]

use page_extras::{merge, statistics::Statistics};

const LOG: &str = "found 9 a dog\nfound 13 a penguin\nmissed 20 a flurb\nstopped 4\nlate 23 the Eiffel Tower\n\
found 13 a dog\nmissed 25 <i>love</i>\nfound 20 coffee\nfound 1 a dog\nno game\nmissed 20\nmissed 20 a flurb\nfound 10 a cat\n";

#[test]
fn every_figure_follows_from_the_log() {
    let statistics = Statistics::of(LOG);
    assert_eq!((statistics.found, statistics.missed), (6, 5));
    assert_eq!(statistics.stopped, 1);
    assert_eq!((statistics.overtimes, statistics.late), (2, 1));
    assert_eq!((statistics.streak, statistics.longest), (1, 2));
    // A dog, a penguin, the Eiffel Tower, coffee, a cat.
    assert_eq!(statistics.lit, 5);
    let beaten_by = ["a flurb", "<i>love</i>", "the Eiffel Tower"];
    assert_eq!(statistics.beaten_by, beaten_by);
    let mut histogram = [0; 20];
    for (moves, games) in [(1, 1), (9, 1), (10, 1), (13, 2), (20, 1)] {
        histogram[moves - 1] = games;
    }
    assert_eq!(statistics.histogram, histogram);
    // (1 + 9 + 10 + 13 + 13 + 20) / 6 = 11.0
    assert_eq!(statistics.average_tenths(), Some(110));
}

#[test]
fn a_streak_goes_on_past_a_game_that_was_stopped() {
    let statistics = Statistics::of("found 3 a\nstopped 1\nfound 4 b");
    assert_eq!((statistics.streak, statistics.longest), (2, 2));
}

#[test]
fn the_html_says_all_of_it_and_escapes_names() {
    let html = Statistics::of(LOG).html();
    for part in [
        "<dt>games<dd>11<",
        "<dt>questions on average<dd>11.0<",
        "<dt>my streak<dd>1<",
        "Found 1 game in 1 question, 1 game in 9 questions, 1 game in 10 questions, 2 games in 13 questions, 1 game in 20 questions.",
        "You let me ask five more twice. It helped me once.",
        "You ended 1 game early. It doesn't count.",
        "5 stars lit. The start page shows them.",
        "<li>&lt;i&gt;love&lt;/i&gt;",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("<i>") && !html.contains("style="), "{html}");
    assert!(Statistics::of("").html().contains("No game is over yet."));
    for (log, words) in [
        ("missed 25", "ask five more once. It never helped me."),
        ("missed 25\nmissed 25\nmissed 25", "ask five more 3 times."),
        (
            "stopped 3\nstopped 3",
            "You ended 2 games early. They don't count.",
        ),
        ("found 3 a dog", "1 star lit. The start page shows it."),
    ] {
        let html = Statistics::of(log).html();
        assert!(html.contains(words), "{words} is not in {html}");
    }
    // Nothing was found: there is no average and no histogram.
    let html = Statistics::of("missed 20 a flurb").html();
    assert!(html.contains("<dd>–") && !html.contains("<svg"), "{html}");
}

#[test]
fn logs_of_two_devices_become_one() {
    let cases = [
        ("", "found 3 a\n", Some("found 3 a\n")),
        ("found 3 a\n", "found 3 a\n", Some("found 3 a\n")),
        (
            "found 3 a\nfound 4 b\n",
            "found 3 a\nmissed 20\n",
            Some("found 3 a\nmissed 20\nfound 4 b\n"),
        ),
        (
            "found 3 a\nfound 4 b\n",
            "found 3 a",
            Some("found 3 a\nfound 4 b\n"),
        ),
        (
            "found 3 a\n",
            "found 4 b\r\nfound 5 c\r\n",
            Some("found 4 b\nfound 5 c\nfound 3 a\n"),
        ),
        ("found 3 a\n", "", None),
        ("found 3 a\n", "{\"version\":1}", None),
        ("found 3 a\n", "found 4 b\nfound x c\n", None),
    ];
    for (log, imported, expected) in cases {
        assert_eq!(merge(log, imported).as_deref(), expected, "{imported:?}");
    }
}
