//! Claims due jobs and runs them, a bounded number at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, UtcMs};
use db::Db;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::task::JoinSet;

use super::{Job, JobInfo, store};
use crate::app::App;
use crate::error::Error;
use crate::workspace::Workspace;

/// Where a job finds itself. `workspace` is none for the work of the whole installation.
#[derive(Clone)]
pub struct JobSeat {
    pub app: App,
    pub workspace: Option<Arc<Workspace>>,
    /// 1 at the first try.
    pub attempt: i64,
}

/// Why a try did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobFailure {
    /// Try again after the usual back-off, or after a wait of the job's choosing.
    Retry { error: String, after_ms: Option<i64> },
    /// Trying again is useless: a person has to look.
    GiveUp { error: String },
}

impl From<Error> for JobFailure {
    fn from(error: Error) -> Self {
        JobFailure::Retry { error: error.to_string(), after_ms: None }
    }
}

type Run = Arc<dyn Fn(JobSeat, String) -> BoxFuture<'static, Result<(), JobFailure>> + Send + Sync>;

/// Which code runs which kind of job.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, (Run, i64)>);

impl Handlers {
    /// Takes over what another room handles.
    pub(crate) fn merge(&mut self, other: &Handlers) {
        self.0.extend(other.0.iter().map(|(kind, run)| (*kind, run.clone())));
    }

