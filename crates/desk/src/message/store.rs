//! SQL of messages and their files.

use base::ToVal;
use db::{DbError, Row, Tx};
use people::ContactId;
use platform::Error;

use super::{Address, Attachment, AttachmentId, Message, MessageId, NewAttachment, NewMessage};
use crate::case::{Case, CaseId};
use crate::conversation::ConversationId;
use crate::kinds::MessageStatus;

const MESSAGE: &str = "select m.id, m.case_id, m.conversation_id, m.direction, m.channel,
    m.author_kind, m.author_id, a.name, m.from_address, m.from_name, m.to_addresses,
    m.cc_addresses, m.subject, m.body_text, m.reply_text, m.html_file_id, m.status, m.problem,
    m.channel_key, m.auto, m.created_at, m.sent_at
    from message m left join member_name a on a.id = m.author_id and m.author_kind = 'member'";

const ATTACHMENT: &str = "a.id, a.message_id, a.file_id, a.name, a.mime, a.size_bytes, a.inline,
    a.content_id";

const KEYS_MAX: usize = 20;

fn read(row: &Row<'_>) -> Result<Message, DbError> {
    Ok(Message {
        id: row.get(0)?,
        case_id: row.get(1)?,
        conversation_id: row.get(2)?,
        direction: row.get(3)?,
        channel: row.get(4)?,
        author_kind: row.get(5)?,
        author_id: row.get(6)?,
        author_name: row.get(7)?,
        from: Address { address: row.get(8)?, name: row.get(9)? },
        to: read_addresses(row, 10)?,
        cc: read_addresses(row, 11)?,
        subject: row.get(12)?,
        body_text: row.get(13)?,
        reply_text: row.get(14)?,
        html_file_id: row.get(15)?,
        status: row.get(16)?,
        problem: row.get(17)?,
        channel_key: row.get(18)?,
        auto: row.get(19)?,
        created_at: row.get(20)?,
        sent_at: row.get(21)?,
    })
}

fn read_addresses(row: &Row<'_>, index: usize) -> Result<Vec<Address>, DbError> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text)
        .map_err(|error| DbError::Column { index, problem: error.to_string() })
}

fn read_attachment(row: &Row<'_>) -> Result<Attachment, DbError> {
    Ok(Attachment {
        id: row.get(0)?,
        message_id: row.get(1)?,
        file_id: row.get(2)?,
        name: row.get(3)?,
        mime: row.get(4)?,
        size_bytes: row.get(5)?,
        inline: row.get(6)?,
        content_id: row.get(7)?,
    })
}

fn json(addresses: &[Address]) -> Result<String, Error> {
    serde_json::to_string(addresses).map_err(|error| Error::Internal(error.to_string()))
}

pub(crate) fn insert(tx: &mut Tx<'_>, case: &Case, new: &NewMessage) -> Result<MessageId, Error> {
    let id: MessageId = tx.next_id()?;
    tx.exec(
        "insert into message (id, case_id, conversation_id, direction, channel, author_kind,
         author_id, from_address, from_name, to_addresses, cc_addresses, subject, body_text,
         reply_text, html_file_id, status, channel_key, auto, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
         ?19)",
        &[
            &id,
            &case.id,
            &case.conversation_id,
            &new.direction,
            &new.channel,
            &new.author_kind,
            &new.author_id,
            &new.from.address,
            &new.from.name,
            &json(&new.to)?,
            &json(&new.cc)?,
            &new.subject,
            &new.body_text,
            &new.reply_text,
            &new.html_file_id,
            &new.status,
            &new.channel_key,
            &new.auto,
            &new.at,
        ],
    )?;
    for attachment in &new.attachments {
        insert_attachment(tx, id, attachment)?;
    }
    Ok(id)
}

fn insert_attachment(
    tx: &mut Tx<'_>,
    message_id: MessageId,
    new: &NewAttachment,
) -> Result<(), Error> {
    let id: AttachmentId = tx.next_id()?;
    tx.exec(
        "insert into attachment (id, message_id, file_id, name, mime, size_bytes, inline,
         content_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            &id,
            &message_id,
            &new.file_id,
            &new.name,
            &new.mime,
            &new.size_bytes,
            &new.inline,
            &new.content_id,
        ],
    )?;
    Ok(())
}

