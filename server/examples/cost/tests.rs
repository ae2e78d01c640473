//! Compares the estimates with exact sums over a small tree, and those with games that are played one
//! by one through caches that are simulated entry by entry.

use crate::{
    cache::{Cache, Missed},
    play::{Games, Player},
    sample::{Batch, Branch, Estimate, Request, Tree, sample},
};
use fastrand::Rng;
use std::collections::HashMap;

/// A tree of some ten thousand nodes, lopsided like the real one: a few branches have most of the weight.
/// A node is the opening and the answers.
struct Toy;

impl Tree for Toy {
    type Node = Vec<u8>;

    fn openings(&self) -> Vec<Vec<u8>> {
        vec![vec![0], vec![1], vec![2]]
    }

    fn dollars(&self, node: &Vec<u8>) -> f64 {
        node.len() as f64
    }

    fn branches(&self, node: &Vec<u8>) -> Vec<Branch<Vec<u8>>> {
        let code = node.iter().fold(7_u64, |code, &step| {
            (code + u64::from(step))
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(23)
        });
        let yes = 0.05 + 0.7 * (code % 1000) as f64 / 1000.0;
        let is_guess = node.len() > 4 && code.is_multiple_of(3);
        let unsure = if is_guess { 0.0 } else { 0.1 };
        let shares = [yes, 1.0 - yes - unsure, unsure];
        let branch = |(answer, probability): (usize, f64)| {
            let is_over = (is_guess && answer == 0) || node.len() == 9;
            Branch {
                probability,
                is_prefetched: answer < 2,
                next: (!is_over).then(|| [node.as_slice(), &[answer as u8]].concat()),
            }
        };
        let answers = if is_guess { 2 } else { 3 };
        shares
            .into_iter()
            .take(answers)
            .enumerate()
            .map(branch)
            .collect()
    }
}

/// All requests with their exact shares.
fn enumerate<T: Tree>(tree: &T) -> Batch {
    fn visit<T: Tree>(tree: &T, node: &T::Node, share: f64, all: &mut Batch) {
        let request = |node: &T::Node, share| Request {
            share,
            weight: share,
            dollars: tree.dollars(node),
        };
        all.plain.push(request(node, share));
        for branch in tree.branches(node) {
            if let Some(next) = branch.next {
                let taken = share * branch.probability;
                let requested = if branch.is_prefetched { share } else { taken };
                all.pondering.push(request(&next, requested));
                visit(tree, &next, taken, all);
            }
        }
    }
    let mut all = Batch::default();
    let openings = tree.openings();
    for node in &openings {
        let share = 1.0 / openings.len() as f64;
        all.pondering.push(Request {
            share,
            weight: share,
            dollars: tree.dollars(node),
        });
        visit(tree, node, share, &mut all);
    }
    all
}

/// A cache, simulated entry by entry. The time is counted in lifetimes of an entry.
trait Remembers {
    /// Whether it has this node, which it then keeps.
    fn has(&mut self, node: &[u8], now: f64) -> bool;
}

/// Keeps every entry for a lifetime. By node, when each was stored.
#[derive(Default)]
struct Lasting(HashMap<Vec<u8>, f64>);

impl Remembers for Lasting {
    fn has(&mut self, node: &[u8], now: f64) -> bool {
        let has = self.0.get(node).is_some_and(|stored| now - stored < 1.0);
        if !has {
            self.0.insert(node.to_vec(), now);
        }
        has
    }
}

/// The library behind the server's memory, which also looks at how often an entry is read (TinyLFU).
/// Its clock can't be set, so entries have no lifetime here.
struct Moka(moka::future::Cache<Vec<u8>, ()>, tokio::runtime::Runtime);

impl Moka {
    fn new(room: u64) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Self(moka::future::Cache::new(room), runtime.unwrap())
    }
}

impl Remembers for Moka {
    fn has(&mut self, node: &[u8], _: f64) -> bool {
        let entry = self.0.entry_by_ref(node).or_insert_with(async {});
        !self.1.block_on(entry).is_fresh()
    }
}

