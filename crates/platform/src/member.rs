//! Members of a workspace, their teams and roles.

mod events;
mod manage;
mod store;

use db::Tx;

use crate::actor::{Actor, ActorKind, MemberId, RoleId, TeamId};
use crate::error::Error;
use crate::permission::{PlatformPermission, Scope};

pub use events::{MemberAdded, MemberChanged, RoleSaved, TeamSaved};
pub use manage::{
    MemberChange, NewMember, NewTeam, RoleChange, add_member, change_member, roles_are_seeded,
    save_role, save_team, seed_roles,
};

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub login_id: i64,
    pub name: String,
    pub email: String,
    pub role_id: RoleId,
    pub role_name: String,
    pub active: bool,
}

/// A group whose members share work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub active: bool,
    pub members: Vec<MemberId>,
}

/// A named set of permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub grants: Vec<(String, Scope)>,
    pub built_in: bool,
}

/// A permission that a built-in role has from the start.
#[derive(Clone, Copy, Debug)]
pub struct RoleGrant {
    pub role: &'static str,
    pub key: &'static str,
    pub scope: Scope,
}

/// The actor that a login is in this workspace; none for strangers and for those who have left.
pub fn actor_for_login(
    tx: &mut Tx<'_>,
    login_id: i64,
    kind: ActorKind,
    lang: &str,
    zone: &base::Zone,
) -> Result<Option<Actor>, Error> {
    let Some(seated) = store::seated(tx, login_id)?.filter(|seated| seated.member.active) else {
        return Ok(None);
    };
    Ok(Some(Actor {
        kind,
        member_id: seated.member.id,
        login_id,
        name: seated.member.name,
        email: seated.member.email,
        lang: lang.to_string(),
        zone: zone.clone(),
        teams: seated.teams,
        grants: seated.grants,
    }))
}

/// All members, active first, by name.
pub fn list_members(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Member>, Error> {
    actor.require(PlatformPermission::ReadMembers)?;
    store::members(tx)
}

/// Names of members for pages that show who did what; needs no permission beyond being inside.
pub fn member_names(tx: &mut Tx<'_>) -> Result<Vec<(MemberId, String)>, Error> {
    Ok(store::members(tx)?.into_iter().map(|member| (member.id, member.name)).collect())
}

pub fn find_member(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<Member>, Error> {
    Ok(store::members(tx)?.into_iter().find(|member| member.id == id))
}

/// All teams with their members.
pub fn list_teams(tx: &mut Tx<'_>) -> Result<Vec<Team>, Error> {
    store::teams(tx)
}

pub fn list_roles(tx: &mut Tx<'_>) -> Result<Vec<Role>, Error> {
    store::roles(tx)
}
