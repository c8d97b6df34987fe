//! How a person can be reached: numbers and addresses come and go.

use base::Phone;
use db::Tx;
use platform::{Actor, Checks, Error, FieldError, record, setting};

use super::{
    ContactChanged, ContactId, EmailId, LABEL_MAX, PeopleSettings, PhoneId, REACH_MAX,
    checked_email, checked_phone, store,
};
use crate::check;
use crate::permissions::PeoplePermission;

/// A number as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPhone {
    pub number: String,
    pub label: String,
}

/// Reads numbers, noting what is wrong with each; the same number twice is one.
pub(super) fn checked_phones(
    checks: &mut Checks,
    phones: &[NewPhone],
    region: &str,
) -> Vec<(Phone, String)> {
    let mut kept: Vec<(Phone, String)> = Vec::new();
    for new in phones {
        let phone = checks.take(checked_phone(&new.number, region));
        let label = checks.take(check::optional_line("label", &new.label, LABEL_MAX));
        if let (Some(phone), Some(label)) = (phone, label)
            && kept.iter().all(|(other, _)| *other != phone)
        {
            kept.push((phone, label.unwrap_or_default()));
        }
    }
    kept
}

/// Adds a number. Others may have it too; the same person has it once.
pub fn add_phone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    new: &NewPhone,
) -> Result<PhoneId, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    store::contact(tx, contact_id)?.ok_or(Error::NotFound)?;
    let region = setting::<PeopleSettings>(tx)?.region;
    let mut checks = Checks::default();
    let checked = checked_phones(&mut checks, std::slice::from_ref(new), &region).pop();
    checks.done()?;
    let (phone, label) = checked.ok_or(FieldError::new("phone", "error-required"))?;
    let present = store::phones(tx, contact_id)?;
    if present.iter().any(|other| other.number == phone.as_str()) {
        return Err(Error::field("phone", "error-phone-already-there"));
    }
    if present.len() >= REACH_MAX {
        return Err(FieldError::new("phone", "error-too-many").with("max", REACH_MAX).into());
    }
    let id = store::insert_phone(tx, contact_id, &phone, &label)?;
    changed(tx, actor, contact_id, "phones")?;
    Ok(id)
}

/// Removes a number of this person.
pub fn remove_phone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    phone_id: PhoneId,
) -> Result<(), Error> {
    actor.require(PeoplePermission::WriteContact)?;
    if !store::delete_phone(tx, contact_id, phone_id)? {
        return Err(Error::NotFound);
    }
    changed(tx, actor, contact_id, "phones")
}

/// Adds an address, unless a contact has it already.
pub fn add_email(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    text: &str,
) -> Result<EmailId, Error> {
    actor.require(PeoplePermission::WriteContact)?;
    store::contact(tx, contact_id)?.ok_or(Error::NotFound)?;
    let address = checked_email(text)?;
    if store::emails(tx, contact_id)?.len() >= REACH_MAX {
        return Err(FieldError::new("email", "error-too-many").with("max", REACH_MAX).into());
    }
    let id = store::insert_email(tx, contact_id, &address)?
        .ok_or(FieldError::new("email", "error-email-taken"))?;
    changed(tx, actor, contact_id, "emails")?;
    Ok(id)
}

/// Removes an address of this person.
pub fn remove_email(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    email_id: EmailId,
) -> Result<(), Error> {
    actor.require(PeoplePermission::WriteContact)?;
    if !store::delete_email(tx, contact_id, email_id)? {
        return Err(Error::NotFound);
    }
    changed(tx, actor, contact_id, "emails")
}

fn changed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    field: &str,
) -> Result<(), Error> {
    record(tx, actor, &ContactChanged { contact_id, fields: vec![field.into()] })?;
    Ok(())
}
