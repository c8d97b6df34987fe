//! Customers: the list, one customer, and the forms.

mod form;
mod show;

use axum::extract::{Form, Path, Query};
use base::RawId;
use frame::{At, Flash, Frame, Page, errors, fields_of};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Error, FieldError};
use serde::Deserialize;
use ui::{Button, Column, Field, Icon, Table};

use super::{
    ContactChange, ContactId, ContactRow, NewContact, NewPhone, PAGE_ROWS_MAX, contact_page,
    create_contact, find, list_contacts, update_contact,
};
use crate::account::AccountId;
pub use form::language_name;
use form::{Draft, draft_page};
pub(crate) use show::{Typed, show};

#[derive(Deserialize)]
pub(crate) struct Listed {
    #[serde(default)]
    q: String,
    after: Option<i64>,
}

pub(crate) async fn list(frame: Frame, Query(query): Query<Listed>) -> Result<Page, WebError> {
    let wanted = query.q.trim().to_string();
    let after = query.after.map(ContactId::from_raw);
    let (rows, since) = frame.read(|tx, actor| {
        if wanted.is_empty() {
            list_contacts(tx, actor, after)
        } else {
            find(tx, actor, &wanted).map(|found| found.contacts)
        }
    })?;
    let l = frame.l;
    let more = (wanted.is_empty() && rows.len() == PAGE_ROWS_MAX)
        .then(|| rows.last().map(|last| frame.path(&format!("contacts?after={}", last.id))))
        .flatten();
    let here = frame.path("contacts");
    let search = ui::Form::get(l, &here).inline().body(html! {
        (Field::search(l, "q", l.t("people-search")).value(&wanted).label_hidden())
        (Button::submit(l.t("people-find")).icon(Icon::Search))
    });
    let new = Button::link(l.t("people-new"), &frame.path("contacts/new"))
        .primary()
        .icon(Icon::Plus)
        .hotkey("KeyC");
    let accounts = Button::link(l.t("people-accounts"), &frame.path("accounts"));
    let body = html! {
        (ui::page_head(l.t("people-contacts"), None, html! { (accounts) (new) }))
        (search)
        (contact_table(&frame, &rows, &wanted))
        (ui::more(l, more.as_deref(), rows.len(), None))
    };
    Ok(frame.page(At { nav: "contacts", title: l.t("people-contacts"), since }, body))
}

/// Rows of people, the same in every list.
pub(crate) fn contact_table(frame: &Frame, rows: &[ContactRow], wanted: &str) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("people-name")),
        Column::text(l.t("people-phone")),
        Column::text(l.t("people-email")),
        Column::text(l.t("people-account")),
    ];
    let (title, text) = match wanted.is_empty() {
        true => ("people-none", "people-none-yet"),
        false => ("people-not-found", "people-not-found-hint"),
    };
    let table = Table::new(l.t("people-contacts"), &columns)
        .rows(rows.iter().map(|row| {
            let href = frame.path(&format!("contacts/{}", row.id));
            vec![
                html! { a href=(href) { (row.name) } },
                html! { (row.phone.as_deref().unwrap_or_default()) },
                html! { (row.email.as_deref().unwrap_or_default()) },
                html! { (row.account_name.as_deref().unwrap_or_default()) },
            ]
        }))
        .empty(ui::empty(Icon::People, l.t(title), l.t(text), None));
    html! { (table) }
}

pub(crate) async fn new(frame: Frame) -> Result<Page, WebError> {
    draft_page(&frame, None, &Draft::default(), &[])
}

pub(crate) async fn create(frame: Frame, Form(draft): Form<Draft>) -> Result<Page, WebError> {
    let phones = match draft.phone.trim() {
        "" => Vec::new(),
        number => vec![NewPhone { number: number.into(), label: String::new() }],
    };
    let emails = match draft.email.trim() {
        "" => Vec::new(),
        address => vec![address.to_string()],
    };
    let new = NewContact {
        name: draft.name.clone(),
        language: draft.language.clone(),
        account_id: draft.account(),
        phones,
        emails,
    };
    let made = frame.write(move |tx, actor| create_contact(tx, actor, &new)).await;
    match fields_of(made)? {
        Ok(id) => Ok(Page::redirect(&frame.path(&format!("contacts/{id}")))
            .flash(&Flash::done("people-contact-saved"))),
        Err(fields) => draft_page(&frame, None, &draft, &fields),
    }
}

