//! SQL of the job queue.

use base::UtcMs;
use db::{DbError, Row, Tx};

use super::{JobCounts, JobId, JobInfo};
use crate::error::Error;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    kind: &str,
    lane: Option<&str>,
    payload: &str,
    run_at: UtcMs,
) -> Result<JobId, Error> {
    let (id, now): (JobId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into job (id, kind, lane, payload, run_at, attempts, created_at)
         values (?1, ?2, ?3, ?4, ?5, 0, ?6)",
        &[&id, &kind, &lane, &payload, &run_at, &now],
    )?;
    Ok(id)
}

const COLUMNS: &str =
    "id, kind, payload, run_at, attempts, leased_until, last_error, failed_at, created_at";

fn read(row: &Row<'_>) -> Result<JobInfo, DbError> {
    Ok(JobInfo {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        run_at: row.get(3)?,
        attempts: row.get(4)?,
        leased_until: row.get(5)?,
        last_error: row.get(6)?,
        failed_at: row.get(7)?,
        created_at: row.get(8)?,
    })
}

pub(super) fn find(tx: &mut Tx<'_>, id: JobId) -> Result<Option<JobInfo>, Error> {
    Ok(tx.opt(&format!("select {COLUMNS} from job where id = ?1"), &[&id], read)?)
}

pub(super) fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<JobInfo>, Error> {
    let sql = format!(
        "select {COLUMNS} from job
         order by case when failed_at is null then 1 else 0 end, run_at, id limit ?1"
    );
    Ok(tx.query(&sql, &[&limit], read)?)
}

pub(super) fn counts(tx: &mut Tx<'_>, now: UtcMs) -> Result<JobCounts, Error> {
    Ok(tx.one(
        "select count(*), count(case when leased_until > ?1 then 1 end),
         count(failed_at) from job",
        &[&now],
        |row| {
            let (all, running, failed): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(JobCounts { waiting: all - running - failed, running, failed })
        },
    )?)
}

/// Due jobs that nobody works on and that are first in their lane.
pub(super) fn due(tx: &mut Tx<'_>, now: UtcMs, limit: i64) -> Result<Vec<JobInfo>, Error> {
    let sql = format!(
        "select {COLUMNS} from job
         where failed_at is null and run_at <= ?1 and (leased_until is null or leased_until <= ?1)
         and not exists (select 1 from job earlier where earlier.lane = job.lane
             and earlier.id < job.id and earlier.failed_at is null)
         order by run_at, id limit ?2"
    );
    Ok(tx.query(&sql, &[&now, &limit], read)?)
}

/// When the next job falls due, if any waits.
/// What stands behind another job of its lane has to wait for that one, whenever it is due.
pub(super) fn next_due(tx: &mut Tx<'_>) -> Result<Option<UtcMs>, Error> {
    Ok(tx.one(
        "select min(case when leased_until > run_at then leased_until else run_at end)
         from job where failed_at is null
         and not exists (select 1 from job earlier where earlier.lane = job.lane
             and earlier.id < job.id and earlier.failed_at is null)",
        &[],
        |row| row.get(0),
    )?)
}

pub(super) fn lease(tx: &mut Tx<'_>, id: JobId, node: &str, until: UtcMs) -> Result<(), Error> {
    tx.exec(
        "update job set leased_until = ?2, leased_by = ?3, attempts = attempts + 1 where id = ?1",
        &[&id, &until, &node],
    )?;
    Ok(())
}

pub(super) fn has_leases(tx: &mut Tx<'_>, node: &str) -> Result<bool, Error> {
    let sql = "select 1 from job where leased_until is not null and leased_by = ?1 limit 1";
    Ok(tx.opt(sql, &[&node], |_| Ok(()))?.is_some())
}

pub(super) fn release(tx: &mut Tx<'_>, node: &str) -> Result<u64, Error> {
    Ok(tx.exec(
        "update job set leased_until = null, leased_by = null where leased_by = ?1",
        &[&node],
    )?)
}

pub(super) fn delete_waiting(tx: &mut Tx<'_>, kind: &str) -> Result<(), Error> {
    tx.exec(
        "delete from job where kind = ?1 and failed_at is null and leased_until is null",
        &[&kind],
    )?;
    Ok(())
}

/// The three ends of a try. A try whose lease ran out, so that another one has begun, ends nothing:
/// `attempt` no longer matches.
pub(super) fn delete(tx: &mut Tx<'_>, id: JobId, attempt: i64) -> Result<(), Error> {
    tx.exec("delete from job where id = ?1 and attempts = ?2", &[&id, &attempt])?;
    Ok(())
}

pub(super) fn retry(
    tx: &mut Tx<'_>,
    id: JobId,
    attempt: i64,
    run_at: UtcMs,
    error: &str,
) -> Result<(), Error> {
    tx.exec(
        "update job set leased_until = null, run_at = ?3, last_error = ?4
         where id = ?1 and attempts = ?2",
        &[&id, &attempt, &run_at, &error],
    )?;
    Ok(())
}

pub(super) fn fail(tx: &mut Tx<'_>, id: JobId, attempt: i64, error: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update job set leased_until = null, failed_at = ?3, last_error = ?4
         where id = ?1 and attempts = ?2",
        &[&id, &attempt, &now, &error],
    )?;
    Ok(())
}

pub(super) fn put_back(tx: &mut Tx<'_>, id: JobId) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update job set failed_at = null, attempts = 0, run_at = ?2 where id = ?1",
        &[&id, &now],
    )?;
    Ok(())
}
