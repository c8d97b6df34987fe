//! PostgreSQL: one server shared by many workspaces, each in a schema of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use crate::dialect;
use crate::error::DbError;
use crate::sqlite_conn::without_nul;
use base::{ToVal, ValRef};

const STATEMENTS_CACHED: usize = 400;
const IDLE_READERS_MAX: usize = 8;

/// A server and the readers that wait to be used again.
#[derive(Clone)]
pub struct PgServer {
    shared: Arc<Shared>,
}

struct Shared {
    dsn: String,
    idle: Mutex<Vec<PgConn>>,
}

/// A connection that stands in one schema.
pub(crate) struct PgConn {
    client: Client,
    schema: String,
    statements: HashMap<String, Statement>,
}

impl PgServer {
    /// Names a server; connections are made when first needed.
    pub fn new(dsn: &str) -> PgServer {
        PgServer { shared: Arc::new(Shared { dsn: dsn.into(), idle: Mutex::new(Vec::new()) }) }
    }

    /// Makes the schema if it is not there yet.
    pub fn create_schema(&self, schema: &str) -> Result<(), DbError> {
        let mut client = self.connect()?;
        client.batch_execute(&format!("create schema if not exists {}", quoted(schema)))?;
        Ok(())
    }

    /// Drops a schema with all it holds.
    pub fn drop_schema(&self, schema: &str) -> Result<(), DbError> {
        let mut client = self.connect()?;
        client.batch_execute(&format!("drop schema if exists {} cascade", quoted(schema)))?;
        Ok(())
    }

    fn connect(&self) -> Result<Client, DbError> {
        Client::connect(&self.shared.dsn, NoTls).map_err(|error| DbError::Io(error.to_string()))
    }

    pub(crate) fn open(&self, schema: &str) -> Result<PgConn, DbError> {
        let mut conn =
            PgConn { client: self.connect()?, schema: String::new(), statements: HashMap::new() };
        conn.enter(schema)?;
        Ok(conn)
    }

    /// A reader in `schema`: one that already stands there, else any idle one, else a new one.
    pub(crate) fn take(&self, schema: &str) -> Result<PgConn, DbError> {
        let found = {
            let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let place = idle.iter().position(|conn| conn.schema == schema);
            let place = place.or(idle.len().checked_sub(1));
            place.map(|place| idle.swap_remove(place))
        };
        match found.filter(|conn| !conn.client.is_closed()) {
            Some(mut conn) => {
                conn.enter(schema)?;
                Ok(conn)
            }
            None => self.open(schema),
        }
    }

    pub(crate) fn give_back(&self, conn: PgConn) {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS_MAX && !conn.client.is_closed() {
            idle.push(conn);
        }
    }
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
