//! Simulated players, and many games with them.

use super::{outcome, play, thinking_of};
use fastrand::Rng;
use game::{Answer, Move, Opening, Transcript, Winner};
use knowledge::{Grade, Knowledge, Likelihood, QuestionId, ThingId};
use std::{ops::AddAssign, thread};

/// How a player answers. The default gives the nearest plain answer and makes no mistakes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Player {
    /// The share of answers that are the opposite of what was meant.
    pub(crate) wrong: f64,
    /// The share of answers that are "not sure".
    pub(crate) unsure: f64,
    /// Draws each answer at random, with the stated share of the grade.
    pub(crate) by_grade: bool,
    /// Is wrong as often as the panel was at this question, and not sure as often as it was at all questions.
    pub(crate) by_panel: bool,
    /// Answers exactly one question, a random one of the first twelve, the opposite of what was meant.
    pub(crate) slips_once: bool,
    /// Repeats a slip, or its absence, on a question that is like an earlier one.
    pub(crate) stubborn: bool,
}

/// The result of some games.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) games: u64,
    pub(crate) wins: u64,
    pub(crate) moves: u64,
    /// The certainties of the guesser, by tenth.
    pub(crate) certainties: [Certainty; 10],
}

/// How often the guesser was this certain of its best candidate.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Certainty {
    pub(crate) times: u64,
    /// How often the candidate was right.
    pub(crate) right: u64,
    /// The sum of the probabilities that it gave the candidate.
    pub(crate) sum: f64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.games += other.games;
        self.wins += other.wins;
        self.moves += other.moves;
        for (mine, other) in self.certainties.iter_mut().zip(other.certainties) {
            mine.times += other.times;
            mine.right += other.right;
            mine.sum += other.sum;
        }
    }
}

impl Tally {
    /// The share of games that the guesser won, in percent.
    pub(crate) fn won(&self) -> f64 {
        self.wins as f64 / self.games as f64 * 100.0
    }

    pub(crate) fn mean_moves(&self) -> f64 {
        self.moves as f64 / self.games as f64
    }

    /// The half-width of the 95 % interval of [`Self::won`], in percent.
    pub(crate) fn margin(&self) -> f64 {
        let share = self.won() / 100.0;
        196.0 * (share * (1.0 - share) / self.games as f64).sqrt()
    }

    /// Counts a candidate with this probability.
    pub(crate) fn certain(&mut self, probability: f64, is_right: bool) {
        let tenth = &mut self.certainties[((probability * 10.0) as usize).min(9)];
        tenth.times += 1;
        tenth.right += u64::from(is_right);
        tenth.sum += probability;
    }
}

/// Plays games on all processors. `draw` chooses the thing of a game by its number and at random;
/// `watch` sees each transcript before the AI moves.
pub(crate) fn games(
    knowledge: &Knowledge,
    games: u64,
    player: Player,
    draw: impl Fn(u64, &mut Rng) -> ThingId + Sync,
    mover: impl Fn(&Transcript) -> Move + Sync,
    watch: impl Fn(&Transcript, ThingId, &mut Tally) + Sync,
) -> Tally {
    let workers = thread::available_parallelism().map_or(1, usize::from) as u64;
    let one_game = |game: u64, tally: &mut Tally| {
        // A seed for each game, so that the number of threads doesn't change the result.
        let mut rng = Rng::with_seed(game);
        let thing = draw(game, &mut rng);
        let opening = Opening(rng.u8(0..8));
        let mut slips: Vec<(QuestionId, bool)> = Vec::new();
        let the_slip = rng.usize(0..12);
        let answer = thinking_of(knowledge, Some(thing), |question| {
            let grade = knowledge.grade(question, thing);
            let likelihood = knowledge.rates(question).likelihoods()[grade as usize];
            let wrong = player.wrong(grade, &likelihood);
            let slip = if player.slips_once {
                slips.len() == the_slip
            } else {
                player.slips(knowledge, question, wrong, &slips, &mut rng)
            };
            slips.push((question, slip));
            player.answer(grade, &likelihood, slip, &mut rng)
        });
        let watched = |transcript: &Transcript| {
            watch(transcript, thing, tally);
            mover(transcript)
        };
        let outcome = outcome(&play(opening, watched, answer));
        tally.games += 1;
        tally.wins += u64::from(outcome.winner == Winner::Ai);
        tally.moves += u64::from(outcome.moves);
    };
    let mut total = Tally::default();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let one_game = &one_game;
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for game in (worker..games).step_by(workers as usize) {
                        one_game(game, &mut tally);
                    }
                    tally
                })
            })
            .collect();
        for thread in threads {
            total += thread.join().expect("a game that ends");
        }
    });
    total
}

impl Player {
    /// The probability of an answer that is the opposite of what was meant.
    fn wrong(self, grade: Grade, likelihood: &Likelihood) -> f64 {
        match grade {
            _ if !self.by_panel => self.wrong,
            Grade::No | Grade::Seldom => likelihood.share(),
            Grade::Either => 0.0,
            Grade::Usually | Grade::Yes => 1.0 - likelihood.share(),
        }
    }

    fn slips(
        self,
        knowledge: &Knowledge,
        question: QuestionId,
        wrong: f64,
        earlier: &[(QuestionId, bool)],
        rng: &mut Rng,
    ) -> bool {
        if self.stubborn {
            for &(other, slip) in earlier {
                if rng.f64() < knowledge.likeness(question, other) {
                    return slip;
                }
            }
        }
        rng.f64() < wrong
    }

    fn answer(self, grade: Grade, likelihood: &Likelihood, slip: bool, rng: &mut Rng) -> Answer {
        let unsure = if self.by_panel {
            likelihood.unsure
        } else {
            self.unsure
        };
        if rng.f64() < unsure {
            return Answer::Unsure;
        }
        let yes = match grade {
            _ if self.by_grade => rng.f64() < grade.stated(),
            Grade::Either if self.by_panel => rng.f64() < likelihood.share(),
            Grade::Either => rng.bool(),
            _ => grade.stated() > 0.5,
        };
        if yes != slip { Answer::Yes } else { Answer::No }
    }
}
