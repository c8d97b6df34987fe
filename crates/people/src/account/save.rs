//! An organisation is added or corrected.

use db::Tx;
use platform::{Actor, Checks, Error, FieldError, record};

use super::{AccountId, AccountSaved, store};
use crate::check;
use crate::contact::NAME_MAX;
use crate::permissions::PeoplePermission;

const GSTIN_MAX: usize = 15;

/// What the form of an account holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    pub name: String,
    /// Empty where there is none.
    pub gstin: String,
}

/// Adds an organisation.
pub fn create_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &AccountChange,
) -> Result<AccountId, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    let (name, gstin) = checked(new)?;
    let account_id = store::insert(tx, &name, gstin.as_deref())?;
    let fields = vec!["name".into(), "gstin".into()];
    record(tx, actor, &AccountSaved { account_id, is_new: true, fields })?;
    Ok(account_id)
}

/// Changes an organisation; `version` is the one the form was made from. Returns the new one.
pub fn update_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    version: i64,
    change: &AccountChange,
) -> Result<i64, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    let before = store::account(tx, id)?.ok_or(Error::NotFound)?;
    let (name, gstin) = checked(change)?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    let mut fields: Vec<String> = Vec::new();
    if before.name != name {
        fields.push("name".into());
        store::replace_words(tx, id, &name)?;
    }
    if before.gstin != gstin {
        fields.push("gstin".into());
    }
    if fields.is_empty() {
        return Ok(version);
    }
    store::update(tx, id, &name, gstin.as_deref())?;
    record(tx, actor, &AccountSaved { account_id: id, is_new: false, fields })?;
    Ok(version + 1)
}

fn checked(change: &AccountChange) -> Result<(String, Option<String>), Error> {
    let mut checks = Checks::default();
    let name = checks.take(check::line("name", &change.name, NAME_MAX));
    let gstin = checks.take(checked_gstin(&change.gstin));
    checks.done()?;
    Ok((name.unwrap_or_default(), gstin.flatten()))
}

fn checked_gstin(text: &str) -> Result<Option<String>, FieldError> {
    let gstin = text.split_whitespace().collect::<String>().to_ascii_uppercase();
    if gstin.is_empty() {
        return Ok(None);
    }
    let plain = gstin.len() == GSTIN_MAX && gstin.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { Ok(Some(gstin)) } else { Err(FieldError::new("gstin", "error-gstin")) }
}