/// Plays games one by one at random times, `rate` of them in a lifetime, without and with pondering, through
/// one cache each. Returns the misses per game of the second half; the first half fills the caches.
fn play<T: Tree>(
    tree: &T,
    games: usize,
    rate: f64,
    caches: [&mut dyn Remembers; 2],
) -> [Missed; 2] {
    let mut rng = Rng::with_seed(1);
    let openings = tree.openings();
    let mut known: HashMap<Vec<u8>, Vec<Branch<T::Node>>> = HashMap::new();
    let mut missed = [Missed::default(); 2];
    let [plain, pondering] = caches;
    let mut now = 0.0;
    for game in 0..games {
        now -= (1.0 - rng.f64()).ln() / rate;
        let mut ask = |cache: &mut dyn Remembers, which: usize, path: &[u8], node: &T::Node| {
            if !cache.has(path, now) && game >= games / 2 {
                missed[which].calls += 2.0 / games as f64;
                missed[which].dollars += 2.0 / games as f64 * tree.dollars(node);
            }
        };
        let opening = rng.usize(..openings.len());
        let mut path = vec![opening as u8];
        ask(plain, 0, &path, &openings[opening]);
        ask(pondering, 1, &path, &openings[opening]);
        loop {
            // The node itself is in the branch that leads to it.
            if !known.contains_key(&path) {
                let (last, before) = path.split_last().unwrap();
                let node = match before {
                    [] => &openings[opening],
                    _ => known[before][usize::from(*last)].next.as_ref().unwrap(),
                };
                let branches = tree.branches(node);
                known.insert(path.clone(), branches);
            }
            let branches = &known[&path];
            for (step, branch) in branches.iter().enumerate() {
                if let (true, Some(next)) = (branch.is_prefetched, &branch.next) {
                    let path = [path.as_slice(), &[step as u8]].concat();
                    ask(pondering, 1, &path, next);
                }
            }
            let mut luck = rng.f64();
            let taken = branches.iter().position(|branch| {
                luck -= branch.probability;
                luck < 0.0
            });
            let step = taken.unwrap_or(branches.len() - 1);
            let Some(next) = &branches[step].next else {
                break;
            };
            path.push(step as u8);
            ask(plain, 0, &path, next);
            if !branches[step].is_prefetched {
                ask(pondering, 1, &path, next);
            }
        }
    }
    missed
}

/// What the batches say, without and with pondering.
fn estimates(batches: &[Batch], cache: Cache, games: f64) -> [[Estimate; 2]; 2] {
    [
        |batch: &Batch| batch.plain.clone(),
        |batch: &Batch| batch.pondering.clone(),
    ]
    .map(|requests| {
        let missed: Vec<_> = batches
            .iter()
            .map(|batch| cache.missed(&requests(batch), games))
            .collect();
        let calls: Vec<_> = missed.iter().map(|missed| missed.calls).collect();
        let dollars: Vec<_> = missed.iter().map(|missed| missed.dollars).collect();
        [Estimate::new(&calls), Estimate::new(&dollars)]
    })
}

const CACHES: [Cache; 3] = [Cache::Off, Cache::Limited(100.0), Cache::Unlimited];

#[test]
fn a_sample_says_what_the_whole_tree_says() {
    let exact = enumerate(&Toy);
    // Small samples too, which meet only some of the rare branches and must not lose their weight.
    for (games, seed) in [(10, 1), (10, 2), (100, 3), (1_000, 4)] {
        let batches = sample(&Toy, games, seed);
        for cache in CACHES {
            for rate in [0.1, 10.0, 1_000.0, 100_000.0] {
                let exact = [&exact.plain, &exact.pondering].map(|all| cache.missed(all, rate));
                let estimates = estimates(&batches, cache, rate);
                for (exact, [calls, dollars]) in exact.into_iter().zip(estimates) {
                    let what = format!("{cache:?}, {games} games, {rate} in a lifetime");
                    let near = |exact: f64, Estimate { mean, margin }: Estimate| {
                        // Four standard errors; and half a percent, since the room of a limited cache
                        // is found for each batch, which is not linear.
                        assert!(
                            (mean - exact).abs() < 2.0 * margin + 0.005 * exact,
                            "{what}: {mean} ± {margin}, exactly {exact}"
                        );
                    };
                    near(exact.calls, calls);
                    near(exact.dollars, dollars);
                }
            }
        }
    }
}

