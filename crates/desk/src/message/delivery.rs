//! How far a message has come, as its carrier tells. Telling twice does no harm.

use db::Tx;
use platform::{Actor, Error, record};

use super::{Message, MessageId, store};
use crate::case;
use crate::events::{
    MessageBounced, MessageDelivered, MessageFailed, MessageReadByCustomer, MessageSent,
};
use crate::kinds::{Direction, MessageStatus};
use crate::permissions::DeskPermission;

const PROBLEM_MAX: usize = 500;

/// The carrier handed it over, under this key. A message that had failed is sent after all.
pub fn mark_sent(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MessageId,
    channel_key: Option<&str>,
) -> Result<(), Error> {
    let Some((message, contact_id)) = moving(tx, actor, id)? else { return Ok(()) };
    if !matches!(message.status, MessageStatus::Queued | MessageStatus::Failed) {
        return Ok(());
    }
    store::set_sent(tx, id, channel_key)?;
    let case_id = message.case_id;
    record(tx, actor, &MessageSent { case_id, contact_id, message_id: id })?;
    Ok(())
}

/// It reached the customer's side.
pub fn mark_delivered(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<(), Error> {
    let Some((message, contact_id)) = moving(tx, actor, id)? else { return Ok(()) };
    if !matches!(message.status, MessageStatus::Queued | MessageStatus::Sent) {
        return Ok(());
    }
    store::set_status(tx, id, MessageStatus::Delivered, None)?;
    let case_id = message.case_id;
    record(tx, actor, &MessageDelivered { case_id, contact_id, message_id: id })?;
    Ok(())
}

/// The customer has read it.
pub fn mark_read_by_customer(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<(), Error> {
    let Some((message, contact_id)) = moving(tx, actor, id)? else { return Ok(()) };
    if !matches!(message.status, MessageStatus::Sent | MessageStatus::Delivered) {
        return Ok(());
    }
    store::set_status(tx, id, MessageStatus::Read, None)?;
    let case_id = message.case_id;
    record(tx, actor, &MessageReadByCustomer { case_id, contact_id, message_id: id })?;
    Ok(())
}

/// It could not be sent, and no further try is planned. `problem` is for the person who wrote it.
pub fn mark_failed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MessageId,
    problem: &str,
) -> Result<(), Error> {
    let Some((message, contact_id)) = moving(tx, actor, id)? else { return Ok(()) };
    if message.status != MessageStatus::Queued {
        return Ok(());
    }
    fail(tx, &message, problem)?;
    let case_id = message.case_id;
    record(tx, actor, &MessageFailed { case_id, contact_id, message_id: id })?;
    Ok(())
}

/// It was sent and came back.
pub fn mark_bounced(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MessageId,
    problem: &str,
) -> Result<(), Error> {
    let Some((message, contact_id)) = moving(tx, actor, id)? else { return Ok(()) };
    if message.status == MessageStatus::Failed {
        return Ok(());
    }
    fail(tx, &message, problem)?;
    let case_id = message.case_id;
    record(tx, actor, &MessageBounced { case_id, contact_id, message_id: id })?;
    Ok(())
}

/// An outgoing message and its customer. Carriers act as the system; a person who may answer the
/// case may say the same by hand.
fn moving(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MessageId,
) -> Result<Option<(Message, people::ContactId)>, Error> {
    let message = store::message(tx, id)?.ok_or(Error::NotFound)?;
    let case = case::visible(tx, actor, DeskPermission::ReplyCase, message.case_id)?;
    Ok((message.direction == Direction::Out).then_some((message, case.contact_id)))
}

/// The case shows that it needs a look.
fn fail(tx: &mut Tx<'_>, message: &Message, problem: &str) -> Result<(), Error> {
    let problem: String = problem.chars().take(PROBLEM_MAX).collect();
    store::set_status(tx, message.id, MessageStatus::Failed, Some(&problem))?;
    store::needs_a_look(tx, message.case_id)
}
