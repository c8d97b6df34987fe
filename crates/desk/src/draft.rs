//! Drafts: what a person was writing survives a crash, a reload and a shared computer.

mod store;

use base::UtcMs;
use db::Tx;
use platform::{Actor, Error, FieldError};
use serde::Serialize;

use crate::case::{self, CaseId};
use crate::kinds::DraftMode;
use crate::message::TEXT_MAX;
use crate::permissions::DeskPermission;

pub(crate) use store::{forget, of};

/// What a member was writing about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    pub mode: DraftMode,
    pub body: String,
    pub updated_at: UtcMs,
}

/// Keeps what the actor is writing; an empty text discards it. It is the writer's own, so there is
/// no event.
pub fn save_draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    mode: DraftMode,
    body: &str,
) -> Result<(), Error> {
    case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    if body.chars().count() > TEXT_MAX {
        return Err(FieldError::new("text", "error-too-long").with("max", TEXT_MAX).into());
    }
    if body.trim().is_empty() {
        return store::forget(tx, actor.member_id, case_id);
    }
    store::keep(tx, actor.member_id, case_id, mode, body)
}

/// Throws the actor's draft away.
pub fn discard_draft(tx: &mut Tx<'_>, actor: &Actor, case_id: CaseId) -> Result<(), Error> {
    store::forget(tx, actor.member_id, case_id)
}

/// The actor's draft for this case.
pub fn find_draft(tx: &mut Tx<'_>, actor: &Actor, case_id: CaseId) -> Result<Option<Draft>, Error> {
    store::of(tx, actor.member_id, case_id)
}
