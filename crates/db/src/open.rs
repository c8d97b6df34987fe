//! The writer's own connection, on either database, and how it is mended after a failure.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

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
    Sqlite { conn: rusqlite::Connection },
    Postgres { server: PgServer, schema: String, conn: Option<Box<PgConn>> },
}

impl Handle {
    pub(crate) fn sqlite(
        path: &Path,
        limits: SqliteLimits,
        last_seq: Arc<AtomicI64>,
    ) -> Result<Handle, DbError> {
        let conn = sqlite_conn::open_writer(path, limits)?;
        Ok(Handle { kind: Kind::Sqlite { conn }, last_seq })
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
            Kind::Sqlite { conn } => {
                conn.execute_batch("begin immediate")?;
                Ok(Tx::new(Conn::Sqlite(conn), now, hooks))
            }
            Kind::Postgres { server, schema, conn } => {
                if conn.is_none() {
                    *conn = Some(Box::new(server.open(schema)?));
                }
                let conn = conn.as_mut().ok_or(DbError::Closed)?;
                conn.batch("begin")?;
                Ok(Tx::new(Conn::Postgres(conn), now, hooks))
            }
        }
    }

    /// After a failed batch: leave any transaction, or the whole connection.
    pub(crate) fn mend(&mut self) {
        match &mut self.kind {
            Kind::Sqlite { conn } => {
                if !conn.is_autocommit() && conn.execute_batch("rollback").is_err() {
                    tracing::error!("the writer could not leave its transaction");
                }
            }
            Kind::Postgres { conn, .. } => *conn = None,
        }
    }

    pub(crate) fn seen(&self, last_seq: i64) {
        self.last_seq.store(last_seq, Ordering::SeqCst);
    }
}
