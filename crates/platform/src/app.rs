//! The running installation: control database, workspaces opened lazily, keys, clock, rooms.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Context;
use base::{Clock, EmailAddress, Entropy};
use db::{Db, Hook, Location, Options, PgServer, Schema, SqliteLimits};

use crate::control::installation;
use crate::control::login::find_or_make_login;
use crate::control::workspace::{self as registry, NewWorkspace, WorkspaceRow};
use crate::error::Error;
use crate::file::{Files, make_folder};
use crate::job::{Handlers, take_back, work};
use crate::keys::Keys;
use crate::limiter::Limiter;
use crate::member::{self, NewMember, RoleGrant};
use crate::metrics::Metrics;
use crate::permission::PermissionInfo;
use crate::room::{self, Room};
use crate::web::{ErrorWords, PlainWords};
use crate::workspace::Workspace;

/// How an installation is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Databases, files, key file and socket live here.
    pub data: PathBuf,
    /// A PostgreSQL address; without one, SQLite files in `data`.
    pub database: Option<String>,
    /// How people reach it, without a slash at the end: `https://desk.example.in`.
    pub base_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// What is injected: time, randomness, rooms, words for errors.
pub struct Parts {
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub rooms: Vec<Room>,
    pub words: Arc<dyn ErrorWords>,
}

impl Parts {
    /// Parts with plain English words for errors.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, rooms: Vec<Room>) -> Parts {
        Parts { clock, entropy, rooms, words: Arc::new(PlainWords) }
    }
}

/// The installation. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    node: String,
    clock: Arc<dyn Clock>,
    keys: Keys,
    control: Db,
    server: Option<PgServer>,
    schema: Schema,
    hooks: Vec<Hook>,
    handlers: Handlers,
    permissions: Vec<PermissionInfo>,
    role_grants: Vec<RoleGrant>,
    words: Arc<dyn ErrorWords>,
    open: Mutex<HashMap<String, Slot>>,
    limiter: Limiter,
    metrics: Metrics,
    /// Held while the installation is open: one writer at a time.
    _lock: File,
}

/// A workspace's place among the open ones. Opening it keeps others waiting for this one only.
type Slot = Arc<Mutex<OnceLock<Arc<Workspace>>>>;

/// The version of the schema that this program writes, and the oldest that works beside it.
const VERSION: i64 = 1;
const COMPAT_MIN: i64 = 1;
/// The key file's name in the data folder.
pub(crate) const KEY_FILE: &str = "sampark.key";
const NODE_FILE: &str = "node";
pub(crate) const LOCK_FILE: &str = "lock";
/// Stands in the data folder while a restore fills it.
pub(crate) const RESTORING: &str = "restoring";

