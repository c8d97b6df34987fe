//! A whole database as one SQLite file, and back into either database.
//!
//! From SQLite the file is the database itself, compacted; from PostgreSQL it is the same tables
//! with the same rows. Both are taken from one snapshot while others go on writing.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use base::{Clock, FromVal, SystemClock, ToVal, ValRef};
use rusqlite::{Connection, OpenFlags};

use crate::database::Location;
use crate::error::DbError;
use crate::event::{ChainReport, verify_chain};
use crate::migrate::{self, Schema};
use crate::open::Handle;
use crate::postgres_conn::{PgConn, off_runtime};
use crate::row::Row;
use crate::sqlite_conn;
use crate::tx::{Conn, Tx};

/// What a file made by [`snapshot`] holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    pub chain: ChainReport,
    /// The steps of the schema that it has seen.
    pub migrations: Vec<String>,
    /// Rows per table, by name.
    pub rows: Vec<(String, i64)>,
}

/// Writes a copy of the database at `from` into the new file `to`, synced to disk.
pub fn snapshot(from: &Location, to: &Path) -> Result<(), DbError> {
    sqlite_conn::make_private(to).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => DbError::Refused(format!("{} is there", to.display())),
        _ => DbError::Io(format!("{}: {error}", to.display())),
    })?;
    match from {
        Location::Sqlite { path, limits } => {
            let source = sqlite_conn::open_reader(path, *limits)?;
            source.execute_batch("pragma query_only = off")?;
            let target = to.to_str().ok_or_else(|| DbError::Io("a path is not text".into()))?;
            source.execute("vacuum into ?1", [target])?;
            // The copy is a plain file, read without a log beside it.
            Connection::open(to)?.execute_batch("pragma journal_mode = delete")?;
        }
        Location::Postgres { server, schema } => {
            off_runtime(|| dump(&mut server.begin_reader(schema)?, to))?;
        }
    }
    File::open(to).and_then(|file| file.sync_all()).map_err(|error| DbError::Io(error.to_string()))
}

