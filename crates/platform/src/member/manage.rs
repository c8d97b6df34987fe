//! Changing members, teams and roles.

use base::EmailAddress;
use db::Tx;

use super::{MemberAdded, MemberChanged, RoleGrant, RoleSaved, TeamSaved, store};
use crate::actor::{Actor, MemberId, RoleId, TeamId};
use crate::error::{Checks, Error, FieldError};
use crate::event::record;
use crate::permission::{PlatformPermission, Scope};

/// A login that joins the workspace.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub login_id: i64,
    pub name: String,
    pub email: EmailAddress,
    pub role_id: RoleId,
    pub teams: Vec<TeamId>,
}

#[derive(Clone, Debug)]
pub struct MemberChange {
    pub role_id: RoleId,
    pub active: bool,
}

#[derive(Clone, Debug)]
pub struct NewTeam {
    /// None makes a new one.
    pub id: Option<TeamId>,
    pub name: String,
    pub active: bool,
    pub members: Vec<MemberId>,
}

#[derive(Clone, Debug)]
pub struct RoleChange {
    pub id: Option<RoleId>,
    pub name: String,
    pub grants: Vec<(String, Scope)>,
}

/// True when there is nothing that a built-in role was not offered yet.
pub fn roles_are_seeded(tx: &mut Tx<'_>, grants: &[RoleGrant]) -> Result<bool, Error> {
    let offers = store::offers(tx)?;
    let is_known = |grant: &RoleGrant| {
        offers.iter().any(|offer| offer.role_name == grant.role && offer.permission == grant.key)
    };
    Ok(grants.iter().all(is_known))
}

/// Makes the built-in roles and offers each what rooms ask for, once: what is new in this version
/// is added, under whatever name the role goes by now; what was taken away stays away.
pub fn seed_roles(tx: &mut Tx<'_>, grants: &[RoleGrant]) -> Result<(), Error> {
    for (turn, first) in grants.iter().enumerate() {
        let name = first.role;
        if grants[..turn].iter().any(|earlier| earlier.role == name) {
            continue;
        }
        let offers = store::offers(tx)?;
        let of_role = offers.iter().filter(|offer| offer.role_name == name);
        let known = of_role.clone().next().map(|offer| offer.role_id);
        let new: Vec<&RoleGrant> = grants
            .iter()
            .filter(|grant| grant.role == name)
            .filter(|grant| of_role.clone().all(|offer| offer.permission != grant.key))
            .collect();
        let id = match known.or(store::role_named(tx, name)?) {
            Some(id) => id,
            None => store::insert_role(tx, name, &[], true)?,
        };
        let role = store::role(tx, id)?.ok_or(Error::NotFound)?;
        let mut granted = role.grants.clone();
        for grant in new {
            store::insert_offer(tx, name, grant.key, id)?;
            if granted.iter().all(|(key, _)| key != grant.key) {
                granted.push((grant.key.to_string(), grant.scope));
            }
        }
        if granted != role.grants {
            store::update_role(tx, id, &role.name, &granted)?;
            let system = Actor::system(base::Zone::india());
            record(tx, &system, &RoleSaved { role_id: id.0, grants: granted })?;
        }
    }
    Ok(())
}

pub fn add_member(tx: &mut Tx<'_>, actor: &Actor, new: &NewMember) -> Result<MemberId, Error> {
    actor.require(PlatformPermission::ManageMembers)?;
    let name = checked_name(&new.name)?;
    if store::role(tx, new.role_id)?.is_none() {
        return Err(Error::field("role", "error-choose-from-list"));
    }
    check_teams(tx, &new.teams)?;
    if store::member_exists(tx, new.login_id, &new.email)? {
        return Err(Error::field("email", "error-member-exists"));
    }
    let id = store::insert_member(tx, new, &name)?;
    for team in &new.teams {
        store::join_team(tx, *team, id)?;
    }
    record(tx, actor, &MemberAdded { member_id: id.0, role_id: new.role_id.0 })?;
    Ok(id)
}

