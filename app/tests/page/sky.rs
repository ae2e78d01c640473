//! What the sky shows.

use crate::steps::{NO, START, YES, after, guess, name, question, served};
use app::{
    insight::{Insight, Star},
    session::{Session, Step},
    sky::Scene,
    state::State,
};

fn star(index: u16, name: &str) -> Star {
    Star {
        index,
        name: name.to_owned(),
    }
}

/// A page whose guesser knows four things.
fn state(session: Session) -> State {
    let mut state = State::new(4);
    state.session = session;
    state.insight = Insight {
        light: vec![7, 3, 0, 1],
        best: vec![star(0, "a dog"), star(1, "a cat")],
        leaders: ["a cow", "a cat", "a pig", "a dog"]
            .into_iter()
            .zip(1..)
            .map(|(name, index)| star(index, name))
            .collect(),
        ..Insight::default()
    };
    state
}

#[test]
fn before_a_game_nothing_is_known_of_the_stars() {
    let scene = Scene::of(&state(Session::default()));
    assert_eq!((scene.kind, scene.light.len()), ("first", 0));
}

#[test]
fn a_board_shows_how_likely_each_thing_is() {
    let scene = Scene::of(&state(after([START, served(question("A?"), "s1")])));
    assert_eq!(scene.kind, "play");
    assert_eq!(scene.light, [7, 3, 0, 1]);
    assert_eq!(scene.marks[0], star(0, "a dog"));
    assert!(!scene.has_names);
    let mut steps = vec![START];
    for number in 1..=7 {
        steps.extend([served(question(&format!("Is it {number}?")), "s"), NO]);
    }
    steps.push(served(question("Is it the eighth?"), "s"));
    assert!(Scene::of(&state(after(steps))).has_names);
}

#[test]
fn a_guess_leaves_one_star() {
    let mut state = state(after([START, served(guess("a cat"), "s1")]));
    state.insight.guess = Some(star(1, "a cat"));
    let scene = Scene::of(&state);
    assert_eq!((scene.kind, &*scene.light), ("guess", &[0; 4][..]));
    assert_eq!(scene.marks, [star(1, "a cat")]);
    // A model may guess what the guesser doesn't know.
    state.insight.guess = None;
    assert_eq!(Scene::of(&state).kind, "play");
}

#[test]
fn the_line_ends_at_what_was_found() {
    let mut state = state(after([START, served(guess("a cat"), "s1"), YES]));
    state.insight.thing = Some(star(2, "a cat"));
    let scene = Scene::of(&state);
    assert_eq!(scene.kind, "found");
    let names: Vec<_> = scene.marks.iter().map(|mark| &*mark.name).collect();
    assert_eq!(names, ["a pig", "a dog", "a cat"]);
}

#[test]
fn a_lost_game_lights_the_sky_and_names_the_last_suspects() {
    let names = |scene: &Scene| -> Vec<_> {
        assert!(scene.has_names);
        assert!(scene.light.iter().all(|light| *light > 3));
        scene.marks.iter().map(|mark| mark.name.clone()).collect()
    };
    let mut state = state(after([START, Step::GiveUp]));
    let scene = Scene::of(&state);
    assert_eq!(scene.kind, "lost");
    assert_eq!(names(&scene), ["a cat", "a pig", "a dog"]);
    state.session = after([START, Step::GiveUp, name("a flurb")]);
    state.insight.thing = Some(star(4, "a flurb"));
    let scene = Scene::of(&state);
    assert_eq!(scene.kind, "found");
    assert_eq!(names(&scene), ["a pig", "a dog", "a flurb"]);
}
