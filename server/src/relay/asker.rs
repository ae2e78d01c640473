//! Asks the model for moves, each at most once at a time, whoever waits for them.

use super::{
    built_in::BuiltInGuesser,
    cache::{self, Cache, Found, Key},
    model_move::{self, ModelMove, Spent},
};
use game::{AttributedMove, Mover, Origin, Transcript};
use model::{Chain, Model, Reason, today};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};

/// Somebody who waits leaves so long after the deadline, so that a call that ends with it can still say why.
const PATIENCE: Duration = Duration::from_millis(50);

/// A model with the moves that it has made.
pub(super) struct Asker {
    pub(super) model: Model,
    pub(super) cache: Cache,
    pub(super) guesser: &'static BuiltInGuesser,
    pub(super) observe: Box<super::Observe>,
}

impl Asker {
    /// The model's move, until the deadline of the request. The call doesn't belong to the request: if the client
    /// leaves, the call goes on, is counted, fills the cache and alone decides the circuit breaker.
    pub(super) async fn next_move(
        self: &Arc<Self>,
        transcript: &Transcript,
        until: Instant,
    ) -> (Result<Found, Reason>, Spent) {
        let key = cache::key(transcript);
        if let Some(found) = self.cache.get(&key).await {
            return (Ok(found), Spent::default());
        }
        let (asker, transcript) = (Arc::clone(self), transcript.clone());
        let call = tokio::spawn(async move { asker.ask(key, &transcript, until).await });
        let failed = |reason| (Err(reason), Spent::default());
        match timeout_at(until + PATIENCE, call).await {
            Ok(Ok(asked)) => asked,
            Ok(Err(_)) => failed(Reason::Panic),
            Err(_) => failed(Reason::Deadline),
        }
    }

    /// Asks, unless the cache holds the move or another call is asking for it.
    async fn ask(
        &self,
        key: Key,
        transcript: &Transcript,
        until: Instant,
    ) -> (Result<Found, Reason>, Spent) {
        // It stays empty if another call asks.
        let mut spent = Spent::default();
        let by_model = self.by_model(transcript, until, &mut spent);
        let found = self.cache.get_or_ask(key, by_model).await;
        if spent.effort.calls > 0 {
            (self.observe)(&spent);
        }
        (found, spent)
    }

    async fn by_model(
        &self,
        transcript: &Transcript,
        until: Instant,
        spent: &mut Spent,
    ) -> Result<AttributedMove, Reason> {
        let game = model_move::Game {
            transcript,
            today: today(),
            guesser: self.guesser,
        };
        let moved = model_move::next_move(&self.model, &game, until, spent).await;
        let ModelMove { mv, model } = moved.map_err(|error| {
            // The circuit breaker warns of what lasts; this is for whoever looks for the cause of one failure.
            tracing::debug!(error = %Chain(&error), "no move from the model, so the guesser moves");
            error.reason
        })?;
        let known_as = self.guesser.known_as(&mv);
        let by = Mover::Model(model);
        Ok(AttributedMove {
            mv,
            origin: Origin { by, known_as },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use game::Opening;
    use model::{Budget, ModelConfig, Upstream};

    #[tokio::test]
    async fn a_panic_is_a_reason_for_the_guesser_to_move() {
        let upstream = Upstream {
            key: None,
            // Nobody listens there, so the call fails and is reported.
            base_url: "http://127.0.0.1:9/v1/".parse().unwrap(),
            models: vec![ModelConfig {
                name: "x".to_owned(),
                price: None,
            }],
            organization: None,
            project: None,
            user_agent: String::new(),
            deadline: Duration::from_secs(5),
            timeout: Duration::from_secs(1),
        };
        let asker = Arc::new(Asker {
            model: Model::new(&upstream, Arc::new(Budget::new(5.0))).unwrap(),
            cache: Cache::new(Duration::from_secs(60)),
            guesser: BuiltInGuesser::shared(),
            observe: Box::new(|_| panic!("a bug")),
        });
        let until = Instant::now() + Duration::from_secs(5);
        let (found, _) = asker.next_move(&Transcript::new(Opening(0)), until).await;
        assert_eq!(found.unwrap_err(), Reason::Panic);
    }
}
