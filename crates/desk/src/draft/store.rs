//! SQL of drafts.

use db::Tx;
use platform::{Error, MemberId};

use super::Draft;
use crate::case::CaseId;
use crate::kinds::DraftMode;

pub(super) fn keep(
    tx: &mut Tx<'_>,
    member_id: MemberId,
    case_id: CaseId,
    mode: DraftMode,
    body: &str,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "insert into draft (member_id, case_id, mode, body, updated_at)
         values (?1, ?2, ?3, ?4, ?5) on conflict (member_id, case_id)
         do update set mode = excluded.mode, body = excluded.body,
         updated_at = excluded.updated_at",
        &[&member_id, &case_id, &mode, &body, &now],
    )?;
    Ok(())
}

pub(crate) fn forget(tx: &mut Tx<'_>, member_id: MemberId, case_id: CaseId) -> Result<(), Error> {
    let sql = "delete from draft where member_id = ?1 and case_id = ?2";
    tx.exec(sql, &[&member_id, &case_id])?;
    Ok(())
}

pub(crate) fn of(
    tx: &mut Tx<'_>,
    member_id: MemberId,
    case_id: CaseId,
) -> Result<Option<Draft>, Error> {
    Ok(tx.opt(
        "select mode, body, updated_at from draft where member_id = ?1 and case_id = ?2",
        &[&member_id, &case_id],
        |row| Ok(Draft { mode: row.get(0)?, body: row.get(1)?, updated_at: row.get(2)? }),
    )?)
}
