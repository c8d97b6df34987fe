//! SQLite connections: WAL, synchronous FULL, STRICT tables, statements cached.

use std::borrow::Cow;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags};

use crate::error::DbError;
use base::{ToVal, ValRef};

/// Bounds of one workspace's file.
#[derive(Clone, Copy, Debug)]
pub struct SqliteLimits {
    /// The file's greatest size in pages of 4 KiB; None is the disk's.
    pub pages_max: Option<u32>,
    /// How long a connection waits for another process's lock.
    pub lock_wait_ms: u64,
}

impl Default for SqliteLimits {
    fn default() -> Self {
        SqliteLimits { pages_max: None, lock_wait_ms: 5_000 }
    }
}

const STATEMENTS_CACHED: usize = 256;

pub(crate) fn open_writer(path: &Path, limits: SqliteLimits) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&conn, limits)?;
    conn.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")?;
    if let Some(pages_max) = limits.pages_max {
        conn.pragma_update(None, "max_page_count", pages_max)?;
    }
    Ok(conn)
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

fn prepare(conn: &Connection, limits: SqliteLimits) -> Result<(), DbError> {
    conn.busy_timeout(std::time::Duration::from_millis(limits.lock_wait_ms))?;
    conn.execute_batch(
        "pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8192;
         pragma mmap_size = 268435456;",
    )?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
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
