//! The ledger outside: what the program said it had taken, and nothing else.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

const SOMETHING_HAPPENS_WITHIN: Duration = Duration::from_secs(60);

/// Shared by all who talk to the program and by whoever kills it.
#[derive(Default)]
pub struct Ledger {
    state: Mutex<State>,
    changed: Condvar,
}

/// What is written in it.
#[derive(Default)]
pub struct State {
    /// Counts the starts of the server.
    run: u64,
    is_up: bool,
    is_ending: bool,
    /// Tokens of mails made; the number of the next.
    mails_made: usize,
    replies_made: usize,
    pub mails: Vec<Mail>,
    pub replies: Vec<Reply>,
    /// Replies that were posted and never answered: queued or not, nobody was told.
    pub unsure: BTreeSet<String>,
    /// Mails whose handing over had no answer and was repeated.
    pub repeated: usize,
}

/// A mail that was accepted.
pub struct Mail {
    pub token: String,
    pub way: Way,
}

/// How a mail came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Lmtp,
    Pipe,
}

/// A reply that was queued.
pub struct Reply {
    pub token: String,
    /// The customer's address.
    pub to: String,
}

impl State {
    /// How often the program said "I have it".
    pub fn answers(&self) -> usize {
        self.mails.len() + self.replies.len()
    }

    fn moment(&self) -> (u64, bool) {
        (self.run, self.is_up)
    }
}

impl Ledger {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while writing in the ledger")
    }

    fn write<T>(&self, entry: impl FnOnce(&mut State) -> T) -> T {
        let answer = entry(&mut self.state());
        self.changed.notify_all();
        answer
    }

    /// The server listens. In its last run what was begun is ended and nothing new begins.
    pub fn server_is_up(&self, is_last: bool) {
        self.write(|state| {
            state.run += 1;
            state.is_up = true;
            state.is_ending = is_last;
        });
    }

    pub fn server_is_down(&self) {
        self.write(|state| state.is_up = false);
    }

    /// Waits for a run of the server after `last`; none when there will not be another.
    pub fn next_run(&self, last: u64) -> Option<u64> {
        let waits = |state: &mut State| {
            let is_new = state.is_up && state.run > last;
            let is_over = state.is_ending && state.run <= last;
            !is_new && !is_over
        };
        let state = self.changed.wait_while(self.state(), waits).unwrap();
        (state.run > last).then_some(state.run)
    }

    /// Waits until the program has said "I have it" `answers` times.
    pub fn wait_for_answers(&self, answers: usize) -> bool {
        let waits = |state: &mut State| state.answers() < answers;
        let wait = SOMETHING_HAPPENS_WITHIN;
        !self.changed.wait_timeout_while(self.state(), wait, waits).unwrap().1.timed_out()
    }

    /// Waits for `more` answers, or until the server stops or starts. False once it ends.
    pub fn wait_a_while(&self, more: usize) -> bool {
        let state = self.state();
        let (answers, moment) = (state.answers() + more, state.moment());
        let waits = |state: &mut State| {
            state.answers() < answers && state.moment() == moment && !state.is_ending
        };
        !self.changed.wait_while(state, waits).unwrap().is_ending
    }

    /// A token for a mail; none once it ends.
    pub fn new_mail(&self) -> Option<String> {
        self.write(|state| {
            state.mails_made += 1;
            (!state.is_ending).then(|| format!("mail-{:06}", state.mails_made))
        })
    }

    /// A token for a reply; none once it ends.
    pub fn new_reply(&self) -> Option<String> {
        self.write(|state| {
            state.replies_made += 1;
            (!state.is_ending).then(|| format!("reply-{:06}", state.replies_made))
        })
    }

    pub fn accepted(&self, token: String, way: Way) {
        self.write(|state| state.mails.push(Mail { token, way }));
    }

    pub fn queued(&self, token: String, to: String) {
        self.write(|state| state.replies.push(Reply { token, to }));
    }

    pub fn unsure(&self, token: String) {
        self.write(|state| state.unsure.insert(token));
    }

    pub fn repeated(&self) {
        self.write(|state| state.repeated += 1);
    }
}
