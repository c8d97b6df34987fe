//! Names for ids in what happened: who, which queue, which status.

use db::Tx;
use platform::{Actor, Error, MemberId, PlatformPermission, list_members, member_names};
use ui::L;

use crate::queue::{Queue, QueueId};
use crate::status::{CaseStatus, StatusId, list_statuses};

/// A member as the desk names and offers them.
pub(super) struct Colleague {
    pub id: MemberId,
    pub name: String,
    pub active: bool,
}

/// What ids are called, read once for a page.
pub(super) struct Names {
    pub members: Vec<Colleague>,
    pub queues: Vec<Queue>,
    pub statuses: Vec<CaseStatus>,
}

impl Names {
    pub fn read(tx: &mut Tx<'_>, actor: &Actor) -> Result<Names, Error> {
        Ok(Names {
            members: colleagues(tx, actor)?,
            queues: crate::queue::list_queues(tx)?,
            statuses: list_statuses(tx)?,
        })
    }

    /// A member; the system is 0.
    pub fn member(&self, l: L, id: i64) -> &str {
        let found = self.members.iter().find(|known| known.id.0 == id);
        found.map_or(l.t("people-system"), |known| &known.name)
    }

    pub fn queue(&self, l: L, id: QueueId) -> &str {
        let found = self.queues.iter().find(|queue| queue.id == id);
        found.map_or(l.t("desk-queue"), |queue| &queue.name)
    }

    pub fn status(&self, id: StatusId) -> &str {
        let found = self.statuses.iter().find(|status| status.id == id);
        found.map_or("", |status| &status.label)
    }
}

/// Everybody here. Who may not see the list of members sees their names, and learns from the
/// refusal who has left.
pub(super) fn colleagues(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Colleague>, Error> {
    if actor.may(PlatformPermission::ReadMembers) {
        let all = list_members(tx, actor)?.into_iter();
        return Ok(all
            .map(|member| Colleague { id: member.id, name: member.name, active: member.active })
            .collect());
    }
    let all = member_names(tx)?.into_iter();
    Ok(all.map(|(id, name)| Colleague { id, name, active: true }).collect())
}
