//! The customer is told the number of a case, and where its status can be seen.

use db::Tx;
use people::find_contact;
use platform::{Actor, Error, record};
use ui::i18n::{L, Lang};

use super::reply::{recipients, reply_subject};
use super::{Address, MessageId, NewMessage, store};
use crate::case::{self, Case, CaseId};
use crate::events::MessageQueued;
use crate::kinds::{AuthorKind, Direction, MessageStatus};
use crate::permissions::DeskPermission;

/// Queues the message that tells a customer the number of their case. It is the system's, so it is
/// no first answer. None when there is no address to send it to.
pub fn acknowledge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    status_url: &str,
    lang: &str,
) -> Result<Option<MessageId>, Error> {
    let case = case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    let (channel, to) = match recipients(tx, &case, Vec::new()) {
        Ok(found) => found,
        Err(Error::Invalid(_)) => return Ok(None),
        Err(broken) => return Err(broken),
    };
    let contact = find_contact(tx, actor, case.contact_id)?;
    let now = tx.now();
    let l = L::new(Lang::from_code(lang).unwrap_or_default(), &actor.zone, now);
    let new = NewMessage {
        direction: Direction::Out,
        channel,
        author_kind: AuthorKind::System,
        from: Address::default(),
        to,
        subject: reply_subject(&case.subject, &case.number),
        body_text: words(l, &case, &contact.name, status_url),
        status: MessageStatus::Queued,
        auto: true,
        at: now,
        ..NewMessage::default()
    };
    let message_id = store::insert(tx, &case, &new)?;
    let queued = MessageQueued {
        case_id,
        contact_id: case.contact_id,
        message_id,
        conversation_id: case.conversation_id,
        channel,
    };
    record(tx, actor, &queued)?;
    Ok(Some(message_id))
}

fn words(l: L, case: &Case, name: &str, status_url: &str) -> String {
    let number = case.number.to_string();
    let kind = l.t(&format!("case-type-{}", case.case_type));
    let lines = [
        l.tf("ack-greeting", &[("name", name.into())]),
        String::new(),
        l.tf("ack-number", &[("number", number.into()), ("type", kind.into())]),
        l.tf("ack-status", &[("url", status_url.into())]),
        String::new(),
        l.t("ack-answer").to_string(),
    ];
    lines.join("\n")
}
