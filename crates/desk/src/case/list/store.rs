//! SQL of lists. Each part of a view reads 51 entries of one index; with several parts the page
//! is merged from these few.

use db::{DbError, Row, Tx};
use people::ContactId;
use platform::Error;

use super::{Branch, CaseRow, Cursor, Order, ROWS_MAX};
use crate::case::store::{owner, read_number};
use crate::reach::{Params, Reach};

/// Columns of a `CaseRow`, read beside `desk_case c` by key.
const ROW: &str = "c.id, c.number_kind, c.number_year, c.number_serial, c.case_type, c.subject,
    c.contact_id, p.name, c.snippet, c.channel, s.label, c.status_type, c.priority, c.owner_id,
    m.name, q.name, c.unread, c.opened_at, c.last_customer_at, c.waiting_since, c.urgency";

/// `left` keeps the planner from beginning with anything but the case.
const BESIDE: &str = "left join contact_card p on p.id = c.contact_id
    left join case_status s on s.id = c.status_id left join member_name m on m.id = c.owner_id
    left join queue q on q.id = c.queue_id";

fn read(row: &Row<'_>) -> Result<CaseRow, DbError> {
    Ok(CaseRow {
        id: row.get(0)?,
        number: read_number(row, 1)?,
        case_type: row.get(4)?,
        subject: row.get(5)?,
        contact_id: row.get(6)?,
        contact_name: row.get(7)?,
        snippet: row.get(8)?,
        channel: row.get(9)?,
        status_label: row.get(10)?,
        status: row.get(11)?,
        priority: row.get(12)?,
        owner_id: owner(row.get(13)?),
        owner_name: row.get(14)?,
        queue_name: row.get(15)?,
        unread: row.get(16)?,
        opened_at: row.get(17)?,
        last_customer_at: row.get(18)?,
        waiting_since: row.get(19)?,
    })
}

/// One row more than a page holds, each with its sort key.
pub(super) fn page(
    tx: &mut Tx<'_>,
    branches: &[Branch],
    done: bool,
    order: Order,
    after: Option<Cursor>,
) -> Result<Vec<(i64, CaseRow)>, Error> {
    let mut params = Params::default();
    let sql = statement(&mut params, branches, done, order, after);
    Ok(tx.query(&sql, &params.refs(), |row| {
        let case = read(row)?;
        let key = if order == Order::Urgent { row.get(20)? } else { case.id.0 };
        Ok((key, case))
    })?)
}

fn statement(
    params: &mut Params,
    branches: &[Branch],
    done: bool,
    order: Order,
    after: Option<Cursor>,
) -> String {
    let limit = ROWS_MAX + 1;
    let (place, way, from) = match order {
        Order::Urgent => {
            let start = after.unwrap_or(Cursor { key: -1, id: -1 });
            let (key, id) = (params.add(start.key), params.add(start.id));
            ("c.urgency", "", format!("(c.urgency, c.id) > ({key}, {id})"))
        }
        Order::Newest => {
            let start = after.map_or(i64::MAX, |cursor| cursor.id);
            ("c.id", " desc", format!("c.id < {}", params.add(start)))
        }
    };
    let sequence = format!("{place}{way}, c.id{way}");
    if let [branch] = branches {
        let condition = condition(params, branch, done);
        return format!(
            "select {ROW} from desk_case c {BESIDE} where {condition} and {from}
             order by {sequence} limit {limit}"
        );
    }
    let parts: Vec<String> = branches
        .iter()
        .enumerate()
        .map(|(at, branch)| {
            let condition = condition(params, branch, done);
            format!(
                "select b{at}.id, b{at}.place from (select c.id as id, {place} as place
                 from desk_case c where {condition} and {from}
                 order by {sequence} limit {limit}) b{at}"
            )
        })
        .collect();
    format!(
        "select {ROW} from (select u.id, u.place from ({}) u
         order by u.place{way}, u.id{way} limit {limit}) k
         left join desk_case c on c.id = k.id {BESIDE} order by k.place{way}, k.id{way}",
        parts.join(" union all ")
    )
}

/// The rows of a branch. Whether a case is live stands as a literal: partial indexes ask for it.
fn condition(params: &mut Params, branch: &Branch, done: bool) -> String {
    let mut parts = vec![format!("c.live = {}", i64::from(!done))];
    if branch.pending {
        parts.push("c.status_type = 'pending_customer'".into());
    }
    if let Some(owner) = branch.owner {
        parts.push(format!("c.owner_id = {}", params.add(owner)));
    }
    if let Some(queue) = branch.queue {
        parts.push(format!("c.queue_id = {}", params.add(queue)));
    }
    if !branch.queues_not.is_empty() {
        let queues: Vec<String> = branch.queues_not.iter().map(|id| params.add(*id)).collect();
        parts.push(format!("c.queue_id not in ({})", queues.join(", ")));
    }
    parts.join(" and ")
}

/// Cases of any of these people within reach, newest first.
pub(crate) fn of_contacts(
    tx: &mut Tx<'_>,
    reach: &Reach,
    contacts: &[ContactId],
    limit: usize,
) -> Result<Vec<CaseRow>, Error> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = Params::default();
    let people: Vec<String> = contacts.iter().map(|id| params.add(id.0)).collect();
    let condition = reach.condition(&mut params);
    let sql = format!(
        "select {ROW} from desk_case c {BESIDE} where c.contact_id in ({}) and {condition}
         order by c.id desc limit {limit}",
        people.join(", ")
    );
    Ok(tx.query(&sql, &params.refs(), read)?)
}

/// Cases with this serial number, of any kind and year or of the ones named, newest first.
pub(crate) fn by_numbers(
    tx: &mut Tx<'_>,
    reach: &Reach,
    serial: i64,
    year: Option<i64>,
    limit: usize,
) -> Result<Vec<CaseRow>, Error> {
    let mut params = Params::default();
    let mut condition = format!("c.number_serial = {}", params.add(serial));
    if let Some(year) = year {
        condition += &format!(" and c.number_year = {}", params.add(year));
    }
    let reach = reach.condition(&mut params);
    let sql = format!(
        "select {ROW} from desk_case c {BESIDE} where {condition} and {reach}
         order by c.id desc limit {limit}"
    );
    Ok(tx.query(&sql, &params.refs(), read)?)
}

#[cfg(test)]
mod tests;
