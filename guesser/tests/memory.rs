//! How much memory the guesser takes, including the packed knowledge: phones have little.

#![cfg(test)]

mod table;

use game::{Answer, Opening};
use guesser::Guesser;
use knowledge::Knowledge;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn a_whole_game_fits_into_eight_megabytes() {
    let _profiler = dhat::Profiler::builder().testing().build();
    // In a browser the file is in memory while it is unpacked.
    let packed = guesser::PACKED.to_vec();
    let guesser = Guesser::new(Knowledge::unpack(&packed).unwrap());
    drop(packed);
    let kept = dhat::HeapStats::get().curr_bytes;
    table::play(
        Opening(0),
        |transcript| guesser.next_move(transcript),
        |_| Answer::No,
    );
    let most = dhat::HeapStats::get().max_bytes;
    println!(
        "{:.2} MB between moves, {:.2} MB at most",
        kept as f64 / 1e6,
        most as f64 / 1e6
    );
    assert!(most < 8_000_000, "{most} bytes");
}
