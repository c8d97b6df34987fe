//! A case begins: by hand, through the API, or because a customer wrote.

use base::{EmailAddress, UtcMs};
use db::Tx;
use people::{ContactId, NewContact, check};
use platform::{Actor, ActorKind, Checks, Error, FieldError, FileId, MemberId, record, setting};

use super::{Case, CaseId, CaseNumber, SUBJECT_MAX, store};
use crate::category::{self, CategoryId};
use crate::conversation::{self, ConversationId};
use crate::events::CaseOpened;
use crate::kinds::{AuthorKind, CaseType, Channel, Direction, MessageStatus, Priority, StatusType};
use crate::message::{self, Address, MessageId, NewMessage, TEXT_MAX};
use crate::permissions::DeskPermission;
use crate::queue::{self, QueueId};
use crate::settings::DeskSettings;
use crate::status;

/// Whose case it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Customer {
    Known(ContactId),
    /// Found by the address, made with the name where nobody has it yet.
    Email {
        address: String,
        name: String,
    },
    /// A person to be added; an address that somebody has is refused.
    New(NewContact),
}

/// A case to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    pub customer: Customer,
    pub channel: Channel,
    pub case_type: CaseType,
    pub subject: String,
    pub category_id: Option<CategoryId>,
    pub priority: Priority,
    /// None waits where unsorted work waits.
    pub queue_id: Option<QueueId>,
    pub owner_id: Option<MemberId>,
    /// What the customer said, written down.
    pub message: Option<String>,
    pub attachments: Vec<FileId>,
}

/// What was opened.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Opened {
    pub case_id: CaseId,
    pub number: CaseNumber,
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub message_id: Option<MessageId>,
}

/// All that is known when a case begins. The conversation is there already.
pub(crate) struct Opening {
    pub contact_id: ContactId,
    /// Nobody has put it into an organisation yet.
    pub is_new_contact: bool,
    pub conversation_id: ConversationId,
    pub related_id: Option<CaseId>,
    pub channel: Channel,
    pub case_type: CaseType,
    pub subject: String,
    pub category_id: Option<CategoryId>,
    pub priority: Priority,
    pub queue_id: Option<QueueId>,
    pub owner_id: Option<MemberId>,
    pub at: UtcMs,
    pub message: Option<NewMessage>,
}

/// Opens a case for a customer who called, came in, or wrote elsewhere.
pub fn open_case(tx: &mut Tx<'_>, actor: &Actor, new: &NewCase) -> Result<Opened, Error> {
    actor.require(DeskPermission::CreateCase)?;
    let mut checks = Checks::default();
    let subject = checks.take(check::line("subject", &new.subject, SUBJECT_MAX));
    let text = match &new.message {
        Some(text) => checks.take(check::body("message", text, TEXT_MAX)),
        None => None,
    };
    let address = match &new.customer {
        Customer::Email { address, .. } => checks.take(customer_address(address)),
        _ => None,
    };
    checks.done()?;
    check_choices(tx, new)?;
    let attachments = message::attachments_of_files(tx, &new.attachments)?;
    let (contact_id, from) = find_customer(tx, actor, &new.customer, address.as_ref())?;
    let subject = subject.unwrap_or_default();
    let now = tx.now();
    let conversation_id = conversation::begin(tx, contact_id, new.channel, &subject, None, now)?;
    let message = text.map(|text| NewMessage {
        direction: Direction::In,
        channel: new.channel,
        author_kind: AuthorKind::Customer,
        author_id: contact_id.0,
        from,
        subject: subject.clone(),
        body_text: text,
        status: MessageStatus::Received,
        attachments,
        at: now,
        ..NewMessage::default()
    });
    let queue_id = match new.queue_id {
        Some(id) => Some(id),
        None => {
            let wished = setting::<DeskSettings>(tx)?.intake_queue_id;
            queue::intake_queue(tx, wished)?
        }
    };
    let opening = Opening {
        contact_id,
        is_new_contact: false,
        conversation_id,
        related_id: None,
        channel: new.channel,
        case_type: new.case_type,
        subject,
        category_id: new.category_id,
        priority: new.priority,
        queue_id,
        owner_id: new.owner_id,
        at: now,
        message,
    };
    begin(tx, actor, opening)
}

