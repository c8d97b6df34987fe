//! Roles: named sets of permissions, each with how far it reaches.

use std::collections::BTreeMap;

use frame::{At, Flash, Frame, Id, Page, Section, Typed, errors, fields_of, settings_head};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{
    Actor, Error, Member, PermissionInfo, PlatformPermission, Role, RoleChange, RoleId, Scope,
    list_members, list_roles, save_role,
};
use ui::{
    Button, Choice, Column, Errors, Field, Icon, L, Table, Tone, buttons, card, crumbs, form,
    notice, page_head, tag,
};

/// A role's name for people: built-in ones are named in the reader's language.
pub(crate) fn role_name(l: L, name: &str) -> String {
    let key = format!("role-{}", name.to_lowercase().replace(' ', "-"));
    l.find(&key).map_or_else(|| name.to_string(), str::to_string)
}

/// `GET /w/{ws}/settings/roles`.
pub async fn list(frame: Frame) -> Result<Page, WebError> {
    let look = |tx: &mut db::Tx<'_>, actor: &Actor| {
        Ok::<_, Error>((list_roles(tx)?, list_members(tx, actor)?))
    };
    let ((roles, members), since): ((Vec<Role>, Vec<Member>), i64) = frame.read(look)?;
    let l = frame.l;
    let can_manage = frame.actor().may(PlatformPermission::ManageMembers);
    let columns = [
        Column::text(l.t("admin-role")),
        Column::number(l.t("frame-members")),
        Column::number(l.t("admin-permissions")),
        Column::actions(l.t("admin-role-origin")),
    ];
    let row = |role: &Role| {
        let href = frame.path(&format!("settings/roles/{}", role.id.0));
        let name = role_name(l, &role.name);
        let holders = members.iter().filter(|m| m.active && m.role_id == role.id).count();
        vec![
            html! { @if can_manage { a href=(href) { (name) } } @else { (name) } },
            html! { (holders) },
            html! { (role.grants.len()) },
            html! { @if role.built_in { (tag(Tone::Plain, l.t("admin-role-built-in"))) } },
        ]
    };
    let to_new = frame.path("settings/roles/new");
    let actions = html! {
        @if can_manage {
            (Button::link(l.t("admin-role-new"), &to_new).primary().icon(Icon::Plus).hotkey("KeyN"))
        }
    };
    let body = html! {
        (settings_head(l, Section::Roles, actions))
        (Table::new(l.t("frame-roles"), &columns).rows(roles.iter().map(row)))
    };
    let at = At { nav: "settings", title: l.t("frame-roles"), since };
    Ok(frame.settings(Section::Roles, at, body))
}

/// `GET /w/{ws}/settings/roles/new`.
pub async fn new(frame: Frame) -> Result<Page, WebError> {
    show(&frame, None, &Typed::new(), &Errors::new())
}

/// `POST /w/{ws}/settings/roles`.
pub async fn create(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    keep(&frame, None, &typed).await
}

/// `GET /w/{ws}/settings/roles/{id}`.
pub async fn edit(frame: Frame, id: Id) -> Result<Page, WebError> {
    let (roles, _) = frame.read(|tx, _| list_roles(tx))?;
    let role = roles.into_iter().find(|role| role.id.0 == id.0).ok_or(Error::NotFound)?;
    let mut typed = Typed::new().with("name", &role.name);
    for (key, scope) in &role.grants {
        typed = typed.with(field_name(key), scope_value(*scope));
    }
    show(&frame, Some(role.id), &typed, &Errors::new())
}

/// `POST /w/{ws}/settings/roles/{id}`.
pub async fn save(frame: Frame, id: Id, typed: Typed) -> Result<Page, WebError> {
    keep(&frame, Some(RoleId(id.0)), &typed).await
}

async fn keep(frame: &Frame, id: Option<RoleId>, typed: &Typed) -> Result<Page, WebError> {
    let known = frame.app().permissions().to_vec();
    let mut grants = Vec::new();
    for (key, value) in typed.starting("grant-") {
        if let Some(scope) = scope_of(value) {
            grants.push((key.to_string(), scope));
        }
    }
    let role = RoleChange { id, name: typed.get("name").to_string(), grants };
    let saved = frame.write(move |tx, actor| save_role(tx, actor, &known, &role)).await;
    match fields_of(saved)? {
        Ok(_) => {
            let name = role_name(frame.l, typed.get("name").trim());
            let flash = Flash::done("admin-role-saved").with("name", name);
            Ok(Page::redirect(&frame.path("settings/roles")).flash(&flash))
        }
        Err(fields) => Ok(show(frame, id, typed, &errors(frame.l, &fields))?.invalid()),
    }
}