    /// Adds the code for one kind of job.
    pub fn add<J, F, Fut>(&mut self, run: F)
    where
        J: Job,
        F: Fn(JobSeat, J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobFailure>> + Send + 'static,
    {
        let run = Arc::new(run);
        let typed: Run = Arc::new(move |seat, payload: String| {
            let run = run.clone();
            async move {
                let job: J = serde_json::from_str(&payload)
                    .map_err(|error| JobFailure::GiveUp { error: error.to_string() })?;
                run(seat, job).await
            }
            .boxed()
        });
        self.0.insert(J::KIND, (typed, J::ATTEMPTS_MAX));
    }
}

const AT_ONCE_MAX: usize = 16;
const LEASE_MS: i64 = 10 * UtcMs::MINUTE;
const TROUBLE_WAIT: Duration = Duration::from_secs(2);
/// A try ends before its lease does.
const TRY_MAX: Duration = Duration::from_millis(LEASE_MS as u64 - 30_000);
const IDLE_MAX: Duration = Duration::from_secs(30);
const BACK_OFF_FIRST_MS: i64 = 10 * UtcMs::SECOND;
const BACK_OFF_MS_MAX: i64 = UtcMs::HOUR;

/// Works on a database's queue until the task is dropped.
pub async fn work(app: App, workspace: Option<Arc<Workspace>>, db: Db) {
    let mut running = JoinSet::new();
    loop {
        let room = AT_ONCE_MAX - running.len();
        let mut wait_min = Duration::ZERO;
        match claim(&app, &db, room).await {
            Ok(claimed) => {
                for job in claimed {
                    let (app, workspace, db) = (app.clone(), workspace.clone(), db.clone());
                    running.spawn(run_one(app, workspace, db, job));
                }
            }
            Err(error) => {
                // A full disk stays full for a while: neither the log nor the processor needs more.
                wait_min = TROUBLE_WAIT;
                tracing::error!(%error, "the job queue could not be read");
            }
        }
        let wait = until_next(&db, app.clock()).max(wait_min);
        tokio::select! {
            _ = db.woken(), if running.len() < AT_ONCE_MAX => {}
            Some(_) = running.join_next() => {}
            _ = tokio::time::sleep(wait), if running.len() < AT_ONCE_MAX => {}
        }
    }
}

/// Runs what is due now, and what that makes due, until nothing is. Returns how many tries it
/// took. For tests and for the command line.
pub async fn run_due(
    app: &App,
    workspace: Option<&Arc<Workspace>>,
    db: &Db,
) -> Result<usize, Error> {
    let mut tries = 0;
    loop {
        let claimed = claim(app, db, AT_ONCE_MAX).await?;
        if claimed.is_empty() {
            return Ok(tries);
        }
        for job in claimed {
            tries += 1;
            run_one(app.clone(), workspace.cloned(), db.clone(), job).await;
        }
    }
}

async fn claim(app: &App, db: &Db, room: usize) -> Result<Vec<JobInfo>, Error> {
    let now = app.clock().now();
    let node = app.node().to_string();
    let limit = room as i64;
    if limit == 0 || db.read(|tx| store::due(tx, now, 1))?.is_empty() {
        return Ok(Vec::new());
    }
    db.write(move |tx| {
        let jobs = store::due(tx, now, limit)?;
        for job in &jobs {
            store::lease(tx, job.id, &node, now.plus_ms(LEASE_MS))?;
        }
        Ok(jobs)
    })
    .await
}

fn until_next(db: &Db, clock: &dyn Clock) -> Duration {
    let next = db.read(store::next_due).ok().flatten();
    let wait_ms = next.map_or(i64::MAX, |at| at.since(clock.now()).max(5));
    IDLE_MAX.min(Duration::from_millis(wait_ms as u64))
}

async fn run_one(app: App, workspace: Option<Arc<Workspace>>, db: Db, job: JobInfo) {
    let attempt = job.attempts + 1;
    let Some((run, attempts_max)) = app.handlers().0.get(job.kind.as_str()).cloned() else {
        tracing::error!(job.kind, "no code runs this kind of job");
        return;
    };
    let seat = JobSeat { app: app.clone(), workspace, attempt };
    let outcome = if attempt > attempts_max {
        // Each of its tries ended with the program: one more would only end it again.
        Err(JobFailure::GiveUp { error: "no try came back".into() })
    } else {
        one_try(run(seat, job.payload.clone())).await
    };
    let now = app.clock().now();
    let id = job.id;
    let noted: Result<(), Error> = match outcome {
        Ok(()) => db.write(move |tx| store::delete(tx, id, attempt)).await,
        Err(JobFailure::Retry { error, after_ms }) if attempt < attempts_max => {
            let run_at = now.plus_ms(after_ms.unwrap_or_else(|| back_off_ms(attempt)));
            tracing::warn!(job.kind, attempt, error, "a job will be tried again");
            db.write(move |tx| store::retry(tx, id, attempt, run_at, &error)).await
        }
        Err(JobFailure::Retry { error, .. } | JobFailure::GiveUp { error }) => {
            tracing::error!(job.kind, attempt, error, "a job failed for good");
            db.write(move |tx| store::fail(tx, id, attempt, &error)).await
        }
    };
    if let Err(error) = noted {
        // The lease runs out and the job comes again: it is idempotent.
        tracing::error!(job.kind, %error, "a job's outcome could not be noted");
    }
}

/// A try that panics or outlives its lease must neither take the worker along nor run beside the
/// next try.
async fn one_try(work: BoxFuture<'static, Result<(), JobFailure>>) -> Result<(), JobFailure> {
    let mut task = tokio::spawn(work);
    match tokio::time::timeout(TRY_MAX, &mut task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(JobFailure::GiveUp { error: "the job panicked".into() }),
        Err(_) => {
            task.abort();
            let error = "the job took longer than its lease".into();
            Err(JobFailure::Retry { error, after_ms: None })
        }
    }
}

fn back_off_ms(attempt: i64) -> i64 {
    let doublings = (attempt - 1).clamp(0, 20) as u32;
    (BACK_OFF_FIRST_MS << doublings).min(BACK_OFF_MS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::enqueue;
    use base::TestClock;
    use db::Options;
    use testkit::on_both;

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Letter;

    impl Job for Letter {
        const KIND: &'static str = "test.letter";
        fn lane(&self) -> Option<String> {
            Some("ravi@example.in".into())
        }
    }

    // Behind a letter that waits an hour for its next try stands one that is due: the worker used
    // to look for it two hundred times a second.
    on_both!(what_stands_behind_another_does_not_keep_the_worker_awake, |backend| {
        let place = backend.place();
        let clock = Arc::new(TestClock::at(UtcMs(1_790_000_000_000)));
        let options = Options { clock: clock.clone(), ..Options::default() };
        let db = place.open("control", &crate::control::schema(), options);
        let now = clock.now();
        let add = move |tx: &mut db::Tx<'_>| {
            let first = enqueue(tx, &Letter, now)?;
            enqueue(tx, &Letter, now)?;
            Ok::<_, Error>(first)
        };
        let first = db.write_blocking(add).unwrap();
        assert_eq!(until_next(&db, clock.as_ref()), Duration::from_millis(5));
        db.write_blocking(move |tx| store::retry(tx, first, 0, now.plus_ms(20_000), "busy"))
            .unwrap();
        assert_eq!(until_next(&db, clock.as_ref()), Duration::from_secs(20));
        db.write_blocking(move |tx| store::retry(tx, first, 0, now.plus_ms(UtcMs::HOUR), "busy"))
            .unwrap();
        assert_eq!(until_next(&db, clock.as_ref()), IDLE_MAX);
    });

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<i64> = [1, 2, 3, 9, 10, 99].map(|n| back_off_ms(n) / 1_000).to_vec();
        assert_eq!(waits, vec![10, 20, 40, 2560, 3600, 3600]);
    }
}
