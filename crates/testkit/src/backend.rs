//! The two databases a scenario runs on.

use db::{Db, Location, Options, PgServer, Schema, SqliteLimits};

use crate::postgres::{FreshDatabase, cluster};

/// Which database a scenario is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A fresh, empty place for databases; it vanishes when dropped.
pub struct Place {
    folder: tempfile::TempDir,
    server: Option<(PgServer, FreshDatabase)>,
}

impl Backend {
    /// PostgreSQL, if this machine can start one.
    pub fn postgres() -> Option<Backend> {
        cluster().map(|_| Backend::Postgres)
    }

    /// A new place of this kind.
    pub fn place(self) -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let server = (self == Backend::Postgres).then(|| {
            let cluster = cluster().expect("the scenario only runs where a cluster is");
            let fresh = cluster.fresh_database(None).expect("a database can be made");
            (PgServer::new(fresh.dsn()), fresh)
        });
        Place { folder, server }
    }
}

impl Place {
    /// The folder for files beside the database.
    pub fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The PostgreSQL server's address, when the scenario is on PostgreSQL.
    pub fn dsn(&self) -> Option<&str> {
        self.server.as_ref().map(|(_, fresh)| fresh.dsn())
    }

    /// Where the database `name` lives here.
    pub fn location(&self, name: &str) -> Location {
        self.limited(name, SqliteLimits::default())
    }

    /// The same with bounds on an SQLite file.
    pub fn limited(&self, name: &str, limits: SqliteLimits) -> Location {
        match &self.server {
            None => {
                Location::Sqlite { path: self.folder.path().join(format!("{name}.db")), limits }
            }
            Some((server, _)) => {
                Location::Postgres { server: server.clone(), schema: name.to_string() }
            }
        }
    }

    /// Opens the database `name`, made and migrated.
    pub fn open(&self, name: &str, schema: &Schema, options: Options) -> Db {
        Db::open(self.location(name), schema, options).expect("a fresh database opens")
    }
}
