//! An account: the organisation a contact belongs to.

mod events;
pub(crate) mod pages;
mod save;
mod store;

use base::UtcMs;
use db::Tx;
use platform::{Actor, Error};
use serde::Serialize;

use crate::contact::PAGE_ROWS_MAX;
use crate::permissions::PeoplePermission;

pub use events::AccountSaved;
pub use save::{AccountChange, create_account, update_account};
pub(crate) use store::{by_words, name_of};

base::typed_id!(
    /// An organisation.
    AccountId,
);

/// An organisation, as the row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// The tax number, as it was given.
    pub gstin: Option<String>,
    pub version: i64,
    pub created_at: UtcMs,
    pub updated_at: UtcMs,
}

/// An organisation in a list or a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    pub id: AccountId,
    pub name: String,
    pub gstin: Option<String>,
}

/// One organisation.
pub fn find_account(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Account, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::account(tx, id)?.ok_or(Error::NotFound)
}

/// Organisations by name, a page of 50 after the one named; None begins.
pub fn list_accounts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<AccountId>,
) -> Result<Vec<AccountRow>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::page(tx, after, PAGE_ROWS_MAX)
}

pub(crate) fn must_exist(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Error> {
    match store::name_of(tx, id)? {
        Some(_) => Ok(()),
        None => Err(Error::field("account", "error-choose-from-list")),
    }
}
