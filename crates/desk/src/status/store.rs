//! SQL of statuses.

use db::{DbError, Row, Tx};
use platform::Error;

use super::{CaseStatus, StatusChange, StatusId};
use crate::kinds::StatusType;

const STATUS: &str = "select id, label, status_type, position, active from case_status";

fn read(row: &Row<'_>) -> Result<CaseStatus, DbError> {
    Ok(CaseStatus {
        id: row.get(0)?,
        label: row.get(1)?,
        status_type: row.get(2)?,
        position: row.get(3)?,
        active: row.get(4)?,
    })
}

pub(super) fn statuses(tx: &mut Tx<'_>) -> Result<Vec<CaseStatus>, Error> {
    Ok(tx.query(STATUS, &[], read)?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    change: &StatusChange,
    label: &str,
) -> Result<StatusId, Error> {
    let id: StatusId = tx.next_id()?;
    tx.exec(
        "insert into case_status (id, label, status_type, position, active)
         values (?1, ?2, ?3, ?4, ?5)",
        &[&id, &label, &change.status_type, &change.position, &change.active],
    )?;
    Ok(id)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    id: StatusId,
    change: &StatusChange,
    label: &str,
) -> Result<(), Error> {
    tx.exec(
        "update case_status set label = ?2, position = ?3, active = ?4 where id = ?1",
        &[&id, &label, &change.position, &change.active],
    )?;
    Ok(())
}

/// The status, if it is there and may be chosen.
pub(crate) fn active_status(tx: &mut Tx<'_>, id: StatusId) -> Result<Option<CaseStatus>, Error> {
    Ok(tx.opt(&format!("{STATUS} where id = ?1 and active = 1"), &[&id], read)?)
}

/// The status that rules choose for a type. There is always one: the last cannot be put away.
pub(crate) fn first_of(tx: &mut Tx<'_>, status_type: StatusType) -> Result<CaseStatus, Error> {
    let sql =
        format!("{STATUS} where status_type = ?1 and active = 1 order by position, id limit 1");
    tx.opt(&sql, &[&status_type], read)?
        .ok_or_else(|| Error::Internal(format!("no status of the type {status_type}")))
}
