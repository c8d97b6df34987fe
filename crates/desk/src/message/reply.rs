//! A member answers the customer: the message waits for its carrier, and the clock of the first
//! answer stops.

use base::EmailAddress;
use db::Tx;
use people::check;
use platform::{Actor, ActorKind, Checks, Error, FieldError, FileId, record};

use super::{Address, MessageId, NewMessage, TEXT_MAX, attachments_of_files, store};
use crate::case::{self, Case, CaseId, CaseNumber, SUBJECT_MAX};
use crate::conversation;
use crate::draft;
use crate::events::MessageQueued;
use crate::kinds::{AuthorKind, Channel, ConversationState, Direction, MessageStatus, StatusType};
use crate::permissions::DeskPermission;

/// Addresses of one message.
const RECIPIENTS_MAX: usize = 50;

/// An answer to a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub text: String,
    /// Empty answers whoever wrote last, else the customer's first address.
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    /// Files stored for this reply: ids that the caller has from storing them, never from a form.
    pub attachments: Vec<FileId>,
    /// What the case becomes by it: open, pending_customer, on_hold, resolved or closed.
    pub then: Option<StatusType>,
}

/// Answers the customer. Never a conflict: what was typed is sent, whatever happened meanwhile.
/// Whoever answers a case of nobody has it.
pub fn reply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    reply: &Reply,
) -> Result<MessageId, Error> {
    let before = case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    let mut checks = Checks::default();
    let text = checks.take(check::body("text", &reply.text, TEXT_MAX));
    let to = checked_addresses(&mut checks, "to", &reply.to);
    let cc = checked_addresses(&mut checks, "cc", &reply.cc);
    if reply.then == Some(StatusType::New) {
        checks.add(FieldError::new("then", "error-status-new-again"));
    }
    checks.done()?;
    let text = text.unwrap_or_default();
    let (channel, to) = recipients(tx, &before, to)?;
    let now = tx.now();
    let new = NewMessage {
        direction: Direction::Out,
        channel,
        author_kind: AuthorKind::Member,
        author_id: actor.member_id.0,
        from: Address { address: String::new(), name: actor.name.clone() },
        to,
        cc,
        subject: reply_subject(&before.subject, &before.number),
        body_text: text,
        attachments: attachments_of_files(tx, &reply.attachments)?,
        status: MessageStatus::Queued,
        at: now,
        ..NewMessage::default()
    };
    let message_id = store::insert(tx, &before, &new)?;
    let mut after = before.clone();
    after.member_replied(now, &new.body_text);
    if after.owner_id.is_none() && actor.kind != ActorKind::System {
        after.owner_id = Some(actor.member_id);
    }
    let then = reply.then.or((before.status == StatusType::New).then_some(StatusType::Open));
    if let Some(status_type) = then.filter(|status_type| *status_type != before.status) {
        case::move_to(tx, &mut after, status_type)?;
    }
    case::save(tx, &before, &after)?;
    let state = if after.status == StatusType::Closed {
        ConversationState::Closed
    } else {
        ConversationState::Waiting
    };
    conversation::spoke(tx, before.conversation_id, state, now)?;
    draft::forget(tx, actor.member_id, case_id)?;
    record_reply(tx, actor, (&before, &after), message_id, channel)?;
    Ok(message_id)
}

fn record_reply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (&Case, &Case),
    message_id: MessageId,
    channel: Channel,
) -> Result<(), Error> {
    let queued = MessageQueued {
        case_id: before.id,
        contact_id: before.contact_id,
        message_id,
        conversation_id: before.conversation_id,
        channel,
    };
    record(tx, actor, &queued)?;
    if before.owner_id != after.owner_id {
        record(tx, actor, &case::assigned(before, after))?;
    }
    if before.status != after.status {
        case::record_change(tx, actor, before, after)?;
    }
    Ok(())
}

/// The channel of an answer and whom it goes to. A case that came by telephone or over the counter
/// is answered by e-mail, where the customer has an address.
pub(super) fn recipients(
    tx: &mut Tx<'_>,
    case: &Case,
    chosen: Vec<Address>,
) -> Result<(Channel, Vec<Address>), Error> {
    if !chosen.is_empty() {
        return Ok((Channel::Email, chosen));
    }
    if let Some(writer) = store::last_writer(tx, case.id)? {
        return Ok((Channel::Email, vec![writer]));
    }
    match store::first_email(tx, case.contact_id)? {
        Some(address) => Ok((Channel::Email, vec![address])),
        None => Err(Error::field("to", "error-no-address")),
    }
}

fn checked_addresses(
    checks: &mut Checks,
    field: &'static str,
    addresses: &[Address],
) -> Vec<Address> {
    if addresses.len() > RECIPIENTS_MAX {
        checks.add(FieldError::new(field, "error-too-many").with("max", RECIPIENTS_MAX));
        return Vec::new();
    }
    let read = |address: &Address| match EmailAddress::parse(&address.address) {
        Ok(email) => Ok(Address {
            address: email.as_str().to_string(),
            name: check::tidied(&address.name, people::NAME_MAX),
        }),
        Err(_) => Err(FieldError::new(field, "error-email-shape")),
    };
    addresses.iter().filter_map(|address| checks.take(read(address))).collect()
}

/// `Re: Brakes squeak [CMP-2026-000012]`, whatever the customer's program made of it before.
pub(super) fn reply_subject(subject: &str, number: &CaseNumber) -> String {
    let tag = format!("[{number}]");
    let mut rest = subject.replace(&tag, " ").trim().to_string();
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_lowercase();
        if !matches!(mark.as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "sv" | "antw" | "tr") {
            break;
        }
        rest = after.trim().to_string();
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let rest: String = words.join(" ").chars().take(SUBJECT_MAX).collect();
    if rest.is_empty() { format!("Re: {tag}") } else { format!("Re: {rest} {tag}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::CaseType;

    #[test]
    fn an_answer_carries_the_number_once() {
        let number = CaseNumber { kind: CaseType::Complaint, year: 2026, serial: 12 };
        let check = |subject: &str, expect: &str| {
            assert_eq!(reply_subject(subject, &number), expect, "{subject}");
        };
        check("Brakes squeak", "Re: Brakes squeak [CMP-2026-000012]");
        check("RE: Re:Brakes  squeak [CMP-2026-000012]", "Re: Brakes squeak [CMP-2026-000012]");
        check("Fwd: Bill: second copy", "Re: Bill: second copy [CMP-2026-000012]");
        check("", "Re: [CMP-2026-000012]");
    }
}
