//! The handle a use case gets: portable SQL, ids, numbers and the event log.

use std::sync::Arc;

use base::{ToVal, UtcMs};

use crate::dialect;
use crate::error::DbError;
use crate::event::{self, Hook, NewEvent, StoredEvent};
use crate::postgres_conn::PgConn;
use crate::row::Row;
use crate::sqlite_conn;

/// An open transaction. A reader's refuses changes.
pub struct Tx<'c> {
    conn: Conn<'c>,
    now: UtcMs,
    hooks: Arc<[Hook]>,
    head: Option<Head>,
    recorded: Vec<StoredEvent>,
    after_commit: Vec<Box<dyn FnOnce() + Send>>,
    wake: bool,
    /// The statement that failed: what follows it would differ between the two databases.
    broken: Option<DbError>,
    /// PostgreSQL: the last use case's savepoint is let go together with the next word sent.
    part_open: bool,
    transaction: Option<i64>,
}

pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut PgConn),
}

/// The row that orders everything, held in memory while a batch runs.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    event_seq: i64,
    last_hash: [u8; 32],
    next_id: i64,
}

/// What a batch hands over once it is on disk.
pub(crate) struct Committed {
    pub events: Vec<StoredEvent>,
    pub last_seq: i64,
    pub after: Vec<Box<dyn FnOnce() + Send>>,
    pub wake: bool,
    /// PostgreSQL's own number of the transaction, to ask for its outcome.
    pub transaction: Option<i64>,
}

