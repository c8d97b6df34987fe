//! Reading people: one, a page of all, those of an account.

use base::EmailAddress;
use db::Tx;
use platform::{Actor, Error};

use super::{Contact, ContactId, ContactPage, ContactRow, KnownContact, PAGE_ROWS_MAX, store};
use crate::account::{self, AccountId};
use crate::permissions::PeoplePermission;

/// One person's row.
pub fn find_contact(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Contact, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::contact(tx, id)?.ok_or(Error::NotFound)
}

/// All of a person's page.
pub fn contact_page(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<ContactPage, Error> {
    let contact = find_contact(tx, actor, id)?;
    let account_name = match contact.account_id {
        Some(account_id) => account::name_of(tx, account_id)?,
        None => None,
    };
    Ok(ContactPage {
        account_name,
        phones: store::phones(tx, id)?,
        emails: store::emails(tx, id)?,
        notes: store::notes(tx, id)?,
        contact,
    })
}

/// People by name, a page of 50 after the one named; None begins. The last row continues it when
/// the page is full.
pub fn list_contacts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<ContactId>,
) -> Result<Vec<ContactRow>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::page(tx, after, PAGE_ROWS_MAX)
}

/// The first 50 people of an organisation.
pub fn contacts_of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account_id: AccountId,
) -> Result<Vec<ContactRow>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::of_account(tx, account_id, PAGE_ROWS_MAX)
}

/// The person with this address, if anyone has it.
pub fn contact_by_email(
    tx: &mut Tx<'_>,
    actor: &Actor,
    address: &EmailAddress,
) -> Result<Option<KnownContact>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::by_email(tx, address)
}

/// A person's addresses, the first one first.
pub fn contact_emails(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Vec<String>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    Ok(store::emails(tx, id)?.into_iter().map(|email| email.address).collect())
}
