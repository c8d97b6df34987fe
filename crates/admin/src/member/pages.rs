//! The pages of members.

use std::collections::HashSet;

use frame::{At, Frame, Page, Section, Typed, settings_head};
use maud::{Markup, html};
use platform::{Member, MemberId, PlatformPermission, Role, Team};
use ui::{
    Button, Chip, Choice, Column, Errors, Field, Form, Icon, L, Table, Tone, buttons, card, chips,
    crumbs, empty, form, notice, page_head, status,
};

use super::Offered;
use crate::once;
use crate::role::role_name;

/// More than so many members are found by name.
const SHOWN_MAX: usize = 200;

/// Which members a list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Active,
    Left,
}

/// The list with its filters.
pub(super) fn list(
    frame: &Frame,
    typed: &Typed,
    members: &[Member],
    teams: &[Team],
    invited: &HashSet<i64>,
    since: i64,
) -> Page {
    let l = frame.l;
    let show = if typed.get("show") == "left" { Show::Left } else { Show::Active };
    let wanted = base::fold(typed.get("q"));
    let fits = |member: &&Member| {
        let words = base::fold(&[&*member.name, &member.email, &member.role_name].join(" "));
        member.active == (show == Show::Active)
            && wanted.split_whitespace().all(|part| words.contains(part))
    };
    let found: Vec<&Member> = members.iter().filter(fits).collect();
    let can_manage = frame.actor().may(PlatformPermission::ManageMembers);
    let to_new = frame.path("settings/members/new");
    let actions = html! {
        @if can_manage {
            (Button::link(l.t("admin-invite"), &to_new).primary().icon(Icon::Plus).hotkey("KeyN"))
        }
    };
    let body = html! {
        (settings_head(l, Section::Members, actions))
        (filters(frame, typed, members, show))
        (table(frame, &found, teams, invited, can_manage))
        @if found.len() > SHOWN_MAX {
            p.hint { (l.tf("admin-members-more", &[("count", (found.len() as i64).into())])) }
        }
    };
    let at = At { nav: "settings", title: l.t("frame-members"), since };
    frame.settings(Section::Members, at, body)
}

fn filters(frame: &Frame, typed: &Typed, members: &[Member], show: Show) -> Markup {
    let l = frame.l;
    let active = members.iter().filter(|member| member.active).count() as i64;
    let to = frame.path("settings/members");
    let to_left = format!("{to}?show=left");
    let views = [
        Chip::new(l.t("admin-active"), &to).current(show == Show::Active).count(active),
        Chip::new(l.t("admin-left"), &to_left)
            .current(show == Show::Left)
            .count(members.len() as i64 - active),
    ];
    let search = Form::get(l, &to).inline().body(html! {
        @if show == Show::Left { (form::hidden("show", "left")) }
        (Field::search(l, "q", l.t("admin-members-find")).value(typed.get("q")).label_hidden()
            .attr("placeholder", l.t("admin-members-find")))
        (Button::submit(l.t("admin-find")).icon(Icon::Search))
    });
    html! { (chips(l.t("admin-show"), &views)) (search) }
}

fn table(
    frame: &Frame,
    found: &[&Member],
    teams: &[Team],
    invited: &HashSet<i64>,
    can_manage: bool,
) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("admin-name")),
        Column::text(l.t("admin-email")),
        Column::text(l.t("admin-role")),
        Column::text(l.t("frame-teams")),
        Column::text(l.t("admin-state")),
    ];
    let row = |member: &Member| {
        let href = frame.path(&format!("settings/members/{}", member.id.0));
        vec![
            html! {
                @if can_manage { a href=(href) { (member.name) } } @else { (member.name) }
            },
            html! { (member.email) },
            html! { (role_name(l, &member.role_name)) },
            html! { (teams_of(teams, member.id)) },
            state(l, member, invited),
        ]
    };
    let none = empty(Icon::People, l.t("admin-members-none"), l.t("admin-members-none-what"), None);
    let rows = found.iter().take(SHOWN_MAX).map(|member| row(member));
    html! { (Table::new(l.t("frame-members"), &columns).rows(rows).empty(none)) }
}

