//! Queues: where work waits for somebody.

pub(crate) mod pages;
mod store;

use db::Tx;
use people::check;
use platform::{Actor, Error, Event, TeamId, record};
use serde::{Deserialize, Serialize};

use crate::permissions::DeskPermission;

pub(crate) use store::{active_queue, intake_queue, queues_of_teams};

base::typed_id!(
    /// A place where cases wait.
    QueueId,
);

const NAME_MAX: usize = 80;

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    /// Whose members see it with the scope "team".
    pub team_id: Option<TeamId>,
    pub active: bool,
}

/// What the form of a queue holds; `id` None makes a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueChange {
    pub id: Option<QueueId>,
    pub name: String,
    pub team_id: Option<TeamId>,
    pub active: bool,
}

/// A queue was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueSaved {
    pub queue_id: QueueId,
    pub team_id: Option<TeamId>,
    pub active: bool,
}

impl Event for QueueSaved {
    const KIND: &'static str = "queue.saved";
    const SUBJECT: &'static str = "queue";
    fn subject_id(&self) -> i64 {
        self.queue_id.0
    }
}

/// All queues, active first, by name. Everyone inside may know their names.
pub fn list_queues(tx: &mut Tx<'_>) -> Result<Vec<Queue>, Error> {
    store::queues(tx)
}

/// Makes or changes a queue. One queue at least stays active.
pub fn save_queue(tx: &mut Tx<'_>, actor: &Actor, change: &QueueChange) -> Result<QueueId, Error> {
    actor.require(DeskPermission::Configure)?;
    let name = check::line("name", &change.name, NAME_MAX)?;
    let queues = store::queues(tx)?;
    if queues.iter().any(|queue| queue.name == name && Some(queue.id) != change.id) {
        return Err(Error::field("name", "error-name-taken"));
    }
    if let Some(team_id) = change.team_id
        && platform::list_teams(tx)?.iter().all(|team| team.id != team_id)
    {
        return Err(Error::field("team", "error-choose-from-list"));
    }
    let others_active = queues.iter().any(|queue| queue.active && Some(queue.id) != change.id);
    if !change.active && !others_active {
        return Err(Error::field("active", "error-queue-last"));
    }
    let queue_id = match change.id {
        None => store::insert(tx, &name, change.team_id, change.active)?,
        Some(id) => {
            if queues.iter().all(|queue| queue.id != id) {
                return Err(Error::NotFound);
            }
            store::update(tx, id, &name, change.team_id, change.active)?;
            id
        }
    };
    let saved = QueueSaved { queue_id, team_id: change.team_id, active: change.active };
    record(tx, actor, &saved)?;
    Ok(queue_id)
}

/// Makes a queue while a workspace is set up.
pub(crate) fn seed(tx: &mut Tx<'_>, name: &str) -> Result<QueueId, Error> {
    store::insert(tx, name, None, true)
}
