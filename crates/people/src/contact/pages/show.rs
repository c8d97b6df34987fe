//! One customer: how to reach them, what other rooms know of them, notes, and the timeline.

use db::StoredEvent;
use frame::{At, Frame, Page};
use maud::{Markup, html};
use platform::{Error, MemberId, member_names};
use serde::Deserialize;
use ui::{Button, Errors, Field};

use crate::contact::{ContactId, ContactPage, contact_page};
use crate::panel::Panel;
use crate::timeline::timeline;

/// What was typed into one of the small forms of the page, and what is wrong with it.
#[derive(Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub note: String,
    #[serde(skip)]
    pub errors: Errors,
}

struct Content {
    page: ContactPage,
    events: Vec<StoredEvent>,
    names: Vec<(MemberId, String)>,
    panels: Vec<(&'static str, Markup)>,
}

/// The whole page, from one snapshot.
pub(crate) fn show(
    frame: &Frame,
    id: ContactId,
    panels: &[Panel],
    typed: &Typed,
) -> Result<Page, Error> {
    let (content, since) = frame.read(|tx, actor| {
        let mut shown = Vec::new();
        let page = contact_page(tx, actor, id)?;
        for panel in panels {
            if let Some(markup) = (panel.show)(frame, tx, id)? {
                shown.push((panel.title, markup));
            }
        }
        Ok::<_, Error>(Content {
            page,
            events: timeline(tx, actor, id, None)?,
            names: member_names(tx)?,
            panels: shown,
        })
    })?;
    let src = frame.path(&format!("contacts/{id}"));
    let body = html! {
        (head(frame, &content.page))
        div.columns {
            div {
                @for (title, markup) in &content.panels {
                    (ui::card(Some(frame.l.t(title)), markup.clone()))
                }
                (ui::card(Some(frame.l.t("people-timeline")), history(frame, &content)))
            }
            div {
                (ui::card(Some(frame.l.t("people-reach")), reach(frame, &content.page, typed)))
                (ui::card(Some(frame.l.t("people-notes")), notes(frame, &content, typed)))
            }
        }
    };
    let topics = format!("contact:{id}");
    let body = ui::live("customer", &topics, &src, body);
    let title = &content.page.contact.name;
    if frame.wants("customer") {
        return Ok(Page::fragment(body));
    }
    Ok(frame.page(At { nav: "contacts", title, since }, body))
}

fn head(frame: &Frame, page: &ContactPage) -> Markup {
    let l = frame.l;
    let edit = frame.path(&format!("contacts/{}/edit", page.contact.id));
    let since = l.tf(
        "people-since",
        &[("date", ui::times::date(l, page.contact.created_at).as_str().into())],
    );
    let lead = match &page.account_name {
        Some(account) => [account.as_str(), &since].join(" · "),
        None => since,
    };
    let edit = Button::link(l.t("people-edit"), &edit).hotkey("KeyE");
    ui::page_head(&page.contact.name, Some(&lead), html! { (edit) })
}

fn reach(frame: &Frame, page: &ContactPage, typed: &Typed) -> Markup {
    let l = frame.l;
    let at = |rest: &str| frame.path(&format!("contacts/{}/{rest}", page.contact.id));
    let remove = |path: String| {
        let button = Button::submit(l.t("people-remove")).quiet().small();
        frame.act(&at(&path), button)
    };
    html! {
        @for phone in &page.phones {
            (ui::line(
                html! { a href=(["tel:", &phone.number].concat()) { (phone.number) }
                    @if !phone.label.is_empty() { " · " (phone.label) } },
                remove(format!("phones/{}/removal", phone.id)),
            ))
        }
        (frame.form(&at("phones")).inline().body(html! {
            (Field::phone(l, "phone", l.t("people-add-phone")).value(&typed.phone)
                .error(typed.errors.of("phone")))
            (Button::submit(l.t("people-add")).small())
        }))
        @for email in &page.emails {
            (ui::line(
                html! { (email.address) },
                remove(format!("emails/{}/removal", email.id)),
            ))
        }
        (frame.form(&at("emails")).inline().body(html! {
            (Field::email(l, "email", l.t("people-add-email")).value(&typed.email)
                .error(typed.errors.of("email")))
            (Button::submit(l.t("people-add")).small())
        }))
    }
}

fn notes(frame: &Frame, content: &Content, typed: &Typed) -> Markup {
    let l = frame.l;
    let page = &content.page;
    let action = frame.path(&format!("contacts/{}/notes", page.contact.id));
    html! {
        @for note in &page.notes {
            (ui::line(
                html! { div.prose { (note.body) } },
                html! { (name_of(frame, content, note.author_id.0)) " · "
                    (ui::times::when(l, note.created_at)) },
            ))
        }
        (ui::keep("customer-note", html! {
            (frame.form(&action).body(html! {
                (Field::area(l, "note", l.t("people-add-note")).value(&typed.note).rows(2)
                    .error(typed.errors.of("note")))
                (ui::buttons(html! { (Button::submit(l.t("people-save"))) }))
            }))
        }))
    }
}

fn name_of(frame: &Frame, content: &Content, member_id: i64) -> String {
    let known = content.names.iter().find(|(id, _)| id.0 == member_id);
    known.map_or_else(|| frame.l.t("people-system").to_string(), |(_, name)| name.clone())
}

/// All events that name this person, in words, newest first.
fn history(frame: &Frame, content: &Content) -> Markup {
    let l = frame.l;
    html! {
        @for event in &content.events {
            @let key = ["event-", &event.kind.replace(['.', '_'], "-")].concat();
            (ui::line(
                html! { (l.t(&key)) },
                html! { (name_of(frame, content, event.actor_id)) " · "
                    (ui::times::when(l, event.at)) },
            ))
        }
    }
}
