//! The event log: append-only, one sequence a workspace, chained by digests.
//!
//! The chain runs over each payload's *digest*, so that erasing a person's payload leaves the
//! chain verifiable while a change of any kept payload, or of the order, is found.

use std::sync::Arc;

use base::{ToVal, UtcMs};
use ring::digest::{Context, SHA256, digest};

use crate::error::DbError;
use crate::row::Row;
use crate::tx::Tx;

/// Called for each event inside its transaction; an error undoes the use case.
pub type Hook = Arc<dyn Fn(&mut Tx<'_>, &StoredEvent) -> Result<(), DbError> + Send + Sync>;

/// A change about to be recorded. `payload` is JSON of ids and plain facts.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    pub kind: &'static str,
    /// The member who did it; 0 is the system.
    pub actor_id: i64,
    pub subject_kind: &'static str,
    pub subject_id: i64,
    /// The contact this concerns, for the timeline of a person.
    pub contact_id: Option<i64>,
    pub payload: String,
}

/// A recorded change.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    pub seq: i64,
    pub at: UtcMs,
    pub kind: String,
    pub actor_id: i64,
    pub subject_kind: String,
    pub subject_id: i64,
    pub contact_id: Option<i64>,
    /// None once erased.
    pub payload: Option<String>,
}

pub(crate) const COLUMNS: &str =
    "seq, at, kind, actor_id, subject_kind, subject_id, contact_id, payload, digest, hash";

/// The digest and the chain's next hash for an event.
pub(crate) fn chain(
    last_hash: &[u8],
    seq: i64,
    at: UtcMs,
    event: &NewEvent,
) -> ([u8; 32], [u8; 32]) {
    let payload_digest = sha256(event.payload.as_bytes());
    let hash = link(
        last_hash,
        &LinkParts {
            seq,
            at,
            kind: event.kind,
            actor_id: event.actor_id,
            subject_kind: event.subject_kind,
            subject_id: event.subject_id,
            contact_id: event.contact_id,
        },
        &payload_digest,
    );
    (payload_digest, hash)
}

struct LinkParts<'a> {
    seq: i64,
    at: UtcMs,
    kind: &'a str,
    actor_id: i64,
    subject_kind: &'a str,
    subject_id: i64,
    contact_id: Option<i64>,
}

fn link(last_hash: &[u8], parts: &LinkParts<'_>, payload_digest: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(last_hash);
    // No contact has this id: "none" and an id must not look alike.
    let contact_id = parts.contact_id.unwrap_or(i64::MIN);
    for number in [parts.seq, parts.at.0, parts.actor_id, parts.subject_id, contact_id] {
        context.update(&number.to_be_bytes());
    }
    for text in [parts.kind, parts.subject_kind] {
        context.update(text.as_bytes());
        context.update(&[0]);
    }
    context.update(payload_digest);
    to_array(context.finish().as_ref())
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    to_array(digest(&SHA256, bytes).as_ref())
}

fn to_array(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().expect("a SHA-256 digest has 32 bytes")
}

pub(crate) fn read_event(row: &Row<'_>) -> Result<StoredEvent, DbError> {
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

/// The events after `seq`, oldest first, at most `limit`.
pub fn replay(tx: &mut Tx<'_>, after_seq: i64, limit: i64) -> Result<Vec<StoredEvent>, DbError> {
    tx.query(
        &format!("select {COLUMNS} from event where seq > ?1 order by seq limit ?2"),
        &[&after_seq, &limit],
        read_event,
    )
}

/// Which events are looked for, newest first; what is none narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Older than this sequence: the next page of a list.
    pub before_seq: Option<i64>,
    pub kind: Option<String>,
    pub actor_id: Option<i64>,
    /// Kind and id.
    pub subject: Option<(String, i64)>,
    pub contact_id: Option<i64>,
}

/// The newest events that fit, at most `limit`. By kind or actor alone this walks back through the
/// log until enough are found; by subject and contact it follows an index.
pub fn newest_events(
    tx: &mut Tx<'_>,
    filter: &EventFilter,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    let before_seq = filter.before_seq.unwrap_or(i64::MAX);
    let mut sql = format!("select {COLUMNS} from event where seq < ?1");
    let mut params: Vec<&dyn ToVal> = vec![&before_seq];
    let mut narrow = |column: &str, value| {
        params.push(value);
        sql.push_str(&format!(" and {column} = ?{}", params.len()));
    };
    if let Some(kind) = &filter.kind {
        narrow("kind", kind as &dyn ToVal);
    }
    if let Some(actor_id) = &filter.actor_id {
        narrow("actor_id", actor_id);
    }
    if let Some((kind, id)) = &filter.subject {
        narrow("subject_kind", kind);
        narrow("subject_id", id);
    }
    if let Some(contact_id) = &filter.contact_id {
        narrow("contact_id", contact_id);
    }
    params.push(&limit);
    sql.push_str(&format!(" order by seq desc limit ?{}", params.len()));
    tx.query(&sql, &params, read_event)
}

/// What a walk over the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    pub events: i64,
    pub erased: i64,
    pub fault: Option<ChainFault>,
}

/// Where the chain first breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// A sequence number is missing before this one.
    Gap { seq: i64 },
    /// The payload is not the one whose digest was chained.
    Payload { seq: i64 },
    /// A column of the event or its place in the order was changed.
    Link { seq: i64 },
    /// The head row does not end where the log ends.
    Head,
}

/// Recounts the chain from its beginning, a page at a time.
pub fn verify_chain(tx: &mut Tx<'_>) -> Result<ChainReport, DbError> {
    let mut report = ChainReport { events: 0, erased: 0, fault: None };
    let mut last_hash = [0u8; 32];
    loop {
        let page = tx.query(
            &format!("select {COLUMNS} from event where seq > ?1 order by seq limit 500"),
            &[&report.events],
            |row| Ok((read_event(row)?, row.get::<[u8; 32]>(8)?, row.get::<[u8; 32]>(9)?)),
        )?;
        if page.is_empty() {
            break;
        }
        for (event, kept_digest, kept_hash) in page {
            if let Some(fault) = check_link(&report, &last_hash, &event, &kept_digest, &kept_hash) {
                report.fault = Some(fault);
                return Ok(report);
            }
            report.events += 1;
            report.erased += i64::from(event.payload.is_none());
            last_hash = kept_hash;
        }
    }
    let head: (i64, [u8; 32]) = tx
        .query("select event_seq, last_hash from head where id = 1", &[], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .pop()
        .ok_or_else(|| DbError::Io("the head row is missing".into()))?;
    if head != (report.events, last_hash) {
        report.fault = Some(ChainFault::Head);
    }
    Ok(report)
}

fn check_link(
    report: &ChainReport,
    last_hash: &[u8; 32],
    event: &StoredEvent,
    kept_digest: &[u8; 32],
    kept_hash: &[u8; 32],
) -> Option<ChainFault> {
    let seq = event.seq;
    if seq != report.events + 1 {
        return Some(ChainFault::Gap { seq });
    }
    if event.payload.as_ref().is_some_and(|payload| sha256(payload.as_bytes()) != *kept_digest) {
        return Some(ChainFault::Payload { seq });
    }
    let parts = LinkParts {
        seq,
        at: event.at,
        kind: &event.kind,
        actor_id: event.actor_id,
        subject_kind: &event.subject_kind,
        subject_id: event.subject_id,
        contact_id: event.contact_id,
    };
    (link(last_hash, &parts, kept_digest) != *kept_hash).then_some(ChainFault::Link { seq })
}
