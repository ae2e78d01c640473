//! Samples the tree of games, each branch by its weight.
//!
//! A node of the tree is a transcript at which the AI has to move. Its *share* is the probability that
//! a game asks for that move. What a cache saves is a sum over the shares of all nodes, and there are
//! far too many nodes to visit. So games are drawn at random, and the exact share of every node on
//! their way is computed. A node is met with the probability of its share, so dividing by the share
//! gives it its right weight in the sum, however rare it is: the estimator of Horvitz and Thompson
//! (1952, "A generalization of sampling without replacement from a finite universe"). No branch is
//! dropped, so the estimate has no bias.
//!
//! One number between 0 and 1 is a whole game: it chooses every branch, as in arithmetic coding. The
//! games of a batch are evenly spaced from a random start (systematic sampling), so each branch gets
//! its fair number of games, give or take one. Batches start independently, so the
//! spread of their means gives the interval.

use fastrand::Rng;

/// Independent repetitions of the sample.
pub(crate) const BATCHES: usize = 20;

/// Student's t for a two-sided 95 % interval from [`BATCHES`] means.
const STUDENT: f64 = 2.093;

/// A tree of games: the real one, or in the tests one that is small enough to enumerate.
pub(crate) trait Tree {
    /// A point at which the AI has to move.
    type Node;

    /// The starts of games, all equally likely.
    fn openings(&self) -> Vec<Self::Node>;

    /// What a call for the move at this node costs.
    fn dollars(&self, node: &Self::Node) -> f64;

    /// What the player may answer to the move at this node.
    fn branches(&self, node: &Self::Node) -> Vec<Branch<Self::Node>>;
}

/// An answer.
pub(crate) struct Branch<N> {
    /// How likely it is.
    pub(crate) probability: f64,
    /// Whether a pondering page asks for what follows before the player has answered.
    pub(crate) is_prefetched: bool,
    /// Where the AI has to move then; `None` if the game is over.
    pub(crate) next: Option<N>,
}

/// A node that games of a batch ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    /// The probability that a game asks for it.
    pub(crate) share: f64,
    /// The part of the batch's games that ask for it. Its expected value is the share.
    pub(crate) weight: f64,
    /// What a call for it costs.
    pub(crate) dollars: f64,
}

/// The requests of one batch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    /// Of pages that ask for each move when they need it.
    pub(crate) plain: Vec<Request>,
    /// Of pages that ponder.
    pub(crate) pondering: Vec<Request>,
}

/// A figure and half of its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimate {
    pub(crate) mean: f64,
    pub(crate) margin: f64,
}

impl Estimate {
    /// The mean of independent, equally distributed values, one for each batch.
    pub(crate) fn new(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let margin = STUDENT * (squares / (n - 1.0) / n).sqrt();
        Self { mean, margin }
    }

    pub(crate) fn times(self, factor: f64) -> Self {
        Self {
            mean: self.mean * factor,
            margin: self.margin * factor,
        }
    }
}

/// The requests of [`BATCHES`] batches of this many games.
pub(crate) fn sample<T: Tree>(tree: &T, games: usize, seed: u64) -> Vec<Batch> {
    let mut rng = Rng::with_seed(seed);
    let mut drawn = Vec::with_capacity(BATCHES * games);
    for batch in 0..BATCHES {
        let start = rng.f64();
        drawn.extend((0..games).map(|game| Game {
            batch,
            luck: (game as f64 + start) / games as f64,
        }));
    }
    let mut walk = Walk {
        tree,
        games: games as f64,
        batches: vec![Batch::default(); BATCHES],
    };
    let openings = tree.openings();
    let share = 1.0 / openings.len() as f64;
    let mut rest = drawn;
    for (nth, node) in openings.iter().enumerate() {
        let here = split(&mut rest, nth as f64 * share, share);
        // Nobody can ponder before the first move.
        walk.record(node, share, &here, |batch| &mut batch.pondering);
        walk.visit(node, share, here);
    }
    walk.batches
}

#[derive(Debug, Clone, Copy)]
struct Game {
    batch: usize,
    /// From 0 to 1, anew within each branch.
    luck: f64,
}

/// Removes and returns the games of a branch, and stretches its part of the luck to 0 to 1 again.
fn split(games: &mut Vec<Game>, start: f64, width: f64) -> Vec<Game> {
    let is_taken = |game: &mut Game| game.luck < start + width;
    let stretched = |game: Game| Game {
        luck: ((game.luck - start) / width).min(1.0 - f64::EPSILON),
        ..game
    };
    games.extract_if(.., is_taken).map(stretched).collect()
}

struct Walk<'a, T> {
    tree: &'a T,
    games: f64,
    batches: Vec<Batch>,
}

impl<T: Tree> Walk<'_, T> {
    /// The games that reach this node walk on together, so its move is worked out once.
    fn visit(&mut self, node: &T::Node, share: f64, mut games: Vec<Game>) {
        if games.is_empty() {
            return;
        }
        self.record(node, share, &games, |batch| &mut batch.plain);
        let branches = self.tree.branches(node);
        let prefetched = branches.iter().filter(|branch| branch.is_prefetched);
        for next in prefetched.filter_map(|branch| branch.next.as_ref()) {
            // Asked for by each game that is here, whatever its player answers then.
            self.record(next, share, &games, |batch| &mut batch.pondering);
        }
        let mut start = 0.0;
        let last = branches.iter().rposition(|branch| branch.probability > 0.0);
        for (nth, branch) in branches.into_iter().enumerate() {
            let Branch {
                probability,
                is_prefetched,
                next,
            } = branch;
            // The last one takes all that is left, or rounding could lose a game.
            let width = if Some(nth) == last {
                1.0 - start
            } else {
                probability
            };
            let here = split(&mut games, start, width);
            start += width;
            if let Some(next) = next {
                let share = share * probability;
                if !is_prefetched {
                    self.record(&next, share, &here, |batch| &mut batch.pondering);
                }
                self.visit(&next, share, here);
            }
        }
    }

    fn record(
        &mut self,
        node: &T::Node,
        share: f64,
        games: &[Game],
        requests: impl Fn(&mut Batch) -> &mut Vec<Request>,
    ) {
        let dollars = self.tree.dollars(node);
        let mut counts = [0_u32; BATCHES];
        for game in games {
            counts[game.batch] += 1;
        }
        for (batch, count) in self.batches.iter_mut().zip(counts) {
            if count > 0 {
                requests(batch).push(Request {
                    share,
                    weight: f64::from(count) / self.games,
                    dollars,
                });
            }
        }
    }
}
