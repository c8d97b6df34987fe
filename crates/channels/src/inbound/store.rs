//! SQL of mail coming in.

use db::{DbError, Row, Tx};
use platform::Error;

use super::{InboundId, InboundMail, InboundState};
use crate::mailbox::MailboxId;

/// A mail about to be kept.
pub(super) struct NewInbound {
    pub mailbox_id: MailboxId,
    pub recipient: String,
    pub envelope_from: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub spool_id: Option<String>,
}

/// What reading a mail told about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    pub content_sha256: String,
    pub message_key: Option<String>,
    pub sender: Option<String>,
    pub reply_to: Option<String>,
    pub subject: String,
}

/// Where a mail went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filed {
    pub conversation_id: Option<i64>,
    pub case_id: Option<i64>,
    pub desk_message_id: Option<i64>,
}

const COLUMNS: &str = "id, mailbox_id, recipient, envelope_from, sha256, size_bytes, state,
    reason, detail, attempts, received_at, taken_at, content_sha256, message_key, sender,
    reply_to, subject, conversation_id, case_id, desk_message_id";

fn read(row: &Row<'_>) -> Result<InboundMail, DbError> {
    let state: String = row.get(6)?;
    Ok(InboundMail {
        id: row.get(0)?,
        mailbox_id: row.get(1)?,
        recipient: row.get(2)?,
        envelope_from: row.get(3)?,
        sha256: row.get(4)?,
        size_bytes: row.get(5)?,
        state: InboundState::from_key(&state).unwrap_or(InboundState::Failed),
        reason: row.get(7)?,
        detail: row.get(8)?,
        attempts: row.get(9)?,
        received_at: row.get(10)?,
        taken_at: row.get(11)?,
        content_sha256: row.get(12)?,
        message_key: row.get(13)?,
        sender: row.get(14)?,
        reply_to: row.get(15)?,
        subject: row.get(16)?,
        conversation_id: row.get(17)?,
        case_id: row.get(18)?,
        desk_message_id: row.get(19)?,
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &NewInbound) -> Result<InboundId, Error> {
    let (id, now): (InboundId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into inbound_mail (id, mailbox_id, recipient, envelope_from, sha256, size_bytes,
         state, attempts, received_at, spool_id)
         values (?1, ?2, ?3, ?4, ?5, ?6, 'received', 0, ?7, ?8)",
        &[
            &id,
            &new.mailbox_id,
            &new.recipient,
            &new.envelope_from,
            &new.sha256,
            &new.size_bytes,
            &now,
            &new.spool_id,
        ],
    )?;
    Ok(id)
}

pub(super) fn by_spool_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<InboundId>, Error> {
    let sql = "select id from inbound_mail where spool_id = ?1";
    Ok(tx.opt(sql, &[&id], |row| row.get(0))?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: InboundId) -> Result<Option<InboundMail>, Error> {
    Ok(tx.opt(&format!("select {COLUMNS} from inbound_mail where id = ?1"), &[&id], read)?)
}

/// The oldest mail of a mailbox that nobody has read yet.
pub(super) fn next_received(
    tx: &mut Tx<'_>,
    mailbox_id: MailboxId,
) -> Result<Option<InboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from inbound_mail where mailbox_id = ?1 and state = 'received'
         order by id limit 1"
    );
    Ok(tx.opt(&sql, &[&mailbox_id], read)?)
}

/// Mailboxes with mail that nobody has read yet.
pub(crate) fn waiting_mailboxes(tx: &mut Tx<'_>) -> Result<Vec<MailboxId>, Error> {
    let sql = "select distinct mailbox_id from inbound_mail where state = 'received'";
    Ok(tx.query(sql, &[], |row| row.get(0))?)
}

/// The mail that this one repeats: same mailbox, same Message-ID, same content, filed before.
pub(super) fn same_mail(
    tx: &mut Tx<'_>,
    mail: &InboundMail,
    marks: &Marks,
) -> Result<Option<InboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from inbound_mail
         where mailbox_id = ?1 and message_key = ?2 and content_sha256 = ?3 and id <> ?4
         and state in ('done', 'ignored') order by id limit 1"
    );
    let key = &marks.message_key;
    Ok(tx.opt(&sql, &[&mail.mailbox_id, key, &marks.content_sha256, &mail.id], read)?)
}

pub(super) fn set_marks(tx: &mut Tx<'_>, id: InboundId, marks: &Marks) -> Result<(), Error> {
    tx.exec(
        "update inbound_mail set content_sha256 = ?2, message_key = ?3, sender = ?4,
         reply_to = ?5, subject = ?6 where id = ?1",
        &[
            &id,
            &marks.content_sha256,
            &marks.message_key,
            &marks.sender,
            &marks.reply_to,
            &marks.subject,
        ],
    )?;
    Ok(())
}

/// Ends a mail's way.
pub(super) fn close(
    tx: &mut Tx<'_>,
    id: InboundId,
    state: InboundState,
    (reason, detail): (Option<&str>, Option<&str>),
    filed: Filed,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update inbound_mail set state = ?2, reason = ?3, detail = ?4, conversation_id = ?5,
         case_id = ?6, desk_message_id = ?7, taken_at = ?8, attempts = attempts + 1
         where id = ?1",
        &[
            &id,
            &state.key(),
            &reason,
            &detail,
            &filed.conversation_id,
            &filed.case_id,
            &filed.desk_message_id,
            &now,
        ],
    )?;
    Ok(())
}

pub(super) fn put_back(tx: &mut Tx<'_>, id: InboundId) -> Result<(), Error> {
    tx.exec(
        "update inbound_mail set state = 'received', reason = null, detail = null where id = ?1",
        &[&id],
    )?;
    Ok(())
}

/// A page of the queue, newest first, before `before`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    state: Option<InboundState>,
    before: Option<InboundId>,
    limit: i64,
) -> Result<Vec<InboundMail>, Error> {
    let before = before.unwrap_or(InboundId(i64::MAX));
    match state {
        Some(state) => {
            let sql = format!(
                "select {COLUMNS} from inbound_mail where state = ?1 and id < ?2
                 order by id desc limit ?3"
            );
            Ok(tx.query(&sql, &[&state.key(), &before, &limit], read)?)
        }
        None => {
            let sql = format!(
                "select {COLUMNS} from inbound_mail where id < ?1 order by id desc limit ?2"
            );
            Ok(tx.query(&sql, &[&before, &limit], read)?)
        }
    }
}

pub(super) fn count(tx: &mut Tx<'_>, state: InboundState) -> Result<i64, Error> {
    let sql = "select count(*) from inbound_mail where state = ?1";
    Ok(tx.one(sql, &[&state.key()], |row| row.get(0))?)
}

/// The mail that opened a conversation: it may say where answers go. Later ones may not: they
/// can be forged by who knows a case number.
pub(crate) fn opening_of(
    tx: &mut Tx<'_>,
    conversation_id: i64,
) -> Result<Option<InboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from inbound_mail
         where conversation_id = ?1 and state = 'done' and reason is null
         order by id limit 1"
    );
    Ok(tx.opt(&sql, &[&conversation_id], read)?)
}

/// The latest mail that a person wrote in a conversation: what an answer quotes.
pub(crate) fn latest_in(
    tx: &mut Tx<'_>,
    conversation_id: i64,
) -> Result<Option<InboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from inbound_mail
         where conversation_id = ?1 and state = 'done' and reason is null
         order by id desc limit 1"
    );
    Ok(tx.opt(&sql, &[&conversation_id], read)?)
}
