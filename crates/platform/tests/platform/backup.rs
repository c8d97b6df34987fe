//! Backups under writes, and back on either database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base::{SystemEntropy, TestClock};
use db::verify_chain;
use platform::backup::{Manifest, Plan, backup, restore};
use platform::control::login;
use platform::{
    App, Config, Error, Parts, Setting, Workspace, add_file, change_setting, find_file,
    list_members, setting,
};
use testkit::{Backend, Place, on_both};

use crate::world::{MONDAY, World, config};

#[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
struct Counter(i64);

impl Setting for Counter {
    const KEY: &'static str = "test.counter";
}

fn count_up(workspace: &Workspace, turn: i64) {
    let system = workspace.system();
    let change = move |tx: &mut db::Tx<'_>| change_setting(tx, &system, &Counter(turn));
    workspace.db.write_blocking(change).unwrap();
}

fn add(workspace: &Workspace, words: &str) -> platform::FileId {
    let stored = workspace.files.put(words.as_bytes()).unwrap();
    let add = move |tx: &mut db::Tx<'_>| add_file(tx, &stored, "note.txt", "text/plain");
    workspace.db.write_blocking(add).unwrap()
}

fn words(workspace: &Workspace, id: platform::FileId) -> String {
    let info = workspace.db.read(|tx| find_file(tx, id)).unwrap().unwrap();
    String::from_utf8(workspace.files.get(&info.sha256).unwrap()).unwrap()
}

fn folder(world: &World, name: &str) -> PathBuf {
    world.place.path().join(name)
}

fn make(world: &World, plan: Plan, name: &str) -> Manifest {
    backup(world.app.config(), &plan, &folder(world, name), MONDAY).unwrap()
}

fn with_key() -> Plan {
    Plan { workspaces: None, with_key: true }
}

/// Opens what was restored, with the key that came along.
fn open(config: Config) -> App {
    let clock = Arc::new(TestClock::at(MONDAY));
    App::open(config, Parts::new(clock, Arc::new(SystemEntropy::new()), Vec::new())).unwrap()
}

/// The same database, and the other one where it is installed.
fn targets(backend: Backend) -> Vec<Place> {
    let other = match backend {
        Backend::Sqlite => Backend::postgres(),
        Backend::Postgres => Some(Backend::Sqlite),
    };
    [Some(backend), other].into_iter().flatten().map(Backend::place).collect()
}

on_both!(a_backup_under_writes_comes_back_whole, |backend| {
    let world = World::new(backend);
    let note = add(&world.arohi, "the brakes make a noise");
    let stop = AtomicBool::new(false);
    let manifest = std::thread::scope(|scope| {
        for workspace in [&world.arohi, &world.tel] {
            let stop = &stop;
            scope.spawn(move || {
                for turn in 0.. {
                    count_up(workspace, turn);
                    add(workspace, &format!("note {turn}"));
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                }
            });
        }
        let manifest = make(&world, with_key(), "backup");
        stop.store(true, Ordering::SeqCst);
        manifest
    });
    for workspace in &manifest.workspaces {
        assert_eq!((&workspace.files_missing, &workspace.database.fault), (&vec![], &None));
    }
    for place in targets(backend) {
        let restored = restore(&folder(&world, "backup"), &config(&place), Vec::new()).unwrap();
        assert_eq!((&restored.manifest, restored.needs_key), (&manifest, false));
        let app = open(config(&place));
        for part in &manifest.workspaces {
            let workspace = app.workspace(&part.slug).unwrap();
            let chain = workspace.db.read(verify_chain).unwrap();
            assert_eq!((chain.events, chain.fault), (part.database.events, None));
            // What the copy holds, row by row, is what the restored database holds.
            let again = place.path().join(format!("{}.db", part.slug));
            db::snapshot(workspace.db.location(), &again).unwrap();
            let before = db::inspect(&folder(&world, "backup").join(&part.database.path)).unwrap();
            assert_eq!(db::inspect(&again).unwrap(), before);
            workspace.db.read(setting::<Counter>).unwrap();
            count_up(&workspace, -1);
            assert_eq!(workspace.db.read(setting::<Counter>).unwrap(), Counter(-1));
        }
        let arohi = app.workspace("arohi").unwrap();
        assert_eq!(words(&arohi, note), "the brakes make a noise");
        assert_eq!(arohi.db.read(|tx| list_members(tx, &arohi.system())).unwrap().len(), 2);
        let asha = app.control().read(|tx| login::login_by_email(tx, "asha@example.in"));
        assert_eq!(asha.unwrap().unwrap().id, world.asha.login_id);
        drop((app, arohi));
    }
});

on_both!(a_backup_of_one_workspace_tells_nothing_of_another, |backend| {
    let world = World::new(backend);
    world.cookie(&world.asha);
    add(&world.tel, "a bill of Tel Care");
    let plan = Plan { workspaces: Some(vec!["arohi".into()]), with_key: false };
    let manifest = make(&world, plan, "backup");
    assert_eq!(manifest.workspaces.len(), 1);
    assert!(manifest.parts.iter().all(|part| !part.path.contains("tel")), "{manifest:?}");
    let control = std::fs::read(folder(&world, "backup").join("control.db")).unwrap();
    let holds = |text: &str| control.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("asha@example.in") && !holds("meera@example.in") && !holds("TEL"));
    let contents = db::inspect(&folder(&world, "backup").join("control.db")).unwrap();
    let rows = |table: &str| contents.rows.iter().find(|(name, _)| name == table).unwrap().1;
    assert_eq!((rows("workspace"), rows("login"), rows("session")), (1, 2, 0));
    let nowhere = Plan { workspaces: Some(vec!["nowhere".into()]), with_key: false };
    let refused = backup(world.app.config(), &nowhere, &folder(&world, "none"), MONDAY);
    assert!(refused.unwrap_err().to_string().contains("no workspace nowhere"));
});

