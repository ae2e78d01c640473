//! Which moves the page has asked the server for, so that it asks for each only once.

use game::wire::{Next, Request};

/// The requests of this game. A request holds the whole transcript, so it identifies the move
/// in its reply.
#[derive(Debug, Default)]
pub struct Requests {
    /// So few that a linear search is fast.
    sent: Vec<Sent>,
}

#[derive(Debug)]
struct Sent {
    request: Request,
    /// `None` while it is on its way.
    reply: Option<Next>,
}

/// What has become of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It was never sent, or it failed.
    Unsent,
    /// The reply is on its way.
    Pending,
    /// The reply has come.
    Replied(Next),
}

impl Requests {
    pub(crate) fn progress(&self, request: &Request) -> Progress {
        let sent = self.sent.iter().find(|sent| sent.request == *request);
        match sent.map(|sent| &sent.reply) {
            None => Progress::Unsent,
            Some(None) => Progress::Pending,
            Some(Some(reply)) => Progress::Replied(reply.clone()),
        }
    }

    /// Notes that the request is on its way.
    pub(crate) fn send(&mut self, request: Request) {
        self.sent.push(Sent {
            request,
            reply: None,
        });
    }

    /// Keeps the reply. Without one the request may be sent again.
    pub(crate) fn settle(&mut self, request: &Request, reply: Option<Next>) {
        self.sent.retain(|sent| sent.request != *request);
        if reply.is_some() {
            let request = request.clone();
            self.sent.push(Sent { request, reply });
        }
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.sent.clear();
    }
}
