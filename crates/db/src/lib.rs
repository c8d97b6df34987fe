//! One database of one workspace: an SQLite file or a PostgreSQL schema behind the same `Tx`.
//!
//! Every change goes through one group-committing writer. A batch takes the `head` row first, so
//! that commit order is event order; each use case of a batch runs in a savepoint of its own, and
//! nobody is told "done" before the whole batch is on disk.

mod copy;
mod database;
mod dialect;
mod error;
mod event;
mod migrate;
mod open;
mod postgres_conn;
mod row;
mod sqlite_conn;
mod tx;
mod writer;

pub use base::{FromVal, ToVal, ValRef};
pub use copy::{Contents, edit, inspect, is_new, load, look, read_file, snapshot};
pub use database::{Db, Location, Options};
pub use error::DbError;
pub use event::{
    ChainFault, ChainReport, EventFilter, Hook, NewEvent, StoredEvent, newest_events, replay,
    verify_chain,
};
pub use migrate::{Migration, Schema};
pub use postgres_conn::PgServer;
pub use row::Row;
pub use sqlite_conn::SqliteLimits;
pub use tx::Tx;
pub use writer::Fault;