fn teams_of(teams: &[Team], id: MemberId) -> String {
    let own = teams.iter().filter(|team| team.members.contains(&id));
    own.map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn state(l: L, member: &Member, invited: &HashSet<i64>) -> Markup {
    match (member.active, invited.contains(&member.login_id)) {
        (false, _) => status(Tone::Plain, l.t("admin-state-left")),
        (true, true) => status(Tone::Warn, l.t("admin-state-invited")),
        (true, false) => status(Tone::Calm, l.t("admin-state-active")),
    }
}

/// The form that invites a person.
pub(super) fn invite(
    frame: &Frame,
    typed: &Typed,
    errors: &Errors,
    offered: &Offered,
    since: i64,
) -> Page {
    let l = frame.l;
    let to = frame.path("settings/members");
    let body = html! {
        (crumbs(l, &[(l.t("frame-members"), &to)], l.t("admin-invite")))
        (page_head(l.t("admin-invite"), Some(l.t("admin-invite-lead")), html! {}))
        (card(None, html! {
            (frame.form(&to).errors(errors).body(html! {
                (Field::text(l, "name", l.t("admin-name")).value(typed.get("name"))
                    .error(errors.of("name")).required().autofocus().autocomplete("off"))
                (Field::email(l, "email", l.t("admin-email")).value(typed.get("email"))
                    .error(errors.of("email")).required().autocomplete("off"))
                (role_field(l, &offered.roles, typed, errors))
                (team_boxes(l, &offered.teams, typed, None))
                (buttons(html! {
                    (Button::submit(l.t("admin-invite-do")).primary())
                    (Button::link(l.t("ui-cancel"), &to))
                }))
            }))
        }))
    };
    let at = At { nav: "settings", title: l.t("admin-invite"), since };
    frame.settings(Section::Members, at, body)
}

/// The member whose form is shown.
pub(super) struct Edited<'a> {
    pub member: &'a Member,
    /// No password was chosen yet.
    pub is_invited: bool,
    /// The invitation's link, the one time that it is shown.
    pub link: Option<&'a str>,
}

/// The form that changes a member.
pub(super) fn edit(
    frame: &Frame,
    typed: &Typed,
    errors: &Errors,
    offered: &Offered,
    shown: &Edited<'_>,
    since: i64,
) -> Page {
    let l = frame.l;
    let member = shown.member;
    let list = frame.path("settings/members");
    let to = frame.path(&format!("settings/members/{}", member.id.0));
    let form = frame.form(&to).errors(errors).body(html! {
        (role_field(l, &offered.roles, typed, errors))
        (team_boxes(l, &offered.teams, typed, Some(member.id)))
        (Field::check(l, "active", l.t("admin-member-active"), typed.ticked("active"))
            .hint(l.t("admin-member-active-hint")).error(errors.of("active")))
        (buttons(html! {
            (Button::submit(l.t("admin-save")).primary())
            (Button::link(l.t("ui-cancel"), &list))
        }))
    });
    let body = html! {
        (crumbs(l, &[(l.t("frame-members"), &list)], &member.name))
        (page_head(&member.name, Some(&member.email), html! {}))
        @if let Some(link) = shown.link {
            (once::notice_of(l, l.t("admin-invitation-link"), l.t("admin-invitation-once"), link))
        } @else if shown.is_invited {
            (waiting(frame, &to))
        }
        (card(None, html! { (form) }))
    };
    let at = At { nav: "settings", title: &member.name, since };
    frame.settings(Section::Members, at, body)
}

/// The person was invited and has not come yet.
fn waiting(frame: &Frame, to: &str) -> Markup {
    let l = frame.l;
    let again = Button::submit(l.t("admin-invite-again")).small().icon(Icon::Mail);
    notice(
        Tone::Warn,
        html! {
            p { (l.t("admin-invitation-waits")) }
            (frame.act(&format!("{to}/invitation"), again))
        },
    )
}

fn role_field(l: L, roles: &[Role], typed: &Typed, errors: &Errors) -> Markup {
    let choices: Vec<Choice<'_>> = roles
        .iter()
        .map(|role| Choice::new(role.id.0.to_string(), role_name(l, &role.name)))
        .collect();
    let field = Field::select(l, "role", l.t("admin-role"), &choices)
        .value(typed.get("role"))
        .hint(l.t("admin-role-hint"))
        .error(errors.of("role"));
    html! { (field) }
}

/// A box for each team that one can join, and for those that the member is still in.
fn team_boxes(l: L, teams: &[Team], typed: &Typed, member: Option<MemberId>) -> Markup {
    let is_inside = |team: &Team| member.is_some_and(|id| team.members.contains(&id));
    let offered: Vec<&Team> = teams.iter().filter(|t| t.active || is_inside(t)).collect();
    if offered.is_empty() {
        return html! {};
    }
    form::group(
        l.t("frame-teams"),
        html! {
            @for team in offered {
                @let name = format!("team-{}", team.id.0);
                (Field::check(l, &name, &team.name, typed.ticked(&name)))
            }
        },
    )
}
