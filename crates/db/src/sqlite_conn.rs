//! SQLite connections: WAL, synchronous FULL, STRICT tables, statements cached.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags};

use crate::error::DbError;
use crate::row::{Row, RowKind};
use base::{ToVal, ValRef};

/// Bounds of one workspace's file.
#[derive(Clone, Copy, Debug)]
pub struct SqliteLimits {
    /// The file's greatest size in pages of 4 KiB; None is the disk's.
    pub pages_max: Option<u32>,
    /// How long a connection waits for another process's lock.
    pub lock_wait_ms: u64,
    /// The write-ahead log is emptied beyond this size as soon as readers allow it.
    pub log_bytes_max: u32,
}

impl Default for SqliteLimits {
    fn default() -> Self {
        SqliteLimits { pages_max: None, lock_wait_ms: 5_000, log_bytes_max: 64 << 20 }
    }
}

const STATEMENTS_CACHED: usize = 256;
/// Pages of 4 KiB in the log after which they are carried over into the file.
const CHECKPOINT_PAGES: u32 = 4_000;
/// How long emptying an overgrown log may hold up writing.
const SHRINK_WAIT: Duration = Duration::from_millis(50);

pub(crate) fn open_writer(path: &Path, limits: SqliteLimits) -> Result<Connection, DbError> {
    if !path.exists() {
        make_private(path).or_else(|error| match error.kind() {
            ErrorKind::AlreadyExists => Ok(()),
            _ => Err(DbError::Io(format!("{}: {error}", path.display()))),
        })?;
    }
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&conn, limits)?;
    enter_wal(&conn, limits)?;
    conn.execute_batch("pragma synchronous = full;")?;
    conn.pragma_update(None, "journal_size_limit", limits.log_bytes_max)?;
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    if let Some(pages_max) = limits.pages_max {
        conn.pragma_update(None, "max_page_count", pages_max)?;
    }
    Ok(conn)
}

/// Makes an empty file that only its owner can read; SQLite gives its log the same rights.
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(|_| ())
}

pub(crate) fn open_reader(path: &Path, limits: SqliteLimits) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&conn, limits)?;
    conn.execute_batch("pragma query_only = on;")?;
    Ok(conn)
}

/// Two processes that make a file at once: SQLite refuses the second without waiting for it.
fn enter_wal(conn: &Connection, limits: SqliteLimits) -> Result<(), DbError> {
    let until = Instant::now() + Duration::from_millis(limits.lock_wait_ms);
    loop {
        match conn.execute_batch("pragma journal_mode = wal;").map_err(DbError::from) {
            Err(DbError::Busy) if Instant::now() < until => std::thread::sleep(SHRINK_WAIT / 10),
            answer => return answer,
        }
    }
}

/// Empties the log when it has outgrown its bound. Readers that are still in it come first: then
/// this is tried again some batches later.
pub(crate) fn shrink_log(conn: &Connection, path: &Path, limits: SqliteLimits) {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let bytes = std::fs::metadata(log).map_or(0, |about| about.len());
    if bytes <= u64::from(limits.log_bytes_max) {
        return;
    }
    let emptied = conn
        .busy_timeout(SHRINK_WAIT)
        .and_then(|()| {
            conn.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0))
        })
        .is_ok_and(|busy| busy == 0);
    if !emptied {
        tracing::warn!(bytes, "the write-ahead log has outgrown its bound; a reader holds it");
    }
    if let Err(error) = conn.busy_timeout(Duration::from_millis(limits.lock_wait_ms)) {
        tracing::error!(%error, "the waiting time of the writer could not be set");
    }
}

fn prepare(conn: &Connection, limits: SqliteLimits) -> Result<(), DbError> {
    conn.busy_timeout(Duration::from_millis(limits.lock_wait_ms))?;
    conn.execute_batch(
        "pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8192;
         pragma mmap_size = 268435456;",
    )?;
    // Without this SQLite plans a join again for each new value of a parameter, which costs more
    // than most of our queries.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    Ok(())
}

/// A statement without parameters that steers the transaction, kept prepared.
pub(crate) fn control(conn: &Connection, sql: &str) -> Result<(), DbError> {
    conn.prepare_cached(sql)?.raw_execute()?;
    Ok(())
}

pub(crate) fn exec(conn: &Connection, sql: &str, params: &[&dyn ToVal]) -> Result<u64, DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    if statement.column_count() > 0 {
        let mut rows = statement.raw_query();
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        return Ok(count);
    }
    Ok(statement.raw_execute()? as u64)
}

/// Shows each row to `look`. The outer error is the database's, the inner one is `look`'s.
pub(crate) fn each(
    conn: &Connection,
    sql: &str,
    params: &[&dyn ToVal],
    look: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<Result<(), DbError>, DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        if let Err(error) = look(&Row(RowKind::Sqlite(row))) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

pub(crate) fn bind(
    statement: &mut CachedStatement<'_>,
    params: &[&dyn ToVal],
) -> Result<(), DbError> {
    for (index, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Bound(param.val()))?;
    }
    Ok(())
}

struct Bound<'a>(ValRef<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            ValRef::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            ValRef::Int(int) => ToSqlOutput::Borrowed(ValueRef::Integer(int)),
            ValRef::Real(real) => ToSqlOutput::Borrowed(ValueRef::Real(real)),
            ValRef::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            ValRef::Text(text) => match without_nul(text) {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(Value::Text(text)),
            },
        })
    }
}

/// PostgreSQL cannot keep a NUL in text; both databases keep the replacement character.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::StatementStatus;

    #[test]
    fn a_statement_is_planned_once() {
        let place = testkit::Backend::Sqlite.place();
        let conn = open_writer(&place.path().join("a.db"), SqliteLimits::default()).unwrap();
        conn.execute_batch(
            "create table a (id integer primary key, name text unique) strict;
             create table b (id integer primary key, a_id integer) strict;",
        )
        .unwrap();
        let sql = "select b.id from a join b on b.a_id = a.id where a.name = ?1";
        for turn in 0..10 {
            each(&conn, sql, &[&turn.to_string()], &mut |_| Ok(())).unwrap().unwrap();
        }
        let statement = conn.prepare_cached(sql).unwrap();
        assert_eq!(statement.get_status(StatementStatus::Run), 10);
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
