//! `Db`: the face of the data layer. Cheap to clone; the writer ends with the last clone.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use base::{Clock, SystemClock};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{Notify, broadcast, oneshot};

use crate::error::DbError;
use crate::event::{Hook, StoredEvent};
use crate::migrate::{self, Schema};
use crate::open::Handle as WriterHandle;
use crate::postgres_conn::{PgServer, off_runtime};
use crate::sqlite_conn::{self, SqliteLimits};
use crate::tx::{Conn, Tx};
use crate::writer::{Fault, Typed, Work, Writer, is_writer_of};

/// Where a database lives.
#[derive(Clone)]
pub enum Location {
    Sqlite { path: PathBuf, limits: SqliteLimits },
    Postgres { server: PgServer, schema: String },
}

/// What a database is opened with.
#[derive(Clone)]
pub struct Options {
    pub clock: Arc<dyn Clock>,
    /// Called for each event inside its transaction, in this order.
    pub hooks: Vec<Hook>,
    /// Changes that may wait; one more is told to try again.
    pub queue_max: usize,
    pub fault: Arc<dyn Fn(Fault) -> bool + Send + Sync>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            clock: Arc::new(SystemClock),
            hooks: Vec::new(),
            queue_max: 1_024,
            fault: Arc::new(|_| false),
        }
    }
}

/// One open database.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    location: Location,
    clock: Arc<dyn Clock>,
    queue: SyncSender<Box<dyn Work>>,
    queue_id: usize,
    readers: Mutex<Vec<rusqlite::Connection>>,
    events: broadcast::Sender<Arc<StoredEvent>>,
    last_seq: Arc<AtomicI64>,
    bell: Arc<Notify>,
}

const IDLE_READERS_MAX: usize = 8;
const SQLITE_BATCH_MAX: usize = 256;
const POSTGRES_BATCH_MAX: usize = 50;
const EVENTS_BUFFERED: usize = 1_024;

impl Db {
    /// Opens a database, makes it if it is new, and brings it to `schema`.
    pub fn open(location: Location, schema: &Schema, options: Options) -> Result<Db, DbError> {
        off_runtime(|| Db::open_here(location, schema, options))
    }

