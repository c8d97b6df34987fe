//! The writer's own connection, on either database, and how it is mended after a failure.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::UtcMs;

use crate::error::DbError;
use crate::event::Hook;
use crate::postgres_conn::{PgConn, PgServer};
use crate::sqlite_conn::{self, SqliteLimits};
use crate::tx::{Conn, Tx};

pub(crate) struct Handle {
    kind: Kind,
    last_seq: Arc<AtomicI64>,
}

enum Kind {
    Sqlite { path: PathBuf, limits: SqliteLimits, conn: Option<rusqlite::Connection>, count: u32 },
    Postgres { server: PgServer, schema: String, conn: Option<Box<PgConn>> },
}

/// How often the size of SQLite's log is looked at.
const BATCHES_PER_LOOK: u32 = 32;
/// How often a lost server is asked what became of a commit, and the wait between.
const OUTCOME_TRIES_MAX: u32 = 40;
const OUTCOME_WAIT: Duration = Duration::from_millis(250);

impl Handle {
    pub(crate) fn sqlite(
        path: &Path,
        limits: SqliteLimits,
        last_seq: Arc<AtomicI64>,
    ) -> Result<Handle, DbError> {
        let conn = Some(sqlite_conn::open_writer(path, limits)?);
        Ok(Handle { kind: Kind::Sqlite { path: path.into(), limits, conn, count: 0 }, last_seq })
    }

    pub(crate) fn postgres(
        server: &PgServer,
        schema: &str,
        last_seq: Arc<AtomicI64>,
    ) -> Result<Handle, DbError> {
        let conn = Some(Box::new(server.open(schema)?));
        let kind = Kind::Postgres { server: server.clone(), schema: schema.into(), conn };
        Ok(Handle { kind, last_seq })
    }

    /// Begins a batch: the transaction, then the head row.
    pub(crate) fn begin(&mut self, now: UtcMs, hooks: Arc<[Hook]>) -> Result<Tx<'_>, DbError> {
        let mut tx = self.begin_plain(now, hooks)?;
        tx.take_head()?;
        Ok(tx)
    }

    /// Begins a transaction without the head row, for migrations.
    pub(crate) fn begin_plain(
        &mut self,
        now: UtcMs,
        hooks: Arc<[Hook]>,
    ) -> Result<Tx<'_>, DbError> {
        match &mut self.kind {
            Kind::Sqlite { path, limits, conn, .. } => {
                if conn.is_none() {
                    *conn = Some(sqlite_conn::open_writer(path, *limits)?);
                }
                let conn = conn.as_ref().ok_or(DbError::Closed)?;
                let mut tx = Tx::new(Conn::Sqlite(conn), now, hooks);
                tx.control("begin immediate")?;
                Ok(tx)
            }
            Kind::Postgres { server, schema, conn } => {
                // A server that was restarted shows itself at the first word; nothing has run yet.
                let fresh = conn.as_mut().is_none_or(|conn| conn.batch("begin").is_err());
                if fresh {
                    *conn = None;
                    let mut new = Box::new(server.open(schema)?);
                    new.batch("begin")?;
                    *conn = Some(new);
                }
                let conn = conn.as_mut().ok_or(DbError::Closed)?;
                Ok(Tx::new(Conn::Postgres(conn), now, hooks))
            }
        }
    }

    /// After a failed batch: leave any transaction, or the whole connection.
    pub(crate) fn mend(&mut self) {
        match &mut self.kind {
            Kind::Sqlite { conn, .. } => {
                let stuck = conn
                    .as_ref()
                    .is_some_and(|c| !c.is_autocommit() && c.execute_batch("rollback").is_err());
                if stuck {
                    tracing::error!("the writer could not leave its transaction; opening again");
                    *conn = None;
                }
            }
            Kind::Postgres { conn, .. } => *conn = None,
        }
    }

    /// Whether a COMMIT whose answer was an error happened all the same. `Unknown` when nobody can
    /// tell any more.
    pub(crate) fn was_committed(
        &mut self,
        transaction: Option<i64>,
        error: &DbError,
    ) -> Result<bool, DbError> {
        let Kind::Postgres { server, schema, conn } = &mut self.kind else { return Ok(false) };
        let (Some(transaction), DbError::Io(_)) = (transaction, error) else { return Ok(false) };
        *conn = None;
        for _ in 0..OUTCOME_TRIES_MAX {
            let status = server.open(schema).and_then(|mut new| new.outcome(transaction));
            match status.as_deref() {
                Ok("committed") => return Ok(true),
                Ok("aborted") => return Ok(false),
                Ok("in progress") | Err(_) => std::thread::sleep(OUTCOME_WAIT),
                Ok(_) => break,
            }
        }
        Err(DbError::Unknown)
    }

    /// Between batches: a log that readers kept from shrinking is emptied.
    pub(crate) fn tidy_up(&mut self) {
        let Kind::Sqlite { path, limits, conn: Some(conn), count } = &mut self.kind else {
            return;
        };
        *count += 1;
        if *count >= BATCHES_PER_LOOK {
            *count = 0;
            sqlite_conn::shrink_log(conn, path, *limits);
        }
    }

    pub(crate) fn seen(&self, last_seq: i64) {
        self.last_seq.store(last_seq, Ordering::SeqCst);
    }
}
