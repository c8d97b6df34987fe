//! A case: something a customer wants, with a number, until it is done.

pub mod api;
mod assign;
mod change;
mod count;
mod find;
mod list;
mod number;
mod open;
mod page;
pub(crate) mod pages;
mod progress;
mod store;

use base::UtcMs;
use db::Tx;
use people::{AccountId, ContactId};
use platform::{Actor, Error, MemberId, Permission};
use serde::Serialize;

use crate::category::CategoryId;
use crate::conversation::ConversationId;
use crate::kinds::{CaseType, Channel, Priority, StatusType};
use crate::permissions::DeskPermission;
use crate::queue::QueueId;
use crate::reach::Reach;
use crate::status::{CaseStatus, StatusId};

pub use assign::{Assignment, assign, take_case};
pub use change::{CaseChange, change_case, mark_read};
pub use count::{Counts, count_cases};
pub use find::{cases_of_contact, find_cases};
pub use list::{CaseList, CaseRow, Cursor, Order, ROWS_MAX, View, list_cases};
pub use number::CaseNumber;
pub use open::{Customer, NewCase, Opened, open_case};
pub use page::{CasePage, case_page, older_messages};
pub use progress::{close_case, reopen_case, resolve_case, set_status};

pub(crate) use assign::assigned;
pub(crate) use open::{Opening, begin};
pub(crate) use progress::{move_to, record_change};
pub(crate) use store::{latest_of_conversation, read_number, save};

base::typed_id!(
    /// Something a customer wants.
    CaseId,
);

pub(crate) const SUBJECT_MAX: usize = 300;
const SNIPPET_MAX: usize = 140;

/// A case, as its row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    pub id: CaseId,
    pub number: CaseNumber,
    pub case_type: CaseType,
    pub subject: String,
    pub contact_id: ContactId,
    pub account_id: Option<AccountId>,
    pub category_id: Option<CategoryId>,
    pub priority: Priority,
    pub status_id: StatusId,
    pub status: StatusType,
    pub queue_id: Option<QueueId>,
    pub owner_id: Option<MemberId>,
    pub conversation_id: ConversationId,
    /// The case a customer spoke of when this one began, though not in its conversation.
    pub related_id: Option<CaseId>,
    pub channel: Channel,
    pub opened_at: UtcMs,
    pub first_replied_at: Option<UtcMs>,
    pub last_customer_at: Option<UtcMs>,
    pub last_agent_at: Option<UtcMs>,
    /// The customer's first message that nobody has answered yet.
    pub waiting_since: Option<UtcMs>,
    pub resolved_at: Option<UtcMs>,
    pub closed_at: Option<UtcMs>,
    /// The customer wrote and nobody has looked yet.
    pub unread: bool,
    /// The beginning of the last message that both sides can read.
    pub snippet: String,
    /// Counts changes of its fields by `change_case`: a form sends back the one it was made from.
    pub version: i64,
}

/// What a customer's new message does to a case of its conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Continue,
    Reopen,
    /// It ended too long ago.
    OpenNew,
}

/// One case, by its number. What is out of reach is not found.
pub fn case_by_number(tx: &mut Tx<'_>, actor: &Actor, number: &CaseNumber) -> Result<Case, Error> {
    let reach = Reach::of(actor, DeskPermission::ReadCase)?;
    let (case, team) = store::by_number(tx, number)?.ok_or(Error::NotFound)?;
    if reach.covers(case.owner_id, team) { Ok(case) } else { Err(Error::NotFound) }
}

/// One case, by its id. What is out of reach is not found.
pub fn case_by_id(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<Case, Error> {
    visible(tx, actor, DeskPermission::ReadCase, id)
}

/// The case, if the actor may do `permission` with it. A case that may not even be read is not
/// found; one that may only be read is refused.
pub(crate) fn visible(
    tx: &mut Tx<'_>,
    actor: &Actor,
    permission: DeskPermission,
    id: CaseId,
) -> Result<Case, Error> {
    let wanted = Reach::of(actor, permission)?;
    let readable = Reach::of(actor, DeskPermission::ReadCase)?;
    let (case, team) = store::by_id(tx, id)?.ok_or(Error::NotFound)?;
    if !readable.covers(case.owner_id, team) {
        return Err(Error::NotFound);
    }
    if !wanted.covers(case.owner_id, team) {
        return Err(Error::Denied { permission: permission.key() });
    }
    Ok(case)
}

impl Case {
    /// Priority, then whether the customer waits, then since when: the least is the most urgent.
    pub fn urgency(&self) -> i64 {
        let rank = match self.priority {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
            Priority::Low => 3,
        };
        let calm = i64::from(self.waiting_since.is_none());
        let since = self.waiting_since.or(self.last_agent_at).unwrap_or(self.opened_at);
        (rank << 50) | (calm << 49) | since.0.clamp(0, (1 << 49) - 1)
    }

    /// What a message of the customer at `at` does to this case.
    pub(crate) fn verdict(&self, at: UtcMs, reopen_ms: i64) -> Verdict {
        if self.status.is_live() {
            return Verdict::Continue;
        }
        match self.closed_at {
            Some(closed_at) if at.since(closed_at) > reopen_ms => Verdict::OpenNew,
            _ => Verdict::Reopen,
        }
    }

    /// The customer said something.
    pub(crate) fn customer_wrote(&mut self, at: UtcMs, text: &str) {
        self.last_customer_at = self.last_customer_at.max(Some(at));
        self.waiting_since = self.waiting_since.or(Some(at));
        self.unread = true;
        self.snippet = snippet(text);
    }

    /// A member answered the customer.
    pub(crate) fn member_replied(&mut self, at: UtcMs, text: &str) {
        self.last_agent_at = Some(at);
        self.first_replied_at = self.first_replied_at.or(Some(at));
        self.waiting_since = None;
        self.unread = false;
        self.snippet = snippet(text);
    }

    /// Takes on a status, with what its type implies.
    pub(crate) fn enter(&mut self, status: &CaseStatus, at: UtcMs) {
        self.status_id = status.id;
        self.status = status.status_type;
        match status.status_type {
            StatusType::Resolved => {
                self.resolved_at = Some(at);
                self.closed_at = None;
            }
            StatusType::Closed => {
                self.resolved_at = self.resolved_at.or(Some(at));
                self.closed_at = Some(at);
            }
            _ => {
                self.resolved_at = None;
                self.closed_at = None;
            }
        }
        if !self.status.is_live() {
            self.waiting_since = None;
        }
    }
}

/// The first words of a text, on one line.
pub(crate) fn snippet(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() >= SNIPPET_MAX {
            break;
        }
    }
    line.chars().filter(|c| !c.is_control()).take(SNIPPET_MAX).collect()
}

#[cfg(test)]
mod tests;
