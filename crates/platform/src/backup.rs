//! Backups: a consistent copy while the server runs, and its way back into an empty folder.
//!
//! A backup is a folder: `manifest.json` (what is in it, with a digest of each part, written last),
//! `control.db` and `workspaces/*.db` (each one snapshot, as SQLite files on either database),
//! `files/` (encrypted, as they stand on disk). The key file is only in it when asked for: whoever
//! has both can read everything.

mod restore;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use base::UtcMs;
use db::{ChainReport, PgServer};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::app::{Config, KEY_FILE, location};
use crate::control::store::{keep_only, slugs};
use crate::file::{make_folder, store as file_store, sync_folder};

pub use restore::{Restored, restore};

/// What to copy.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Names of workspaces; none means all of them.
    pub workspaces: Option<Vec<String>>,
    /// Whether the key file comes along.
    pub with_key: bool,
}

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this folder; another number is another form.
    pub format: u32,
    /// The program that made it.
    pub program: String,
    pub made_at: UtcMs,
    /// `sqlite` or `postgresql`.
    pub database: String,
    pub with_key: bool,
    pub control: Database,
    pub workspaces: Vec<WorkspacePart>,
    pub parts: Vec<Part>,
}

/// A database's copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    pub path: String,
    pub events: i64,
    /// What is wrong with its event chain; such a backup is kept, and refused by `restore`.
    pub fault: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspacePart {
    pub slug: String,
    pub database: Database,
    /// Content that a row names and that is not on disk, by its digest.
    pub files_missing: Vec<String>,
}

/// A file of the backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Below the backup's folder.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const CONTROL: &str = "control.db";

/// Copies an installation into the new folder `to`. A server may be running on it, here or in
/// another process; nobody waits for the copy. Blocks: a request runs it on a thread of its own.
pub fn backup(config: &Config, plan: &Plan, to: &Path, now: UtcMs) -> anyhow::Result<Manifest> {
    let is_free = !to.exists() || fs::read_dir(to)?.next().is_none();
    ensure!(is_free, "{} is not empty", to.display());
    make_folder(to).with_context(|| format!("cannot make {}", to.display()))?;
    let mut copy = Copy { to: to.into(), parts: Vec::new() };
    let server = config.database.as_deref().map(PgServer::new);
    let snapshot = |name: &str, path: &str| {
        db::snapshot(&location(config, server.as_ref(), name), &to.join(path))
            .with_context(|| format!("cannot copy the database {name}"))
    };
    let chosen = chosen(config, server.as_ref(), plan)?;
    make_folder(&to.join("workspaces"))?;
    let mut workspaces = Vec::new();
    // Files are on disk before the row that names them, logins before the member: what is named
    // must be copied after what names it.
    for slug in &chosen {
        let path = format!("workspaces/{slug}.db");
        snapshot(&format!("ws_{slug}"), &path)?;
        let database = copy.database(path)?;
        workspaces.push(WorkspacePart { slug: slug.clone(), database, files_missing: Vec::new() });
    }
    snapshot("control", CONTROL)?;
    let kept = plan.workspaces.as_deref();
    db::edit(&to.join(CONTROL), |tx| keep_only(tx, kept))?;
    let control = copy.database(CONTROL.into())?;
    for workspace in &mut workspaces {
        workspace.files_missing = copy.files(config, &workspace.slug)?;
    }
    if plan.with_key {
        copy.file(&config.data.join(KEY_FILE), KEY_FILE)?;
    }
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now,
        database: if server.is_some() { "postgresql" } else { "sqlite" }.into(),
        with_key: plan.with_key,
        control,
        workspaces,
        parts: copy.parts,
    };
    write_manifest(to, &manifest)?;
    Ok(manifest)
}

/// The workspaces of the plan; one that is not there is an error, not an empty backup.
fn chosen(config: &Config, server: Option<&PgServer>, plan: &Plan) -> anyhow::Result<Vec<String>> {
    let control = location(config, server, "control");
    let registered = db::look(&control, slugs).context("cannot read the list of workspaces")?;
    let mut all = Vec::new();
    for slug in registered {
        // Registered, and then the program was killed: it is made when it is first opened.
        if !db::is_new(&location(config, server, &format!("ws_{slug}")))? {
            all.push(slug);
        }
    }
    let Some(wanted) = &plan.workspaces else { return Ok(all) };
    for slug in wanted {
        ensure!(all.contains(slug), "there is no workspace {slug}");
    }
    Ok(wanted.clone())
}

struct Copy {
    to: PathBuf,
    parts: Vec<Part>,
}

impl Copy {
    /// Notes a database that was copied, with what its chain says.
    fn database(&mut self, path: String) -> anyhow::Result<Database> {
        let copied = self.to.join(&path);
        let ChainReport { events, fault, .. } = db::inspect(&copied)?.chain;
        let (sha256, bytes) = digest_of(&copied)?;
        self.parts.push(Part { path: path.clone(), bytes, sha256 });
        Ok(Database { path, events, fault: fault.map(|fault| format!("{fault:?}")) })
    }

    /// Copies what the workspace's rows name; returns what was not there.
    fn files(&mut self, config: &Config, slug: &str) -> anyhow::Result<Vec<String>> {
        let copied = self.to.join(format!("workspaces/{slug}.db"));
        let named = db::read_file(&copied, file_store::named)?;
        let mut missing = Vec::new();
        for sha256 in named {
            let path = format!("files/{slug}/{}/{sha256}", &sha256[..2]);
            match self.file(&config.data.join(&path), &path) {
                Err(error) if is_gone(&error) => missing.push(sha256),
                other => other?,
            }
        }
        Ok(missing)
    }

    fn file(&mut self, from: &Path, path: &str) -> anyhow::Result<()> {
        // Looked at first, so that what is gone leaves no empty folder behind.
        let mut source = File::open(from)?;
        let target = self.to.join(path);
        let folder = target.parent().context("a part has a folder")?;
        fs::create_dir_all(folder)?;
        let (sha256, bytes) = copy_synced(&mut source, &target)?;
        self.parts.push(Part { path: path.into(), bytes, sha256 });
        Ok(())
    }
}

fn is_gone(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::NotFound)
}

/// Copies to a new private file, synced; returns the content's digest and length.
fn copy_synced(from: &mut File, to: &Path) -> io::Result<(String, u64)> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let answer = walk(from, |bytes| target.write_all(bytes))?;
    target.sync_all()?;
    Ok(answer)
}

fn digest_of(path: &Path) -> io::Result<(String, u64)> {
    walk(&mut File::open(path)?, |_| Ok(()))
}

fn walk(
    from: &mut File,
    mut look: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(String, u64)> {
    let (mut context, mut total) = (Context::new(&SHA256), 0);
    let mut buffer = vec![0u8; 256 * 1024];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok((base::hex(context.finish().as_ref()), total));
        }
        context.update(&buffer[..count]);
        look(&buffer[..count])?;
        total += count as u64;
    }
}

/// Last and whole: a folder without it is no backup.
fn write_manifest(to: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let draft = to.join("manifest.draft");
    let mut file = File::create(&draft)?;
    serde_json::to_writer_pretty(&mut file, manifest)?;
    file.sync_all()?;
    fs::rename(&draft, to.join(MANIFEST))?;
    Ok(sync_tree(to)?)
}

/// A file is only safe once every folder above it is.
fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        }
    }
    sync_folder(folder)
}