/// Changes a member's role, or lets them go; the last administrator stays.
pub fn change_member(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MemberId,
    change: &MemberChange,
) -> Result<(), Error> {
    actor.require(PlatformPermission::ManageMembers)?;
    super::find_member(tx, id)?.ok_or(Error::NotFound)?;
    if store::role(tx, change.role_id)?.is_none() {
        return Err(Error::field("role", "error-choose-from-list"));
    }
    store::update_member(tx, id, change)?;
    if store::managers(tx)? == 0 {
        return Err(Error::field("role", "error-last-administrator"));
    }
    let changed =
        MemberChanged { member_id: id.0, role_id: change.role_id.0, active: change.active };
    record(tx, actor, &changed)?;
    Ok(())
}

pub fn save_team(tx: &mut Tx<'_>, actor: &Actor, team: &NewTeam) -> Result<TeamId, Error> {
    actor.require(PlatformPermission::ManageMembers)?;
    let name = checked_name(&team.name)?;
    if store::team_named(tx, &name)?.is_some_and(|found| Some(found) != team.id) {
        return Err(Error::field("name", "error-name-taken"));
    }
    let known = store::members(tx)?;
    if team.members.iter().any(|id| known.iter().all(|member| member.id != *id)) {
        return Err(Error::field("members", "error-choose-from-list"));
    }
    let id = store::put_team(tx, team.id, &name, team.active)?;
    store::set_team_members(tx, id, &team.members)?;
    let members = team.members.iter().map(|member| member.0).collect();
    record(tx, actor, &TeamSaved { team_id: id.0, members })?;
    Ok(id)
}

pub fn save_role(
    tx: &mut Tx<'_>,
    actor: &Actor,
    known: &[crate::permission::PermissionInfo],
    role: &RoleChange,
) -> Result<RoleId, Error> {
    actor.require(PlatformPermission::ManageMembers)?;
    let name = checked_name(&role.name)?;
    if let Some((key, _)) =
        role.grants.iter().find(|(key, _)| known.iter().all(|info| info.key != key))
    {
        return Err(FieldError::new("grants", "error-unknown-permission").with("key", key).into());
    }
    if store::role_named(tx, &name)?.is_some_and(|found| Some(found) != role.id) {
        return Err(Error::field("name", "error-name-taken"));
    }
    let grants = tidy_grants(known, &role.grants);
    let id = match role.id {
        Some(id) => {
            store::role(tx, id)?.ok_or(Error::NotFound)?;
            store::update_role(tx, id, &name, &grants)?;
            id
        }
        None => store::insert_role(tx, &name, &grants, false)?,
    };
    if store::managers(tx)? == 0 {
        return Err(Error::field("grants", "error-last-administrator"));
    }
    record(tx, actor, &RoleSaved { role_id: id.0, grants })?;
    Ok(id)
}

fn check_teams(tx: &mut Tx<'_>, teams: &[TeamId]) -> Result<(), Error> {
    let known = store::teams(tx)?;
    match teams.iter().all(|id| known.iter().any(|team| team.id == *id)) {
        true => Ok(()),
        false => Err(Error::field("teams", "error-choose-from-list")),
    }
}

/// One grant a permission, the last one said; a permission without scope reaches everything.
fn tidy_grants(
    known: &[crate::permission::PermissionInfo],
    grants: &[(String, Scope)],
) -> Vec<(String, Scope)> {
    let mut tidy: Vec<(String, Scope)> = Vec::with_capacity(grants.len());
    for (key, scope) in grants {
        let scoped = known.iter().any(|info| info.key == key && info.scoped);
        tidy.retain(|(other, _)| other != key);
        tidy.push((key.clone(), if scoped { *scope } else { Scope::All }));
    }
    tidy
}

/// A name of 1 to 120 characters without control characters.
fn checked_name(text: &str) -> Result<String, Error> {
    let name = text.trim();
    let mut checks = Checks::default();
    if name.is_empty() {
        checks.add(FieldError::new("name", "error-required"));
    }
    if name.chars().count() > 120 {
        checks.add(FieldError::new("name", "error-too-long").with("max", 120));
    }
    if name.chars().any(char::is_control) {
        checks.add(FieldError::new("name", "error-control-character"));
    }
    checks.done()?;
    Ok(name.to_string())
}
