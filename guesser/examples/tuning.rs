//! `cargo run --release -p guesser --example tuning [GAMES]`: how often the guesser wins when it plays in
//! other ways than it does, one figure of its style changed at a time.

mod table;

use fastrand::Rng;
use guesser::{Guesser, Knowledge, Style};
use table::{Player, games};

fn main() {
    let games: u64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(500);
    let usual = Style::default();
    let styles = [
        ("as it is", usual),
        (
            "slip 0.02",
            Style {
                slip: 0.02,
                ..usual
            },
        ),
        (
            "slip 0.08",
            Style {
                slip: 0.08,
                ..usual
            },
        ),
        (
            "slip 0.12",
            Style {
                slip: 0.12,
                ..usual
            },
        ),
        ("sure 0.3", Style { sure: 0.3, ..usual }),
        ("sure 0.7", Style { sure: 0.7, ..usual }),
        ("end 1, no lookahead", Style { end: 1, ..usual }),
        ("end 5", Style { end: 5, ..usual }),
        ("end 8", Style { end: 8, ..usual }),
        (
            "telling 10",
            Style {
                telling: 10,
                ..usual
            },
        ),
        (
            "telling 120",
            Style {
                telling: 120,
                ..usual
            },
        ),
    ];
    println!("| style | 0 % wrong | 5 % | 10 % | 5 % stubborn | by grade |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (name, style) in styles {
        print!("| {name} |");
        for player in players() {
            print!(" {:.1} |", won(style, player, games));
        }
        println!();
    }
}

fn players() -> [Player; 5] {
    let usual = Player::default();
    [
        usual,
        Player {
            wrong: 0.05,
            ..usual
        },
        Player {
            wrong: 0.1,
            ..usual
        },
        Player {
            wrong: 0.05,
            stubborn: true,
            ..usual
        },
        Player {
            soft: true,
            ..usual
        },
    ]
}

fn won(style: Style, player: Player, number: u64) -> f64 {
    let knowledge = Knowledge::unpack(guesser::PACKED).expect("packed by the build script");
    let guesser = Guesser::with_style(knowledge, style);
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
