//! SQL of cases: one row in, one row out, and the counts that follow each change.

use db::{DbError, Row, Tx};
use people::ContactId;
use platform::{Error, MemberId, TeamId};

use super::{Case, CaseId, CaseNumber};
use crate::conversation::ConversationId;
use crate::kinds::{CaseType, StatusType};
use crate::queue::QueueId;

/// Columns of a `Case` over `desk_case c`, and the team of its queue over `queue q`.
const CASE: &str = "c.id, c.number_kind, c.number_year, c.number_serial, c.case_type, c.subject,
    c.contact_id, c.account_id, c.category_id, c.priority, c.status_id, c.status_type, c.queue_id,
    c.owner_id, c.conversation_id, c.related_id, c.channel, c.opened_at, c.first_replied_at,
    c.last_customer_at, c.last_agent_at, c.waiting_since, c.resolved_at, c.closed_at, c.unread,
    c.snippet, c.version, q.team_id
    from desk_case c left join queue q on q.id = c.queue_id";

fn read(row: &Row<'_>) -> Result<(Case, Option<TeamId>), DbError> {
    let case = Case {
        id: row.get(0)?,
        number: read_number(row, 1)?,
        case_type: row.get(4)?,
        subject: row.get(5)?,
        contact_id: row.get(6)?,
        account_id: row.get(7)?,
        category_id: row.get(8)?,
        priority: row.get(9)?,
        status_id: row.get(10)?,
        status: row.get(11)?,
        queue_id: queue(row.get(12)?),
        owner_id: owner(row.get(13)?),
        conversation_id: row.get(14)?,
        related_id: row.get(15)?,
        channel: row.get(16)?,
        opened_at: row.get(17)?,
        first_replied_at: row.get(18)?,
        last_customer_at: row.get(19)?,
        last_agent_at: row.get(20)?,
        waiting_since: row.get(21)?,
        resolved_at: row.get(22)?,
        closed_at: row.get(23)?,
        unread: row.get(24)?,
        snippet: row.get(25)?,
        version: row.get(26)?,
    };
    Ok((case, row.get(27)?))
}

/// The three parts of a number, from column `at` on.
pub(crate) fn read_number(row: &Row<'_>, at: usize) -> Result<CaseNumber, DbError> {
    let prefix: String = row.get(at)?;
    let kind = CaseType::ALL.iter().find(|kind| kind.prefix() == prefix);
    let kind = *kind.ok_or(DbError::Column { index: at, problem: format!("{prefix}?") })?;
    Ok(CaseNumber { kind, year: row.get(at + 1)?, serial: row.get(at + 2)? })
}

/// 0 in a row is nobody.
pub(crate) fn owner(raw: i64) -> Option<MemberId> {
    (raw != 0).then_some(MemberId(raw))
}

/// 0 in a row is no queue.
pub(crate) fn queue(raw: i64) -> Option<QueueId> {
    (raw != 0).then_some(QueueId(raw))
}

