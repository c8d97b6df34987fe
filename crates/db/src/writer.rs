//! The group-committing writer: one thread, one connection, one order.
//!
//! A batch is BEGIN, the head row, then each use case in a savepoint, then COMMIT. Answers go out
//! after COMMIT only. A use case that fails or panics is undone alone; a database that gives up
//! (disk full, an IO error, a lost server) fails every answer of the batch.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use base::Clock;
use tokio::sync::{Notify, broadcast, oneshot};

use crate::error::DbError;
use crate::event::{Hook, StoredEvent};
use crate::open::Handle;
use crate::tx::{Committed, Tx};

/// Where tests let a batch break. Nothing sets this outside tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// COMMIT reports an IO error and nothing was kept.
    Commit,
    /// PostgreSQL commits, and the connection is lost before its answer arrives.
    CommitAnswer,
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

thread_local! {
    /// Which database this thread writes for; 0 on every other thread.
    static WRITES_FOR: Cell<usize> = const { Cell::new(0) };
}

/// True on the writer thread of this database, where waiting for its queue would never end.
pub(crate) fn is_writer_of(queue_id: usize) -> bool {
    WRITES_FOR.get() == queue_id
}

impl Writer {
    /// Works until every `Db` handle is gone.
    pub(crate) fn run(mut self, queue_id: usize) {
        WRITES_FOR.set(queue_id);
        while let Ok(first) = self.queue.recv() {
            let mut done = Vec::new();
            // A defect here must not take the writer away from everybody who comes after.
            let outcome = catch_unwind(AssertUnwindSafe(|| self.batch(first, &mut done)));
            match outcome.unwrap_or(Err(DbError::Panicked)) {
                Ok(committed) => self.publish(committed),
                Err(error) => {
                    tracing::error!(%error, answers = done.len(), "a batch of changes was undone");
                    for work in &mut done {
                        work.fail(error.clone().of_batch());
                    }
                    self.handle.mend();
                }
            }
            for work in done {
                work.answer();
            }
            self.handle.tidy_up();
        }
    }

    /// Runs what waits in one transaction and commits it.
    fn batch(
        &mut self,
        first: Box<dyn Work>,
        done: &mut Vec<Box<dyn Work>>,
    ) -> Result<Committed, DbError> {
        let began = Instant::now();
        let mut next = Some(first);
        let mut tx = match self.handle.begin(self.clock.now(), self.hooks.clone()) {
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
        let ended = commit(&mut tx, self.fault.as_ref());
        let committed = tx.into_committed();
        match ended {
            Ok(()) => Ok(committed),
            Err(error) if self.handle.was_committed(committed.transaction, &error)? => {
                tracing::warn!(%error, "the answer to a commit was lost; the commit stands");
                Ok(committed)
            }
            Err(error) => Err(error),
        }
    }

    /// Tells everybody what is now on disk.
    fn publish(&mut self, committed: Committed) {
        self.handle.seen(committed.last_seq);
        for act in committed.after {
            if catch_unwind(AssertUnwindSafe(act)).is_err() {
                tracing::error!("something to do after a commit panicked; the commit stands");
            }
        }
        if committed.wake {
            self.bell.notify_one();
        }
        for event in committed.events {
            // Nobody may be listening: that is no failure.
            let _ = self.events.send(Arc::new(event));
        }
    }
}

fn commit(tx: &mut Tx<'_>, fault: &(dyn Fn(Fault) -> bool + Send + Sync)) -> Result<(), DbError> {
    if fault(Fault::Commit) {
        tx.control("rollback")?;
        return Err(DbError::Io("commit failed".into()));
    }
    tx.commit()?;
    if tx.is_postgres() && fault(Fault::CommitAnswer) {
        return Err(DbError::Io("the connection was lost".into()));
    }
    Ok(())
}

/// Runs one use case in its savepoint. An error here is the whole batch's.
fn one(tx: &mut Tx<'_>, work: &mut dyn Work) -> Result<(), DbError> {
    let mark = tx.mark();
    tx.begin_part()?;
    let mut kept = match catch_unwind(AssertUnwindSafe(|| work.run(tx))) {
        Ok(kept) => kept,
        Err(_) => {
            work.fail(DbError::Panicked);
            false
        }
    };
    if tx.is_lost() {
        return Err(DbError::Io("the database undid the whole transaction".into()));
    }
    if kept && let Some(error) = tx.broken() {
        // PostgreSQL keeps nothing after a statement that failed, however the use case took it.
        work.fail(error);
        kept = false;
    }
    if kept { tx.keep_part() } else { tx.undo_part(mark) }
}
