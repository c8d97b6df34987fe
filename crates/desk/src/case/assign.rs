//! A case is given to somebody, or somebody takes it.

use db::Tx;
use platform::{Actor, Error, MemberId, record};

use super::{Case, CaseId, store, visible};
use crate::events::CaseAssigned;
use crate::permissions::DeskPermission;
use crate::queue::{self, QueueId};

/// Where a case belongs from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub owner_id: Option<MemberId>,
    pub queue_id: Option<QueueId>,
}

/// Gives a case to a member, a queue, both, or nobody.
pub fn assign(tx: &mut Tx<'_>, actor: &Actor, id: CaseId, to: &Assignment) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::AssignCase, id)?;
    if let Some(owner_id) = to.owner_id
        && case.owner_id != to.owner_id
        && !platform::find_member(tx, owner_id)?.is_some_and(|member| member.active)
    {
        return Err(Error::field("owner", "error-choose-from-list"));
    }
    if let Some(queue_id) = to.queue_id
        && case.queue_id != to.queue_id
        && queue::active_queue(tx, queue_id)?.is_none()
    {
        return Err(Error::field("queue", "error-choose-from-list"));
    }
    hand_over(tx, actor, &case, to)
}

/// Takes a case that is nobody's; a conflict when somebody was quicker.
pub fn take_case(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(), Error> {
    let case = visible(tx, actor, DeskPermission::AssignCase, id)?;
    if case.owner_id.is_some_and(|owner| owner != actor.member_id) {
        return Err(Error::Conflict);
    }
    let to = Assignment { owner_id: Some(actor.member_id), queue_id: case.queue_id };
    hand_over(tx, actor, &case, &to)
}

fn hand_over(tx: &mut Tx<'_>, actor: &Actor, case: &Case, to: &Assignment) -> Result<(), Error> {
    let after = Case { owner_id: to.owner_id, queue_id: to.queue_id, ..case.clone() };
    if after == *case {
        return Ok(());
    }
    store::save(tx, case, &after)?;
    record(tx, actor, &assigned(case, &after))?;
    Ok(())
}

/// The event of a change of hands.
pub(crate) fn assigned(before: &Case, after: &Case) -> CaseAssigned {
    CaseAssigned {
        case_id: before.id,
        contact_id: before.contact_id,
        from_owner: before.owner_id,
        to_owner: after.owner_id,
        from_queue: before.queue_id,
        to_queue: after.queue_id,
    }
}
