//! SQL of members, teams and roles.

use base::EmailAddress;
use db::{DbError, Row, Tx};

use super::manage::{MemberChange, NewMember};
use super::{Member, Role, Team};
use crate::actor::{MemberId, RoleId, TeamId};
use crate::error::Error;
use crate::permission::{Permission, PlatformPermission, Scope};

const MEMBER: &str = "select m.id, m.login_id, m.name, m.email, m.role_id, r.name, m.active
    from member m join role r on r.id = m.role_id";

fn read_member(row: &Row<'_>) -> Result<Member, DbError> {
    Ok(Member {
        id: row.get(0)?,
        login_id: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        role_id: row.get(4)?,
        role_name: row.get(5)?,
        active: row.get(6)?,
    })
}

fn read_role(row: &Row<'_>) -> Result<Role, DbError> {
    Ok(Role {
        id: row.get(0)?,
        name: row.get(1)?,
        grants: read_grants(row, 2)?,
        built_in: row.get(3)?,
    })
}

fn read_grants(row: &Row<'_>, index: usize) -> Result<Vec<(String, Scope)>, DbError> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text)
        .map_err(|error| DbError::Column { index, problem: error.to_string() })
}

pub(super) fn members(tx: &mut Tx<'_>) -> Result<Vec<Member>, Error> {
    Ok(tx.query(&format!("{MEMBER} order by m.active desc, m.name, m.id"), &[], read_member)?)
}

/// A member with what makes an actor of them.
pub(super) struct Seated {
    pub member: Member,
    pub grants: Vec<(String, Scope)>,
    pub teams: Vec<TeamId>,
}

/// One statement, a row for each active team: every request asks.
pub(super) fn seated(tx: &mut Tx<'_>, login_id: i64) -> Result<Option<Seated>, Error> {
    let mut found: Option<Seated> = None;
    // In no order: sorting costs SQLite more than the whole search.
    tx.query(
        "select m.id, m.login_id, m.name, m.email, m.role_id, r.name, m.active, t.id, r.grants
         from member m join role r on r.id = m.role_id
         left join team_member tm on tm.member_id = m.id
         left join team t on t.id = tm.team_id and t.active = 1
         where m.login_id = ?1",
        &[&login_id],
        |row| {
            let seated = match &mut found {
                Some(seated) => seated,
                None => found.insert(Seated {
                    member: read_member(row)?,
                    grants: read_grants(row, 8)?,
                    teams: Vec::new(),
                }),
            };
            seated.teams.extend(row.get::<Option<TeamId>>(7)?);
            Ok(())
        },
    )?;
    Ok(found)
}

/// True when this login or this address is a member already.
pub(super) fn member_exists(
    tx: &mut Tx<'_>,
    login_id: i64,
    email: &EmailAddress,
) -> Result<bool, Error> {
    let sql = "select 1 from member where email = ?1 or login_id = ?2";
    Ok(tx.opt(sql, &[email, &login_id], |_| Ok(()))?.is_some())
}

/// A permission that a built-in role was offered, whether it still has it or not.
pub(super) struct Offer {
    pub role_name: String,
    pub permission: String,
    pub role_id: RoleId,
}

pub(super) fn offers(tx: &mut Tx<'_>) -> Result<Vec<Offer>, Error> {
    Ok(tx.query("select role_name, permission, role_id from role_offer", &[], |row| {
        Ok(Offer { role_name: row.get(0)?, permission: row.get(1)?, role_id: row.get(2)? })
    })?)
}

pub(super) fn insert_offer(
    tx: &mut Tx<'_>,
    role_name: &str,
    permission: &str,
    role_id: RoleId,
) -> Result<(), Error> {
    tx.exec(
        "insert into role_offer (role_name, permission, role_id) values (?1, ?2, ?3)",
        &[&role_name, &permission, &role_id],
    )?;
    Ok(())
}

pub(super) fn insert_member(
    tx: &mut Tx<'_>,
    new: &NewMember,
    name: &str,
) -> Result<MemberId, Error> {
    let (id, now): (MemberId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into member (id, login_id, name, email, role_id, active, created_at)
         values (?1, ?2, ?3, ?4, ?5, 1, ?6)",
        &[&id, &new.login_id, &name, &new.email, &new.role_id, &now],
    )?;
    Ok(id)
}

