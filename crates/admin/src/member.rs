//! Members: the list, inviting, changing role, teams and presence.

mod pages;

use std::collections::HashSet;

use axum::http::HeaderMap;
use frame::{Flash, Frame, Id, Page, Typed, errors, fields_of};
use platform::control::login::find_login;
use platform::web::WebError;
use platform::{
    Actor, Error, Member, MemberChange, MemberId, NewTeam, Role, RoleId, Team, TeamId,
    change_member, find_member, list_members, list_roles, list_teams, save_team,
};
use ui::Errors;

use crate::invitation::{Invitation, Sent, invite as send_invitation, send};
use crate::once;

/// What the forms offer.
struct Offered {
    roles: Vec<Role>,
    teams: Vec<Team>,
}

/// `GET /w/{ws}/settings/members?show=&q=`.
pub async fn list(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let look = |tx: &mut db::Tx<'_>, actor: &Actor| {
        Ok::<_, Error>((list_members(tx, actor)?, list_teams(tx)?))
    };
    let ((members, teams), since) = frame.read(look)?;
    let invited = invited(&frame, &members)?;
    Ok(pages::list(&frame, &typed, &members, &teams, &invited, since))
}

/// `GET /w/{ws}/settings/members/new`.
pub async fn new(frame: Frame) -> Result<Page, WebError> {
    let (offered, since) = frame.read(|tx, _| offered(tx))?;
    let executive = offered.roles.iter().find(|role| role.built_in && role.name == "Executive");
    let typed = Typed::new().with("role", executive.map_or(0, |role| role.id.0));
    Ok(pages::invite(&frame, &typed, &Errors::new(), &offered, since))
}

/// `POST /w/{ws}/settings/members`.
pub async fn invite(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let invited = match Invitation::read(&typed) {
        Ok(invitation) => send_invitation(&frame, invitation).await,
        Err(error) => Err(error),
    };
    match fields_of(invited)? {
        Ok((id, sent)) => Ok(after_sending(&frame, id, &sent, typed.get("email").trim())),
        Err(fields) => {
            let (offered, since) = frame.read(|tx, _| offered(tx))?;
            let wrong = errors(frame.l, &fields);
            Ok(pages::invite(&frame, &typed, &wrong, &offered, since).invalid())
        }
    }
}

/// `GET /w/{ws}/settings/members/{id}`.
pub async fn edit(frame: Frame, id: Id, headers: HeaderMap) -> Result<Page, WebError> {
    let id = MemberId(id.0);
    let look = |tx: &mut db::Tx<'_>, _: &Actor| {
        let member = find_member(tx, id)?.ok_or(Error::NotFound)?;
        Ok::<_, Error>((member, offered(tx)?))
    };
    let ((member, offered), since) = frame.read(look)?;
    let is_invited = !invited(&frame, std::slice::from_ref(&member))?.is_empty();
    let mut typed = Typed::new().with("role", member.role_id.0);
    for team in offered.teams.iter().filter(|team| team.members.contains(&id)) {
        typed = typed.with(format!("team-{}", team.id.0), 1);
    }
    if member.active {
        typed = typed.with("active", 1);
    }
    let at = member_path(&frame, id);
    let link = once::take(&frame, &headers, &at);
    let shown = pages::Edited { member: &member, is_invited, link: link.as_deref() };
    let page = pages::edit(&frame, &typed, &Errors::new(), &offered, &shown, since);
    Ok(if link.is_some() { once::forget(page, &at) } else { page })
}

