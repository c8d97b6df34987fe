//! Organisations: the list, one of them with its people, and the form.

use axum::extract::{Form, Path, Query};
use base::RawId;
use frame::{At, Flash, Frame, Page, errors, fields_of};
use maud::html;
use platform::web::WebError;
use platform::{Error, FieldError};
use serde::Deserialize;
use ui::{Button, Column, Field, Icon, Table};

use super::{
    Account, AccountChange, AccountId, create_account, find_account, list_accounts, update_account,
};
use crate::contact::pages::contact_table;
use crate::contact::{PAGE_ROWS_MAX, contacts_of_account};

#[derive(Deserialize)]
pub(crate) struct Listed {
    after: Option<i64>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Draft {
    #[serde(default)]
    name: String,
    #[serde(default)]
    gstin: String,
    #[serde(default)]
    version: i64,
}

impl Draft {
    fn of(account: &Account) -> Draft {
        Draft {
            name: account.name.clone(),
            gstin: account.gstin.clone().unwrap_or_default(),
            version: account.version,
        }
    }

    fn change(&self) -> AccountChange {
        AccountChange { name: self.name.clone(), gstin: self.gstin.clone() }
    }
}

pub(crate) async fn list(frame: Frame, Query(query): Query<Listed>) -> Result<Page, WebError> {
    let after = query.after.map(AccountId::from_raw);
    let (rows, since) = frame.read(|tx, actor| list_accounts(tx, actor, after))?;
    let l = frame.l;
    let more = (rows.len() == PAGE_ROWS_MAX)
        .then(|| rows.last().map(|last| frame.path(&format!("accounts?after={}", last.id))))
        .flatten();
    let columns = [Column::text(l.t("people-account"))];
    let table = Table::new(l.t("people-accounts"), &columns)
        .rows(rows.iter().map(|row| {
            let href = frame.path(&format!("accounts/{}", row.id));
            vec![html! { a href=(href) { (row.name) } }]
        }))
        .empty(ui::empty(
            Icon::People,
            l.t("people-no-accounts"),
            l.t("people-no-accounts-yet"),
            None,
        ));
    let new = Button::link(l.t("people-new-account"), &frame.path("accounts/new"))
        .primary()
        .icon(Icon::Plus);
    let body = html! {
        (ui::page_head(l.t("people-accounts"), None, html! { (new) }))
        (table)
        (ui::more(l, more.as_deref(), rows.len(), None))
    };
    Ok(frame.page(At { nav: "contacts", title: l.t("people-accounts"), since }, body))
}

pub(crate) async fn new(frame: Frame) -> Result<Page, WebError> {
    draft_page(&frame, None, &Draft::default(), &[])
}

pub(crate) async fn create(frame: Frame, Form(draft): Form<Draft>) -> Result<Page, WebError> {
    let new = draft.change();
    let made = frame.write(move |tx, actor| create_account(tx, actor, &new)).await;
    match fields_of(made)? {
        Ok(id) => Ok(Page::redirect(&frame.path(&format!("accounts/{id}")))
            .flash(&Flash::done("people-account-saved"))),
        Err(fields) => draft_page(&frame, None, &draft, &fields),
    }
}

pub(crate) async fn show(
    frame: Frame,
    Path((_, id)): Path<(String, AccountId)>,
) -> Result<Page, WebError> {
    let (account, _) = frame.read(|tx, actor| find_account(tx, actor, id))?;
    draft_page(&frame, Some(id), &Draft::of(&account), &[])
}

pub(crate) async fn update(
    frame: Frame,
    Path((_, id)): Path<(String, AccountId)>,
    Form(draft): Form<Draft>,
) -> Result<Page, WebError> {
    let (version, change) = (draft.version, draft.change());
    let saved = frame.write(move |tx, actor| update_account(tx, actor, id, version, &change)).await;
    if matches!(saved, Err(Error::Conflict)) {
        let (now, _) = frame.read(|tx, actor| find_account(tx, actor, id))?;
        let fields = [FieldError::new("name", "people-changed-meanwhile").with("name", &now.name)];
        return draft_page(&frame, Some(id), &Draft { version: now.version, ..draft }, &fields);
    }
    match fields_of(saved)? {
        Ok(_) => Ok(Page::redirect(&frame.path(&format!("accounts/{id}")))
            .flash(&Flash::done("people-account-saved"))),
        Err(fields) => draft_page(&frame, Some(id), &draft, &fields),
    }
}

fn draft_page(
    frame: &Frame,
    id: Option<AccountId>,
    draft: &Draft,
    wrong: &[FieldError],
) -> Result<Page, WebError> {
    let l = frame.l;
    let found = errors(l, wrong);
    let (people, since) = frame.read(|tx, actor| match id {
        Some(id) => contacts_of_account(tx, actor, id),
        None => Ok(Vec::new()),
    })?;
    let title = if id.is_some() { draft.name.as_str() } else { l.t("people-new-account") };
    let action = match id {
        Some(id) => frame.path(&format!("accounts/{id}")),
        None => frame.path("accounts"),
    };
    let fields = html! {
        (Field::text(l, "name", l.t("people-account")).value(&draft.name).required()
            .error(found.of("name")))
        (Field::text(l, "gstin", l.t("people-gstin")).value(&draft.gstin).optional()
            .error(found.of("gstin")))
        (ui::form::hidden("version", &draft.version.to_string()))
        (ui::buttons(html! {
            (Button::submit(l.t("people-save")).primary())
            (Button::link(l.t("people-cancel"), &frame.path("accounts")))
        }))
    };
    let body = html! {
        (ui::page_head(title, None, html! {}))
        (ui::card(None, html! { (frame.form(&action).errors(&found).body(fields)) }))
        @if id.is_some() {
            (ui::card(Some(l.t("people-contacts")), contact_table(frame, &people, "")))
        }
    };
    let page = frame.page(At { nav: "contacts", title, since }, body);
    Ok(if wrong.is_empty() { page } else { page.invalid() })
}