/// Where a use case began, to go back to when it fails.
pub(crate) struct Mark {
    head: Option<Head>,
    recorded: usize,
    after_commit: usize,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, now: UtcMs, hooks: Arc<[Hook]>) -> Self {
        Tx {
            conn,
            now,
            hooks,
            head: None,
            recorded: Vec::new(),
            after_commit: Vec::new(),
            wake: false,
            broken: None,
            part_open: false,
            transaction: None,
        }
    }

    /// The instant of this transaction: the same for everything it does.
    pub fn now(&self) -> UtcMs {
        self.now
    }

    /// For histories told afterwards (imports, the demonstration): what follows happened then.
    pub fn set_now(&mut self, now: UtcMs) {
        self.now = now;
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(_))
    }

    /// Runs a changing statement; returns how many rows it changed.
    pub fn exec(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<u64, DbError> {
        self.sound()?;
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_conn::exec(conn, sql, params),
            Conn::Postgres(conn) => conn.exec(sql, params),
        };
        self.noted(done)
    }

    /// Runs a query and reads each row with `read`.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToVal],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Runs a query and shows each row to `look`; its error ends the walk.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        params: &[&dyn ToVal],
        mut look: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.sound()?;
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_conn::each(conn, sql, params, &mut look),
            Conn::Postgres(conn) => {
                conn.query(sql, params).map(|rows| rows.iter().try_for_each(|r| look(&r.into())))
            }
        };
        self.noted(done)?
    }

    /// Runs a part that may fail without failing the whole: its changes are undone alone, and its
    /// error can be answered with another try. Without this an error that a statement met ends
    /// the transaction, on both databases.
    pub fn attempt<T, E: From<DbError>>(
        &mut self,
        part: impl FnOnce(&mut Tx<'c>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.sound()?;
        let mark = self.mark();
        self.control("savepoint attempt")?;
        let outcome = part(self);
        match (outcome, self.broken()) {
            (Ok(value), None) => {
                self.control("release attempt")?;
                Ok(value)
            }
            (outcome, broken) => {
                self.control("rollback to attempt")?;
                self.control("release attempt")?;
                self.back_to(mark);
                outcome.and_then(|_| Err(E::from(broken.unwrap_or(DbError::Panicked))))
            }
        }
    }

    /// After a failed statement PostgreSQL refuses all others; SQLite is held to the same.
    fn sound(&self) -> Result<(), DbError> {
        match &self.broken {
            None => Ok(()),
            Some(error) => Err(DbError::Sql(format!("an earlier statement failed: {error}"))),
        }
    }

    fn noted<T>(&mut self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &done {
            self.broken = Some(error.clone());
        }
        done
    }

    pub(crate) fn broken(&self) -> Option<DbError> {
        self.broken.clone()
    }

    /// The first row, if there is any.
    pub fn opt<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToVal],
        read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        Ok(self.query(sql, params, read)?.into_iter().next())
    }

    /// The first row of a query that always has one.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToVal],
        read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.opt(sql, params, read)?.ok_or_else(|| DbError::Sql(format!("no row: {sql}")))
    }

    /// Several statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.conn {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Conn::Postgres(conn) => conn.batch(sql),
        }
    }

    /// One statement that steers the transaction itself.
    pub(crate) fn control(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_conn::control(conn, sql),
            Conn::Postgres(conn) => conn.batch(sql),
        }
    }

    /// Opens the savepoint of the next use case.
    pub(crate) fn begin_part(&mut self) -> Result<(), DbError> {
        let release_too = std::mem::take(&mut self.part_open);
        self.control(if release_too {
            "release use_case; savepoint use_case"
        } else {
            "savepoint use_case"
        })
    }

    /// Keeps what the use case did. PostgreSQL hears of it with the next word: a journey less.
    pub(crate) fn keep_part(&mut self) -> Result<(), DbError> {
        if self.is_postgres() {
            self.part_open = true;
            return Ok(());
        }
        self.control("release use_case")
    }

    pub(crate) fn undo_part(&mut self, mark: Mark) -> Result<(), DbError> {
        if self.is_postgres() {
            self.control("rollback to use_case; release use_case")?;
        } else {
            self.control("rollback to use_case")?;
            self.control("release use_case")?;
        }
        self.back_to(mark);
        Ok(())
    }

    pub(crate) fn commit(&mut self) -> Result<(), DbError> {
        self.control("commit")
    }

    /// A new id, unique in the whole workspace.
    pub fn next_id<I: base::RawId>(&mut self) -> Result<I, DbError> {
        let head = self.head_mut()?;
        let id = head.next_id;
        head.next_id += 1;
        Ok(I::from_raw(id))
    }

    /// The next number of a series: 1, 2, 3 … without gaps, per kind and year.
    pub fn number(&mut self, kind: &str, year: i64) -> Result<i64, DbError> {
        self.head_mut()?;
        self.one(
            "insert into series (kind, year, last) values (?1, ?2, 1)
             on conflict (kind, year) do update set last = series.last + 1 returning last",
            &[&kind, &year],
            |row| row.get(0),
        )
    }

    /// Records a change and tells those who listen inside the transaction.
    pub fn append_event(&mut self, new: NewEvent) -> Result<StoredEvent, DbError> {
        let at = self.now;
        let head = self.head_mut()?;
        let seq = head.event_seq + 1;
        let (digest, hash) = event::chain(&head.last_hash, seq, at, &new);
        self.exec(
            "insert into event (seq, at, kind, actor_id, subject_kind, subject_id, contact_id,
             payload, digest, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            &[
                &seq,
                &at,
                &new.kind,
                &new.actor_id,
                &new.subject_kind,
                &new.subject_id,
                &new.contact_id,
                &new.payload,
                &digest,
                &hash,
            ],
        )?;
        let head = self.head_mut()?;
        head.event_seq = seq;
        head.last_hash = hash;
        let stored = StoredEvent {
            seq,
            at,
            kind: new.kind.to_string(),
            actor_id: new.actor_id,
            subject_kind: new.subject_kind.to_string(),
            subject_id: new.subject_id,
            contact_id: new.contact_id,
            payload: Some(new.payload),
        };
        self.recorded.push(stored.clone());
        for hook in self.hooks.clone().iter() {
            hook(self, &stored)?;
        }
        Ok(stored)
    }

    /// Removes an event's words and keeps its digest, so that the chain still verifies.
    pub fn erase_event(&mut self, seq: i64) -> Result<(), DbError> {
        self.exec("update event set payload = null where seq = ?1", &[&seq])?;
        Ok(())
    }

    /// The last event this transaction can see. A page and its sequence come from one snapshot.
    pub fn event_seq(&mut self) -> Result<i64, DbError> {
        match &self.head {
            Some(head) => Ok(head.event_seq),
            None => self.one("select event_seq from head where id = 1", &[], |row| row.get(0)),
        }
    }

    /// Runs `act` once this change is on disk, and never if it is undone.
    pub fn after_commit(&mut self, act: impl FnOnce() + Send + 'static) {
        self.after_commit.push(Box::new(act));
    }

    /// Wakes whoever waits in `Db::woken`, once this is on disk. Waking once too often is harmless.
    pub fn wake(&mut self) {
        self.wake = true;
    }

    fn head_mut(&mut self) -> Result<&mut Head, DbError> {
        self.head.as_mut().ok_or_else(|| DbError::Refused("a reader cannot change data".into()))
    }

    pub(crate) fn take_head(&mut self) -> Result<(), DbError> {
        let sql = dialect::take_head(self.is_postgres());
        let (head, transaction) = self.one(sql, &[], |row| {
            let head =
                Head { event_seq: row.get(0)?, last_hash: row.get(1)?, next_id: row.get(2)? };
            Ok((head, row.get(3)?))
        })?;
        self.head = Some(head);
        self.transaction = self.is_postgres().then_some(transaction);
        Ok(())
    }

    pub(crate) fn put_head(&mut self) -> Result<(), DbError> {
        let Some(head) = self.head.clone() else { return Ok(()) };
        self.exec(
            "update head set event_seq = ?1, last_hash = ?2, next_id = ?3 where id = 1",
            &[&head.event_seq, &head.last_hash, &head.next_id],
        )?;
        Ok(())
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            head: self.head.clone(),
            recorded: self.recorded.len(),
            after_commit: self.after_commit.len(),
        }
    }

    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.head = mark.head;
        self.recorded.truncate(mark.recorded);
        self.after_commit.truncate(mark.after_commit);
        self.broken = None;
    }

    pub(crate) fn into_committed(self) -> Committed {
        Committed {
            last_seq: self.head.map_or(0, |head| head.event_seq),
            events: self.recorded,
            after: self.after_commit,
            wake: self.wake,
            transaction: self.transaction,
        }
    }

    /// True when the database itself has already undone the whole transaction.
    pub(crate) fn is_lost(&self) -> bool {
        match &self.conn {
            Conn::Sqlite(conn) => conn.is_autocommit(),
            Conn::Postgres(conn) => conn.is_closed(),
        }
    }
}
