//! A person becomes known: typed in by a colleague, or by writing for the first time.

use base::EmailAddress;
use db::Tx;
use platform::{Actor, Checks, Error, FieldError, record, setting};

use super::reach::{NewPhone, checked_phones};
use super::{
    ContactAdded, ContactId, PeopleSettings, checked_email, checked_language, checked_name,
    name_from_mail, store,
};
use crate::account::{self, AccountId};
use crate::permissions::PeoplePermission;

/// A person to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewContact {
    pub name: String,
    /// Empty means `en`.
    pub language: String,
    pub account_id: Option<AccountId>,
    pub phones: Vec<NewPhone>,
    pub emails: Vec<String>,
}

/// A person found or made by an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownContact {
    pub id: ContactId,
    pub name: String,
    pub language: String,
    pub is_new: bool,
}

/// What of a contact is safe to store.
pub(super) struct CheckedContact {
    pub name: String,
    pub language: String,
    pub account_id: Option<AccountId>,
}

/// Adds a person with numbers and addresses. An address that another contact has is refused.
pub fn create_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewContact,
) -> Result<ContactId, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    let mut checks = Checks::default();
    let name = checks.take(checked_name(&new.name));
    let language = if new.language.is_empty() { "en" } else { &new.language };
    let language = checks.take(checked_language(language));
    let emails: Vec<Option<EmailAddress>> =
        new.emails.iter().map(|text| checks.take(checked_email(text))).collect();
    let mut phones = Vec::new();
    if !new.phones.is_empty() {
        let region = setting::<PeopleSettings>(tx)?.region;
        phones = checked_phones(&mut checks, &new.phones, &region);
    }
    checks.done()?;
    if let Some(account_id) = new.account_id {
        account::must_exist(tx, account_id)?;
    }
    let checked = CheckedContact {
        name: name.unwrap_or_default(),
        language: language.unwrap_or_default(),
        account_id: new.account_id,
    };
    let id = store::insert(tx, &checked)?;
    for email in emails.into_iter().flatten() {
        if store::insert_email(tx, id, &email)?.is_none() {
            return Err(FieldError::new("email", "error-email-taken").into());
        }
    }
    for (phone, label) in &phones {
        store::insert_phone(tx, id, phone, label)?;
    }
    record(tx, actor, &ContactAdded { contact_id: id })?;
    Ok(id)
}

/// The person with this address, made if there is none. `name_hint` is what the mail called them.
pub fn find_or_make_by_email(
    tx: &mut Tx<'_>,
    actor: &Actor,
    address: &EmailAddress,
    name_hint: &str,
    language: &str,
) -> Result<KnownContact, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    if let Some(known) = store::by_email(tx, address)? {
        return Ok(known);
    }
    let checked = CheckedContact {
        name: name_from_mail(name_hint, address),
        language: checked_language(language).unwrap_or_else(|_| "en".into()),
        account_id: None,
    };
    let id = store::insert(tx, &checked)?;
    store::insert_email(tx, id, address)?;
    record(tx, actor, &ContactAdded { contact_id: id })?;
    Ok(KnownContact { id, name: checked.name, language: checked.language, is_new: true })
}
