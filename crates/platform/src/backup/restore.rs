//! The way back: everything is checked before and after it is put in place.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use base::SystemEntropy;
use db::{PgServer, Schema};

use super::{CONTROL, Database, FORMAT, MANIFEST, Manifest, Part, copy_synced, digest_of};
use crate::app::{Config, KEY_FILE, LOCK_FILE, RESTORING, location, schema, take_lock};
use crate::control::installation;
use crate::file::{make_folder, sync_folder};
use crate::keys::Keys;
use crate::room::{self, Room};

/// What a restore brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub manifest: Manifest,
    /// True while the key file still has to be put into the data folder.
    pub needs_key: bool,
}

/// Puts a backup into an empty data folder (the key file may lie there already). A backup of
/// either database goes into either. Says Ok only when every digest and every event chain is right.
pub fn restore(from: &Path, config: &Config, rooms: Vec<Room>) -> anyhow::Result<Restored> {
    let manifest = read_manifest(from)?;
    check_parts(from, &manifest)?;
    let workspace_schema = {
        let mut all = vec![room::own()];
        all.extend(rooms);
        schema(&all)
    };
    let control_schema = crate::control::schema();
    let databases = || {
        let own = manifest.workspaces.iter();
        let own = own.map(|part| (format!("ws_{}", part.slug), &part.database, &workspace_schema));
        own.chain([("control".to_string(), &manifest.control, &control_schema)])
    };
    for (_, database, schema) in databases() {
        check_database(&from.join(&database.path), database, schema)?;
    }
    make_folder(&config.data)?;
    let lock = take_lock(&config.data)?;
    check_empty(&config.data)?;
    File::create(config.data.join(RESTORING))?.sync_all()?;
    make_folder(&config.data.join("workspaces"))?;
    put_files(from, &manifest, &config.data)?;
    let server = config.database.as_deref().map(PgServer::new);
    for (name, database, schema) in databases() {
        put_database(from, &manifest, config, server.as_ref(), &name, database, schema)
            .with_context(|| format!("cannot restore the database {name}"))?;
    }
    let needs_key = check_key(config, from)?;
    fs::remove_file(config.data.join(RESTORING))?;
    sync_folder(&config.data)?;
    drop(lock);
    Ok(Restored { manifest, needs_key })
}

fn read_manifest(from: &Path) -> anyhow::Result<Manifest> {
    let path = from.join(MANIFEST);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} is not a whole backup: no {MANIFEST}", from.display()))?;
    let manifest: Manifest =
        serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(manifest.format == FORMAT, "this backup has the unknown form {}", manifest.format);
    Ok(manifest)
}

fn check_parts(from: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let listed = |path: &str| manifest.parts.iter().any(|part| part.path == path);
    let databases = manifest.workspaces.iter().map(|workspace| &workspace.database.path);
    for path in databases.chain([&manifest.control.path]) {
        ensure!(listed(path), "{path} has no digest in the manifest");
    }
    for Part { path, bytes, sha256 } in &manifest.parts {
        let inside = Path::new(path).components();
        let inside = inside.into_iter().all(|part| matches!(part, std::path::Component::Normal(_)));
        ensure!(inside, "{path} lies outside the backup");
        let found = digest_of(&from.join(path)).with_context(|| format!("{path} is missing"))?;
        ensure!(found == (sha256.clone(), *bytes), "{path} is not what was backed up");
    }
    Ok(())
}

/// A file whose digest is right may still have been wrong when it was made.
fn check_database(file: &Path, expect: &Database, schema: &Schema) -> anyhow::Result<()> {
    let contents = db::inspect(file)?;
    if let Some(fault) = contents.chain.fault {
        bail!("the event chain of {} is broken: {fault:?}", expect.path);
    }
    ensure!(contents.chain.events == expect.events, "{}: events are missing", expect.path);
    for name in contents.migrations.iter().filter(|name| !name.starts_with("db/")) {
        let is_known = schema.migrations.iter().any(|step| step.name == name);
        ensure!(is_known, "{} was made by a newer program ({name})", expect.path);
    }
    Ok(())
}

fn check_empty(data: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(data)? {
        let name = entry?.file_name();
        let may_stay = [KEY_FILE, LOCK_FILE].iter().any(|own| name == *own);
        ensure!(may_stay, "{} is not empty: {}", data.display(), name.to_string_lossy());
    }
    Ok(())
}

fn put_files(from: &Path, manifest: &Manifest, data: &Path) -> anyhow::Result<()> {
    let files = manifest.parts.iter().filter(|part| part.path.starts_with("files/"));
    let keys = manifest.parts.iter().filter(|part| part.path == KEY_FILE);
    for part in files.chain(keys) {
        let target = data.join(&part.path);
        if part.path == KEY_FILE && target.exists() {
            continue;
        }
        let folder = target.parent().context("a part has a folder")?;
        let mut missing: Vec<&Path> =
            folder.ancestors().take_while(|folder| !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            make_folder(folder)?;
        }
        let copied = copy_synced(&mut File::open(from.join(&part.path))?, &target)?;
        ensure!(copied == (part.sha256.clone(), part.bytes), "{} changed meanwhile", part.path);
        sync_folder(folder)?;
    }
    Ok(())
}

fn put_database(
    from: &Path,
    manifest: &Manifest,
    config: &Config,
    server: Option<&PgServer>,
    name: &str,
    database: &Database,
    schema: &Schema,
) -> anyhow::Result<()> {
    let (source, target) = (from.join(&database.path), location(config, server, name));
    match &target {
        db::Location::Sqlite { path, .. } if manifest.database == "sqlite" => {
            copy_synced(&mut File::open(&source)?, path)?;
            sync_folder(path.parent().context("a database has a folder")?)?;
        }
        _ => db::load(&source, &target, schema)?,
    }
    let chain = db::look(&target, db::verify_chain)?;
    ensure!(chain.fault.is_none() && chain.events == database.events, "its chain broke: {chain:?}");
    Ok(())
}

/// True when there is no key file yet; an error when it is another installation's.
fn check_key(config: &Config, from: &Path) -> anyhow::Result<bool> {
    let path = config.data.join(KEY_FILE);
    if !path.exists() {
        return Ok(true);
    }
    let keys = Keys::load_or_create(&path, Arc::new(SystemEntropy::new()))?;
    let own = db::read_file(&from.join(CONTROL), |tx| Ok(installation::is_own_key(tx, &keys)))??;
    ensure!(own, "{} is not the key file of this backup", path.display());
    Ok(false)
}
