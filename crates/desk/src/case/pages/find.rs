//! One box for everything: cases, people, organisations, and what one can do.

use axum::extract::Query;
use frame::{At, Frame, Page};
use maud::{Markup, html};
use people::{Found, PeoplePermission};
use platform::Error;
use platform::web::WebError;
use serde::Deserialize;
use ui::{Button, Field, Form, Icon, find_group, find_result};

use super::Here;
use crate::case::{CaseRow, View, find_cases};
use crate::permissions::DeskPermission;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// One thing that was found.
struct Hit {
    icon: Icon,
    title: String,
    detail: String,
    href: String,
}

/// Hits of one kind under their heading.
type Group = (&'static str, Vec<Hit>);

/// What one can go to or begin: the words, the address in the workspace, the permission it needs.
const VERBS: [(&str, &str, Icon, Option<&str>); 10] = [
    ("desk-new-case", "cases/new", Icon::Plus, Some("case.create")),
    ("people-new", "contacts/new", Icon::Plus, Some("contact.write")),
    ("frame-inbox", "inbox", Icon::Inbox, Some("case.read")),
    ("desk-view-mine", "inbox?view=mine", Icon::Inbox, Some("case.read")),
    ("desk-view-unassigned", "inbox?view=unassigned", Icon::Inbox, Some("case.read")),
    ("desk-view-open", "inbox?view=open", Icon::Inbox, Some("case.read")),
    ("desk-view-done", "inbox?view=done", Icon::Inbox, Some("case.read")),
    ("frame-contacts", "contacts", Icon::People, Some("contact.read")),
    ("desk-settings", "settings/desk", Icon::Settings, Some("desk.configure")),
    ("ui-settings", "settings", Icon::Settings, None),
];

pub(crate) async fn find(frame: Frame, Query(Asked { q }): Query<Asked>) -> Result<Page, WebError> {
    let text = q.trim().to_string();
    let ((cases, found), since) = frame.read(|tx, actor| {
        let reads = |allowed: bool| allowed && !text.is_empty();
        let cases = match reads(actor.may(DeskPermission::ReadCase)) {
            true => find_cases(tx, actor, &text)?,
            false => Vec::new(),
        };
        let found = match reads(actor.may(PeoplePermission::ReadContact)) {
            true => people::find(tx, actor, &text)?,
            false => Found::default(),
        };
        Ok::<_, Error>((cases, found))
    })?;
    let groups = groups(&frame, &text, &cases, &found);
    if frame.wants("find") {
        return Ok(Page::fragment(options(frame, &groups)));
    }
    let title = frame.l.t("ui-find-label");
    Ok(frame.page(At { nav: "", title, since }, results(&frame, &text, &groups)))
}

fn groups(frame: &Frame, text: &str, cases: &[CaseRow], found: &Found) -> Vec<Group> {
    let join = |parts: &[Option<&str>]| {
        let there: Vec<&str> = parts.iter().flatten().copied().collect();
        there.join(" · ")
    };
    let cases = cases.iter().map(|row| Hit {
        icon: Icon::Inbox,
        title: [&row.contact_name, " · ", &row.subject].concat(),
        detail: [&row.number.to_string(), " · ", &row.status_label].concat(),
        href: frame.path(&format!("cases/{}", row.number)),
    });
    let people = found.contacts.iter().map(|row| Hit {
        icon: Icon::People,
        title: row.name.clone(),
        detail: join(&[row.account_name.as_deref(), row.phone.as_deref(), row.email.as_deref()]),
        href: frame.path(&format!("contacts/{}", row.id)),
    });
    let accounts = found.accounts.iter().map(|row| Hit {
        icon: Icon::Building,
        title: row.name.clone(),
        detail: row.gstin.clone().unwrap_or_default(),
        href: frame.path(&format!("accounts/{}", row.id)),
    });
    let all: [Group; 4] = [
        ("desk-found-cases", cases.collect()),
        ("people-contacts", people.collect()),
        ("people-accounts", accounts.collect()),
        ("desk-commands", verbs(frame, text)),
    ];
    all.into_iter().filter(|(_, hits)| !hits.is_empty()).collect()
}

/// Commands whose words all begin so, and that this person may use.
fn verbs(frame: &Frame, text: &str) -> Vec<Hit> {
    let wanted = base::words(text, 8);
    let fits = |label: &str| {
        let words = base::words(label, 20);
        wanted.iter().all(|start| words.iter().any(|word| word.starts_with(start)))
    };
    let allowed =
        |key: &Option<&'static str>| key.is_none_or(|key| frame.actor().require_key(key).is_ok());
    VERBS
        .iter()
        .filter(|(label, _, _, key)| allowed(key) && fits(frame.l.t(label)))
        .map(|(label, path, icon, _)| Hit {
            icon: *icon,
            title: frame.l.t(label).into(),
            detail: String::new(),
            href: frame.path(path),
        })
        .collect()
}

/// For the palette.
fn options(frame: Frame, groups: &[Group]) -> Markup {
    html! {
        @for (heading, hits) in groups {
            (find_group(frame.l.t(heading), None))
            @for hit in hits { (find_result(hit.icon, &hit.title, &hit.detail, &hit.href)) }
        }
    }
}

/// The page of its own.
fn results(frame: &Frame, text: &str, groups: &[Group]) -> Markup {
    let l = frame.l;
    let label = l.t("ui-find-label");
    let action = frame.path("find");
    let form = Form::get(l, &action).inline().body(html! {
        (Field::search(l, "q", label).value(text).label_hidden().autofocus())
        (Button::submit(l.t("people-find")).icon(Icon::Search))
    });
    let open = Here { view: Some(View::Open), ..Here::default() };
    let inbox = frame.path(&["inbox", &open.query()].concat());
    html! {
        (ui::page_head(label, Some(l.t("desk-find-lead")), html! {}))
        (form)
        @for (heading, hits) in groups {
            (ui::card(Some(l.t(heading)), html! {
                @for hit in hits {
                    (ui::line(
                        html! { (hit.icon) " " a href=(hit.href) { (hit.title) } },
                        html! { (hit.detail) },
                    ))
                }
            }))
        }
        @if groups.is_empty() {
            (ui::empty(Icon::Search, l.t("desk-found-nothing"), l.t("ui-find-none"),
                Some(Button::link(l.t("desk-to-open"), &inbox))))
        }
    }
}
