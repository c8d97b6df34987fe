//! How many cases stand where, read from counts that every change keeps.

use db::Tx;
use platform::{Actor, Error};
use serde::Serialize;

use super::store;
use crate::kinds::StatusType;
use crate::permissions::DeskPermission;
use crate::queue::QueueId;
use crate::reach::Reach;

/// The numbers beside the views of the inbox. Only live cases are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub open: i64,
    /// Those among `open` where the customer has the next word.
    pub waiting: i64,
    pub queues: Vec<(QueueId, i64)>,
}

/// Counts what the actor may see, without touching a case.
pub fn count_cases(tx: &mut Tx<'_>, actor: &Actor) -> Result<Counts, Error> {
    let reach = Reach::of(actor, DeskPermission::ReadCase)?;
    let mut counts = Counts::default();
    for cell in store::live_cells(tx)? {
        if !reach.covers(cell.owner_id, cell.team_id) {
            continue;
        }
        counts.open += cell.cases;
        match cell.owner_id {
            None => counts.unassigned += cell.cases,
            Some(owner) if owner == actor.member_id => counts.mine += cell.cases,
            Some(_) => {}
        }
        if cell.status == StatusType::PendingCustomer {
            counts.waiting += cell.cases;
        }
        if let Some(queue_id) = cell.queue_id {
            match counts.queues.iter_mut().find(|(id, _)| *id == queue_id) {
                Some((_, cases)) => *cases += cell.cases,
                None => counts.queues.push((queue_id, cell.cases)),
            }
        }
    }
    counts.queues.sort();
    Ok(counts)
}
