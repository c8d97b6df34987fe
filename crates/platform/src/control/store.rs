//! SQL of the control database.

use base::{EmailAddress, UtcMs};
use db::{DbError, Row, Tx};

use super::login::Login;
use super::token::TokenInfo;
use super::workspace::{NewWorkspace, WorkspaceRow};
use crate::error::Error;

const LOGIN: &str = "select id, email, name, password_hash, lang, theme, disabled_at from login";
const WORKSPACE: &str = "select id, slug, name, zone, lang from workspace";

/// Takes out of a copy of the control database what does not belong into a backup: sessions and
/// links, and, where only some workspaces are `kept`, every trace of the others.
pub(crate) fn keep_only(tx: &mut Tx<'_>, kept: Option<&[String]>) -> Result<(), DbError> {
    for table in ["session", "login_link"] {
        tx.exec(&format!("delete from {table}"), &[])?;
    }
    let Some(kept) = kept else { return Ok(()) };
    let all: Vec<(i64, String)> =
        tx.query("select id, slug from workspace", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, _) in all.iter().filter(|(_, slug)| !kept.contains(slug)) {
        for table in ["membership", "api_token", "recipient"] {
            tx.exec(&format!("delete from {table} where workspace_id = ?1"), &[id])?;
        }
        tx.exec("delete from workspace where id = ?1", &[id])?;
    }
    tx.exec(
        "delete from login where id not in (select login_id from membership)
         and id not in (select login_id from api_token)",
        &[],
    )?;
    // The installation's own work, such as mail about passwords, names people of all workspaces.
    tx.exec("delete from job", &[])?;
    Ok(())
}

/// Every workspace that was ever registered, closed ones too.
pub(crate) fn slugs(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    tx.query("select slug from workspace order by id", &[], |row| row.get(0))
}

pub(super) fn key_check(tx: &mut Tx<'_>) -> Result<Option<String>, Error> {
    Ok(tx.opt("select key_check from installation where id = 1", &[], |row| row.get(0))?)
}

pub(super) fn set_key_check(tx: &mut Tx<'_>, check: &str) -> Result<(), Error> {
    tx.exec("insert into installation (id, key_check) values (1, ?1)", &[&check])?;
    Ok(())
}

fn read_login(row: &Row<'_>) -> Result<Login, DbError> {
    Ok(Login {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
        lang: row.get(4)?,
        theme: row.get(5)?,
        disabled: row.get::<Option<i64>>(6)?.is_some(),
    })
}

fn read_workspace(row: &Row<'_>) -> Result<WorkspaceRow, DbError> {
    Ok(WorkspaceRow {
        id: row.get(0)?,
        slug: row.get(1)?,
        name: row.get(2)?,
        zone: row.get(3)?,
        lang: row.get(4)?,
    })
}

pub(super) fn login(tx: &mut Tx<'_>, id: i64) -> Result<Option<Login>, Error> {
    Ok(tx.opt(&format!("{LOGIN} where id = ?1"), &[&id], read_login)?)
}

pub(super) fn login_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Login>, Error> {
    Ok(tx.opt(&format!("{LOGIN} where email = ?1"), &[&email], read_login)?)
}

pub(super) fn insert_login(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    name: &str,
    lang: &str,
) -> Result<i64, Error> {
    let (id, now): (i64, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into login (id, email, name, lang, theme, created_at)
         values (?1, ?2, ?3, ?4, 'auto', ?5)",
        &[&id, email, &name, &lang, &now],
    )?;
    Ok(id)
}

pub(super) fn set_preferences(
    tx: &mut Tx<'_>,
    id: i64,
    lang: &str,
    theme: &str,
) -> Result<(), Error> {
    tx.exec("update login set lang = ?2, theme = ?3 where id = ?1", &[&id, &lang, &theme])?;
    Ok(())
}

pub(super) fn set_password(tx: &mut Tx<'_>, id: i64, hash: &str) -> Result<(), Error> {
    tx.exec("update login set password_hash = ?2 where id = ?1", &[&id, &hash])?;
    Ok(())
}

