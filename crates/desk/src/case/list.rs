//! Lists of cases: views within the actor's reach, in pages of 50.

mod store;

use std::fmt;
use std::str::FromStr;

use base::UtcMs;
use db::Tx;
use people::ContactId;
use platform::{Actor, Error, MemberId, Scope};
use serde::Serialize;

use super::{CaseId, CaseNumber};
use crate::kinds::{CaseType, Channel, Priority, StatusType};
use crate::permissions::DeskPermission;
use crate::queue::{self, QueueId};
use crate::reach::Reach;

pub(crate) use store::{by_numbers, of_contacts};

/// Rows of one page.
pub const ROWS_MAX: usize = 50;

/// What a row of a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    pub id: CaseId,
    pub number: CaseNumber,
    pub case_type: CaseType,
    pub subject: String,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub snippet: String,
    pub channel: Channel,
    pub status_label: String,
    pub status: StatusType,
    pub priority: Priority,
    pub owner_id: Option<MemberId>,
    pub owner_name: Option<String>,
    pub queue_name: Option<String>,
    pub unread: bool,
    pub opened_at: UtcMs,
    pub last_customer_at: Option<UtcMs>,
    pub waiting_since: Option<UtcMs>,
}

/// Which cases. Written `mine`, `unassigned`, `open`, `waiting`, `done`, `queue-7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The actor's own live cases.
    Mine,
    /// Live cases of nobody.
    Unassigned,
    /// All live cases.
    Open,
    /// Live cases where the customer has the next word.
    Waiting,
    /// Resolved and closed ones, newest first.
    Done,
    /// Live cases of a queue.
    Queue(QueueId),
}

/// In which order, written `urgent` or `newest`. Finished cases are always newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Priority, then who has waited longest.
    #[default]
    Urgent,
    /// Opened last, first.
    Newest,
}

/// Where a page ended. Written `KEY.ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub key: i64,
    pub id: i64,
}

/// One page, and where the next one begins, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseList {
    pub rows: Vec<CaseRow>,
    pub next: Option<Cursor>,
}

/// One page of a view: 50 rows in one query, whatever the number of cases.
pub fn list_cases(
    tx: &mut Tx<'_>,
    actor: &Actor,
    view: View,
    order: Order,
    after: Option<Cursor>,
) -> Result<CaseList, Error> {
    let branches = branches(tx, actor, view)?;
    if branches.is_empty() {
        return Ok(CaseList { rows: Vec::new(), next: None });
    }
    let order = if view == View::Done { Order::Newest } else { order };
    let mut keyed = store::page(tx, &branches, view == View::Done, order, after)?;
    let more = keyed.len() > ROWS_MAX;
    keyed.truncate(ROWS_MAX);
    let next = keyed.last().filter(|_| more).map(|(key, row)| Cursor { key: *key, id: row.id.0 });
    Ok(CaseList { rows: keyed.into_iter().map(|(_, row)| row).collect(), next })
}

/// A part of a list that one index serves in order: what must be equal in all of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Branch {
    /// 0 is nobody.
    owner: Option<i64>,
    queue: Option<i64>,
    pending: bool,
    /// Queues that other branches bring already.
    queues_not: Vec<i64>,
}

/// A view within a reach, as parts that do not overlap. The same rule as `Reach::condition`, cut
/// so that each part is read in its order from an index.
fn branches(tx: &mut Tx<'_>, actor: &Actor, view: View) -> Result<Vec<Branch>, Error> {
    let reach = Reach::of(actor, DeskPermission::ReadCase)?;
    let me = Some(reach.member_id.0);
    let asked = Branch {
        owner: match view {
            View::Mine => me,
            View::Unassigned => Some(0),
            _ => None,
        },
        queue: if let View::Queue(id) = view { Some(id.0) } else { None },
        pending: view == View::Waiting,
        queues_not: Vec::new(),
    };
    if reach.scope == Scope::All || view == View::Mine {
        return Ok(vec![asked]);
    }
    if reach.scope == Scope::Own {
        let possible = asked.owner.is_none();
        return Ok(if possible { vec![Branch { owner: me, ..asked }] } else { Vec::new() });
    }
    let teams_queues = queue::queues_of_teams(tx, &reach.teams)?;
    let queues: Vec<i64> = teams_queues.iter().map(|id| id.0).collect();
    if let Some(queue) = asked.queue {
        let within = queues.contains(&queue);
        return Ok(vec![if within { asked } else { Branch { owner: me, ..asked } }]);
    }
    let mut parts: Vec<Branch> =
        queues.iter().map(|queue| Branch { queue: Some(*queue), ..asked.clone() }).collect();
    if asked.owner.is_none() {
        parts.push(Branch { owner: me, queues_not: queues, ..asked });
    }
    Ok(parts)
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            View::Mine => f.write_str("mine"),
            View::Unassigned => f.write_str("unassigned"),
            View::Open => f.write_str("open"),
            View::Waiting => f.write_str("waiting"),
            View::Done => f.write_str("done"),
            View::Queue(id) => write!(f, "queue-{id}"),
        }
    }
}

impl FromStr for View {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "mine" => View::Mine,
            "unassigned" => View::Unassigned,
            "open" => View::Open,
            "waiting" => View::Waiting,
            "done" => View::Done,
            _ => {
                let id = text.strip_prefix("queue-").and_then(|id| id.parse().ok());
                View::Queue(id.ok_or(())?)
            }
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Order::Urgent { "urgent" } else { "newest" })
    }
}

impl FromStr for Order {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "urgent" => Ok(Order::Urgent),
            "newest" => Ok(Order::Newest),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.key, self.id)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (key, id) = text.split_once('.').ok_or(())?;
        Ok(Cursor { key: key.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_and_cursors_read_back() {
        for view in [View::Mine, View::Unassigned, View::Open, View::Waiting, View::Done] {
            assert_eq!(view.to_string().parse(), Ok(view));
        }
        assert_eq!("queue-7".parse(), Ok(View::Queue(QueueId(7))));
        assert_eq!("queue-x".parse::<View>(), Err(()));
        let cursor = Cursor { key: 12, id: 7 };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        assert_eq!("12".parse::<Cursor>(), Err(()));
    }
}