pub(crate) async fn edit(
    frame: Frame,
    Path((_, id)): Path<(String, ContactId)>,
) -> Result<Page, WebError> {
    let (page, _) = frame.read(|tx, actor| contact_page(tx, actor, id))?;
    draft_page(&frame, Some(id), &Draft::of(&page.contact), &[])
}

pub(crate) async fn update(
    frame: Frame,
    Path((_, id)): Path<(String, ContactId)>,
    Form(draft): Form<Draft>,
) -> Result<Page, WebError> {
    let change = ContactChange {
        name: draft.name.clone(),
        language: draft.language.clone(),
        account_id: draft.account(),
    };
    let version = draft.version;
    let saved = frame.write(move |tx, actor| update_contact(tx, actor, id, version, &change)).await;
    // What was typed stays in the form beside the words that say somebody was quicker.
    if matches!(saved, Err(Error::Conflict)) {
        let (page, _) = frame.read(|tx, actor| contact_page(tx, actor, id))?;
        let fields =
            [FieldError::new("name", "people-changed-meanwhile").with("name", &page.contact.name)];
        let draft = Draft { version: page.contact.version, ..draft };
        return draft_page(&frame, Some(id), &draft, &fields);
    }
    match fields_of(saved)? {
        Ok(_) => Ok(Page::redirect(&frame.path(&format!("contacts/{id}")))
            .flash(&Flash::done("people-contact-saved"))),
        Err(fields) => draft_page(&frame, Some(id), &draft, &fields),
    }
}

/// Back to the person, or the person's page with what is wrong in it.
fn after(
    frame: &Frame,
    id: ContactId,
    typed: Typed,
    outcome: Result<(), Error>,
) -> Result<Page, WebError> {
    match fields_of(outcome)? {
        Ok(()) => Ok(Page::redirect(&frame.path(&format!("contacts/{id}")))
            .flash(&Flash::done("people-contact-saved"))),
        Err(fields) => {
            let typed = Typed { errors: errors(frame.l, &fields), ..typed };
            Ok(show(frame, id, &[], &typed)?.invalid())
        }
    }
}

pub(crate) async fn add_phone(
    frame: Frame,
    Path((_, id)): Path<(String, ContactId)>,
    Form(typed): Form<Typed>,
) -> Result<Page, WebError> {
    let new = NewPhone { number: typed.phone.clone(), label: typed.label.clone() };
    let added = frame.write(move |tx, actor| super::add_phone(tx, actor, id, &new)).await;
    after(&frame, id, typed, added.map(|_| ()))
}

pub(crate) async fn add_email(
    frame: Frame,
    Path((_, id)): Path<(String, ContactId)>,
    Form(typed): Form<Typed>,
) -> Result<Page, WebError> {
    let address = typed.email.clone();
    let added = frame.write(move |tx, actor| super::add_email(tx, actor, id, &address)).await;
    after(&frame, id, typed, added.map(|_| ()))
}

pub(crate) async fn add_note(
    frame: Frame,
    Path((_, id)): Path<(String, ContactId)>,
    Form(typed): Form<Typed>,
) -> Result<Page, WebError> {
    let text = typed.note.clone();
    let added = frame.write(move |tx, actor| super::add_note(tx, actor, id, &text)).await;
    after(&frame, id, typed, added.map(|_| ()))
}

pub(crate) async fn remove_phone(
    frame: Frame,
    Path((_, id, part)): Path<(String, ContactId, super::PhoneId)>,
) -> Result<Page, WebError> {
    let removed = frame.write(move |tx, actor| super::remove_phone(tx, actor, id, part)).await;
    after(&frame, id, Typed::default(), removed)
}

pub(crate) async fn remove_email(
    frame: Frame,
    Path((_, id, part)): Path<(String, ContactId, super::EmailId)>,
) -> Result<Page, WebError> {
    let removed = frame.write(move |tx, actor| super::remove_email(tx, actor, id, part)).await;
    after(&frame, id, Typed::default(), removed)
}

/// An account chosen in a form; nothing chosen is none.
pub(crate) fn account_of(text: &str) -> Option<AccountId> {
    text.parse().ok()
}