fn show(
    frame: &Frame,
    id: Option<RoleId>,
    typed: &Typed,
    errors: &Errors,
) -> Result<Page, WebError> {
    let look = |tx: &mut db::Tx<'_>, actor: &Actor| list_members(tx, actor);
    let (members, since) = frame.read(look)?;
    let holders = members.iter().filter(|m| m.active && Some(m.role_id) == id).count() as i64;
    let l = frame.l;
    let list = frame.path("settings/roles");
    let to = id.map_or(list.clone(), |id| format!("{list}/{}", id.0));
    let title = match id {
        Some(_) => role_name(l, typed.get("name")),
        None => l.t("admin-role-new").to_string(),
    };
    let fields = frame.form(&to).errors(errors).body(html! {
        (Field::text(l, "name", l.t("admin-name")).value(typed.get("name"))
            .error(errors.of("name")).required().autocomplete("off"))
        (permissions(l, frame.app().permissions(), typed, errors))
        (buttons(html! {
            (Button::submit(l.t("admin-save")).primary())
            (Button::link(l.t("ui-cancel"), &list))
        }))
    });
    let body = html! {
        (crumbs(l, &[(l.t("frame-roles"), &list)], &title))
        (page_head(&title, None, html! {}))
        @if holders > 0 {
            (notice(Tone::Plain, html! {
                p { (l.tf("admin-role-affects", &[("count", holders.into())])) }
            }))
        }
        (card(None, html! { (fields) }))
    };
    let at = At { nav: "settings", title: &title, since };
    Ok(frame.settings(Section::Roles, at, body))
}

/// What the role may do: a table for each kind of thing.
fn permissions(l: L, known: &[PermissionInfo], typed: &Typed, errors: &Errors) -> Markup {
    let mut groups: BTreeMap<usize, (&str, Vec<&PermissionInfo>)> = BTreeMap::new();
    for (at, info) in known.iter().enumerate() {
        let heading = heading(l, info.key);
        let same = groups.values_mut().find(|(other, _)| *other == heading);
        match same {
            Some((_, infos)) => infos.push(info),
            None => drop(groups.insert(at, (heading, vec![info]))),
        }
    }
    let columns = [Column::text(l.t("admin-permission")), Column::text(l.t("admin-reach"))];
    html! {
        div.stack id="f-grants" tabindex="-1" {
            @if let Some(text) = errors.of("grants") {
                (notice(Tone::Alarm, html! { p { (text) } }))
            }
            @for (heading, infos) in groups.values() {
                @let rows = infos.iter().map(|info| row(l, info, typed));
                (form::group(heading, html! { (Table::new(heading, &columns).rows(rows)) }))
            }
        }
    }
}

fn row(l: L, info: &PermissionInfo, typed: &Typed) -> Vec<Markup> {
    let label = permission_name(l, info.key);
    let name = field_name(info.key);
    let none = Choice::new("", l.t("admin-reach-none"));
    let choices = match info.scoped {
        true => vec![
            none,
            Choice::new("own", l.t("admin-reach-own")),
            Choice::new("team", l.t("admin-reach-team")),
            Choice::new("all", l.t("admin-reach-all")),
        ],
        false => vec![none, Choice::new("all", l.t("admin-reach-yes"))],
    };
    let field = Field::select(l, &name, label, &choices).value(typed.get(&name)).label_hidden();
    vec![html! { (label) }, html! { (field) }]
}

/// A permission in words; its key, where no catalogue has them.
fn permission_name(l: L, key: &'static str) -> &'static str {
    l.find(&format!("permission-{}", key.replace('.', "-"))).unwrap_or(key)
}

/// What the permissions of this kind are about.
fn heading(l: L, key: &str) -> &'static str {
    let kind = key.split('.').next().unwrap_or_default();
    l.find(&format!("admin-kind-{kind}")).unwrap_or(l.t("admin-kind-other"))
}

fn field_name(key: &str) -> String {
    format!("grant-{key}")
}

fn scope_value(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "own",
        Scope::Team => "team",
        Scope::All => "all",
    }
}

fn scope_of(value: &str) -> Option<Scope> {
    match value {
        "own" => Some(Scope::Own),
        "team" => Some(Scope::Team),
        "all" => Some(Scope::All),
        _ => None,
    }
}
