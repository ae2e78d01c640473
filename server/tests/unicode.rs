//! Whatever characters a text has, no check panics: anybody can make the server compare a text.

#![cfg(test)]

use game::{Answer, Event, MOVES, Move, Opening, Text, Transcript};
use guesser::Guesser;
use proptest::prelude::*;
use server::relay::{
    checks::check,
    likeness::Meaning,
    names,
    personal::{asks_about_player, has_contact},
    proposal::{Kind, Proposal},
    suitable::is_suitable,
    tidy::tidy,
};
use std::sync::LazyLock;

static GUESSER: LazyLock<Guesser> = LazyLock::new(Guesser::embedded);

/// Games before the second and before the last move.
static GAMES: LazyLock<[Transcript; 2]> = LazyLock::new(|| [1, MOVES - 1].map(game));

fn game(moves: usize) -> Transcript {
    let mut game = Transcript::new(Opening(0));
    for n in 0..moves {
        let question = Text::new(format!("Is it ééing {n}?")).unwrap();
        game.apply(Event::Move(Move::Question(question))).unwrap();
        game.apply(Event::Answer(Answer::No)).unwrap();
    }
    game
}

/// Texts that look like what a model says, with any characters where the checks cut.
fn text() -> impl Strategy<Value = String> {
    let frame =
        "(Is it |is it a |Are you thinking of |Could it be the |Do you |Is your |Question 7: |é)?";
    let ending = "(ing|ed|ies|ches|sses|s|'t|n't|’s|\\*|@|\\.com|\\?|\"|')?";
    prop_oneof![
        2 => any::<String>(),
        4 => (frame, "\\PC{0,8}", ending, "( or | and )?", "[a-zéß€İ\u{301}\u{130}\u{200b}漢🐕 ]{0,12}", ending, "\\??")
            .prop_map(|(frame, a, ending, joint, b, last, mark)| format!("{frame}{a}{ending}{joint}{b}{last}{mark}")),
        2 => ("(Is it |É)", "[a-zé漢🐕 ]{0,9}", "(ing|ed|ies|ches)\\?").prop_map(|(a, b, c)| a + &b + &c),
    ]
}

fn try_all(text: &str) {
    let knowledge = GUESSER.knowledge();
    let tidied = tidy(text);
    for text in [text, &tidied] {
        let meaning = Meaning::of(text);
        assert_eq!(meaning, Meaning::of(text));
        let name = names::guessed(text, knowledge);
        assert!(name.is_none_or(|name| text.contains(name)), "{text:?}");
        let named = names::named(text, knowledge);
        assert!(named.is_none() || named == name, "{text:?}");
        let _ = (
            is_suitable(text),
            has_contact(text),
            asks_about_player(text),
        );
    }
    for game in &*GAMES {
        for kind in [Kind::Question, Kind::Guess] {
            let text = text.to_owned();
            let proposal = Proposal { kind, text };
            match check(&proposal, game, knowledge) {
                Ok(Move::Question(text)) => assert!(text.as_str().ends_with('?'), "{text}"),
                Ok(Move::Guess(name)) => assert!(!name.as_str().ends_with('?'), "{name}"),
                Err(objection) => assert!(!objection.to_string().is_empty()),
            }
        }
    }
}

#[test]
fn known_traps_are_no_panics() {
    for text in [
        "Is it ééing?",
        "Is it éé?",
        "Is it 漢漢ed?",
        "Is it 🐕🐕ing?",
        "Is it ßßed?",
        "İs it a dog?",
        "is it 🐕",
        "Is ité?",
        "é",
        "'",
        "''",
        "*",
        "é*é",
        "Q\u{301}7: Is it?",
        "question",
        "質問7: Is it alive?",
        "\u{1F1E9}",
        "Is it '",
        "Is it a?",
        "Is it a ?",
        "Is it ?",
        "@",
        "a@",
        ".",
        ".com",
        "+",
        "((((",
        "",
        " ",
    ] {
        try_all(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_a_panic(text in text()) {
        try_all(&text);
    }
}
