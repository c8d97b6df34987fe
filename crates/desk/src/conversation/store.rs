//! SQL of conversations.

use base::{EmailAddress, ToVal, UtcMs};
use db::Tx;
use people::ContactId;
use platform::Error;

use super::{Conversation, ConversationId};
use crate::case::{CaseId, CaseNumber};
use crate::kinds::{Channel, ConversationState};
use crate::message::Address;

pub(crate) fn begin(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    channel: Channel,
    subject: &str,
    mailbox_id: Option<i64>,
    at: UtcMs,
) -> Result<ConversationId, Error> {
    let id: ConversationId = tx.next_id()?;
    tx.exec(
        "insert into conversation (id, contact_id, channel, subject, state, mailbox_id, created_at,
         last_message_at) values (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?6)",
        &[&id, &contact_id, &channel, &subject, &mailbox_id, &at],
    )?;
    Ok(id)
}

pub(super) fn conversation(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<Option<Conversation>, Error> {
    Ok(tx.opt(
        "select id, contact_id, channel, subject, state, mailbox_id, last_message_at
         from conversation where id = ?1",
        &[&id],
        |row| {
            Ok(Conversation {
                id: row.get(0)?,
                contact_id: row.get(1)?,
                channel: row.get(2)?,
                subject: row.get(3)?,
                state: row.get(4)?,
                mailbox_id: row.get(5)?,
                last_message_at: row.get(6)?,
            })
        },
    )?)
}

/// A message was added; the turn is the other side's.
pub(crate) fn spoke(
    tx: &mut Tx<'_>,
    id: ConversationId,
    state: ConversationState,
    at: UtcMs,
) -> Result<(), Error> {
    tx.exec(
        "update conversation set state = ?2, last_message_at = ?3 where id = ?1",
        &[&id, &state, &at],
    )?;
    Ok(())
}

pub(crate) fn set_state(
    tx: &mut Tx<'_>,
    id: ConversationId,
    state: ConversationState,
) -> Result<(), Error> {
    tx.exec("update conversation set state = ?2 where id = ?1", &[&id, &state])?;
    Ok(())
}

/// Keeps who else takes part; those who are known already stay as they are.
pub(super) fn add_participants(
    tx: &mut Tx<'_>,
    id: ConversationId,
    people: &[&Address],
) -> Result<(), Error> {
    if people.is_empty() {
        return Ok(());
    }
    let places: Vec<String> =
        (0..people.len()).map(|at| format!("(?1, ?{}, ?{})", 2 * at + 2, 2 * at + 3)).collect();
    let sql = format!(
        "insert into conversation_participant (conversation_id, address, name) values {}
         on conflict do nothing",
        places.join(", ")
    );
    let mut params: Vec<&dyn ToVal> = vec![&id];
    for person in people {
        params.extend([&person.address as &dyn ToVal, &person.name as &dyn ToVal]);
    }
    tx.exec(&sql, &params)?;
    Ok(())
}

pub(super) fn joined_by(
    tx: &mut Tx<'_>,
    number: &CaseNumber,
    address: &EmailAddress,
) -> Result<Option<(CaseId, ConversationId)>, Error> {
    Ok(tx.opt(
        "select c.id, c.conversation_id from desk_case c
         where c.number_serial = ?1 and c.number_year = ?2 and c.number_kind = ?3
         and (exists (select 1 from conversation_participant p
                      where p.conversation_id = c.conversation_id and p.address = ?4)
              or exists (select 1 from contact_address e
                         where e.address = ?4 and e.contact_id = c.contact_id))",
        &[&number.serial, &number.year, &number.kind.prefix(), address],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
