//! PostgreSQL: one server shared by many workspaces, each in a schema of its own.
//!
//! The driver blocks and may not be met on a thread of the async runtime: connections are made and
//! dropped off it.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use crate::dialect;
use crate::error::DbError;
use crate::row::Row;
use crate::sqlite_conn::without_nul;
use base::{ToVal, ValRef};

const STATEMENTS_CACHED: usize = 400;
const IDLE_READERS_MAX: usize = 16;
/// Connections that read at once; one more waits its turn, and then is told to try again.
const READERS_MAX: usize = 32;
const TURN_WAIT: Duration = Duration::from_secs(10);
const CONNECT_WAIT: Duration = Duration::from_secs(10);
/// A server that says nothing for so long is taken for gone.
const SILENCE_MAX: Duration = Duration::from_secs(30);
const BEGIN_READER: &str = "begin isolation level repeatable read read only";

/// What every connection is told first: an acknowledgement means on disk, whatever the server's
/// default; nobody waits for ever; a node that hangs lets go of the head row.
const MANNERS: &str = "set client_min_messages = warning; set jit = off; \
    set lock_timeout = '20s'; set idle_in_transaction_session_timeout = '60s'; \
    select set_config('synchronous_commit', 'on', false) \
        where current_setting('synchronous_commit') = 'off'";

/// A server and the readers that wait to be used again.
#[derive(Clone)]
pub struct PgServer {
    shared: Arc<Shared>,
}

struct Shared {
    dsn: String,
    idle: Mutex<Vec<PgConn>>,
    reading: Mutex<usize>,
    turn: Condvar,
}

/// A place among those that read at once.
struct Turn(Arc<Shared>);

impl Turn {
    fn wait(shared: &Arc<Shared>) -> Result<Turn, DbError> {
        let reading = shared.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut reading, _) = shared
            .turn
            .wait_timeout_while(reading, TURN_WAIT, |reading| *reading >= READERS_MAX)
            .unwrap_or_else(PoisonError::into_inner);
        if *reading >= READERS_MAX {
            return Err(DbError::Busy);
        }
        *reading += 1;
        Ok(Turn(shared.clone()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0.reading.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.turn.notify_one();
    }
}

/// A connection that stands in one schema.
pub(crate) struct PgConn {
    client: Client,
    schema: String,
    statements: HashMap<String, Statement>,
    /// A reader's, while it reads.
    turn: Option<Turn>,
}

impl PgServer {
    /// Names a server; connections are made when first needed.
    pub fn new(dsn: &str) -> PgServer {
        let shared = Shared {
            dsn: dsn.into(),
            idle: Mutex::default(),
            reading: Mutex::default(),
            turn: Condvar::new(),
        };
        PgServer { shared: Arc::new(shared) }
    }

    /// Makes the schema if it is not there yet.
    pub fn create_schema(&self, schema: &str) -> Result<(), DbError> {
        // `if not exists` still collides when two nodes begin at once; the lock makes them queue.
        let sql = format!(
            "begin; select pg_advisory_xact_lock(7230); create schema if not exists {}; commit",
            quoted(schema)
        );
        off_runtime(|| Ok(self.connect()?.batch_execute(&sql)?))
    }

    /// Drops a schema with all it holds.
    pub fn drop_schema(&self, schema: &str) -> Result<(), DbError> {
        let sql = format!("drop schema if exists {} cascade", quoted(schema));
        off_runtime(|| Ok(self.connect()?.batch_execute(&sql)?))
    }

