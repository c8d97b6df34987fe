//! Durable creates (contact, address, case, message, event) through `Db::write`, beside raw
//! batched inserts of the same rows in the same run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use db::{Db, DbError, Migration, NewEvent, Options, Schema, Tx};
use testkit::Backend;

use crate::machine::cpu_s;

const SCHEMA: &str = "
CREATE TABLE contact (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,
    folded TEXT NOT NULL, lang TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX contact_folded ON contact (folded);
CREATE TABLE contact_email (address TEXT NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id)) STRICT;
CREATE TABLE case_row (id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE,
    contact_id INTEGER NOT NULL REFERENCES contact (id), subject TEXT NOT NULL,
    status_id INTEGER NOT NULL, assignee_id INTEGER, opened_at INTEGER NOT NULL) STRICT;
CREATE INDEX case_status ON case_row (status_id, opened_at);
CREATE INDEX case_contact ON case_row (contact_id);
CREATE TABLE message (id INTEGER NOT NULL PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_row (id), body TEXT NOT NULL,
    sent_at INTEGER NOT NULL) STRICT;
CREATE INDEX message_case ON message (case_id, id);
";

const CONTACT: &str = "insert into contact (id, name, folded, lang, created_at)
    values (?1, ?2, ?3, 'en', ?4)";
const ADDRESS: &str = "insert into contact_email (address, contact_id) values (?1, ?2)";
const CASE: &str = "insert into case_row
    (id, number, contact_id, subject, status_id, assignee_id, opened_at)
    values (?1, ?2, ?3, 'The brakes make a noise', 1, null, ?4)";
const MESSAGE: &str = "insert into message (id, case_id, body, sent_at) values (?1, ?2, ?3, ?4)";
const EVENT: &str = "insert into event (seq, at, kind, actor_id, subject_kind, subject_id,
    contact_id, payload, digest, hash)
    values (?1, ?2, 'case.opened', 0, 'case', ?3, ?4, ?5, ?6, ?6)";

const BATCH: usize = 64;
const PAYLOAD: &str = "{\"case_id\":123456,\"status_id\":1,\"queue_id\":2,\"channel\":\"email\"}";

fn schema() -> Schema {
    let migrations = vec![Migration { name: "bench/0001_rows", sql: SCHEMA }];
    Schema { migrations, version: 1, compat_min: 1 }
}

fn body() -> String {
    "Since the last service the front brakes make a noise when I slow down. ".repeat(5)
}

fn create(tx: &mut Tx<'_>, body: &str) -> Result<i64, DbError> {
    let (contact, case, message): (i64, i64, i64) = (tx.next_id()?, tx.next_id()?, tx.next_id()?);
    let (now, year) = (tx.now(), 2026);
    let number = format!("CMP-{year}-{:06}", tx.number("CMP", year)?);
    let (name, folded) = (format!("Asha Verma {contact}"), format!("asha verma {contact}"));
    let address = format!("asha{contact}@example.in");
    tx.exec(CONTACT, &[&contact, &name, &folded, &now])?;
    tx.exec(ADDRESS, &[&address, &contact])?;
    tx.exec(CASE, &[&case, &number, &contact, &now])?;
    tx.exec(MESSAGE, &[&message, &case, &body, &now])?;
    tx.append_event(NewEvent {
        kind: "case.opened",
        actor_id: 0,
        subject_kind: "case",
        subject_id: case,
        contact_id: Some(contact),
        payload: PAYLOAD.into(),
    })?;
    Ok(case)
}

pub fn run(seconds: u64) -> anyhow::Result<()> {
    // The disk of a busy machine changes its speed: each measurement has its own yardstick on
    // either side.
    let mut before = raw_sqlite(seconds)?;
    println!("raw rusqlite, batches of {BATCH}: {before:.0} creates/s");
    for clients in [1, 16, 64] {
        let done = through_db(Backend::Sqlite, clients, seconds)?;
        let after = raw_sqlite(seconds)?;
        let share = done.per_second / f64::midpoint(before, after) * 100.0;
        println!("SQLite, {clients} clients: {done}, {share:.0} % of raw");
        println!("raw rusqlite, batches of {BATCH}: {after:.0} creates/s");
        before = after;
    }
    let Some(backend) = Backend::postgres() else {
        println!("PostgreSQL is not installed here");
        return Ok(());
    };
    for clients in [1, 16, 64] {
        println!("PostgreSQL, {clients} clients: {}", through_db(backend, clients, seconds)?);
    }
    Ok(())
}

struct Done {
    per_second: f64,
    cpu_us: f64,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} creates/s, {:.0} µs CPU each", self.per_second, self.cpu_us)
    }
}

fn through_db(backend: Backend, clients: usize, seconds: u64) -> anyhow::Result<Done> {
    let place = backend.place();
    let db = place.open("ws", &schema(), Options::default());
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build()?;
    let (count, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let (began, cpu) = (Instant::now(), cpu_s());
    runtime.block_on(async {
        for _ in 0..clients {
            tokio::spawn(client(db.clone(), count.clone(), stop.clone()));
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    });
    let (took, cpu) = (began.elapsed().as_secs_f64(), cpu_s() - cpu);
    let count = count.load(Ordering::SeqCst) as f64;
    stop.store(true, Ordering::SeqCst);
    Ok(Done { per_second: count / took, cpu_us: cpu / count * 1e6 })
}

async fn client(db: Db, count: Arc<AtomicU64>, stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        let body = body();
        if db.write(move |tx| create(tx, &body)).await.is_ok() {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The same rows and the same durability without any of our machinery.
fn raw_sqlite(seconds: u64) -> anyhow::Result<f64> {
    let place = Backend::Sqlite.place();
    drop(place.open("ws", &schema(), Options::default()));
    let conn = rusqlite::Connection::open(place.path().join("ws.db"))?;
    conn.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma cache_size = -8192; pragma mmap_size = 268435456;
         pragma wal_autocheckpoint = 4000;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    let began = Instant::now();
    let mut made: i64 = 0;
    while began.elapsed() < Duration::from_secs(seconds) {
        conn.execute_batch("begin immediate")?;
        for _ in 0..BATCH {
            made += 1;
            raw_create(&conn, made)?;
        }
        conn.execute_batch("commit")?;
    }
    Ok(made as f64 / began.elapsed().as_secs_f64())
}

fn raw_create(conn: &rusqlite::Connection, seq: i64) -> rusqlite::Result<()> {
    let (contact, case, message, now) = (seq * 3, seq * 3 + 1, seq * 3 + 2, 1_790_000_000_000_i64);
    let number = format!("CMP-2026-{seq:06}");
    let (name, folded) = (format!("Asha Verma {contact}"), format!("asha verma {contact}"));
    let address = format!("asha{contact}@example.in");
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| {
        conn.prepare_cached(sql)?.execute(params).map(|_| ())
    };
    run(CONTACT, &[&contact, &name, &folded, &now])?;
    run(ADDRESS, &[&address, &contact])?;
    run(CASE, &[&case, &number, &contact, &now])?;
    run(MESSAGE, &[&message, &case, &body(), &now])?;
    run(EVENT, &[&seq, &now, &case, &contact, &PAYLOAD, &[7u8; 32]])
}
