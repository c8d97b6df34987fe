//! SQL of the audit trail, which only reads.

use db::{DbError, Row, StoredEvent, ToVal, Tx};
use platform::Error;

/// Which events are asked for; what is none narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Older than this sequence.
    pub before: Option<i64>,
    pub kind: Option<String>,
    pub actor_id: Option<i64>,
    pub subject: Option<(String, i64)>,
}

/// The newest events that fit, at most `limit`.
pub(super) fn newest(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<StoredEvent>, Error> {
    let mut sql = String::from(
        "select seq, at, kind, actor_id, subject_kind, subject_id, contact_id, payload
         from event where seq < ?1",
    );
    let before = wanted.before.unwrap_or(i64::MAX);
    let mut params: Vec<&dyn ToVal> = vec![&before];
    let mut narrow = |column: &str, value| {
        params.push(value);
        sql.push_str(&format!(" and {column} = ?{}", params.len()));
    };
    if let Some(kind) = &wanted.kind {
        narrow("kind", kind as &dyn ToVal);
    }
    if let Some(actor_id) = &wanted.actor_id {
        narrow("actor_id", actor_id);
    }
    if let Some((kind, id)) = &wanted.subject {
        narrow("subject_kind", kind);
        narrow("subject_id", id);
    }
    params.push(&limit);
    sql.push_str(&format!(" order by seq desc limit ?{}", params.len()));
    Ok(tx.query(&sql, &params, read)?)
}

fn read(row: &Row<'_>) -> Result<StoredEvent, DbError> {
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
}