on_both!(the_key_file_stays_at_home_unless_asked_for, |backend| {
    let world = World::new(backend);
    let note = add(&world.arohi, "a secret");
    make(&world, Plan::default(), "backup");
    assert!(!folder(&world, "backup/sampark.key").exists());
    let key = std::fs::read(folder(&world, "data/sampark.key")).unwrap();

    let place = backend.place();
    let restored = restore(&folder(&world, "backup"), &config(&place), Vec::new()).unwrap();
    assert!(restored.needs_key);
    let clock = Arc::new(TestClock::at(MONDAY));
    let keyless =
        App::open(config(&place), Parts::new(clock, Arc::new(SystemEntropy::new()), Vec::new()));
    assert!(keyless.err().unwrap().to_string().contains("is missing"));
    std::fs::write(place.path().join("data/sampark.key"), &key).unwrap();
    let app = open(config(&place));
    assert_eq!(words(&app.workspace("arohi").unwrap(), note), "a secret");
    drop(app);

    // Put into the new folder before, it is looked at before anything is called restored.
    let other = backend.place();
    let path = other.path().join("data/sampark.key");
    std::fs::create_dir(other.path().join("data")).unwrap();
    std::fs::write(&path, "ab".repeat(32)).unwrap();
    let foreign = restore(&folder(&world, "backup"), &config(&other), Vec::new());
    assert!(foreign.unwrap_err().to_string().contains("not the key file"));
});

/// A restore of a spoilt copy of the backup: what it says.
fn spoilt(world: &World, spoil: impl FnOnce(&Path)) -> String {
    let from = folder(world, "spoilt");
    let _ = std::fs::remove_dir_all(&from);
    copy_folder(&folder(world, "backup"), &from);
    spoil(&from);
    let place = Backend::Sqlite.place();
    let refused = restore(&from, &config(&place), Vec::new()).unwrap_err();
    assert!(!place.path().join("data/control.db").exists(), "nothing was put in place");
    format!("{refused:#}")
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

on_both!(a_spoilt_backup_is_refused, |backend| {
    let world = World::new(backend);
    add(&world.arohi, "a bill");
    let manifest = make(&world, with_key(), "backup");
    let file = manifest.parts.iter().find(|part| part.path.starts_with("files/")).unwrap();
    let bent = spoilt(&world, |from| {
        let path = from.join(&file.path);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[9] ^= 1;
        std::fs::write(path, bytes).unwrap();
    });
    assert!(bent.contains("not what was backed up"), "{bent}");
    let lost = spoilt(&world, |from| std::fs::remove_file(from.join("control.db")).unwrap());
    assert!(lost.contains("control.db is missing"), "{lost}");
    let half = spoilt(&world, |from| std::fs::remove_file(from.join("manifest.json")).unwrap());
    assert!(half.contains("not a whole backup"), "{half}");
    let outside = spoilt(&world, |from| {
        let path = from.join("manifest.json");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace(&file.path, "../../etc/passwd")).unwrap();
    });
    assert!(outside.contains("outside the backup"), "{outside}");
});

// Digests say that nothing changed since the backup; the chain says that nothing had before.
on_both!(a_broken_chain_is_not_restored, |backend| {
    let world = World::new(backend);
    count_up(&world.arohi, 1);
    let tamper = |tx: &mut db::Tx<'_>| {
        tx.exec("update event set actor_id = 77 where seq = 1", &[])?;
        Ok::<_, Error>(())
    };
    world.write(tamper).unwrap();
    let manifest = make(&world, with_key(), "backup");
    assert_eq!(manifest.workspaces[0].database.fault.as_deref(), Some("Link { seq: 1 }"));
    let refused = spoilt(&world, |_| {});
    assert!(refused.contains("chain of workspaces/arohi.db is broken"), "{refused}");
});

on_both!(nothing_is_overwritten, |backend| {
    let world = World::new(backend);
    make(&world, with_key(), "backup");
    let again = backup(world.app.config(), &with_key(), &folder(&world, "backup"), MONDAY);
    assert!(again.unwrap_err().to_string().contains("not empty"));
    let from = folder(&world, "backup");
    let running = restore(&from, world.app.config(), Vec::new());
    assert!(running.unwrap_err().to_string().contains("in use"));
    let place = backend.place();
    restore(&from, &config(&place), Vec::new()).unwrap();
    let twice = restore(&from, &config(&place), Vec::new());
    assert!(twice.unwrap_err().to_string().contains("not empty"));
    // What a restore that was killed left behind is not taken for an installation.
    std::fs::write(place.path().join("data/restoring"), "").unwrap();
    let clock = Arc::new(TestClock::at(MONDAY));
    let parts = Parts::new(clock, Arc::new(SystemEntropy::new()), Vec::new());
    assert!(App::open(config(&place), parts).err().unwrap().to_string().contains("not finish"));
});
