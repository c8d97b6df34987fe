//! Fields of a case are corrected; a case is looked at.

use db::Tx;
use people::check;
use platform::{Actor, Error, record};

use super::{Case, CaseId, SUBJECT_MAX, store, visible};
use crate::category::{self, CategoryId};
use crate::events::CaseChanged;
use crate::kinds::{CaseType, Priority};
use crate::permissions::DeskPermission;

/// What the form of a case holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseChange {
    pub case_type: CaseType,
    pub subject: String,
    pub category_id: Option<CategoryId>,
    pub priority: Priority,
}

/// Changes a case's fields; `version` is the one the form was made from. Returns the new one.
/// The number stays, even when the type changes: the customer has it.
pub fn change_case(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CaseId,
    version: i64,
    change: &CaseChange,
) -> Result<i64, Error> {
    let before = visible(tx, actor, DeskPermission::ChangeCase, id)?;
    let subject = check::line("subject", &change.subject, SUBJECT_MAX)?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    if let Some(category_id) = change.category_id
        && before.category_id != change.category_id
        && !category::is_active(tx, category_id)?
    {
        return Err(Error::field("category", "error-choose-from-list"));
    }
    let after = Case {
        case_type: change.case_type,
        subject,
        category_id: change.category_id,
        priority: change.priority,
        ..before.clone()
    };
    let changed = [
        ("type", before.case_type != after.case_type),
        ("subject", before.subject != after.subject),
        ("category", before.category_id != after.category_id),
        ("priority", before.priority != after.priority),
    ];
    let fields: Vec<String> =
        changed.iter().filter(|(_, is)| *is).map(|(name, _)| name.to_string()).collect();
    if fields.is_empty() {
        return Ok(version);
    }
    let after = Case { version: version + 1, ..after };
    store::save(tx, &before, &after)?;
    record(tx, actor, &CaseChanged { case_id: id, contact_id: before.contact_id, fields })?;
    Ok(after.version)
}

/// Somebody looked at the case. No event: nothing happened to the customer.
pub fn mark_read(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::ReadCase, id)?;
    if case.unread {
        store::clear_unread(tx, id)?;
    }
    Ok(())
}