/// `POST /w/{ws}/settings/members/{id}`.
pub async fn save(frame: Frame, id: Id, typed: Typed) -> Result<Page, WebError> {
    let id = MemberId(id.0);
    let change = MemberChange {
        role_id: RoleId(typed.number("role").unwrap_or_default()),
        active: typed.ticked("active"),
    };
    let teams: Vec<TeamId> = typed.ids("team-").into_iter().map(TeamId).collect();
    let saved = frame.write(move |tx, actor| change_all(tx, actor, id, &change, &teams)).await;
    match fields_of(saved)? {
        Ok(member) => Ok(Page::redirect(&frame.path("settings/members"))
            .flash(&Flash::done("admin-member-saved").with("name", member.name))),
        Err(fields) => {
            let look = |tx: &mut db::Tx<'_>, _: &Actor| {
                let member = find_member(tx, id)?.ok_or(Error::NotFound)?;
                Ok::<_, Error>((member, offered(tx)?))
            };
            let ((member, offered), since) = frame.read(look)?;
            let is_invited = !invited(&frame, std::slice::from_ref(&member))?.is_empty();
            let shown = pages::Edited { member: &member, is_invited, link: None };
            let wrong = errors(frame.l, &fields);
            Ok(pages::edit(&frame, &typed, &wrong, &offered, &shown, since).invalid())
        }
    }
}

/// `POST /w/{ws}/settings/members/{id}/invitation`: sends it again; older links stop working.
pub async fn invite_again(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = MemberId(id.0);
    let (member, _) = frame.read(|tx, _| find_member(tx, id))?;
    let member = member.filter(|member| member.active).ok_or(Error::NotFound)?;
    if invited(&frame, std::slice::from_ref(&member))?.is_empty() {
        let flash = Flash::warn("admin-invitation-not-needed").with("name", &member.name);
        return Ok(Page::redirect(&member_path(&frame, id)).flash(&flash));
    }
    let sent = send(&frame, member.login_id).await?;
    Ok(after_sending(&frame, id, &sent, &member.email))
}

/// Where to go once an invitation is on its way, and what is said there.
fn after_sending(frame: &Frame, id: MemberId, sent: &Sent, email: &str) -> Page {
    let to = member_path(frame, id);
    let (page, key) = match sent {
        Sent::Link(link) => (once::show_at(frame, &to, link), "admin-invitation-sent"),
        // A link that was not looked at yet has stopped working.
        Sent::Mailed => (once::forget(Page::redirect(&to), &to), "admin-invitation-sent"),
        Sent::Added => (Page::redirect(&to), "admin-member-added"),
    };
    page.flash(&Flash::done(key).with("email", email))
}

fn member_path(frame: &Frame, id: MemberId) -> String {
    frame.path(&format!("settings/members/{}", id.0))
}

/// Role, presence and teams in one transaction; what did not change leaves no event.
fn change_all(
    tx: &mut db::Tx<'_>,
    actor: &Actor,
    id: MemberId,
    change: &MemberChange,
    teams: &[TeamId],
) -> Result<Member, Error> {
    let member = find_member(tx, id)?.ok_or(Error::NotFound)?;
    if (member.role_id, member.active) != (change.role_id, change.active) {
        change_member(tx, actor, id, change)?;
    }
    for team in list_teams(tx)? {
        let is_inside = team.members.contains(&id);
        // A team that the form did not offer is left alone.
        if !(team.active || is_inside) || is_inside == teams.contains(&team.id) {
            continue;
        }
        let mut members = team.members;
        match is_inside {
            true => members.retain(|member| *member != id),
            false => members.push(id),
        }
        let team = NewTeam { id: Some(team.id), name: team.name, active: team.active, members };
        save_team(tx, actor, &team)?;
    }
    Ok(member)
}

fn offered(tx: &mut db::Tx<'_>) -> Result<Offered, Error> {
    Ok(Offered { roles: list_roles(tx)?, teams: list_teams(tx)? })
}

/// The logins among these members that have no password yet.
fn invited(frame: &Frame, members: &[Member]) -> Result<HashSet<i64>, Error> {
    frame.app().control().read(|tx| {
        let mut invited = HashSet::new();
        for member in members.iter().filter(|member| member.active) {
            let login = find_login(tx, member.login_id)?;
            if login.is_some_and(|login| login.password_hash.is_none()) {
                invited.insert(member.login_id);
            }
        }
        Ok(invited)
    })
}