    fn open_here(location: Location, schema: &Schema, options: Options) -> Result<Db, DbError> {
        let last_seq = Arc::new(AtomicI64::new(0));
        let mut handle = match &location {
            Location::Sqlite { path, limits } => {
                WriterHandle::sqlite(path, *limits, last_seq.clone())?
            }
            Location::Postgres { server, schema } => {
                server.create_schema(schema)?;
                WriterHandle::postgres(server, schema, last_seq.clone())?
            }
        };
        let mut tx = handle.begin_plain(options.clock.now(), Arc::from([]))?;
        migrate::migrate(&mut tx, schema, options.clock.now())?;
        let seq = tx.event_seq()?;
        tx.commit()?;
        drop(tx);
        handle.seen(seq);
        let (queue, waiting) = sync_channel(options.queue_max);
        let bell = Arc::new(Notify::new());
        let (events, _) = broadcast::channel(EVENTS_BUFFERED);
        let batch_max = match &location {
            Location::Sqlite { .. } => SQLITE_BATCH_MAX,
            Location::Postgres { .. } => POSTGRES_BATCH_MAX,
        };
        let queue_id = Arc::as_ptr(&last_seq).addr();
        let writer = Writer {
            queue: waiting,
            handle,
            clock: options.clock.clone(),
            hooks: options.hooks.into(),
            events: events.clone(),
            fault: options.fault,
            batch_max,
            bell: bell.clone(),
        };
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || writer.run(queue_id))
            .map_err(|error| DbError::Io(error.to_string()))?;
        let inner = Inner {
            location,
            clock: options.clock,
            queue,
            queue_id,
            readers: Mutex::new(Vec::new()),
            events,
            last_seq,
            bell,
        };
        Ok(Db { inner: Arc::new(inner) })
    }

    /// Runs a use case in the next batch; returns once it is on disk, or undone.
    pub async fn write<T, E, F>(&self, use_case: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let answer = self.enqueue(use_case)?;
        answer.await.unwrap_or_else(|_| Err(E::from(DbError::Closed)))
    }

    /// The same for a thread that may wait, such as the command line. A use case that calls this
    /// on its own database is refused: it would wait for itself.
    pub fn write_blocking<T, E, F>(&self, use_case: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        if is_writer_of(self.inner.queue_id) {
            return Err(E::from(DbError::Refused("a use case cannot wait for another".into())));
        }
        let answer = self.enqueue(use_case)?;
        let wait = || answer.blocking_recv().unwrap_or_else(|_| Err(E::from(DbError::Closed)));
        match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
            Err(_) => wait(),
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(wait),
            Ok(_) => off_runtime(wait),
        }
    }

    fn enqueue<T, E, F>(&self, use_case: F) -> Result<oneshot::Receiver<Result<T, E>>, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (work, answer) = Typed::new(use_case);
        self.inner.queue.try_send(Box::new(work)).map_err(|error| match error {
            TrySendError::Full(_) => E::from(DbError::Busy),
            TrySendError::Disconnected(_) => E::from(DbError::Closed),
        })?;
        Ok(answer)
    }

    /// Reads from one snapshot, on the calling thread. On PostgreSQL this waits for the network,
    /// so inside the async runtime it needs the multi-threaded one.
    pub fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
    {
        match &self.inner.location {
            Location::Sqlite { .. } => self.read_sqlite(look),
            Location::Postgres { server, schema } => {
                let wait = || self.read_postgres(server, schema, look);
                match Handle::try_current() {
                    Ok(_) => tokio::task::block_in_place(wait),
                    Err(_) => wait(),
                }
            }
        }
    }

    /// Reads with one statement, which needs no snapshot around it: on PostgreSQL one journey
    /// instead of three. `look` runs again when its connection turns out to have died meanwhile.
    pub fn glance<T, E, F>(&self, look: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: Fn(&mut Tx<'_>) -> Result<T, E>,
    {
        let now = self.inner.clock.now();
        let Location::Postgres { server, schema } = &self.inner.location else {
            let conn = self.take_reader()?;
            let result = look(&mut Tx::new(Conn::Sqlite(&conn), now, Arc::from([])));
            self.give_back(conn);
            return result;
        };
        let wait = || loop {
            let (mut conn, is_new) = server.reader(schema)?;
            let mut tx = Tx::new(Conn::Postgres(&mut conn), now, Arc::from([]));
            let result = look(&mut tx);
            let has_died = matches!(tx.broken(), Some(DbError::Io(_)));
            if !has_died {
                server.give_back(conn);
            }
            if is_new || !has_died {
                return result;
            }
        };
        match Handle::try_current() {
            Ok(_) => tokio::task::block_in_place(wait),
            Err(_) => wait(),
        }
    }

    fn read_sqlite<T, E: From<DbError>>(
        &self,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let conn = self.take_reader()?;
        sqlite_conn::control(&conn, "begin")?;
        let now = self.inner.clock.now();
        let result = look(&mut Tx::new(Conn::Sqlite(&conn), now, Arc::from([])));
        // What was read is good either way; a connection that cannot leave is not used again.
        if sqlite_conn::control(&conn, "rollback").is_ok() {
            self.give_back(conn);
        }
        result
    }

    fn give_back(&self, conn: rusqlite::Connection) {
        let mut idle = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS_MAX {
            idle.push(conn);
        }
    }

    fn take_reader(&self) -> Result<rusqlite::Connection, DbError> {
        let idle = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match (idle, &self.inner.location) {
            (Some(conn), _) => Ok(conn),
            (None, Location::Sqlite { path, limits }) => sqlite_conn::open_reader(path, *limits),
            (None, Location::Postgres { .. }) => Err(DbError::Closed),
        }
    }

    fn read_postgres<T, E: From<DbError>>(
        &self,
        server: &PgServer,
        schema: &str,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = server.begin_reader(schema)?;
        let now = self.inner.clock.now();
        let result = look(&mut Tx::new(Conn::Postgres(&mut conn), now, Arc::from([])));
        if conn.batch("rollback").is_ok() {
            server.give_back(conn);
        }
        result
    }

    /// Events as they are committed, in order. A slow listener is told that it lagged and
    /// catches up with `replay`.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<StoredEvent>> {
        self.inner.events.subscribe()
    }

    /// The last event known to be on disk.
    pub fn last_seq(&self) -> i64 {
        self.inner.last_seq.load(Ordering::SeqCst)
    }

    /// Waits until a commit has asked to wake whoever works in the background.
    pub async fn woken(&self) {
        self.inner.bell.notified().await;
    }

    pub fn location(&self) -> &Location {
        &self.inner.location
    }
}