impl App {
    /// Opens an installation, or makes a new one. Fails when another process has it open.
    pub fn open(config: Config, parts: Parts) -> anyhow::Result<App> {
        for folder in [config.data.clone(), config.data.join("workspaces")] {
            make_folder(&folder)
                .with_context(|| format!("cannot make the data folder {}", folder.display()))?;
        }
        let lock = take_lock(&config.data)?;
        anyhow::ensure!(
            !config.data.join(RESTORING).exists(),
            "a restore into {} did not finish; empty the folder and restore again",
            config.data.display()
        );
        let server = config.database.as_deref().map(PgServer::new);
        let control_at = location(&config, server.as_ref(), "control");
        let clock = parts.clock;
        let options = Options { clock: clock.clone(), ..Options::default() };
        let control = Db::open(control_at, &crate::control::schema(), options)?;
        let node = node_name(&config.data, parts.entropy.as_ref())?;
        take_back(&control, &node)?;
        let keys = own_keys(&config, &control, parts.entropy)?;
        let mut rooms = vec![room::own()];
        rooms.extend(parts.rooms);
        let mut handlers = Handlers::default();
        rooms.iter().for_each(|room| handlers.merge(&room.handlers));
        let inner = Inner {
            keys,
            control,
            server,
            schema: schema(&rooms),
            hooks: rooms.iter().flat_map(|room| room.hooks.clone()).collect(),
            handlers,
            permissions: rooms.iter().flat_map(|room| room.permissions.clone()).collect(),
            role_grants: rooms.iter().flat_map(|room| room.role_grants.clone()).collect(),
            words: parts.words,
            open: Mutex::new(HashMap::new()),
            limiter: Limiter::new(clock.clone()),
            metrics: Metrics::default(),
            clock,
            config,
            node,
            _lock: lock,
        };
        Ok(App(Arc::new(inner)))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// This app node's own name: that of its data folder, for as long as the folder is there.
    pub fn node(&self) -> &str {
        &self.0.node
    }

    pub fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub fn control(&self) -> &Db {
        &self.0.control
    }

    pub fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub fn words(&self) -> &dyn ErrorWords {
        self.0.words.as_ref()
    }

    /// Every permission of every room.
    pub fn permissions(&self) -> &[PermissionInfo] {
        &self.0.permissions
    }

    pub(crate) fn handlers(&self) -> &Handlers {
        &self.0.handlers
    }

    /// The workspace of this name, opened if it is not yet.
    pub fn workspace(&self, slug: &str) -> Result<Arc<Workspace>, Error> {
        if let Some(workspace) = self.slot(slug).and_then(|slot| opened(&slot)) {
            return Ok(workspace);
        }
        let row = self.0.control.read(|tx| registry::find(tx, slug))?.ok_or(Error::NotFound)?;
        let slot = {
            let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.entry(row.slug.clone()).or_default().clone()
        };
        let place = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(workspace) = place.get() {
            return Ok(workspace.clone());
        }
        let workspace = Arc::new(self.open_workspace(row)?);
        Ok(place.get_or_init(|| workspace).clone())
    }

    fn slot(&self, slug: &str) -> Option<Slot> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    fn open_workspace(&self, row: WorkspaceRow) -> Result<Workspace, Error> {
        let inner = &self.0;
        let at = location(&inner.config, inner.server.as_ref(), &format!("ws_{}", row.slug));
        let options = Options {
            clock: inner.clock.clone(),
            hooks: inner.hooks.clone(),
            ..Options::default()
        };
        let db = Db::open(at, &inner.schema, options)?;
        take_back(&db, &inner.node)?;
        let grants = inner.role_grants.clone();
        if !db.read(|tx| member::roles_are_seeded(tx, &grants))? {
            db.write_blocking(move |tx| member::seed_roles(tx, &grants))?;
        }
        let all_files = inner.config.data.join("files");
        let folder = all_files.join(&row.slug);
        make_folder(&all_files)
            .and_then(|()| make_folder(&folder))
            .map_err(|error| Error::Internal(error.to_string()))?;
        let files = Files::new(folder, inner.keys.clone(), &row.slug);
        Ok(Workspace::new(row, db, files))
    }

    /// Every workspace's row, by name.
    pub fn workspaces(&self) -> Result<Vec<WorkspaceRow>, Error> {
        self.0.control.read(registry::list)
    }

    /// Makes a workspace with its roles.
    pub fn create_workspace(&self, new: NewWorkspace) -> Result<Arc<Workspace>, Error> {
        let row = self.0.control.write_blocking(move |tx| registry::register(tx, &new))?;
        self.workspace(&row.slug)
    }

    /// Makes a person a member: the login, the member, and the key between them.
    pub fn add_person(
        &self,
        workspace: &Workspace,
        email: &EmailAddress,
        name: &str,
        role: &str,
        teams: Vec<crate::actor::TeamId>,
    ) -> Result<crate::actor::Actor, Error> {
        let (address, known_as, lang) = (email.clone(), name.to_string(), workspace.lang.clone());
        let login = self
            .0
            .control
            .write_blocking(move |tx| find_or_make_login(tx, &address, &known_as, &lang))?;
        let roles = workspace.db.read(member::list_roles)?;
        let role_id = roles
            .iter()
            .find(|known| known.name == role)
            .map(|known| known.id)
            .ok_or_else(|| Error::field("role", "error-choose-from-list"))?;
        let new = NewMember {
            login_id: login.id,
            name: name.into(),
            email: email.clone(),
            role_id,
            teams,
        };
        let system = workspace.system();
        workspace.db.write_blocking(move |tx| member::add_member(tx, &system, &new))?;
        let (login_id, workspace_id) = (login.id, workspace.id);
        self.0.control.write_blocking(move |tx| registry::join(tx, login_id, workspace_id))?;
        let kind = crate::actor::ActorKind::Person;
        let zone = &workspace.zone;
        workspace
            .db
            .read(|tx| member::actor_for_login(tx, login_id, kind, &login.lang, zone))?
            .ok_or(Error::NotFound)
    }

    /// Starts background work for the installation and for every workspace. One workspace that
    /// cannot be opened is reported and keeps no other from its work.
    pub fn start_workers(&self) -> Result<(), Error> {
        tokio::spawn(work(self.clone(), None, self.0.control.clone()));
        for row in self.workspaces()? {
            match self.workspace(&row.slug) {
                Ok(workspace) => self.start_worker(&workspace),
                Err(error) => {
                    tracing::error!(workspace = row.slug, %error, "a workspace cannot be opened");
                }
            }
        }
        Ok(())
    }

    /// Starts background work for a workspace made while running.
    pub fn start_worker(&self, workspace: &Arc<Workspace>) {
        tokio::spawn(work(self.clone(), Some(workspace.clone()), workspace.db.clone()));
    }
}

/// The schema of a workspace: every room's tables.
pub(crate) fn schema(rooms: &[Room]) -> Schema {
    Schema {
        migrations: rooms.iter().flat_map(|room| room.migrations.clone()).collect(),
        version: VERSION,
        compat_min: COMPAT_MIN,
    }
}

fn opened(slot: &Slot) -> Option<Arc<Workspace>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner).get().cloned()
}

