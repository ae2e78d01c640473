//! How much memory the guesser takes, packed knowledge included: a browser on a phone has to have it.

use game::{Answer, Event, Opening, Phase, Transcript};
use guesser::Guesser;
use knowledge::Knowledge;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn a_whole_game_fits_into_eight_megabytes() {
    let _profiler = dhat::Profiler::builder().testing().build();
    // A browser has the file in memory while it is unpacked.
    let packed = guesser::PACKED.to_vec();
    let guesser = Guesser::new(Knowledge::unpack(&packed).unwrap());
    drop(packed);
    let kept = dhat::HeapStats::get().curr_bytes;
    let mut transcript = Transcript::new(Opening(0));
    while transcript.phase() == Phase::Thinking {
        transcript
            .apply(Event::Move(guesser.next_move(&transcript)))
            .unwrap();
        transcript.apply(Event::Answer(Answer::No)).unwrap();
    }
    let most = dhat::HeapStats::get().max_bytes;
    println!(
        "{:.2} MB are kept, {:.2} MB at most",
        kept as f64 / 1e6,
        most as f64 / 1e6
    );
    assert!(most < 8_000_000, "{most} bytes");
}
