//! The form of a person's record.

use frame::{At, Frame, Page, errors};
use maud::html;
use platform::FieldError;
use platform::web::WebError;
use serde::Deserialize;
use ui::form::Choice;
use ui::{Button, Field};

use super::account_of;
use crate::account::{AccountId, list_accounts};
use crate::contact::{Contact, ContactId};

/// What was typed.
#[derive(Default, Deserialize)]
pub(crate) struct Draft {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub version: i64,
}

impl Draft {
    pub fn of(contact: &Contact) -> Draft {
        Draft {
            name: contact.name.clone(),
            language: contact.language.clone(),
            account: contact.account_id.map(|id| id.to_string()).unwrap_or_default(),
            version: contact.version,
            ..Draft::default()
        }
    }

    pub fn account(&self) -> Option<AccountId> {
        account_of(&self.account)
    }
}

/// Languages a customer may prefer, each under its own name.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", "English"),
    ("hi", "हिन्दी"),
    ("bn", "বাংলা"),
    ("gu", "ગુજરાતી"),
    ("kn", "ಕನ್ನಡ"),
    ("ml", "മലയാളം"),
    ("mr", "मराठी"),
    ("or", "ଓଡ଼ିଆ"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("ur", "اردو"),
];

/// A language under its own name; a code that nobody knows is shown as it is.
pub fn language_name(code: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// The form, new or for one person, with what is wrong in it.
pub(crate) fn draft_page(
    frame: &Frame,
    id: Option<ContactId>,
    draft: &Draft,
    wrong: &[FieldError],
) -> Result<Page, WebError> {
    let l = frame.l;
    let (accounts, since) = frame.read(|tx, actor| list_accounts(tx, actor, None))?;
    let languages: Vec<Choice<'_>> =
        LANGUAGES.iter().map(|(code, name)| Choice::new(*code, *name)).collect();
    let mut companies = vec![Choice::new("", l.t("people-no-account"))];
    companies.extend(accounts.iter().map(|row| Choice::new(row.id.to_string(), &row.name)));
    let found = errors(l, wrong);
    let language = if draft.language.is_empty() { "en" } else { &draft.language };
    let (action, title, back) = match id {
        Some(id) => (format!("contacts/{id}"), "people-edit", format!("contacts/{id}")),
        None => ("contacts".to_string(), "people-new", "contacts".to_string()),
    };
    let fields = html! {
        (Field::text(l, "name", l.t("people-name")).value(&draft.name).required().autofocus()
            .error(found.of("name")))
        @if id.is_none() {
            (Field::phone(l, "phone", l.t("people-phone")).value(&draft.phone).optional()
                .error(found.of("phone")))
            (Field::email(l, "email", l.t("people-email")).value(&draft.email).optional()
                .error(found.of("email")))
        }
        (Field::select(l, "language", l.t("people-language"), &languages).value(language)
            .error(found.of("language")))
        (Field::select(l, "account", l.t("people-account"), &companies).value(&draft.account)
            .error(found.of("account")))
        (ui::form::hidden("version", &draft.version.to_string()))
        (ui::buttons(html! {
            (Button::submit(l.t("people-save")).primary())
            (Button::link(l.t("people-cancel"), &frame.path(&back)))
        }))
    };
    let action = frame.path(&action);
    let body = html! {
        (ui::page_head(l.t(title), None, html! {}))
        (ui::card(None, html! { (frame.form(&action).errors(&found).body(fields)) }))
    };
    let page = frame.page(At { nav: "contacts", title: l.t(title), since }, body);
    Ok(if wrong.is_empty() { page } else { page.invalid() })
}