/// Reads the node's name, or makes one up.
fn node_name(data: &Path, entropy: &dyn Entropy) -> anyhow::Result<String> {
    let path = data.join(NODE_FILE);
    if let Ok(name) = fs::read_to_string(&path)
        && !name.trim().is_empty()
    {
        return Ok(name.trim().to_string());
    }
    let name = base::random_token(entropy, 12);
    fs::write(&path, &name)?;
    Ok(name)
}

/// The key file that this data was made with. A lost one is not replaced silently: everything
/// sealed with it would be unreadable for good.
fn own_keys(config: &Config, control: &Db, entropy: Arc<dyn Entropy>) -> anyhow::Result<Keys> {
    let path = config.data.join(KEY_FILE);
    if control.read(installation::has_key)? && !path.exists() {
        anyhow::bail!("the key file {} is missing; put it back from its backup", path.display());
    }
    let keys = Keys::load_or_create(&path, entropy)?;
    let own = keys.clone();
    if !control.write_blocking(move |tx| installation::is_own_key(tx, &own))? {
        anyhow::bail!("{} is not the key file that this data was made with", path.display());
    }
    Ok(keys)
}

pub(crate) fn location(config: &Config, server: Option<&PgServer>, name: &str) -> Location {
    match server {
        Some(server) => Location::Postgres { server: server.clone(), schema: name.to_string() },
        None => {
            let folder = if name == "control" { "" } else { "workspaces" };
            let path = config.data.join(folder).join(format!("{name}.db"));
            Location::Sqlite { path, limits: SqliteLimits::default() }
        }
    }
}

/// Another process has the data folder open: a server, or a command that will end soon.
#[derive(Debug, thiserror::Error)]
#[error("{data} is in use by a running server")]
pub struct InUse {
    pub data: String,
}

/// Two writers would break the order of events, so the folder belongs to one process.
pub(crate) fn take_lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join(LOCK_FILE);
    let lock = File::options().create(true).truncate(false).write(true).open(&path)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(InUse { data: data.display().to_string() }.into()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
