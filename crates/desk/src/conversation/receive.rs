//! A customer's message comes in: it goes on with a case, brings one back, or opens one.

use base::{EmailAddress, UtcMs};
use db::Tx;
use people::{ContactId, KnownContact, check};
use platform::{Actor, Error, FileId, record, setting};
use serde::Serialize;

use super::{Conversation, ConversationId, must_find, store};
use crate::case::{self, Case, CaseId, CaseNumber, Opening, SUBJECT_MAX, Verdict};
use crate::events::{CaseReopened, CaseStatusChanged, MessageReceived};
use crate::kinds::{
    AuthorKind, CaseType, Channel, ConversationState, Direction, MessageStatus, Priority,
    StatusType,
};
use crate::message::{self, Address, MessageId, NewAttachment, NewMessage, TEXT_MAX};
use crate::permissions::DeskPermission;
use crate::queue::{self, QueueId};
use crate::settings::DeskSettings;

/// Others who take part in a mail; more are kept on the message only.
const PARTICIPANTS_MAX: usize = 50;

/// A message as a carrier hands it over, parsed and threaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboundMessage {
    pub channel: Channel,
    pub mailbox_id: Option<i64>,
    /// Where a new case waits; None is where unsorted work waits.
    pub queue_id: Option<QueueId>,
    /// What a new case is, and so how its number begins; None is what the workspace takes for
    /// granted.
    pub case_type: Option<CaseType>,
    pub from: EmailAddress,
    pub from_name: String,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub text: String,
    /// The text without quoted history.
    pub reply_text: String,
    pub html_file_id: Option<FileId>,
    pub attachments: Vec<NewAttachment>,
    pub thread: Thread,
    /// The channel's own name of it: a Message-ID.
    pub channel_key: Option<String>,
    /// A machine wrote it: it wakes nobody, brings no finished case back, and wants no answer.
    pub auto: bool,
    pub received_at: UtcMs,
    /// The language it seems to be in, for a contact not known yet; empty is English.
    pub language: String,
}

/// Which conversation it belongs to. The carrier knows, and never guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thread {
    Conversation(ConversationId),
    New {
        /// A case it speaks of without belonging to it.
        related: Option<CaseId>,
    },
}

/// What became of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Opened,
    Reopened,
    Continued,
}

/// Where the message is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// Who wrote it.
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub case_id: CaseId,
    pub number: CaseNumber,
    pub message_id: MessageId,
    pub outcome: Outcome,
}

/// Takes a customer's message in. The contact is made when the address is new; owner and queue of
/// a known case stay.
pub fn receive(tx: &mut Tx<'_>, actor: &Actor, inbound: InboundMessage) -> Result<Received, Error> {
    actor.require(DeskPermission::CreateCase)?;
    let from = &inbound.from;
    let sender =
        people::find_or_make_by_email(tx, actor, from, &inbound.from_name, &inbound.language)?;
    let at = inbound.received_at.min(tx.now());
    let subject = check::tidied(&inbound.subject, SUBJECT_MAX);
    let (contact_id, conversation_id) = match inbound.thread {
        Thread::New { .. } => {
            let (channel, mailbox_id) = (inbound.channel, inbound.mailbox_id);
            let id = store::begin(tx, sender.id, channel, &subject, mailbox_id, at)?;
            (sender.id, id)
        }
        Thread::Conversation(id) => {
            let conversation = must_find(tx, id)?;
            if let Some(received) = go_on(tx, actor, &inbound, &sender, &conversation, at)? {
                return Ok(received);
            }
            store::spoke(tx, id, ConversationState::Open, at)?;
            (conversation.contact_id, id)
        }
    };
    add_participants(tx, &inbound, &sender, contact_id, conversation_id)?;
    let opened = open(tx, actor, &inbound, &sender, (contact_id, conversation_id, subject, at))?;
    let message_id = opened.message_id;
    Ok(Received {
        contact_id: sender.id,
        conversation_id,
        case_id: opened.case_id,
        number: opened.number,
        message_id: message_id.ok_or_else(|| Error::Internal("a message was given".into()))?,
        outcome: Outcome::Opened,
    })
}

/// Adds the message to the conversation's case, unless that one ended too long ago.
fn go_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    inbound: &InboundMessage,
    sender: &KnownContact,
    conversation: &Conversation,
    at: UtcMs,
) -> Result<Option<Received>, Error> {
    let Some(before) = case::latest_of_conversation(tx, conversation.id)? else {
        return Ok(None);
    };
    let mut verdict = Verdict::Continue;
    if !before.status.is_live() && !inbound.auto {
        let days = setting::<DeskSettings>(tx)?.reopen_days;
        verdict = before.verdict(at, days.saturating_mul(UtcMs::DAY));
    }
    if verdict == Verdict::OpenNew {
        return Ok(None);
    }
    let new = message_of(inbound, sender, at);
    let message_id = message::insert(tx, &before, &new)?;
    let after = heard(tx, &before, &new)?;
    case::save(tx, &before, &after)?;
    if !inbound.auto {
        store::spoke(tx, conversation.id, ConversationState::Open, at)?;
    }
    add_participants(tx, inbound, sender, conversation.contact_id, conversation.id)?;
    record_heard(tx, actor, (&before, &after), message_id, inbound.auto)?;
    Ok(Some(Received {
        contact_id: sender.id,
        conversation_id: conversation.id,
        case_id: before.id,
        number: before.number,
        message_id,
        outcome: if verdict == Verdict::Reopen { Outcome::Reopened } else { Outcome::Continued },
    }))
}

