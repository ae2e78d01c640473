//! What a game asks the server for, and what it tells the guesser.

use super::current::{Game, Opponent};
use game::{Answer, Event, Phase, Transcript, wire::Request};
use guesser::Lesson;

impl Game {
    /// What to ask the server for now: the next move. Once the game is decided, the same request
    /// tells the server how it ended.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        let is_answered = self.is_ai_to_move() || self.outcome().is_some();
        let is_wanted = is_answered && self.opponent == Opponent::Server;
        is_wanted.then(|| self.request_after(self.transcript.clone()))
    }

    /// The requests that may come next, to be sent while the player still reads: one for each of these answers after
    /// which the game goes on.
    #[must_use]
    pub fn successors(&self, answers: &[Answer]) -> Vec<Request> {
        if self.opponent != Opponent::Server || self.open_move().is_none() {
            return Vec::new();
        }
        let after = |&answer| {
            let mut transcript = self.transcript.clone();
            transcript.apply(Event::Answer(answer)).ok()?;
            // The server must not hear of an end that hasn't come.
            (transcript.phase() == Phase::Thinking).then(|| self.request_after(transcript))
        };
        answers.iter().filter_map(after).collect()
    }

    /// What this game can teach the guesser; `None` as long as nobody has said what it was.
    #[must_use]
    pub fn lesson(&self) -> Option<Lesson> {
        Some(Lesson::new(self.thing.clone()?, &self.in_own_words()))
    }

    /// The game in the guesser's words: a model's question is replaced by the guesser's own wording
    /// if the guesser has the same question.
    #[must_use]
    pub fn in_own_words(&self) -> Transcript {
        let known_as = |turn: usize| self.credits.get(turn)?.origin.known_as.clone();
        self.transcript.reworded(known_as)
    }

    fn request_after(&self, transcript: Transcript) -> Request {
        Request {
            transcript,
            seal: self.credits.last().and_then(|credit| credit.seal.clone()),
        }
    }
}