pub(super) fn update_member(
    tx: &mut Tx<'_>,
    id: MemberId,
    change: &MemberChange,
) -> Result<(), Error> {
    tx.exec(
        "update member set role_id = ?2, active = ?3 where id = ?1",
        &[&id, &change.role_id, &change.active],
    )?;
    Ok(())
}

/// How many active members may manage members.
pub(super) fn managers(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let key = PlatformPermission::ManageMembers.key();
    let able: Vec<RoleId> = roles(tx)?
        .into_iter()
        .filter(|role| role.grants.iter().any(|(granted, _)| granted == key))
        .map(|role| role.id)
        .collect();
    Ok(members(tx)?.iter().filter(|m| m.active && able.contains(&m.role_id)).count())
}

pub(super) fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>, Error> {
    let mut teams =
        tx.query("select id, name, active from team order by active desc, name, id", &[], |row| {
            Ok(Team {
                id: row.get(0)?,
                name: row.get(1)?,
                active: row.get(2)?,
                members: Vec::new(),
            })
        })?;
    let pairs: Vec<(TeamId, MemberId)> = tx.query(
        "select team_id, member_id from team_member order by team_id, member_id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for team in &mut teams {
        let own = pairs.iter().filter(|(id, _)| *id == team.id);
        team.members = own.map(|(_, member)| *member).collect();
    }
    Ok(teams)
}

pub(super) fn team_named(tx: &mut Tx<'_>, name: &str) -> Result<Option<TeamId>, Error> {
    Ok(tx.opt("select id from team where name = ?1", &[&name], |row| row.get(0))?)
}

pub(super) fn put_team(
    tx: &mut Tx<'_>,
    id: Option<TeamId>,
    name: &str,
    active: bool,
) -> Result<TeamId, Error> {
    let Some(id) = id else {
        let id: TeamId = tx.next_id()?;
        tx.exec("insert into team (id, name, active) values (?1, ?2, ?3)", &[&id, &name, &active])?;
        return Ok(id);
    };
    let changed =
        tx.exec("update team set name = ?2, active = ?3 where id = ?1", &[&id, &name, &active])?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(id) }
}

pub(super) fn join_team(tx: &mut Tx<'_>, team: TeamId, member: MemberId) -> Result<(), Error> {
    tx.exec(
        "insert into team_member (team_id, member_id) values (?1, ?2) on conflict do nothing",
        &[&team, &member],
    )?;
    Ok(())
}

pub(super) fn set_team_members(
    tx: &mut Tx<'_>,
    team: TeamId,
    members: &[MemberId],
) -> Result<(), Error> {
    tx.exec("delete from team_member where team_id = ?1", &[&team])?;
    for member in members {
        join_team(tx, team, *member)?;
    }
    Ok(())
}

pub(super) fn roles(tx: &mut Tx<'_>) -> Result<Vec<Role>, Error> {
    Ok(tx.query(
        "select id, name, grants, built_in from role order by built_in desc, id",
        &[],
        read_role,
    )?)
}

pub(super) fn role(tx: &mut Tx<'_>, id: RoleId) -> Result<Option<Role>, Error> {
    let sql = "select id, name, grants, built_in from role where id = ?1";
    Ok(tx.opt(sql, &[&id], read_role)?)
}

pub(super) fn role_named(tx: &mut Tx<'_>, name: &str) -> Result<Option<RoleId>, Error> {
    Ok(tx.opt("select id from role where name = ?1", &[&name], |row| row.get(0))?)
}

fn grants_json(grants: &[(String, Scope)]) -> Result<String, Error> {
    serde_json::to_string(grants).map_err(|error| Error::Internal(error.to_string()))
}

pub(super) fn insert_role(
    tx: &mut Tx<'_>,
    name: &str,
    grants: &[(String, Scope)],
    built_in: bool,
) -> Result<RoleId, Error> {
    let id: RoleId = tx.next_id()?;
    let grants = grants_json(grants)?;
    tx.exec(
        "insert into role (id, name, grants, built_in) values (?1, ?2, ?3, ?4)",
        &[&id, &name, &grants, &built_in],
    )?;
    Ok(id)
}

pub(super) fn update_role(
    tx: &mut Tx<'_>,
    id: RoleId,
    name: &str,
    grants: &[(String, Scope)],
) -> Result<(), Error> {
    let grants = grants_json(grants)?;
    tx.exec("update role set name = ?2, grants = ?3 where id = ?1", &[&id, &name, &grants])?;
    Ok(())
}
