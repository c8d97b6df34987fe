//! Members, roles and teams.

use platform::{
    Actor, Error, MemberChange, MemberId, NewMember, NewTeam, PlatformPermission, RoleChange,
    RoleId, Scope, TeamId, add_member, change_member, list_members, list_roles, list_teams,
    save_role, save_team,
};
use testkit::on_both;

use crate::world::{World, email};

fn role(world: &World, name: &str) -> RoleId {
    let roles = world.arohi.db.read(list_roles).unwrap();
    roles.iter().find(|role| role.name == name).unwrap().id
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> (&'static str, &'static str) {
    match result.unwrap_err() {
        Error::Invalid(fields) => (fields[0].field, fields[0].key),
        other => panic!("{other}"),
    }
}

fn change(
    world: &World,
    by: &Actor,
    id: MemberId,
    role_id: RoleId,
    active: bool,
) -> Result<(), Error> {
    let by = by.clone();
    world.write(move |tx| change_member(tx, &by, id, &MemberChange { role_id, active }))
}

fn change_role(
    world: &World,
    id: Option<RoleId>,
    name: &str,
    grants: &[(&str, Scope)],
) -> Result<RoleId, Error> {
    let (asha, known) = (world.asha.clone(), world.app.permissions().to_vec());
    let grants = grants.iter().map(|(key, scope)| (key.to_string(), *scope)).collect();
    let change = RoleChange { id, name: name.into(), grants };
    world.write(move |tx| save_role(tx, &asha, &known, &change))
}

on_both!(the_last_administrator_stays, |backend| {
    let world = World::new(backend);
    let (admin, executive) = (role(&world, "Administrator"), role(&world, "Executive"));
    let (asha, ravi) = (&world.asha, &world.ravi);
    let seq = world.arohi.db.last_seq();
    let last = ("role", "error-last-administrator");
    assert_eq!(refused(change(&world, asha, asha.member_id, executive, true)), last);
    assert_eq!(refused(change(&world, asha, asha.member_id, admin, false)), last);
    let emptied = change_role(&world, Some(admin), "Administrator", &[("member.read", Scope::All)]);
    assert_eq!(refused(emptied), ("grants", "error-last-administrator"));
    assert_eq!(world.arohi.db.last_seq(), seq, "a refusal leaves no trace");
    change(&world, asha, ravi.member_id, admin, true).unwrap();
    change(&world, asha, asha.member_id, executive, true).unwrap();
    let denied = change(&world, ravi, asha.member_id, admin, true);
    assert!(matches!(denied, Err(Error::Denied { permission: "member.manage" })));
});

on_both!(only_who_may_manages_members, |backend| {
    let world = World::new(backend);
    let ravi = world.ravi.clone();
    let executive = role(&world, "Executive");
    let denied = change(&world, &ravi, ravi.member_id, role(&world, "Administrator"), true);
    assert!(matches!(denied, Err(Error::Denied { .. })));
    let new = NewMember {
        login_id: 99,
        name: "Imran".into(),
        email: email("imran@example.in"),
        role_id: executive,
        teams: Vec::new(),
    };
    let (by, one) = (ravi.clone(), new.clone());
    assert!(world.write(move |tx| add_member(tx, &by, &one)).is_err());
    let (by, known) = (ravi.clone(), world.app.permissions().to_vec());
    let mine = RoleChange { id: Some(executive), name: "Executive".into(), grants: Vec::new() };
    assert!(world.write(move |tx| save_role(tx, &by, &known, &mine)).is_err());
    let nobody = change(&world, &world.asha, MemberId(9_999), executive, true);
    assert!(matches!(nobody, Err(Error::NotFound)));
    let (asha, bad_role) =
        (world.asha.clone(), NewMember { role_id: RoleId(9_999), ..new.clone() });
    let answer = world.write(move |tx| add_member(tx, &asha, &bad_role));
    assert_eq!(refused(answer), ("role", "error-choose-from-list"));
    let (asha, bad_team) =
        (world.asha.clone(), NewMember { teams: vec![TeamId(9_999)], ..new.clone() });
    let answer = world.write(move |tx| add_member(tx, &asha, &bad_team));
    assert_eq!(refused(answer), ("teams", "error-choose-from-list"));
    for (name, key) in [
        ("  ", "error-required"),
        ("a\nb", "error-control-character"),
        (&"a".repeat(121), "error-too-long"),
    ] {
        let (asha, unnamed) = (world.asha.clone(), NewMember { name: name.into(), ..new.clone() });
        assert_eq!(refused(world.write(move |tx| add_member(tx, &asha, &unnamed))), ("name", key));
    }
    let members = world.arohi.db.read(|tx| list_members(tx, &world.asha)).unwrap();
    assert_eq!(members.len(), 2);
});

on_both!(a_role_is_known_permissions_with_a_reach, |backend| {
    platform::permissions! {
        enum ShopPermission {
            /// See test drives.
            ReadDrives = "drive.read" scoped,
        }
    }
    let room = platform::Room {
        name: "shop",
        permissions: ShopPermission::LIST.to_vec(),
        ..platform::Room::default()
    };
    let world = World::with(backend, vec![room]);
    let unknown = change_role(&world, None, "Guest", &[("drive.steal", Scope::All)]);
    assert_eq!(refused(unknown), ("grants", "error-unknown-permission"));
    assert_eq!(refused(change_role(&world, None, "Auditor", &[])), ("name", "error-name-taken"));
    let gone = change_role(&world, Some(RoleId(9_999)), "Guest", &[]);
    assert!(matches!(gone, Err(Error::NotFound)));
    let grants =
        [("drive.read", Scope::All), ("drive.read", Scope::Team), ("member.read", Scope::Own)];
    let guest = change_role(&world, None, "Guest", &grants).unwrap();
    change(&world, &world.asha, world.ravi.member_id, guest, true).unwrap();
    let actor = world
        .arohi
        .db
        .read(|tx| {
            let (login, zone) = (world.ravi.login_id, &world.arohi.zone);
            platform::actor_for_login(tx, login, platform::ActorKind::Person, "en", zone)
        })
        .unwrap()
        .unwrap();
    assert_eq!(actor.require(ShopPermission::ReadDrives).unwrap(), Scope::Team);
    let unscoped = actor.require(PlatformPermission::ReadMembers).unwrap();
    assert_eq!(unscoped, Scope::All, "a permission without a reach is whole");
    assert!(!actor.may(PlatformPermission::ManageMembers));
    assert!(world.arohi.system().may(ShopPermission::ReadDrives));
});

on_both!(teams_have_members_of_this_workspace, |backend| {
    let world = World::new(backend);
    let save = |id: Option<TeamId>, name: &str, active: bool, members: &[MemberId]| {
        let (asha, team) = (
            world.asha.clone(),
            NewTeam { id, name: name.into(), active, members: members.to_vec() },
        );
        world.write(move |tx| save_team(tx, &asha, &team))
    };
    let (asha, ravi) = (world.asha.member_id, world.ravi.member_id);
    let front = save(None, " Front desk ", true, &[asha, ravi]).unwrap();
    assert_eq!(refused(save(None, "Front desk", true, &[])), ("name", "error-name-taken"));
    let stranger = save(Some(front), "Front desk", true, &[MemberId(9_999)]);
    assert_eq!(refused(stranger), ("members", "error-choose-from-list"));
    assert!(matches!(save(Some(TeamId(9_999)), "Ghosts", true, &[]), Err(Error::NotFound)));
    let teams = world.arohi.db.read(list_teams).unwrap();
    assert_eq!((teams.len(), teams[0].name.as_str()), (1, "Front desk"));
    assert_eq!(teams[0].members, vec![asha, ravi]);
    let teams_of_ravi = || {
        let kind = platform::ActorKind::Person;
        let (login, zone) = (world.ravi.login_id, &world.arohi.zone);
        let actor =
            world.arohi.db.read(|tx| platform::actor_for_login(tx, login, kind, "en", zone));
        actor.unwrap().unwrap().teams
    };
    assert_eq!(teams_of_ravi(), vec![front]);
    save(Some(front), "Front desk", false, &[asha, ravi]).unwrap();
    assert_eq!(teams_of_ravi(), vec![], "a team at rest gives no reach");
});
