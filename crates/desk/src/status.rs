//! Statuses: labels that people may rename, over types that rules look at.

pub(crate) mod pages;
mod store;

use db::Tx;
use people::check;
use platform::{Actor, Error, Event, record};
use serde::{Deserialize, Serialize};

use crate::kinds::StatusType;
use crate::permissions::DeskPermission;

pub(crate) use store::{active_status, first_of};

base::typed_id!(
    /// A label over a status type.
    StatusId,
);

const LABEL_MAX: usize = 40;

/// A status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseStatus {
    pub id: StatusId,
    pub label: String,
    pub status_type: StatusType,
    /// The first active one of its type is the one that rules choose.
    pub position: i64,
    pub active: bool,
}

/// What the form of a status holds; `id` None makes a new one. A status keeps its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    pub id: Option<StatusId>,
    pub label: String,
    pub status_type: StatusType,
    pub position: i64,
    pub active: bool,
}

/// A status was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSaved {
    pub status_id: StatusId,
    pub status_type: StatusType,
    pub active: bool,
}

impl Event for StatusSaved {
    const KIND: &'static str = "status.saved";
    const SUBJECT: &'static str = "status";
    fn subject_id(&self) -> i64 {
        self.status_id.0
    }
}

/// All statuses in the order of their types, then of their positions.
pub fn list_statuses(tx: &mut Tx<'_>) -> Result<Vec<CaseStatus>, Error> {
    let mut all = store::statuses(tx)?;
    all.sort_by_key(|status| (status.status_type, status.position, status.id));
    Ok(all)
}

/// Makes or changes a status. Each type keeps at least one that is active.
pub fn save_status(
    tx: &mut Tx<'_>,
    actor: &Actor,
    change: &StatusChange,
) -> Result<StatusId, Error> {
    actor.require(DeskPermission::Configure)?;
    let label = check::line("label", &change.label, LABEL_MAX)?;
    let all = store::statuses(tx)?;
    if all.iter().any(|status| status.label == label && Some(status.id) != change.id) {
        return Err(Error::field("label", "error-name-taken"));
    }
    let status_id = match change.id {
        None => store::insert(tx, change, &label)?,
        Some(id) => {
            let before = all.iter().find(|status| status.id == id).ok_or(Error::NotFound)?;
            if before.status_type != change.status_type {
                return Err(Error::field("type", "error-status-type-fixed"));
            }
            let other = |status: &CaseStatus| {
                status.status_type == change.status_type && status.active && status.id != id
            };
            if !change.active && !all.iter().any(other) {
                return Err(Error::field("active", "error-status-last-of-type"));
            }
            store::update(tx, id, change, &label)?;
            id
        }
    };
    let saved = StatusSaved { status_id, status_type: change.status_type, active: change.active };
    record(tx, actor, &saved)?;
    Ok(status_id)
}

/// Makes a status while a workspace is set up.
pub(crate) fn seed(tx: &mut Tx<'_>, status_type: StatusType, label: &str) -> Result<(), Error> {
    let change =
        StatusChange { id: None, label: label.into(), status_type, position: 1, active: true };
    store::insert(tx, &change, label)?;
    Ok(())
}