    fn connect(&self) -> Result<Client, DbError> {
        let unreachable = |error: postgres::Error| {
            DbError::Io(error.as_db_error().map_or(error.to_string(), |said| said.to_string()))
        };
        let mut config = Config::from_str(&self.shared.dsn).map_err(unreachable)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_WAIT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE_MAX);
        }
        config.keepalives_idle(SILENCE_MAX);
        let mut client = config.connect(NoTls).map_err(unreachable)?;
        client.batch_execute(MANNERS)?;
        Ok(client)
    }

    pub(crate) fn open(&self, schema: &str) -> Result<PgConn, DbError> {
        let mut conn = PgConn {
            client: self.connect()?,
            schema: String::new(),
            statements: HashMap::new(),
            turn: None,
        };
        conn.enter(schema)?;
        Ok(conn)
    }

    /// A reader in `schema` that has begun its snapshot. Idle ones whose server went away meanwhile
    /// are passed over.
    pub(crate) fn begin_reader(&self, schema: &str) -> Result<PgConn, DbError> {
        loop {
            let (mut conn, is_new) = self.reader(schema)?;
            match conn.batch(BEGIN_READER) {
                Ok(()) => return Ok(conn),
                Err(error) if is_new => return Err(error),
                Err(_) => {}
            }
        }
    }

    /// A connection that cannot write: an idle one that already stands in `schema`, else a new one
    /// (then true), else one of another schema.
    pub(crate) fn reader(&self, schema: &str) -> Result<(PgConn, bool), DbError> {
        let turn = Turn::wait(&self.shared)?;
        while let Some(mut conn) = self.idle(schema) {
            if conn.enter(schema).is_ok() {
                conn.turn = Some(turn);
                return Ok((conn, false));
            }
        }
        let mut conn = self.open(schema)?;
        conn.batch("set default_transaction_read_only = on")?;
        conn.turn = Some(turn);
        Ok((conn, true))
    }

    fn idle(&self, schema: &str) -> Option<PgConn> {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        // One that comes from another schema has to forget all its statements, so only a full house
        // gives up the one that has waited longest.
        let place = idle.iter().rposition(|conn| conn.schema == schema);
        let place = place.or((idle.len() >= IDLE_READERS_MAX).then_some(0))?;
        Some(idle.remove(place))
    }

    pub(crate) fn give_back(&self, mut conn: PgConn) {
        let turn = conn.turn.take();
        if !conn.client.is_closed() {
            let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE_READERS_MAX {
                idle.push(conn);
            }
        }
        drop(turn);
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        let idle = std::mem::take(idle);
        if !idle.is_empty() {
            off_runtime(move || drop(idle));
        }
    }
}

/// Runs what blocks on a thread of its own when the caller's belongs to an async runtime.
pub(crate) fn off_runtime<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return work();
    }
    std::thread::scope(|scope| {
        scope.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl PgConn {
    /// Statements are planned for one schema, so they are forgotten on the way to another.
    fn enter(&mut self, schema: &str) -> Result<(), DbError> {
        if self.schema != schema {
            self.statements.clear();
            self.client.batch_execute(&format!("set search_path to {}", quoted(schema)))?;
            self.schema = schema.to_string();
        }
        Ok(())
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        Ok(self.client.batch_execute(sql)?)
    }

    /// What became of a transaction: `committed`, `aborted`, `in progress`, or nothing known.
    pub(crate) fn outcome(&mut self, transaction: i64) -> Result<String, DbError> {
        let row = self.client.query_one("select txid_status($1)", &[&transaction])?;
        Ok(row.try_get::<_, Option<String>>(0)?.unwrap_or_default())
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS_CACHED {
            self.statements.clear();
        }
        let statement = self.client.prepare(&dialect::postgres_params(sql))?;
        self.statements.insert(sql.to_string(), statement.clone());
        Ok(statement)
    }

    pub(crate) fn exec(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<u64, DbError> {
        let statement = self.statement(sql)?;
        let bound: Vec<Bound<'_>> = params.iter().map(|param| Bound(param.val())).collect();
        let params: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as _).collect();
        Ok(self.client.execute(&statement, &params)?)
    }

    /// Shows each row of a query without parameters to `look`, as they arrive: a table may be
    /// larger than the memory.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        mut look: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let no_params: [&(dyn ToSql + Sync); 0] = [];
        let mut rows = self.client.query_raw(sql, no_params)?;
        while let Some(row) = rows.next()? {
            look(&(&row).into())?;
        }
        Ok(())
    }

    pub(crate) fn query(
        &mut self,
        sql: &str,
        params: &[&dyn ToVal],
    ) -> Result<Vec<postgres::Row>, DbError> {
        let statement = self.statement(sql)?;
        let bound: Vec<Bound<'_>> = params.iter().map(|param| Bound(param.val())).collect();
        let params: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as _).collect();
        Ok(self.client.query(&statement, &params)?)
    }
}

#[derive(Debug)]
struct Bound<'a>(ValRef<'a>);

impl ToSql for Bound<'_> {
    /// Written as the type the statement asks for, so that i32, i64 and booleans cannot clash.
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self.0, ty) {
            (ValRef::Null, _) => Ok(IsNull::Yes),
            (ValRef::Int(int), &Type::INT4) => i32::try_from(int)?.to_sql(ty, out),
            (ValRef::Int(int), &Type::INT2) => i16::try_from(int)?.to_sql(ty, out),
            (ValRef::Int(int), &Type::BOOL) => (int != 0).to_sql(ty, out),
            (ValRef::Int(int), &Type::FLOAT8) => (int as f64).to_sql(ty, out),
            (ValRef::Int(int), &Type::INT8) => int.to_sql(ty, out),
            (ValRef::Real(real), &Type::FLOAT8) => real.to_sql(ty, out),
            (ValRef::Blob(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            (ValRef::Text(text), ty) if <&str as ToSql>::accepts(ty) => {
                without_nul(text).as_ref().to_sql(ty, out)
            }
            (val, ty) => Err(format!("{val:?} does not fit a column of type {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
