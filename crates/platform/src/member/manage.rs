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

/// Makes the built-in roles and gives them what rooms ask for; changed roles keep their changes.
pub fn seed_roles(tx: &mut Tx<'_>, grants: &[RoleGrant]) -> Result<(), Error> {
    let mut names: Vec<&str> = grants.iter().map(|grant| grant.role).collect();
    names.dedup();
    for name in names {
        if store::role_named(tx, name)?.is_some() {
            continue;
        }
        let of_role: Vec<(String, Scope)> = grants
            .iter()
            .filter(|grant| grant.role == name)
            .map(|grant| (grant.key.to_string(), grant.scope))
            .collect();
        store::insert_role(tx, name, &of_role, true)?;
    }
    Ok(())
}

pub fn add_member(tx: &mut Tx<'_>, actor: &Actor, new: &NewMember) -> Result<MemberId, Error> {
    actor.require(PlatformPermission::ManageMembers)?;
    let name = checked_name(&new.name)?;
    if store::role(tx, new.role_id)?.is_none() {
        return Err(Error::field("role", "error-choose-from-list"));
    }
    if store::email_taken(tx, &new.email)? {
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
    let id = match role.id {
        Some(id) => {
            store::role(tx, id)?.ok_or(Error::NotFound)?;
            store::update_role(tx, id, &name, &role.grants)?;
            id
        }
        None => store::insert_role(tx, &name, &role.grants, false)?,
    };
    if store::managers(tx)? == 0 {
        return Err(Error::field("grants", "error-last-administrator"));
    }
    record(tx, actor, &RoleSaved { role_id: id.0, grants: role.grants.clone() })?;
    Ok(id)
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