pub(super) fn set_disabled(
    tx: &mut Tx<'_>,
    id: i64,
    disabled_at: Option<UtcMs>,
) -> Result<(), Error> {
    let changed =
        tx.exec("update login set disabled_at = ?2 where id = ?1", &[&id, &disabled_at])?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

pub(super) fn insert_link(
    tx: &mut Tx<'_>,
    digest: &str,
    login_id: i64,
    purpose: &str,
    expires_at: UtcMs,
) -> Result<(), Error> {
    tx.exec(
        "insert into login_link (digest, login_id, purpose, expires_at) values (?1, ?2, ?3, ?4)",
        &[&digest, &login_id, &purpose, &expires_at],
    )?;
    Ok(())
}

pub(super) fn drop_links(tx: &mut Tx<'_>, login_id: i64) -> Result<(), Error> {
    tx.exec("delete from login_link where login_id = ?1", &[&login_id])?;
    Ok(())
}

pub(super) fn link_login(tx: &mut Tx<'_>, digest: &str, now: UtcMs) -> Result<Option<i64>, Error> {
    Ok(tx.opt(
        "select k.login_id from login_link k join login l on l.id = k.login_id
         where k.digest = ?1 and k.expires_at > ?2 and l.disabled_at is null",
        &[&digest, &now],
        |row| row.get(0),
    )?)
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    digest: &str,
    login_id: i64,
    expires_at: UtcMs,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "insert into session (digest, login_id, created_at, seen_at, expires_at)
         values (?1, ?2, ?3, ?3, ?4)",
        &[&digest, &login_id, &now, &expires_at],
    )?;
    Ok(())
}

/// A session's login, when it was last seen and when it ends. One statement: every request asks.
pub(super) fn session(
    tx: &mut Tx<'_>,
    digest: &str,
) -> Result<Option<(Login, UtcMs, UtcMs)>, Error> {
    Ok(tx.opt(
        "select l.id, l.email, l.name, l.password_hash, l.lang, l.theme, l.disabled_at,
         s.seen_at, s.expires_at from session s join login l on l.id = s.login_id
         where s.digest = ?1",
        &[&digest],
        |row| Ok((read_login(row)?, row.get(7)?, row.get(8)?)),
    )?)
}

pub(super) fn touch_session(tx: &mut Tx<'_>, digest: &str, now: UtcMs) -> Result<(), Error> {
    tx.exec("update session set seen_at = ?2 where digest = ?1", &[&digest, &now])?;
    Ok(())
}

pub(super) fn drop_session(tx: &mut Tx<'_>, digest: &str) -> Result<(), Error> {
    tx.exec("delete from session where digest = ?1", &[&digest])?;
    Ok(())
}

pub(super) fn drop_sessions(tx: &mut Tx<'_>, login_id: i64) -> Result<(), Error> {
    tx.exec("delete from session where login_id = ?1", &[&login_id])?;
    Ok(())
}

pub(super) fn drop_expired_sessions(tx: &mut Tx<'_>, now: UtcMs) -> Result<(), Error> {
    tx.exec("delete from session where expires_at <= ?1", &[&now])?;
    Ok(())
}

