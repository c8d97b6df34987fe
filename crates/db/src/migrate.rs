//! Migrations: append-only, one text for both databases, expand before contract.

use base::UtcMs;

use crate::dialect;
use crate::error::DbError;
use crate::tx::Tx;

/// A step of a room's schema. Its name never changes once released: `people/0001_contact`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

/// All steps of a database, and which versions of the program may open it.
#[derive(Clone, Debug)]
pub struct Schema {
    pub migrations: Vec<Migration>,
    /// The version this program writes.
    pub version: i64,
    /// The oldest program version that can still work beside it.
    pub compat_min: i64,
}

/// The data layer's own tables, before any room's.
const OWN: &[Migration] =
    &[Migration { name: "db/0001_head", sql: include_str!("../migrations/0001_head.sql") }];

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration (
    name TEXT NOT NULL PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;";

/// Brings a database to `schema`; refuses one that a newer, incompatible program made.
pub(crate) fn migrate(tx: &mut Tx<'_>, schema: &Schema, now: UtcMs) -> Result<(), DbError> {
    if tx.is_postgres() {
        // Two nodes that start at once: the second waits until the first has finished, however
        // long a large table takes.
        tx.batch("set local lock_timeout = 0")?;
        tx.query(
            "select pg_advisory_xact_lock(7231, hashtext(current_schema()))",
            &[],
            |_| Ok(()),
        )?;
    }
    run_ddl(tx, LEDGER)?;
    let done: Vec<String> = tx.query("select name from migration", &[], |row| row.get(0))?;
    if done.iter().any(|name| name == OWN[0].name) {
        let needs: i64 = tx.one("select compat_min from head where id = 1", &[], |r| r.get(0))?;
        if needs > schema.version {
            return Err(DbError::TooNew { needs, have: schema.version });
        }
    }
    for step in OWN.iter().chain(&schema.migrations) {
        if done.iter().any(|name| name == step.name) {
            continue;
        }
        run_ddl(tx, step.sql)?;
        if step.name == OWN[0].name {
            tx.exec(
                "insert into head (id, event_seq, last_hash, next_id, version, compat_min)
                 values (1, 0, ?1, 1, 0, 0)",
                &[&[0u8; 32]],
            )?;
        }
        tx.exec("insert into migration (name, applied_at) values (?1, ?2)", &[&step.name, &now])?;
    }
    tx.exec(
        "update head set version = ?1, compat_min = ?2 where id = 1 and version < ?1",
        &[&schema.version, &schema.compat_min],
    )?;
    Ok(())
}

fn run_ddl(tx: &mut Tx<'_>, sql: &str) -> Result<(), DbError> {
    if tx.is_postgres() { tx.batch(&dialect::postgres_ddl(sql)) } else { tx.batch(sql) }
}
