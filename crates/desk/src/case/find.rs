//! Finding a case at once: by its number, by the digits of it, or by its customer.

use db::Tx;
use people::ContactId;
use platform::{Actor, Error};

use super::list::{self, CaseRow, ROWS_MAX};
use super::{CaseId, CaseNumber};
use crate::permissions::DeskPermission;
use crate::reach::Reach;

const FOUND_MAX: usize = 20;
/// More digits than this are a phone number.
const SERIAL_DIGITS_MAX: usize = 9;

/// Cases for a typed text, at most 20: exact numbers first, then those of the people found by
/// number, address or name.
pub fn find_cases(tx: &mut Tx<'_>, actor: &Actor, text: &str) -> Result<Vec<CaseRow>, Error> {
    let reach = Reach::of(actor, DeskPermission::ReadCase)?;
    let text = text.trim();
    let mut rows = Vec::new();
    if let Ok(number) = text.parse::<CaseNumber>() {
        rows = list::by_numbers(tx, &reach, number.serial, Some(number.year), FOUND_MAX)?;
        rows.retain(|row| row.number.kind == number.kind);
    } else if let Some(serial) = serial(text) {
        rows = list::by_numbers(tx, &reach, serial, None, FOUND_MAX)?;
    }
    if actor.may(people::PeoplePermission::ReadContact) {
        let found = people::find(tx, actor, text)?;
        let contacts: Vec<ContactId> = found.contacts.iter().map(|row| row.id).collect();
        let seen: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
        let theirs = list::of_contacts(tx, &reach, &contacts, FOUND_MAX)?;
        rows.extend(theirs.into_iter().filter(|row| !seen.contains(&row.id)));
    }
    rows.truncate(FOUND_MAX);
    Ok(rows)
}

/// A person's cases within reach, newest first, at most 50.
pub fn cases_of_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
) -> Result<Vec<CaseRow>, Error> {
    let reach = Reach::of(actor, DeskPermission::ReadCase)?;
    list::of_contacts(tx, &reach, &[contact_id], ROWS_MAX)
}

/// Digits that may be the last part of a case's number.
fn serial(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (plain && text.len() <= SERIAL_DIGITS_MAX).then(|| text.parse().ok()).flatten()
}
