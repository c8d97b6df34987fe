//! The group-committing writer: one thread, one connection, one order.
//!
//! A batch is BEGIN, the head row, then each use case in a savepoint, then COMMIT. Answers go out
//! after COMMIT only. A use case that fails or panics is undone alone; a database that gives up
//! (disk full, an IO error, a lost server) fails every answer of the batch.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use base::Clock;
use tokio::sync::{Notify, broadcast, oneshot};

use crate::error::DbError;
use crate::event::{Hook, StoredEvent};
use crate::open::Handle;
use crate::tx::Tx;

/// Where tests let a batch break. Nothing sets this outside tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// COMMIT reports an IO error and nothing was kept.
    Commit,
}

/// One waiting use case.
pub(crate) trait Work: Send {
    /// Runs it; false means it refused and must be undone.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Its failure when the program or the database gave up on it.
    fn fail(&mut self, error: DbError);
    /// Tells the waiting caller.
    fn answer(self: Box<Self>);
}

pub(crate) struct Typed<T, E, F> {
    run: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Typed<T, E, F> {
    pub(crate) fn new(run: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        (Typed { run: Some(run), result: None, reply }, answer)
    }
}

impl<T, E, F> Work for Typed<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(run) = self.run.take() else { return false };
        let result = run(tx);
        let kept = result.is_ok();
        self.result = Some(result);
        kept
    }

    fn fail(&mut self, error: DbError) {
        // A use case that had already refused by itself keeps its own, clearer words.
        if !matches!(self.result, Some(Err(_))) {
            self.result = Some(Err(E::from(error)));
        }
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(E::from(DbError::Closed)));
        // The caller may have gone away (a closed browser); the change stands all the same.
        let _ = self.reply.send(result);
    }
}

pub(crate) struct Writer {
    pub queue: Receiver<Box<dyn Work>>,
    pub handle: Handle,
    pub clock: Arc<dyn Clock>,
    pub hooks: Arc<[Hook]>,
    pub events: broadcast::Sender<Arc<StoredEvent>>,
    pub fault: Arc<dyn Fn(Fault) -> bool + Send + Sync>,
    pub batch_max: usize,
    pub bell: Arc<Notify>,
}

const BATCH_MS_MAX: u64 = 20;
const IDLE_CHECK: Duration = Duration::from_secs(3600);

impl Writer {
    /// Works until every `Db` handle is gone.
    pub(crate) fn run(mut self) {
        loop {
            let first = match self.queue.recv_timeout(IDLE_CHECK) {
                Ok(work) => work,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let mut done = Vec::new();
            if let Err(error) = self.batch(first, &mut done) {
                tracing::error!(%error, answers = done.len(), "a batch of changes was undone");
                for work in &mut done {
                    work.fail(DbError::Aborted(error.to_string()));
                }
                self.handle.mend();
            }
            for work in done {
                work.answer();
            }
        }
    }

    fn batch(
        &mut self,
        first: Box<dyn Work>,
        done: &mut Vec<Box<dyn Work>>,
    ) -> Result<(), DbError> {
        let began = Instant::now();
        let mut next = Some(first);
        let committed = {
            let hooks = self.hooks.clone();
            let opened = self.handle.begin(self.clock.now(), hooks);
            let mut tx = match opened {
                Ok(tx) => tx,
                Err(error) => {
                    done.extend(next);
                    return Err(error);
                }
            };
            while let Some(mut work) = next.take() {
                tx.set_now(self.clock.now());
                let outcome = one(&mut tx, work.as_mut());
                done.push(work);
                outcome?;
                let room = done.len() < self.batch_max
                    && began.elapsed() < Duration::from_millis(BATCH_MS_MAX);
                next = if room { self.queue.try_recv().ok() } else { None };
            }
            tx.put_head()?;
            if (self.fault)(Fault::Commit) {
                tx.batch("rollback")?;
                return Err(DbError::Io("commit failed".into()));
            }
            tx.batch("commit")?;
            tx.into_committed()
        };
        self.handle.seen(committed.last_seq);
        for act in committed.after {
            act();
        }
        if committed.wake {
            self.bell.notify_one();
        }
        for event in committed.events {
            // Nobody may be listening: that is no failure.
            let _ = self.events.send(Arc::new(event));
        }
        Ok(())
    }
}

/// Runs one use case in its savepoint. An error here is the whole batch's.
fn one(tx: &mut Tx<'_>, work: &mut dyn Work) -> Result<(), DbError> {
    let mark = tx.mark();
    tx.batch("savepoint use_case")?;
    let kept = match catch_unwind(AssertUnwindSafe(|| work.run(tx))) {
        Ok(kept) => kept,
        Err(_) => {
            work.fail(DbError::Panicked);
            false
        }
    };
    if tx.is_lost() {
        return Err(DbError::Io("the database undid the whole transaction".into()));
    }
    if kept {
        tx.batch("release use_case")?;
    } else {
        tx.batch("rollback to use_case; release use_case")?;
        tx.back_to(mark);
    }
    Ok(())
}