pub(super) fn message(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Message>, Error> {
    Ok(tx.opt(&format!("{MESSAGE} where m.id = ?1"), &[&id], read)?)
}

/// The newest messages of a case before the one named, oldest first.
pub(crate) fn before(
    tx: &mut Tx<'_>,
    case_id: CaseId,
    before: MessageId,
    limit: usize,
) -> Result<Vec<Message>, Error> {
    let sql =
        format!("{MESSAGE} where m.case_id = ?1 and m.id < ?2 order by m.id desc limit {limit}");
    let mut messages = tx.query(&sql, &[&case_id, &before], read)?;
    messages.reverse();
    Ok(messages)
}

/// Files of a case's messages from the first named until before the last named.
pub(crate) fn attachments_between(
    tx: &mut Tx<'_>,
    case_id: CaseId,
    from: MessageId,
    until: MessageId,
) -> Result<Vec<Attachment>, Error> {
    let sql = format!(
        "select {ATTACHMENT} from message m join attachment a on a.message_id = m.id
         where m.case_id = ?1 and m.id >= ?2 and m.id < ?3 order by m.id, a.id"
    );
    Ok(tx.query(&sql, &[&case_id, &from, &until], read_attachment)?)
}

pub(super) fn attachment(
    tx: &mut Tx<'_>,
    id: AttachmentId,
) -> Result<Option<(CaseId, Attachment)>, Error> {
    let sql = format!(
        "select {ATTACHMENT}, m.case_id from attachment a
         join message m on m.id = a.message_id where a.id = ?1"
    );
    Ok(tx.opt(&sql, &[&id], |row| Ok((row.get(8)?, read_attachment(row)?)))?)
}

pub(super) fn set_sent(
    tx: &mut Tx<'_>,
    id: MessageId,
    channel_key: Option<&str>,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update message set status = 'sent', sent_at = ?2, problem = null,
         channel_key = coalesce(?3, channel_key) where id = ?1",
        &[&id, &now, &channel_key],
    )?;
    Ok(())
}

pub(super) fn set_status(
    tx: &mut Tx<'_>,
    id: MessageId,
    status: MessageStatus,
    problem: Option<&str>,
) -> Result<(), Error> {
    let params: &[&dyn ToVal] = &[&id, &status, &problem];
    tx.exec("update message set status = ?2, problem = ?3 where id = ?1", params)?;
    Ok(())
}

pub(super) fn needs_a_look(tx: &mut Tx<'_>, case_id: CaseId) -> Result<(), Error> {
    tx.exec("update desk_case set unread = 1 where id = ?1", &[&case_id])?;
    Ok(())
}

/// Who wrote the last message of a case that came by mail.
pub(super) fn last_writer(tx: &mut Tx<'_>, case_id: CaseId) -> Result<Option<Address>, Error> {
    Ok(tx.opt(
        "select from_address, from_name from message
         where case_id = ?1 and direction = 'in' and from_address <> '' and auto = 0
         order by id desc limit 1",
        &[&case_id],
        |row| Ok(Address { address: row.get(0)?, name: row.get(1)? }),
    )?)
}

/// The customer's first address.
pub(super) fn first_email(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
) -> Result<Option<Address>, Error> {
    Ok(tx.opt(
        "select e.address, c.name from contact_address e join contact_card c on c.id = e.contact_id
         where e.contact_id = ?1 order by e.id limit 1",
        &[&contact_id],
        |row| Ok(Address { address: row.get(0)?, name: row.get(1)? }),
    )?)
}

pub(super) fn channel_keys(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<String>, Error> {
    let sql = format!(
        "select channel_key from message where conversation_id = ?1 and channel_key is not null
         order by id desc limit {KEYS_MAX}"
    );
    let mut keys: Vec<String> = tx.query(&sql, &[&id], |row| row.get(0))?;
    keys.reverse();
    Ok(keys)
}

pub(super) fn by_channel_key(
    tx: &mut Tx<'_>,
    key: &str,
) -> Result<Option<(MessageId, CaseId, ConversationId)>, Error> {
    Ok(tx.opt(
        "select id, case_id, conversation_id from message where channel_key = ?1
         order by id limit 1",
        &[&key],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}
