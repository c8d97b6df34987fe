//! SQL over the event log, for one person.

use db::{StoredEvent, Tx};
use platform::Error;

use crate::contact::ContactId;

pub(super) fn events(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    before_seq: i64,
    limit: usize,
) -> Result<Vec<StoredEvent>, Error> {
    let sql = format!(
        "select seq, at, kind, actor_id, subject_kind, subject_id, contact_id, payload from event
         where contact_id = ?1 and seq < ?2 order by seq desc limit {limit}"
    );
    Ok(tx.query(&sql, &[&contact_id, &before_seq], |row| {
        Ok(StoredEvent {
            seq: row.get(0)?,
            at: row.get(1)?,
            kind: row.get(2)?,
            actor_id: row.get(3)?,
            subject_kind: row.get(4)?,
            subject_id: row.get(5)?,
            contact_id: row.get(6)?,
            payload: row.get(7)?,
        })
    })?)
}
