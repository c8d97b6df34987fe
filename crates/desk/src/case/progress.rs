//! A case moves on: to any status, to its end, and back to life.

use db::Tx;
use platform::{Actor, Error, record};

use super::{Case, CaseId, store, visible};
use crate::conversation;
use crate::events::{CaseReopened, CaseStatusChanged};
use crate::kinds::{ConversationState, StatusType};
use crate::permissions::DeskPermission;
use crate::status::{self, CaseStatus, StatusId};

/// Gives a case another status. Out of the end this is a reopening.
pub fn set_status(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CaseId,
    status_id: StatusId,
) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::ChangeCase, id)?;
    if case.status_id == status_id {
        return Ok(());
    }
    let status = status::active_status(tx, status_id)?;
    let status = status.ok_or_else(|| Error::field("status", "error-choose-from-list"))?;
    if status.status_type == StatusType::New && case.status != StatusType::New {
        return Err(Error::field("status", "error-status-new-again"));
    }
    change(tx, actor, &case, &status)
}

/// The customer has what they wanted.
pub fn resolve_case(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(), Error> {
    to_type(tx, actor, id, StatusType::Resolved)
}

/// Nothing more is expected.
pub fn close_case(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(), Error> {
    to_type(tx, actor, id, StatusType::Closed)
}

/// It was not done after all. Nothing happens to a live case.
pub fn reopen_case(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::ChangeCase, id)?;
    if case.status.is_live() {
        return Ok(());
    }
    let status = status::first_of(tx, StatusType::Open)?;
    change(tx, actor, &case, &status)
}

fn to_type(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CaseId,
    status_type: StatusType,
) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::ChangeCase, id)?;
    if case.status == status_type {
        return Ok(());
    }
    let status = status::first_of(tx, status_type)?;
    change(tx, actor, &case, &status)
}

fn change(tx: &mut Tx<'_>, actor: &Actor, case: &Case, status: &CaseStatus) -> Result<(), Error> {
    let mut after = case.clone();
    after.enter(status, tx.now());
    store::save(tx, case, &after)?;
    if case.status.is_live() != after.status.is_live() || after.status == StatusType::Closed {
        let state = match after.status {
            StatusType::Closed => ConversationState::Closed,
            StatusType::Resolved => ConversationState::Waiting,
            _ => ConversationState::Open,
        };
        conversation::set_state(tx, case.conversation_id, state)?;
    }
    record_change(tx, actor, case, &after)
}

/// Moves `case` to the first status of a type, in memory; the caller saves and records.
pub(crate) fn move_to(
    tx: &mut Tx<'_>,
    case: &mut Case,
    status_type: StatusType,
) -> Result<(), Error> {
    let status = status::first_of(tx, status_type)?;
    case.enter(&status, tx.now());
    Ok(())
}

/// Records a change of status, or a reopening.
pub(crate) fn record_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Case,
    after: &Case,
) -> Result<(), Error> {
    let (case_id, contact_id) = (before.id, before.contact_id);
    if !before.status.is_live() && after.status.is_live() {
        let (from, status_id) = (before.status, after.status_id);
        let reopened = CaseReopened { case_id, contact_id, from, status_id, message_id: None };
        record(tx, actor, &reopened)?;
        return Ok(());
    }
    let changed = CaseStatusChanged {
        case_id,
        contact_id,
        from: before.status,
        to: after.status,
        from_status: before.status_id,
        to_status: after.status_id,
    };
    record(tx, actor, &changed)?;
    Ok(())
}
