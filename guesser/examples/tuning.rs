//! `cargo run --release -p guesser --example tuning [GAMES]`: how often the guesser wins if one of its
//! parameters is changed.

#![expect(
    clippy::expect_used,
    reason = "an example that meets the unexpected should stop"
)]

#[path = "../tests/table/mod.rs"]
mod table;

use fastrand::Rng;
use guesser::{Guesser, Tuning};
use knowledge::Knowledge;
use table::player::{Player, games};

fn main() {
    let games = table::games_argument(500);
    let usual = Tuning::default();
    let tunings = [
        ("as it is", usual),
        (
            "one slip of 0.05 for all questions",
            Tuning {
                slip: Some(0.05),
                ..usual
            },
        ),
        (
            "redundancy 0",
            Tuning {
                redundancy: 0.0,
                ..usual
            },
        ),
        (
            "redundancy 0.5",
            Tuning {
                redundancy: 0.5,
                ..usual
            },
        ),
        (
            "redundancy 1",
            Tuning {
                redundancy: 1.0,
                ..usual
            },
        ),
        ("sure 0.3", Tuning { sure: 0.3, ..usual }),
        ("sure 0.7", Tuning { sure: 0.7, ..usual }),
        ("end 1, no lookahead", Tuning { end: 1, ..usual }),
        ("end 3", Tuning { end: 3, ..usual }),
        ("end 8", Tuning { end: 8, ..usual }),
        (
            "telling 4",
            Tuning {
                telling: 4,
                ..usual
            },
        ),
        (
            "telling 20",
            Tuning {
                telling: 20,
                ..usual
            },
        ),
    ];
    println!("| tuning | 0 % wrong | 5 % | panel | stubborn panel | by grade |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (name, tuning) in tunings {
        print!("| {name} |");
        for player in players() {
            print!(" {:.1} |", won(tuning, player, games));
        }
        println!();
    }
}

fn players() -> [Player; 5] {
    let usual = Player::default();
    let panel = Player {
        by_panel: true,
        ..usual
    };
    [
        usual,
        Player {
            wrong: 0.05,
            ..usual
        },
        panel,
        Player {
            stubborn: true,
            ..panel
        },
        Player {
            by_grade: true,
            ..usual
        },
    ]
}

fn won(tuning: Tuning, player: Player, number: u64) -> f64 {
    let knowledge = Knowledge::unpack(guesser::PACKED).expect("packed by the build script");
    let guesser = Guesser::with_tuning(knowledge, tuning);
    let mover = |transcript: &_| guesser.next_move(transcript);
    let draw = |_, rng: &mut Rng| guesser.knowledge().draw(rng.f64());
    games(
        guesser.knowledge(),
        number,
        player,
        draw,
        mover,
        |_, _, _| (),
    )
    .won()
}
