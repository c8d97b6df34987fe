//! Teams: groups whose members share work.

use frame::{At, Flash, Frame, Id, Page, Section, Typed, errors, fields_of, settings_head};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{
    Actor, Error, Member, MemberId, NewTeam, PlatformPermission, Team, TeamId, list_members,
    list_teams, save_team,
};
use ui::{
    Button, Column, Errors, Field, Icon, Table, Tone, buttons, card, crumbs, empty, form,
    page_head, status,
};

/// `GET /w/{ws}/settings/teams`.
pub async fn list(frame: Frame) -> Result<Page, WebError> {
    let ((teams, members), since) = frame.read(everybody)?;
    let l = frame.l;
    let can_manage = frame.actor().may(PlatformPermission::ManageMembers);
    let columns = [
        Column::text(l.t("admin-name")),
        Column::text(l.t("frame-members")),
        Column::text(l.t("admin-state")),
    ];
    let row = |team: &Team| {
        let href = frame.path(&format!("settings/teams/{}", team.id.0));
        vec![
            html! { @if can_manage { a href=(href) { (team.name) } } @else { (team.name) } },
            html! { (names(team, &members)) },
            match team.active {
                true => status(Tone::Calm, l.t("admin-team-active")),
                false => status(Tone::Plain, l.t("admin-team-closed")),
            },
        ]
    };
    let to_new = frame.path("settings/teams/new");
    let new = || Button::link(l.t("admin-team-new"), &to_new).primary().icon(Icon::Plus);
    let action = can_manage.then(new);
    let none = empty(Icon::Team, l.t("admin-teams-none"), l.t("admin-teams-none-what"), action);
    let actions = html! {
        @if can_manage && !teams.is_empty() { (new().hotkey("KeyN")) }
    };
    let body = html! {
        (settings_head(l, Section::Teams, actions))
        (Table::new(l.t("frame-teams"), &columns).rows(teams.iter().map(row)).empty(none))
    };
    let at = At { nav: "settings", title: l.t("frame-teams"), since };
    Ok(frame.settings(Section::Teams, at, body))
}

/// `GET /w/{ws}/settings/teams/new`.
pub async fn new(frame: Frame) -> Result<Page, WebError> {
    show(&frame, None, &Typed::new().with("active", 1), &Errors::new())
}

/// `POST /w/{ws}/settings/teams`.
pub async fn create(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    keep(&frame, None, &typed).await
}

/// `GET /w/{ws}/settings/teams/{id}`.
pub async fn edit(frame: Frame, id: Id) -> Result<Page, WebError> {
    let (teams, _) = frame.read(|tx, _| list_teams(tx))?;
    let team = teams.into_iter().find(|team| team.id.0 == id.0).ok_or(Error::NotFound)?;
    let mut typed = Typed::new().with("name", &team.name);
    for member in &team.members {
        typed = typed.with(format!("member-{}", member.0), 1);
    }
    if team.active {
        typed = typed.with("active", 1);
    }
    show(&frame, Some(TeamId(id.0)), &typed, &Errors::new())
}

/// `POST /w/{ws}/settings/teams/{id}`.
pub async fn save(frame: Frame, id: Id, typed: Typed) -> Result<Page, WebError> {
    keep(&frame, Some(TeamId(id.0)), &typed).await
}

async fn keep(frame: &Frame, id: Option<TeamId>, typed: &Typed) -> Result<Page, WebError> {
    let wanted: Vec<MemberId> = typed.ids("member-").into_iter().map(MemberId).collect();
    let mut team = NewTeam {
        id,
        name: typed.get("name").to_string(),
        active: typed.ticked("active"),
        members: Vec::new(),
    };
    let saved = frame
        .write(move |tx, actor| {
            let members = list_members(tx, actor)?;
            team.members = members.iter().map(|m| m.id).filter(|id| wanted.contains(id)).collect();
            save_team(tx, actor, &team)
        })
        .await;
    match fields_of(saved)? {
        Ok(_) => Ok(Page::redirect(&frame.path("settings/teams"))
            .flash(&Flash::done("admin-team-saved").with("name", typed.get("name").trim()))),
        Err(fields) => Ok(show(frame, id, typed, &errors(frame.l, &fields))?.invalid()),
    }
}

fn show(
    frame: &Frame,
    id: Option<TeamId>,
    typed: &Typed,
    errors: &Errors,
) -> Result<Page, WebError> {
    let ((_, members), since) = frame.read(everybody)?;
    let l = frame.l;
    let list = frame.path("settings/teams");
    let to = id.map_or(list.clone(), |id| format!("{list}/{}", id.0));
    let title = match id {
        Some(_) => l.t("admin-team-edit"),
        None => l.t("admin-team-new"),
    };
    let form = frame.form(&to).errors(errors).body(html! {
        (Field::text(l, "name", l.t("admin-name")).value(typed.get("name"))
            .error(errors.of("name")).required().autofocus().autocomplete("off"))
        (member_boxes(frame, &members, typed))
        (Field::check(l, "active", l.t("admin-team-works"), typed.ticked("active"))
            .hint(l.t("admin-team-works-hint")))
        (buttons(html! {
            (Button::submit(l.t("admin-save")).primary())
            (Button::link(l.t("ui-cancel"), &list))
        }))
    });
    let body = html! {
        (crumbs(l, &[(l.t("frame-teams"), &list)], title))
        (page_head(title, None, html! {}))
        (card(None, html! { (form) }))
    };
    let at = At { nav: "settings", title, since };
    Ok(frame.settings(Section::Teams, at, body))
}

/// A box for each active member, and for those who have left but are still in the team.
fn member_boxes(frame: &Frame, members: &[Member], typed: &Typed) -> Markup {
    let l = frame.l;
    let boxes = members.iter().filter_map(|member| {
        let name = format!("member-{}", member.id.0);
        let is_ticked = typed.ticked(&name);
        (member.active || is_ticked).then_some((name, &member.name, is_ticked))
    });
    form::group(
        l.t("frame-members"),
        html! {
            @for (name, label, is_ticked) in boxes { (Field::check(l, &name, label, is_ticked)) }
        },
    )
}

fn everybody(tx: &mut db::Tx<'_>, actor: &Actor) -> Result<(Vec<Team>, Vec<Member>), Error> {
    Ok((list_teams(tx)?, list_members(tx, actor)?))
}

fn names(team: &Team, members: &[Member]) -> String {
    let inside = members.iter().filter(|member| team.members.contains(&member.id));
    inside.map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
}