/// Numbers and stores a case with its first message, and records that it began.
pub(crate) fn begin(tx: &mut Tx<'_>, actor: &Actor, new: Opening) -> Result<Opened, Error> {
    let year = i64::from(actor.zone.local(new.at).year);
    let serial = tx.number(new.case_type.prefix(), year)?;
    let status = status::first_of(tx, StatusType::New)?;
    let account_id = if new.is_new_contact { None } else { store::account_of(tx, new.contact_id)? };
    let mut case = Case {
        id: tx.next_id()?,
        number: CaseNumber { kind: new.case_type, year, serial },
        case_type: new.case_type,
        subject: new.subject,
        contact_id: new.contact_id,
        account_id,
        category_id: new.category_id,
        priority: new.priority,
        status_id: status.id,
        status: StatusType::New,
        queue_id: new.queue_id,
        owner_id: new.owner_id,
        conversation_id: new.conversation_id,
        related_id: new.related_id,
        channel: new.channel,
        opened_at: new.at,
        first_replied_at: None,
        last_customer_at: None,
        last_agent_at: None,
        waiting_since: None,
        resolved_at: None,
        closed_at: None,
        unread: actor.kind != ActorKind::Person,
        snippet: String::new(),
        version: 1,
    };
    let auto = new.message.as_ref().is_some_and(|message| message.auto);
    if let Some(message) = &new.message {
        case.customer_wrote(new.at, message.words());
        case.unread = actor.kind != ActorKind::Person;
    }
    store::insert(tx, &case)?;
    let message_id = match &new.message {
        Some(message) => Some(message::insert(tx, &case, message)?),
        None => None,
    };
    let opened = CaseOpened {
        case_id: case.id,
        contact_id: case.contact_id,
        number: case.number.to_string(),
        case_type: case.case_type,
        channel: case.channel,
        conversation_id: case.conversation_id,
        message_id,
        queue_id: case.queue_id,
        owner_id: case.owner_id,
        auto,
    };
    record(tx, actor, &opened)?;
    Ok(Opened {
        case_id: case.id,
        number: case.number,
        contact_id: case.contact_id,
        conversation_id: case.conversation_id,
        message_id,
    })
}

fn customer_address(text: &str) -> Result<EmailAddress, FieldError> {
    EmailAddress::parse(text).map_err(|_| FieldError::new("email", "error-email-shape"))
}

/// Category, queue and owner are chosen from lists: what is not there was not offered.
fn check_choices(tx: &mut Tx<'_>, new: &NewCase) -> Result<(), Error> {
    let mut checks = Checks::default();
    let mut refuse = |field| checks.add(FieldError::new(field, "error-choose-from-list"));
    if let Some(id) = new.category_id
        && !category::is_active(tx, id)?
    {
        refuse("category");
    }
    if let Some(id) = new.queue_id
        && queue::active_queue(tx, id)?.is_none()
    {
        refuse("queue");
    }
    if let Some(id) = new.owner_id
        && !platform::find_member(tx, id)?.is_some_and(|member| member.active)
    {
        refuse("owner");
    }
    checks.done()
}

/// The customer, and the name and address under which they speak.
fn find_customer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: &Customer,
    address: Option<&EmailAddress>,
) -> Result<(ContactId, Address), Error> {
    match (customer, address) {
        (Customer::Email { name, .. }, Some(address)) => {
            let known = people::find_or_make_by_email(tx, actor, address, name, "en")?;
            let address = address.as_str().to_string();
            Ok((known.id, Address { address, name: known.name }))
        }
        (Customer::Email { .. }, None) => Err(Error::field("email", "error-required")),
        (Customer::Known(id), _) => {
            let contact = people::find_contact(tx, actor, *id).map_err(|error| match error {
                Error::NotFound => Error::field("contact", "error-choose-from-list"),
                other => other,
            })?;
            Ok((contact.id, Address { address: String::new(), name: contact.name }))
        }
        (Customer::New(new), _) => {
            let id = people::create_contact(tx, actor, new)?;
            Ok((id, Address { address: String::new(), name: new.name.trim().to_string() }))
        }
    }
}