/// The case after the customer said something: live, and the desk's turn. A machine's message only
/// shows that something came.
pub(crate) fn heard(tx: &mut Tx<'_>, before: &Case, new: &NewMessage) -> Result<Case, Error> {
    let mut case = before.clone();
    if new.auto {
        case.unread |= case.status.is_live();
        return Ok(case);
    }
    if matches!(case.status, StatusType::PendingCustomer | StatusType::OnHold)
        || !case.status.is_live()
    {
        case::move_to(tx, &mut case, StatusType::Open)?;
    }
    case.customer_wrote(new.at, new.words());
    Ok(case)
}

/// Records what a customer's message did to a case that was there.
pub(crate) fn record_heard(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (&Case, &Case),
    message_id: MessageId,
    auto: bool,
) -> Result<(), Error> {
    let (case_id, contact_id) = (before.id, before.contact_id);
    if !before.status.is_live() && after.status.is_live() {
        let (from, status_id) = (before.status, after.status_id);
        let message_id = Some(message_id);
        let reopened = CaseReopened { case_id, contact_id, from, status_id, message_id };
        record(tx, actor, &reopened)?;
        return Ok(());
    }
    let channel = before.channel;
    record(tx, actor, &MessageReceived { case_id, contact_id, message_id, channel, auto })?;
    if before.status != after.status {
        let changed = CaseStatusChanged {
            case_id,
            contact_id,
            from: before.status,
            to: after.status,
            from_status: before.status_id,
            to_status: after.status_id,
        };
        record(tx, actor, &changed)?;
    }
    Ok(())
}

fn open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    inbound: &InboundMessage,
    sender: &KnownContact,
    (contact_id, conversation_id, subject, at): (ContactId, ConversationId, String, UtcMs),
) -> Result<case::Opened, Error> {
    let settings = setting::<DeskSettings>(tx)?;
    let wished = inbound.queue_id.or(settings.intake_queue_id);
    let opening = Opening {
        contact_id,
        is_new_contact: sender.is_new,
        conversation_id,
        related_id: match inbound.thread {
            Thread::New { related } => related,
            Thread::Conversation(_) => None,
        },
        channel: inbound.channel,
        case_type: inbound.case_type.unwrap_or(settings.intake_type),
        subject,
        category_id: None,
        priority: Priority::Normal,
        queue_id: queue::intake_queue(tx, wished)?,
        owner_id: None,
        at,
        message: Some(message_of(inbound, sender, at)),
    };
    case::begin(tx, actor, opening)
}

fn message_of(inbound: &InboundMessage, sender: &KnownContact, at: UtcMs) -> NewMessage {
    let name = check::tidied(&inbound.from_name, people::NAME_MAX);
    let text = bounded(&inbound.text);
    let reply = bounded(&inbound.reply_text);
    NewMessage {
        direction: Direction::In,
        channel: inbound.channel,
        author_kind: AuthorKind::Customer,
        author_id: sender.id.0,
        from: Address { address: inbound.from.as_str().into(), name },
        to: inbound.to.clone(),
        cc: inbound.cc.clone(),
        subject: check::tidied(&inbound.subject, SUBJECT_MAX),
        reply_text: (reply != text).then_some(reply),
        body_text: text,
        html_file_id: inbound.html_file_id,
        attachments: inbound.attachments.clone(),
        status: MessageStatus::Received,
        channel_key: inbound.channel_key.clone(),
        auto: inbound.auto,
        at,
    }
}

/// A stranger's text is cut, never refused: the raw message is kept by the carrier.
fn bounded(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => text[..end].to_string(),
        None => text.to_string(),
    }
}

fn add_participants(
    tx: &mut Tx<'_>,
    inbound: &InboundMessage,
    sender: &KnownContact,
    contact_id: ContactId,
    conversation_id: ConversationId,
) -> Result<(), Error> {
    let writer = Address { address: inbound.from.as_str().into(), name: sender.name.clone() };
    let mut people: Vec<&Address> = Vec::new();
    if sender.id != contact_id {
        people.push(&writer);
    }
    for person in inbound.to.iter().chain(&inbound.cc) {
        let known = people.iter().any(|other| other.address == person.address);
        if !known && person.address != writer.address && people.len() < PARTICIPANTS_MAX {
            people.push(person);
        }
    }
    store::add_participants(tx, conversation_id, &people)
}