pub(super) fn insert_token(
    tx: &mut Tx<'_>,
    digest: &str,
    workspace_id: i64,
    login_id: i64,
    name: &str,
    expires_at: Option<UtcMs>,
) -> Result<(), Error> {
    let (id, now): (i64, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into api_token
         (id, digest, workspace_id, login_id, name, created_at, expires_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[&id, &digest, &workspace_id, &login_id, &name, &now, &expires_at],
    )?;
    Ok(())
}

pub(super) fn token(
    tx: &mut Tx<'_>,
    digest: &str,
    now: UtcMs,
) -> Result<Option<(String, i64)>, Error> {
    Ok(tx.opt(
        "select w.slug, t.login_id from api_token t
         join workspace w on w.id = t.workspace_id
         join login l on l.id = t.login_id
         where t.digest = ?1 and t.revoked_at is null and l.disabled_at is null
         and w.closed_at is null and (t.expires_at is null or t.expires_at > ?2)",
        &[&digest, &now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

pub(super) fn tokens(tx: &mut Tx<'_>, workspace_id: i64) -> Result<Vec<TokenInfo>, Error> {
    Ok(tx.query(
        "select id, login_id, name, created_at, expires_at, revoked_at from api_token
         where workspace_id = ?1 order by id desc limit 200",
        &[&workspace_id],
        |row| {
            Ok(TokenInfo {
                id: row.get(0)?,
                login_id: row.get(1)?,
                name: row.get(2)?,
                created_at: row.get(3)?,
                expires_at: row.get(4)?,
                revoked_at: row.get(5)?,
            })
        },
    )?)
}

pub(super) fn revoke_token(tx: &mut Tx<'_>, workspace_id: i64, id: i64) -> Result<(), Error> {
    let now = tx.now();
    let changed = tx.exec(
        "update api_token set revoked_at = ?3
         where id = ?1 and workspace_id = ?2 and revoked_at is null",
        &[&id, &workspace_id, &now],
    )?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

pub(super) fn workspace(tx: &mut Tx<'_>, slug: &str) -> Result<Option<WorkspaceRow>, Error> {
    let sql = format!("{WORKSPACE} where slug = ?1 and closed_at is null");
    Ok(tx.opt(&sql, &[&slug], read_workspace)?)
}

pub(super) fn workspaces(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceRow>, Error> {
    let sql = format!("{WORKSPACE} where closed_at is null order by name, id");
    Ok(tx.query(&sql, &[], read_workspace)?)
}

pub(super) fn insert_workspace(tx: &mut Tx<'_>, new: &NewWorkspace) -> Result<(), Error> {
    let (id, now): (i64, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into workspace (id, slug, name, zone, lang, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        &[&id, &new.slug, &new.name, &new.zone, &new.lang, &now],
    )?;
    Ok(())
}

pub(super) fn insert_membership(
    tx: &mut Tx<'_>,
    login_id: i64,
    workspace_id: i64,
) -> Result<(), Error> {
    tx.exec(
        "insert into membership (login_id, workspace_id) values (?1, ?2) on conflict do nothing",
        &[&login_id, &workspace_id],
    )?;
    Ok(())
}

pub(super) fn workspaces_of(tx: &mut Tx<'_>, login_id: i64) -> Result<Vec<WorkspaceRow>, Error> {
    let sql = format!(
        "{WORKSPACE} where closed_at is null and id in
         (select workspace_id from membership where login_id = ?1) order by name, id"
    );
    Ok(tx.query(&sql, &[&login_id], read_workspace)?)
}

pub(super) fn recipient(tx: &mut Tx<'_>, address: &str) -> Result<Option<i64>, Error> {
    let sql = "select workspace_id from recipient where address = ?1";
    Ok(tx.opt(sql, &[&address], |row| row.get(0))?)
}

pub(super) fn insert_recipient(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    workspace_id: i64,
) -> Result<(), Error> {
    tx.exec(
        "insert into recipient (address, workspace_id) values (?1, ?2)",
        &[address, &workspace_id],
    )?;
    Ok(())
}

pub(super) fn delete_recipient(
    tx: &mut Tx<'_>,
    address: &str,
    workspace_id: i64,
) -> Result<(), Error> {
    tx.exec(
        "delete from recipient where address = ?1 and workspace_id = ?2",
        &[&address, &workspace_id],
    )?;
    Ok(())
}

pub(super) fn slug_for_recipient(tx: &mut Tx<'_>, address: &str) -> Result<Option<String>, Error> {
    Ok(tx.opt(
        "select w.slug from recipient r join workspace w on w.id = r.workspace_id
         where r.address = ?1 and w.closed_at is null",
        &[&address],
        |row| row.get(0),
    )?)
}