#[test]
fn without_a_cache_the_number_of_games_changes_nothing() {
    let batches = sample(&Toy, 100, 1);
    let of = |rate| estimates(&batches, Cache::Off, rate).map(|[calls, _]| calls.mean);
    for rate in [1.0, 100.0, 10_000.0, 1_000_000.0] {
        assert_eq!(of(0.0), of(rate));
        // Where games are rare, a cache changes nothing either.
        let rare = estimates(&batches, Cache::Unlimited, 1e-9).map(|[calls, _]| calls.mean);
        assert!((rare[0] - of(rate)[0]).abs() < 1e-6);
    }
}

/// One in 20 intervals of 95 % should miss.
#[test]
fn intervals_are_as_wide_as_they_say() {
    let exact = Cache::Unlimited.missed(&enumerate(&Toy).plain, 100.0).calls;
    let holds = |seed: &u64| {
        let [[calls, _], _] = estimates(&sample(&Toy, 20, *seed), Cache::Unlimited, 100.0);
        (calls.mean - exact).abs() < calls.margin
    };
    let held = (0..200).filter(holds).count();
    assert!((180..=198).contains(&held), "{held} of 200");
}

#[test]
fn the_whole_tree_says_what_games_through_a_lasting_cache_need() {
    let exact = enumerate(&Toy);
    for rate in [2.0, 50.0, 1_000.0] {
        let [mut plain, mut pondering] = [(); 2].map(|()| Lasting::default());
        let played = play(&Toy, 20_000, rate, [&mut plain, &mut pondering]);
        for (all, played) in [&exact.plain, &exact.pondering].into_iter().zip(played) {
            let exact = Cache::Unlimited.missed(all, rate);
            let what = format!("{rate} in a lifetime: {exact:?}, played {played:?}");
            assert!((played.calls / exact.calls - 1.0).abs() < 0.03, "{what}");
            assert!(
                (played.dollars / exact.dollars - 1.0).abs() < 0.03,
                "{what}"
            );
        }
    }
}

/// The library can't know the shares and keeps some entries that aren't worth it.
fn is_little_more(played: f64, estimated: f64) -> bool {
    (0.97..1.15).contains(&(played / estimated))
}

/// So many games in a lifetime that no entry reaches the end of it.
const MANY: f64 = 1e9;

#[test]
fn the_library_of_the_memory_needs_little_more_than_the_whole_tree_says() {
    let exact = enumerate(&Toy);
    for room in [100, 1_000] {
        let [mut plain, mut pondering] = [(); 2].map(|()| Moka::new(room));
        let played = play(&Toy, 20_000, MANY, [&mut plain, &mut pondering]);
        for (all, played) in [&exact.plain, &exact.pondering].into_iter().zip(played) {
            let exact = Cache::Limited(room as f64).missed(all, MANY).calls;
            let played = played.calls;
            assert!(
                is_little_more(played, exact),
                "{room}: {exact}, played {played}"
            );
        }
    }
}

/// The same with real games. It takes minutes:
/// `cargo test --release -p server --example cost -- --ignored --nocapture`
#[test]
#[ignore = "plays 20,000 games"]
fn the_library_of_the_memory_needs_little_more_than_the_estimate() {
    let player = Player {
        slip: 0.05,
        unsure: 0.0,
    };
    let tree = Games::new(player, 8);
    let batches = sample(&tree, 100, 1);
    let estimates = estimates(&batches, Cache::Limited(5_000.0), MANY);
    let [mut plain, mut pondering] = [(); 2].map(|()| Moka::new(5_000));
    let played = play(&tree, 20_000, MANY, [&mut plain, &mut pondering]);
    let pairs = || estimates.iter().zip(played);
    for ([Estimate { mean, margin }, _], played) in pairs() {
        println!(
            "estimated {mean:.2} ± {margin:.2}, played {:.2}",
            played.calls
        );
    }
    for ([calls, _], played) in pairs() {
        assert!(is_little_more(played.calls, calls.mean));
    }
}
