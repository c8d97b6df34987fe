//! Opening, locking and keeping workspaces apart.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use base::{SystemEntropy, TestClock};
use platform::control::workspace as registry;
use platform::{
    App, Error, Parts, RoleChange, Room, Scope, add_file, find_file, list_members, list_roles,
    save_role,
};
use testkit::on_both;

use crate::world::{MONDAY, World, config, email, new_workspace, parts};

on_both!(one_process_has_an_installation_open, |backend| {
    let world = World::new(backend);
    let clock = Arc::new(TestClock::at(MONDAY));
    let second = App::open(config(&world.place), parts(&clock, Vec::new()));
    assert!(second.err().unwrap().to_string().contains("in use"));
    let World { app, arohi, tel, place, .. } = world;
    drop((app, arohi, tel));
    let again = App::open(config(&place), parts(&clock, Vec::new())).unwrap();
    let slugs: Vec<String> = again.workspaces().unwrap().into_iter().map(|row| row.slug).collect();
    assert_eq!(slugs, vec!["arohi", "tel"]);
    let arohi = again.workspace("arohi").unwrap();
    assert_eq!(arohi.db.read(|tx| list_members(tx, &arohi.system())).unwrap().len(), 2);
    drop((again, arohi));
});

on_both!(the_data_folder_is_its_owners_alone, |backend| {
    let world = World::new(backend);
    let mode = |path: &str| {
        let about = std::fs::metadata(world.place.path().join("data").join(path)).unwrap();
        about.permissions().mode() & 0o777
    };
    assert_eq!((mode("."), mode("files/arohi"), mode("sampark.key")), (0o700, 0o700, 0o600));
});

// A server that starts with a fresh key where there is old data would make every secret and every
// file unreadable, and nobody would notice before it is too late.
on_both!(a_lost_or_foreign_key_file_is_refused, |backend| {
    let World { app, arohi, tel, place, clock, .. } = World::new(backend);
    drop((app, arohi, tel));
    let key = place.path().join("data/sampark.key");
    let kept = std::fs::read(&key).unwrap();
    let open = || {
        let entropy = Arc::new(SystemEntropy::new());
        App::open(config(&place), Parts::new(clock.clone(), entropy, Vec::new()))
    };
    std::fs::remove_file(&key).unwrap();
    assert!(open().err().unwrap().to_string().contains("is missing"));
    assert!(!key.exists(), "no new key was made");
    std::fs::write(&key, "ab".repeat(32)).unwrap();
    assert!(open().err().unwrap().to_string().contains("is not the key file"));
    std::fs::write(&key, kept).unwrap();
    assert!(open().is_ok());
});

on_both!(workspaces_see_nothing_of_each_other, |backend| {
    let world = World::new(backend);
    let stored = world.arohi.files.put(b"a bill").unwrap();
    let kept = stored.clone();
    let file = world.write(move |tx| add_file(tx, &kept, "bill.pdf", "application/pdf")).unwrap();
    assert!(world.arohi.db.read(|tx| find_file(tx, file)).unwrap().is_some());
    assert!(world.tel.db.read(|tx| find_file(tx, file)).unwrap().is_none());
    assert_eq!(world.arohi.files.get(&stored.sha256).unwrap(), b"a bill");
    assert!(world.tel.files.get(&stored.sha256).is_err());
    let names = |workspace: &platform::Workspace| -> Vec<String> {
        let members = workspace.db.read(|tx| list_members(tx, &workspace.system())).unwrap();
        members.into_iter().map(|member| member.name).collect()
    };
    assert_eq!(names(&world.arohi), vec!["Asha", "Ravi"]);
    assert_eq!(names(&world.tel), vec!["Meera"]);
});

on_both!(a_workspace_needs_a_good_and_free_name, |backend| {
    let world = World::new(backend);
    let refused = |slug: &str, zone: &str| {
        let new = registry::NewWorkspace { zone: zone.into(), ..new_workspace(slug) };
        match world.app.create_workspace(new) {
            Err(Error::Invalid(fields)) => fields[0].key,
            other => panic!("{slug}: {:?}", other.map(|workspace| workspace.slug.clone())),
        }
    };
    for slug in ["", "Arohi", "1st", "a b", "a/b", "..", "control", &"a".repeat(41)] {
        assert_eq!(refused(slug, "Asia/Kolkata"), "error-workspace-slug");
    }
    assert_eq!(refused("arohi", "Asia/Kolkata"), "error-name-taken");
    assert_eq!(refused("fine", "Asia/Atlantis"), "error-choose-from-list");
    assert!(matches!(world.app.workspace("nowhere"), Err(Error::NotFound)));
});

on_both!(an_address_leads_to_one_workspace, |backend| {
    let world = World::new(backend);
    let (arohi, tel) = (world.arohi.id, world.tel.id);
    let claim = |id: i64| {
        let help = email("Help@Arohi.example");
        world.app.control().write_blocking(move |tx| registry::claim_address(tx, &help, id))
    };
    let leads_to =
        || world.app.control().read(|tx| registry::for_address(tx, "HELP@arohi.example")).unwrap();
    claim(arohi).unwrap();
    claim(arohi).unwrap();
    assert!(matches!(claim(tel), Err(Error::Invalid(_))));
    assert_eq!(leads_to().as_deref(), Some("arohi"));
    let release =
        move |tx: &mut db::Tx<'_>| registry::release_address(tx, "help@arohi.example", arohi);
    world.app.control().write_blocking(release).unwrap();
    assert_eq!(leads_to(), None);
});

fn room(permissions: &[&'static str]) -> Room {
    let grant =
        |key: &&'static str| platform::RoleGrant { role: "Executive", key, scope: Scope::Team };
    Room { name: "sales", role_grants: permissions.iter().map(grant).collect(), ..Room::default() }
}

// The next version brings a permission. It must reach the roles of workspaces that are already
// there, and must not bring back what an administrator took away.
on_both!(what_a_new_version_brings_reaches_renamed_roles_once, |backend| {
    let World { app, arohi, tel, asha, place, clock, .. } =
        World::with(backend, vec![room(&["lead.read"])]);
    let role = |workspace: &platform::Workspace| {
        let roles = workspace.db.read(list_roles).unwrap();
        let named = |name: &str| roles.iter().find(|role| role.name == name).cloned();
        let role = named("Agent").or(named("Executive")).unwrap();
        let has = |key: &str| role.grants.iter().any(|(granted, _)| granted == key);
        (role.id, roles.len(), has("lead.read"), has("lead.close"), has("member.read"))
    };
    let (id, count, ..) = role(&arohi);
    let known = app.permissions().to_vec();
    arohi
        .db
        .write_blocking(move |tx| {
            let grants = vec![("member.read".to_string(), Scope::All)];
            save_role(tx, &asha, &known, &RoleChange { id: Some(id), name: "Agent".into(), grants })
        })
        .unwrap();
    assert_eq!(role(&arohi), (id, count, false, false, true));
    drop((app, arohi, tel));

    let rooms = vec![room(&["lead.read", "lead.close"])];
    let app = App::open(config(&place), parts(&clock, rooms)).unwrap();
    assert_eq!(role(&app.workspace("arohi").unwrap()), (id, count, false, true, true));
    assert!(app.permissions().iter().any(|info| info.key == "member.manage"));
});