/// Fills a new, empty database with the rows of a file. The schema is first built as the file
/// knew it, so that later steps change its rows as they did everywhere else.
pub fn load(from: &Path, to: &Location, schema: &Schema) -> Result<(), DbError> {
    let contents = inspect(from)?;
    off_runtime(|| {
        let source = open_file(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut handle = open_target(to)?;
        let now = SystemClock.now();
        let mut tx = handle.begin_plain(now, Arc::from([]))?;
        if !tables(&mut tx)?.is_empty() {
            return Err(DbError::Refused("the database to restore into is not empty".into()));
        }
        let known = Schema {
            migrations: schema
                .migrations
                .iter()
                .filter(|step| contents.migrations.iter().any(|name| name == step.name))
                .copied()
                .collect(),
            ..schema.clone()
        };
        migrate::migrate(&mut tx, &known, now)?;
        fill(&mut tx, &source)?;
        tx.commit()?;
        let mut tx = handle.begin_plain(now, Arc::from([]))?;
        migrate::migrate(&mut tx, schema, now)?;
        tx.commit()
    })
}

/// Reads a file through: SQLite's own check, the event chain, how many rows there are.
pub fn inspect(file: &Path) -> Result<Contents, DbError> {
    let conn = open_file(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut tx = Tx::new(Conn::Sqlite(&conn), SystemClock.now(), Arc::from([]));
    let verdict: String = tx.one("pragma quick_check(1)", &[], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(DbError::Io(format!("{}: {verdict}", file.display())));
    }
    let migrations = tx.query("select name from migration order by name", &[], |row| row.get(0))?;
    let mut rows = Vec::new();
    for table in tables(&mut tx)? {
        let sql = format!("select count(*) from {}", quoted(&table));
        rows.push((table, tx.one(&sql, &[], |row| row.get(0))?));
    }
    Ok(Contents { chain: verify_chain(&mut tx)?, migrations, rows })
}

/// Reads a database from one snapshot without opening it for writing: beside a running server, or
/// before one starts. It must exist.
pub fn look<T: Send>(
    at: &Location,
    look: impl FnOnce(&mut Tx<'_>) -> Result<T, DbError> + Send,
) -> Result<T, DbError> {
    let now = SystemClock.now();
    match at {
        Location::Sqlite { path, limits } => {
            let conn = sqlite_conn::open_reader(path, *limits)?;
            sqlite_conn::control(&conn, "begin")?;
            look(&mut Tx::new(Conn::Sqlite(&conn), now, Arc::from([])))
        }
        Location::Postgres { server, schema } => off_runtime(|| {
            let mut conn = server.begin_reader(schema)?;
            let result = look(&mut Tx::new(Conn::Postgres(&mut conn), now, Arc::from([])));
            conn.batch("rollback")?;
            server.give_back(conn);
            result
        }),
    }
}

/// True while nothing was ever written there.
pub fn is_new(at: &Location) -> Result<bool, DbError> {
    let is_missing = matches!(at, Location::Sqlite { path, .. } if !path.exists());
    Ok(is_missing || look(at, tables)?.is_empty())
}

/// Reads a file that [`snapshot`] made.
pub fn read_file<T>(
    file: &Path,
    look: impl FnOnce(&mut Tx<'_>) -> Result<T, DbError>,
) -> Result<T, DbError> {
    let conn = open_file(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    look(&mut Tx::new(Conn::Sqlite(&conn), SystemClock.now(), Arc::from([])))
}

/// Changes a file that [`snapshot`] made; what is deleted leaves no trace in it.
pub fn edit<T>(
    file: &Path,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T, DbError>,
) -> Result<T, DbError> {
    let conn = open_file(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.execute_batch("pragma secure_delete = on; begin immediate")?;
    let result = change(&mut Tx::new(Conn::Sqlite(&conn), SystemClock.now(), Arc::from([])))?;
    conn.execute_batch("commit; vacuum")?;
    drop(conn);
    File::open(file)
        .and_then(|file| file.sync_all())
        .map_err(|error| DbError::Io(error.to_string()))?;
    Ok(result)
}

fn open_file(file: &Path, flags: OpenFlags) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Rows are removed table by table here; whole files are checked when they are opened again.
    conn.execute_batch("pragma foreign_keys = off")?;
    Ok(conn)
}

fn open_target(to: &Location) -> Result<Handle, DbError> {
    let seq = Arc::new(AtomicI64::new(0));
    match to {
        Location::Sqlite { path, limits } => Handle::sqlite(path, *limits, seq),
        Location::Postgres { server, schema } => {
            server.create_schema(schema)?;
            Handle::postgres(server, schema, seq)
        }
    }
}

fn tables(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let sql = if tx.is_postgres() {
        "select table_name::text from information_schema.tables
         where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1"
    } else {
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%'
         order by 1"
    };
    tx.query(sql, &[], |row| row.get(0))
}

/// Copies every row of the file, after what the migrations themselves had put there is gone.
fn fill(tx: &mut Tx<'_>, source: &Connection) -> Result<(), DbError> {
    let links = loosen(tx)?;
    let known = tables(tx)?;
    for table in &known {
        tx.exec(&format!("delete from {}", quoted(table)), &[])?;
    }
    let mut from = Tx::new(Conn::Sqlite(source), tx.now(), Arc::from([]));
    for table in tables(&mut from)? {
        if !known.contains(&table) {
            return Err(DbError::Refused(format!("this program knows no table {table}")));
        }
        copy_table(&mut from, tx, &table)?;
    }
    for link in links {
        tx.batch(&link)?;
    }
    Ok(())
}

/// Lets rows come in any order until the end; returns what ties them together again.
fn loosen(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    if !tx.is_postgres() {
        tx.batch("pragma defer_foreign_keys = on")?;
        return Ok(Vec::new());
    }
    let links: Vec<(String, String, String)> = tx.query(
        "select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
         from pg_constraint where contype = 'f'
         and connamespace = current_schema()::regnamespace",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let mut again = Vec::new();
    for (table, name, definition) in links {
        tx.batch(&format!("alter table {table} drop constraint {}", quoted(&name)))?;
        again.push(format!("alter table {table} add constraint {} {definition}", quoted(&name)));
    }
    Ok(again)
}

fn copy_table(from: &mut Tx<'_>, to: &mut Tx<'_>, table: &str) -> Result<(), DbError> {
    let columns: Vec<String> =
        from.query("select name from pragma_table_info(?1) order by cid", &[&table], |row| {
            row.get(0)
        })?;
    let insert = insert_into(table, &columns);
    from.each(&select_from(table, &columns), &[], |row| {
        let values = read_values(row, columns.len())?;
        let params: Vec<&dyn ToVal> = values.iter().map(|value| value as &dyn ToVal).collect();
        to.exec(&insert, &params).map(|_| ())
    })
}

/// PostgreSQL's tables and rows as an SQLite file, without its indexes and links: they come back
/// with the migrations.
fn dump(conn: &mut PgConn, to: &Path) -> Result<(), DbError> {
    let file = Connection::open(to)?;
    file.execute_batch("pragma synchronous = off; begin immediate")?;
    let mut tx = Tx::new(Conn::Postgres(conn), SystemClock.now(), Arc::from([]));
    let mut plan = Vec::new();
    for table in tables(&mut tx)? {
        plan.push((columns_of(&mut tx, &table)?, key_of(&mut tx, &table)?, table));
    }
    for (columns, key, table) in plan {
        let mut parts: Vec<String> =
            columns.iter().map(|(name, kind)| format!("{} {kind}", quoted(name))).collect();
        if !key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", list(&key)));
        }
        file.execute_batch(&format!("CREATE TABLE {} ({})", quoted(&table), parts.join(", ")))?;
        let names: Vec<String> = columns.into_iter().map(|(name, _)| name).collect();
        let insert = insert_into(&table, &names);
        conn.each(&select_from(&table, &names), |row| {
            let values = read_values(row, names.len())?;
            let params: Vec<&dyn ToVal> = values.iter().map(|value| value as &dyn ToVal).collect();
            sqlite_conn::exec(&file, &insert, &params).map(|_| ())
        })?;
    }
    file.execute_batch("commit")?;
    conn.batch("rollback")
}

/// The columns of a table with their storage types. What PostgreSQL works out by itself, such as
/// an index of words, is left out.
fn columns_of(tx: &mut Tx<'_>, table: &str) -> Result<Vec<(String, &'static str)>, DbError> {
    let all: Vec<(String, String)> = tx.query(
        "select column_name::text, udt_name::text from information_schema.columns
         where table_schema = current_schema() and table_name = ?1 and is_generated = 'NEVER'
         order by ordinal_position",
        &[&table],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let kind = |udt: &str| match udt {
        "int8" | "int4" | "int2" | "bool" => Some("INTEGER"),
        "text" | "varchar" | "name" => Some("TEXT"),
        "bytea" => Some("BLOB"),
        "float8" => Some("REAL"),
        _ => None,
    };
    Ok(all.into_iter().filter_map(|(name, udt)| kind(&udt).map(|kind| (name, kind))).collect())
}

fn key_of(tx: &mut Tx<'_>, table: &str) -> Result<Vec<String>, DbError> {
    tx.query(
        "select k.column_name::text from information_schema.table_constraints c
         join information_schema.key_column_usage k on k.constraint_name = c.constraint_name
             and k.constraint_schema = c.constraint_schema and k.table_name = c.table_name
         where c.constraint_type = 'PRIMARY KEY' and c.table_schema = current_schema()
             and c.table_name = ?1 order by k.ordinal_position",
        &[&table],
        |row| row.get(0),
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn select_from(table: &str, columns: &[String]) -> String {
    format!("select {} from {}", list(columns), quoted(table))
}

fn insert_into(table: &str, columns: &[String]) -> String {
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    format!("insert into {} ({}) values ({})", quoted(table), list(columns), places.join(", "))
}

fn read_values(row: &Row<'_>, count: usize) -> Result<Vec<Value>, DbError> {
    (0..count).map(|index| row.get(index)).collect()
}

/// A value on its way from one database to the other.
enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl FromVal for Value {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        Ok(match val {
            ValRef::Null => Value::Null,
            ValRef::Int(int) => Value::Int(int),
            ValRef::Real(real) => Value::Real(real),
            ValRef::Text(text) => Value::Text(text.to_string()),
            ValRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        })
    }
}

impl ToVal for Value {
    fn val(&self) -> ValRef<'_> {
        match self {
            Value::Null => ValRef::Null,
            Value::Int(int) => ValRef::Int(*int),
            Value::Real(real) => ValRef::Real(*real),
            Value::Text(text) => ValRef::Text(text),
            Value::Blob(bytes) => ValRef::Blob(bytes),
        }
    }
}
