//! All that a case's page shows, read from one snapshot.

use db::{EventFilter, StoredEvent, Tx, newest_events};
use people::ContactPage;
use platform::{Actor, Error};

use super::{Case, CaseId, CaseNumber, case_by_number, store, visible};
use crate::conversation::{self, Conversation};
use crate::draft::{self, Draft};
use crate::message::{self, Attachment, Message, MessageId};
use crate::permissions::DeskPermission;

/// Messages, and events, of one page.
const MESSAGES_MAX: usize = 100;
const EVENTS_MAX: i64 = 200;

/// A case with its conversation and its customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CasePage {
    pub case: Case,
    pub status_label: String,
    pub queue_name: Option<String>,
    pub category_name: Option<String>,
    pub owner_name: Option<String>,
    pub contact: ContactPage,
    pub conversation: Conversation,
    /// The last 100, oldest first.
    pub messages: Vec<Message>,
    /// True when there are older ones.
    pub has_older: bool,
    /// Of these messages, in their order.
    pub attachments: Vec<Attachment>,
    /// The last 200, oldest first. Those of messages are told by the messages themselves.
    pub events: Vec<StoredEvent>,
    /// What the actor was writing.
    pub draft: Option<Draft>,
}

/// A case's page.
pub fn case_page(tx: &mut Tx<'_>, actor: &Actor, number: &CaseNumber) -> Result<CasePage, Error> {
    let case = case_by_number(tx, actor, number)?;
    let labels = store::labels(tx, case.id)?;
    let (messages, has_older) = page_of_messages(tx, case.id, MessageId(i64::MAX))?;
    let first = messages.first().map_or(MessageId(i64::MAX), |message| message.id);
    Ok(CasePage {
        status_label: labels.status,
        queue_name: labels.queue,
        category_name: labels.category,
        owner_name: labels.owner,
        contact: people::contact_page(tx, actor, case.contact_id)?,
        conversation: conversation::must_find(tx, case.conversation_id)?,
        attachments: message::attachments_between(tx, case.id, first, MessageId(i64::MAX))?,
        messages,
        has_older,
        events: events(tx, case.id)?,
        draft: draft::of(tx, actor.member_id, case.id)?,
        case,
    })
}

/// The 100 messages before the one named, oldest first, with their attachments, and whether there
/// are still older ones.
pub fn older_messages(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    before: MessageId,
) -> Result<(Vec<Message>, Vec<Attachment>, bool), Error> {
    visible(tx, actor, DeskPermission::ReadCase, case_id)?;
    let (messages, has_older) = page_of_messages(tx, case_id, before)?;
    let first = messages.first().map_or(before, |message| message.id);
    let attachments = message::attachments_between(tx, case_id, first, before)?;
    Ok((messages, attachments, has_older))
}

fn events(tx: &mut Tx<'_>, id: CaseId) -> Result<Vec<StoredEvent>, Error> {
    let subject = Some(("case".to_string(), id.0));
    let of_case = EventFilter { subject, ..EventFilter::default() };
    let mut events = newest_events(tx, &of_case, EVENTS_MAX)?;
    events.reverse();
    Ok(events)
}

fn page_of_messages(
    tx: &mut Tx<'_>,
    case_id: CaseId,
    before: MessageId,
) -> Result<(Vec<Message>, bool), Error> {
    let mut messages = message::before(tx, case_id, before, MESSAGES_MAX + 1)?;
    let has_older = messages.len() > MESSAGES_MAX;
    if has_older {
        messages.remove(0);
    }
    Ok((messages, has_older))
}