pub(super) fn by_id(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<(Case, Option<TeamId>)>, Error> {
    Ok(tx.opt(&format!("select {CASE} where c.id = ?1"), &[&id], read)?)
}

pub(super) fn by_number(
    tx: &mut Tx<'_>,
    number: &CaseNumber,
) -> Result<Option<(Case, Option<TeamId>)>, Error> {
    let sql = format!(
        "select {CASE} where c.number_serial = ?1 and c.number_year = ?2 and c.number_kind = ?3"
    );
    Ok(tx.opt(&sql, &[&number.serial, &number.year, &number.kind.prefix()], read)?)
}

/// The case that a conversation is about now.
pub(crate) fn latest_of_conversation(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<Option<Case>, Error> {
    let sql = format!("select {CASE} where c.conversation_id = ?1 order by c.id desc limit 1");
    Ok(tx.opt(&sql, &[&id], read)?.map(|(case, _)| case))
}

pub(super) fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<(), Error> {
    tx.exec(
        "insert into desk_case (id, number_kind, number_year, number_serial, case_type, subject,
         contact_id, account_id, category_id, priority, status_id, status_type, live, queue_id,
         owner_id, conversation_id, related_id, channel, opened_at, first_replied_at,
         last_customer_at, last_agent_at, waiting_since, resolved_at, closed_at, unread, snippet,
         urgency, version)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
         ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
        &[
            &case.id,
            &case.number.kind.prefix(),
            &case.number.year,
            &case.number.serial,
            &case.case_type,
            &case.subject,
            &case.contact_id,
            &case.account_id,
            &case.category_id,
            &case.priority,
            &case.status_id,
            &case.status,
            &case.status.is_live(),
            &raw_queue(case),
            &raw_owner(case),
            &case.conversation_id,
            &case.related_id,
            &case.channel,
            &case.opened_at,
            &case.first_replied_at,
            &case.last_customer_at,
            &case.last_agent_at,
            &case.waiting_since,
            &case.resolved_at,
            &case.closed_at,
            &case.unread,
            &case.snippet,
            &case.urgency(),
            &case.version,
        ],
    )?;
    count(tx, case, 1)
}

/// Writes what changed of a case, and moves it between the counts when its place changed.
pub(crate) fn save(tx: &mut Tx<'_>, before: &Case, after: &Case) -> Result<(), Error> {
    if before == after {
        return Ok(());
    }
    let fields = |case: &Case| (case.case_type, case.category_id, case.priority, case.version);
    if fields(before) != fields(after) || before.subject != after.subject {
        describe(tx, after)?;
    }
    let place = |case: &Case| (case.owner_id, case.queue_id, case.status_id, case.closed_at);
    if place(before) == place(after) && before.resolved_at == after.resolved_at {
        return talk(tx, after);
    }
    put(tx, after)?;
    let cell = |case: &Case| (case.owner_id, case.queue_id, case.status);
    if cell(before) != cell(after) {
        count(tx, before, -1)?;
        count(tx, after, 1)?;
    }
    Ok(())
}

/// What each message changes. The columns of where it stands are left alone, and so are their
/// indexes.
fn talk(tx: &mut Tx<'_>, case: &Case) -> Result<(), Error> {
    tx.exec(
        "update desk_case set first_replied_at = ?2, last_customer_at = ?3, last_agent_at = ?4,
         waiting_since = ?5, unread = ?6, snippet = ?7, urgency = ?8 where id = ?1",
        &[
            &case.id,
            &case.first_replied_at,
            &case.last_customer_at,
            &case.last_agent_at,
            &case.waiting_since,
            &case.unread,
            &case.snippet,
            &case.urgency(),
        ],
    )?;
    Ok(())
}

/// What a form changes.
fn describe(tx: &mut Tx<'_>, case: &Case) -> Result<(), Error> {
    tx.exec(
        "update desk_case set case_type = ?2, subject = ?3, category_id = ?4, priority = ?5,
         version = ?6 where id = ?1",
        &[
            &case.id,
            &case.case_type,
            &case.subject,
            &case.category_id,
            &case.priority,
            &case.version,
        ],
    )?;
    Ok(())
}

/// Where it stands, with what a message changes: one pass over its indexes.
fn put(tx: &mut Tx<'_>, case: &Case) -> Result<(), Error> {
    tx.exec(
        "update desk_case set status_id = ?2, status_type = ?3, live = ?4, queue_id = ?5,
         owner_id = ?6, resolved_at = ?7, closed_at = ?8, first_replied_at = ?9,
         last_customer_at = ?10, last_agent_at = ?11, waiting_since = ?12, unread = ?13,
         snippet = ?14, urgency = ?15 where id = ?1",
        &[
            &case.id,
            &case.status_id,
            &case.status,
            &case.status.is_live(),
            &raw_queue(case),
            &raw_owner(case),
            &case.resolved_at,
            &case.closed_at,
            &case.first_replied_at,
            &case.last_customer_at,
            &case.last_agent_at,
            &case.waiting_since,
            &case.unread,
            &case.snippet,
            &case.urgency(),
        ],
    )?;
    Ok(())
}

/// Looked at: nothing but the mark changes, and only where it is.
pub(super) fn clear_unread(tx: &mut Tx<'_>, id: CaseId) -> Result<(), Error> {
    tx.exec("update desk_case set unread = 0 where id = ?1 and unread = 1", &[&id])?;
    Ok(())
}

fn count(tx: &mut Tx<'_>, case: &Case, step: i64) -> Result<(), Error> {
    tx.exec(
        "insert into case_count (owner_id, queue_id, status_type, cases) values (?1, ?2, ?3, ?4)
         on conflict (owner_id, queue_id, status_type)
         do update set cases = case_count.cases + excluded.cases",
        &[&raw_owner(case), &raw_queue(case), &case.status, &step],
    )?;
    Ok(())
}

fn raw_owner(case: &Case) -> i64 {
    case.owner_id.map_or(0, |id| id.0)
}

fn raw_queue(case: &Case) -> i64 {
    case.queue_id.map_or(0, |id| id.0)
}

/// One cell of the counts.
pub(super) struct Cell {
    pub owner_id: Option<MemberId>,
    pub queue_id: Option<QueueId>,
    pub team_id: Option<TeamId>,
    pub status: StatusType,
    pub cases: i64,
}

/// The cells of live cases.
pub(super) fn live_cells(tx: &mut Tx<'_>) -> Result<Vec<Cell>, Error> {
    Ok(tx.query(
        "select n.owner_id, n.queue_id, q.team_id, n.status_type, n.cases from case_count n
         left join queue q on q.id = n.queue_id
         where n.cases <> 0 and n.status_type not in ('resolved', 'closed')",
        &[],
        |row| {
            Ok(Cell {
                owner_id: owner(row.get(0)?),
                queue_id: queue(row.get(1)?),
                team_id: row.get(2)?,
                status: row.get(3)?,
                cases: row.get(4)?,
            })
        },
    )?)
}

/// The labels beside a case on its page: status, queue, category, owner.
pub(super) struct Labels {
    pub status: String,
    pub queue: Option<String>,
    pub category: Option<String>,
    pub owner: Option<String>,
}

pub(super) fn labels(tx: &mut Tx<'_>, id: CaseId) -> Result<Labels, Error> {
    Ok(tx.one(
        "select s.label, q.name, g.name, m.name from desk_case c
         join case_status s on s.id = c.status_id left join queue q on q.id = c.queue_id
         left join category g on g.id = c.category_id left join member_name m on m.id = c.owner_id
         where c.id = ?1",
        &[&id],
        |row| {
            Ok(Labels {
                status: row.get(0)?,
                queue: row.get(1)?,
                category: row.get(2)?,
                owner: row.get(3)?,
            })
        },
    )?)
}

/// The organisation that a customer belongs to.
pub(super) fn account_of(
    tx: &mut Tx<'_>,
    id: ContactId,
) -> Result<Option<people::AccountId>, Error> {
    let sql = "select account_id from contact_card where id = ?1";
    Ok(tx.opt(sql, &[&id], |row| row.get(0))?.flatten())
}
