//! Background work: enqueued in the caller's transaction, claimed with a lease, run outside any
//! transaction, retried with back-off, kept and shown when it finally fails.

mod runner;
mod store;

use base::UtcMs;
use db::{Db, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actor::Actor;
use crate::error::Error;
use crate::event::{Event, record};
use crate::permission::PlatformPermission;

pub use runner::{Handlers, JobFailure, JobSeat, run_due, work};

base::typed_id!(
    /// A piece of background work.
    JobId,
);

/// A kind of work. Running it twice must do no harm: a crash may fall between work and its note.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// A unique name: `mail.send`.
    const KIND: &'static str;
    /// After so many tries it waits for a person.
    const ATTEMPTS_MAX: i64 = 12;
    /// Jobs of one lane run one after another, oldest first.
    fn lane(&self) -> Option<String> {
        None
    }
}

/// A job's row, as the queue page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct JobInfo {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub run_at: UtcMs,
    pub attempts: i64,
    pub leased_until: Option<UtcMs>,
    pub last_error: Option<String>,
    pub failed_at: Option<UtcMs>,
    pub created_at: UtcMs,
}

/// How much work waits, runs and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    pub waiting: i64,
    pub running: i64,
    pub failed: i64,
}

/// A failed job was put back in the queue by a person.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct JobRerun {
    pub job_id: i64,
    pub kind: String,
}

impl Event for JobRerun {
    const KIND: &'static str = "job.rerun";
    const SUBJECT: &'static str = "job";
    fn subject_id(&self) -> i64 {
        self.job_id
    }
}

/// Puts work in the queue, to be done once this transaction is on disk and `run_at` has come.
pub fn enqueue<J: Job>(tx: &mut Tx<'_>, job: &J, run_at: UtcMs) -> Result<JobId, Error> {
    let payload = serde_json::to_string(job).map_err(|e| Error::Internal(e.to_string()))?;
    let id = store::insert(tx, J::KIND, job.lane().as_deref(), &payload, run_at)?;
    tx.wake();
    Ok(id)
}

/// Drops waiting work of one kind that nobody has begun, for rooms whose rows tell what is to be
/// done: they knock again for each, and a knock is never there twice.
pub fn forget_waiting<J: Job>(tx: &mut Tx<'_>) -> Result<(), Error> {
    store::delete_waiting(tx, J::KIND)
}

/// Takes back what this node was working on when it ended: nobody else has its data folder, so
/// nobody else can still be at it. Waiting for the leases would hold up mail for minutes.
pub(crate) fn take_back(db: &Db, node: &str) -> Result<(), Error> {
    if db.read(|tx| store::has_leases(tx, node))? {
        let node = node.to_string();
        let count = db.write_blocking(move |tx| store::release(tx, &node))?;
        tracing::info!(count, "work that was under way at the last end begins again");
    }
    Ok(())
}

/// The queue, failed first, then by due time; at most `limit`.
pub fn list_jobs(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<JobInfo>, Error> {
    actor.require(PlatformPermission::ManageJobs)?;
    store::list(tx, limit)
}

pub fn count_jobs(tx: &mut Tx<'_>) -> Result<JobCounts, Error> {
    let now = tx.now();
    store::counts(tx, now)
}

/// Puts a failed job back in the queue, its tries counted anew.
pub fn rerun_job(tx: &mut Tx<'_>, actor: &Actor, id: JobId) -> Result<(), Error> {
    actor.require(PlatformPermission::ManageJobs)?;
    let job = store::find(tx, id)?.ok_or(Error::NotFound)?;
    if job.failed_at.is_some() {
        store::put_back(tx, id)?;
        record(tx, actor, &JobRerun { job_id: id.0, kind: job.kind })?;
        tx.wake();
    }
    Ok(())
}
