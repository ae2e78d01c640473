//! The guesser against a player who shares nothing with it: sealed.txt has the answers of 60 things to all
//! questions, written without a look at the knowledge. It is for reporting, never for tuning: whoever
//! mends the knowledge by it makes it worthless.

use game::{Answer, Event, Move, Opening, Phase, Transcript, Winner};
use guesser::Guesser;
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

/// What a player who thinks of the thing answers; what is in neither set is a no.
struct Player {
    thing: String,
    yes: HashSet<String>,
    unsure: HashSet<String>,
}

fn players() -> Vec<Player> {
    let mut players: Vec<Player> = Vec::new();
    for line in include_str!("sealed.txt").lines() {
        let ids = |ids: &str| ids.split_whitespace().map(str::to_owned).collect();
        let player = players.last_mut();
        match (line.trim().split_once(':'), player) {
            (Some(("yes", list)), Some(player)) => player.yes = ids(list),
            (Some(("unsure", list)), Some(player)) => player.unsure = ids(list),
            (None, _) if !line.is_empty() && !line.starts_with('#') => players.push(Player {
                thing: line.to_owned(),
                yes: HashSet::new(),
                unsure: HashSet::new(),
            }),
            _ => assert!(line.is_empty() || line.starts_with('#'), "{line}"),
        }
    }
    players
}

/// The ids of the questions by their texts, from the knowledge as written.
fn ids() -> HashMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge/text/questions");
    let mut ids = HashMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let questions = lines.filter_map(|line| line.split_once(": "));
        ids.extend(questions.map(|(id, text)| (text.to_owned(), id.to_owned())));
    }
    ids
}

#[test]
fn it_finds_what_others_think_of() {
    const OPENINGS: u8 = 8;
    let (guesser, ids, players) = (Guesser::embedded(), ids(), players());
    let known: HashSet<_> = ids.values().collect();
    assert_eq!(players.len(), 60);
    let (mut wins, mut moves, mut lost) = (0, 0, Vec::new());
    for player in &players {
        let answers = player.yes.union(&player.unsure);
        let foreign: Vec<_> = answers.filter(|id| !known.contains(id)).collect();
        assert!(
            foreign.is_empty(),
            "{}: no questions {foreign:?}",
            player.thing
        );
        let thing = guesser.knowledge().find_thing(&player.thing);
        let mut found = 0;
        for opening in 0..OPENINGS {
            let mut transcript = Transcript::new(Opening(opening));
            let outcome = loop {
                let event = match transcript.phase() {
                    Phase::Over(outcome) => break outcome,
                    Phase::Thinking => Event::Move(guesser.next_move(&transcript)),
                    Phase::Open(Move::Guess(name)) => {
                        let guess = guesser.knowledge().find_thing(name.as_str());
                        let is_it = thing.is_some() && guess == thing;
                        Event::Answer(if is_it { Answer::Yes } else { Answer::No })
                    }
                    Phase::Open(Move::Question(text)) => {
                        let id = &ids[text.as_str()];
                        Event::Answer(if player.yes.contains(id) {
                            Answer::Yes
                        } else if player.unsure.contains(id) {
                            Answer::Unsure
                        } else {
                            Answer::No
                        })
                    }
                };
                transcript.apply(event).unwrap();
            };
            found += u32::from(outcome.winner == Winner::Ai);
            moves += u32::from(outcome.moves);
        }
        wins += found;
        if found < OPENINGS.into() {
            lost.push(format!("{} {found} of {OPENINGS}", player.thing));
        }
    }
    let games = players.len() as u32 * u32::from(OPENINGS);
    let share = f64::from(wins) / f64::from(games) * 100.0;
    println!(
        "{wins} of {games} games won, {share:.1} %, {:.1} moves",
        f64::from(moves) / f64::from(games)
    );
    println!("not always found: {}", lost.join("; "));
    assert!(share > 50.0, "{share:.1} % won");
}
