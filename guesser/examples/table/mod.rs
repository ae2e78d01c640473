//! Players at the table: who thinks of a thing and answers.
#![allow(dead_code, reason = "each example uses a part")]

use fastrand::Rng;
use game::{Answer, Event, Move, Opening, Outcome, Phase, Transcript, Winner};
use knowledge::{Grade, Knowledge, QuestionId, ThingId};
use std::{ops::AddAssign, thread};

/// How a player answers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Player {
    /// The share of answers that are the opposite of what was meant.
    pub(crate) wrong: f64,
    /// The share of answers that are "not sure".
    pub(crate) unsure: f64,
    /// Draws each answer by its grade; else by the nearest plain answer.
    pub(crate) soft: bool,
    /// Slips at a question as at an earlier one that is like it.
    pub(crate) stubborn: bool,
}

/// What came out of some games.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) games: u64,
    pub(crate) wins: u64,
    pub(crate) moves: u64,
    /// For each tenth of certainty: how often it was that certain, how often it was right, and the sum
    /// of the certainties.
    pub(crate) certainties: [(u64, u64, f64); 10],
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.games += other.games;
        self.wins += other.wins;
        self.moves += other.moves;
        for tenth in 0..10 {
            self.certainties[tenth].0 += other.certainties[tenth].0;
            self.certainties[tenth].1 += other.certainties[tenth].1;
            self.certainties[tenth].2 += other.certainties[tenth].2;
        }
    }
}

impl Tally {
    /// The share of games won, in percent.
    pub(crate) fn won(&self) -> f64 {
        self.wins as f64 / self.games as f64 * 100.0
    }

    pub(crate) fn mean_moves(&self) -> f64 {
        self.moves as f64 / self.games as f64
    }

    /// Half of the 95 % interval of that share.
    pub(crate) fn margin(&self) -> f64 {
        let share = self.won() / 100.0;
        196.0 * (share * (1.0 - share) / self.games as f64).sqrt()
    }
}

/// Plays games on all processors. `draw` chooses the thing of a game by its number and luck; `watch`
/// sees each transcript before the AI moves.
pub(crate) fn games(
    knowledge: &Knowledge,
    games: u64,
    player: Player,
    draw: impl Fn(u64, &mut Rng) -> ThingId + Sync,
    mover: impl Fn(&Transcript) -> Move + Sync,
    watch: impl Fn(&Transcript, ThingId, &mut Tally) + Sync,
) -> Tally {
    let workers = thread::available_parallelism().map_or(1, usize::from) as u64;
    let mut total = Tally::default();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let (draw, mover, watch) = (&draw, &mover, &watch);
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for game in (worker..games).step_by(workers as usize) {
                        // Each game has its own luck, so that the number of threads changes nothing.
                        let mut rng = Rng::with_seed(game);
                        let thing = draw(game, &mut rng);
                        let outcome =
                            play(knowledge, thing, player, &mut rng, mover, |transcript| {
                                watch(transcript, thing, &mut tally);
                            });
                        tally.games += 1;
                        tally.wins += u64::from(outcome.winner == Winner::Ai);
                        tally.moves += u64::from(outcome.moves);
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

/// Plays one game; `watch` sees each transcript before the AI moves.
pub(crate) fn play(
    knowledge: &Knowledge,
    thing: ThingId,
    player: Player,
    rng: &mut Rng,
    mover: impl Fn(&Transcript) -> Move,
    mut watch: impl FnMut(&Transcript),
) -> Outcome {
    let mut slips: Vec<(QuestionId, bool)> = Vec::new();
    let mut transcript = Transcript::new(Opening(rng.u8(0..8)));
    loop {
        let event = match transcript.phase() {
            Phase::Over(outcome) => return outcome,
            Phase::Thinking => {
                watch(&transcript);
                Event::Move(mover(&transcript))
            }
            Phase::Open(Move::Guess(name)) if name == knowledge.name(thing) => {
                Event::Answer(Answer::Yes)
            }
            Phase::Open(Move::Guess(_)) => Event::Answer(Answer::No),
            Phase::Open(Move::Question(text)) => {
                let question = knowledge
                    .find_question(text.as_str())
                    .expect("a question of the knowledge");
                let slip = player.slips(knowledge, question, &slips, rng);
                slips.push((question, slip));
                let grade = knowledge.grade(question, thing);
                Event::Answer(player.answer(grade, slip, rng))
            }
        };
        transcript.apply(event).expect("both play by the rules");
    }
}

impl Player {
    fn slips(
        self,
        knowledge: &Knowledge,
        question: QuestionId,
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
        rng.f64() < self.wrong
    }

    fn answer(self, grade: Grade, slip: bool, rng: &mut Rng) -> Answer {
        if rng.f64() < self.unsure {
            return Answer::Unsure;
        }
        let yes = match grade {
            _ if self.soft => rng.f64() < grade.stated(),
            Grade::Either => rng.bool(),
            _ => grade.stated() > 0.5,
        };
        if yes != slip { Answer::Yes } else { Answer::No }
    }
}
