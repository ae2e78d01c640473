//! `cargo bench -p guesser`: how long the guesser takes for a move, and for unpacking its knowledge.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that meets the unexpected should stop"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use game::{Answer, Event, Opening, Transcript};
use guesser::Guesser;
use knowledge::Knowledge;
use std::hint::black_box;

/// A game after `moves` moves. The answers alternate between yes and no.
fn after(guesser: &Guesser, moves: usize) -> Transcript {
    let mut transcript = Transcript::new(Opening(0));
    for number in 0..moves {
        let mv = guesser.next_move(&transcript);
        let answer = if number % 2 == 0 && !mv.is_guess() {
            Answer::Yes
        } else {
            Answer::No
        };
        for event in [Event::Move(mv), Event::Answer(answer)] {
            transcript
                .apply(event)
                .expect("the guesser plays by the rules");
        }
    }
    transcript
}

fn thinking(criterion: &mut Criterion) {
    let guesser = Guesser::embedded();
    for moves in [0, 10, 18] {
        let transcript = after(&guesser, moves);
        criterion.bench_function(&format!("move {}", moves + 1), |bencher| {
            bencher.iter(|| guesser.next_move(black_box(&transcript)));
        });
    }
    criterion.bench_function("unpack", |bencher| {
        bencher.iter(|| Knowledge::unpack(black_box(guesser::PACKED)));
    });
}

criterion_group!(benches, thinking);
criterion_main!(benches);
