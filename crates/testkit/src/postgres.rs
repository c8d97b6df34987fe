//! PostgreSQL for tests: one temporary cluster per run, one database per test.
//!
//! ```no_run
//! # fn migrate(_dsn: &str) -> Result<(), String> { Ok(()) }
//! use testkit::postgres;
//! if let Some(cluster) = postgres::cluster() {
//!     let template = cluster.template("workspace", migrate).unwrap();
//!     let database = cluster.fresh_database(Some(&template)).unwrap();
//!     println!("{}", database.dsn());
//! }
//! ```

mod cluster;

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls, error::SqlState};

pub use cluster::{Cluster, NOT_RUN, NoCluster, SHARED_CLUSTER};

/// A clone is refused while somebody is still connected to its template; PostgreSQL itself waits
/// five seconds for them before each refusal.
const CLONE_TRIES_MAX: u32 = 4;

/// The cluster of this process: the one that `cargo xtask test` started, else one of our own.
///
/// `None` only where PostgreSQL's programs are not installed, said loudly for each test. Where
/// `CI` is set, or where installed programs do not start, the test fails instead.
pub fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Result<Cluster, NoCluster>> = OnceLock::new();
    let made = CLUSTER.get_or_init(|| Cluster::shared().map_or_else(Cluster::start, Ok));
    match made {
        Ok(cluster) => Some(cluster),
        Err(NoCluster::NotInstalled(why)) if !in_ci() => {
            say_not_run(why);
            None
        }
        Err(why) => panic!("PostgreSQL's half of this test cannot run: {why}"),
    }
}

fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// Writes past the test harness, which hides what passing tests print.
fn say_not_run(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "{NOT_RUN} {test} ({why})");
}

/// A database of a test's own, dropped with this value.
#[derive(Debug)]
pub struct FreshDatabase {
    name: String,
    dsn: String,
    admin: String,
}

impl FreshDatabase {
    /// Its address, as a `postgresql://` URL.
    pub fn dsn(&self) -> &str {
        &self.dsn
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let statement = format!("drop database if exists \"{}\" with (force)", self.name);
        // The cluster may be gone already, and the database with it.
        let _ = as_admin(&self.admin, |admin| admin.batch_execute(&statement));
    }
}

impl Cluster {
    /// A new, uniquely named database; with a template, a copy of it (some 30 ms).
    pub fn fresh_database(&self, template: Option<&str>) -> Result<FreshDatabase, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{count}", std::process::id());
        let template = template.unwrap_or("template1");
        let admin = self.dsn("postgres");
        let statement = format!("create database \"{name}\" template \"{template}\"");
        as_admin(&admin, |admin| {
            // A process id may come round again on a cluster that lives long.
            admin.batch_execute(&format!("drop database if exists \"{name}\" with (force)"))?;
            clone(admin, &statement)
        })?;
        Ok(FreshDatabase { dsn: self.dsn(&name), name, admin })
    }

    /// Makes the named template once per cluster, whoever comes first, and gives its name back.
    ///
    /// `migrate` gets the address of an empty database and closes its connections when done. The
    /// name stands for the content: use another one for other content.
    pub fn template<E: std::fmt::Display>(
        &self,
        name: &str,
        migrate: impl FnOnce(&str) -> Result<(), E> + Send,
    ) -> Result<String, String> {
        let template = format!("template_{name}");
        let making = format!("making_{name}");
        let making_dsn = self.dsn(&making);
        off_runtime(|| {
            let mut admin = connect(&self.dsn("postgres"))?;
            // Held until this connection closes.
            admin.execute("select pg_advisory_lock(hashtext($1))", &[&template]).map_err(tell)?;
            let exists = "select 1 from pg_database where datname = $1";
            if admin.query_opt(exists, &[&template]).map_err(tell)?.is_some() {
                return Ok(template);
            }
            let half_made = format!("drop database if exists \"{making}\" with (force)");
            admin.batch_execute(&half_made).map_err(tell)?;
            admin.batch_execute(&format!("create database \"{making}\"")).map_err(tell)?;
            migrate(&making_dsn).map_err(|e| format!("template {name}: {e}"))?;
            let rename = format!("alter database \"{making}\" rename to \"{template}\"");
            admin.batch_execute(&rename).map_err(tell)?;
            Ok(template)
        })
    }
}

fn clone(admin: &mut Client, statement: &str) -> Result<(), postgres::Error> {
    let mut tries = 1;
    loop {
        match admin.batch_execute(statement) {
            Err(e) if e.code() == Some(&SqlState::OBJECT_IN_USE) && tries < CLONE_TRIES_MAX => {
                tries += 1;
            }
            answer => return answer,
        }
    }
}

fn as_admin(
    dsn: &str,
    work: impl FnOnce(&mut Client) -> Result<(), postgres::Error> + Send,
) -> Result<(), String> {
    off_runtime(|| work(&mut connect(dsn)?).map_err(tell))
}

fn connect(dsn: &str) -> Result<Client, String> {
    Client::connect(dsn, NoTls).map_err(|e| format!("{dsn}: {}", tell(e)))
}

/// The driver's own text hides what the server said.
fn tell(error: postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |said| said.to_string())
}

/// The synchronous driver may not be called from a thread of an async runtime, as tests often are.
fn off_runtime<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        scope.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests;
