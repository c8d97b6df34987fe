//! A person's record is corrected, or noted upon.

use db::Tx;
use platform::{Actor, Checks, Error, record};

use super::create::CheckedContact;
use super::{
    ContactChanged, ContactId, ContactNoted, NOTE_MAX, NoteId, checked_language, checked_name,
    store,
};
use crate::account::{self, AccountId};
use crate::check;
use crate::permissions::PeoplePermission;

/// What the form of a contact holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactChange {
    pub name: String,
    pub language: String,
    pub account_id: Option<AccountId>,
}

/// Changes a person's record; `version` is the one the form was made from. Returns the new one.
pub fn update_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ContactId,
    version: i64,
    change: &ContactChange,
) -> Result<i64, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    let before = store::contact(tx, id)?.ok_or(Error::NotFound)?;
    let mut checks = Checks::default();
    let name = checks.take(checked_name(&change.name));
    let language = checks.take(checked_language(&change.language));
    checks.done()?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    let after = CheckedContact {
        name: name.unwrap_or_default(),
        language: language.unwrap_or_default(),
        account_id: change.account_id,
    };
    let mut fields: Vec<String> = Vec::new();
    if before.name != after.name {
        fields.push("name".into());
        store::replace_words(tx, id, &after.name)?;
    }
    if before.language != after.language {
        fields.push("language".into());
    }
    if before.account_id != after.account_id {
        fields.push("account".into());
        if let Some(account_id) = after.account_id {
            account::must_exist(tx, account_id)?;
        }
    }
    if fields.is_empty() {
        return Ok(version);
    }
    store::update(tx, id, &after)?;
    record(tx, actor, &ContactChanged { contact_id: id, fields })?;
    Ok(version + 1)
}

/// Writes a note about a person, for colleagues.
pub fn add_note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    text: &str,
) -> Result<NoteId, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    let body = check::body("note", text, NOTE_MAX)?;
    store::contact(tx, contact_id)?.ok_or(Error::NotFound)?;
    let note_id = store::insert_note(tx, contact_id, actor.member_id, &body)?;
    record(tx, actor, &ContactNoted { contact_id, note_id })?;
    Ok(note_id)
}
