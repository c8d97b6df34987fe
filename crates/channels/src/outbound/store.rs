//! SQL of mail going out.

use base::UtcMs;
use db::{DbError, Row, Tx};
use platform::Error;

use super::{OutboundId, OutboundMail, OutboundState};
use crate::mailbox::MailboxId;

/// A mail about to be queued.
pub(super) struct NewOutbound {
    pub desk_message_id: i64,
    pub conversation_id: i64,
    pub case_id: i64,
    pub mailbox_id: MailboxId,
    /// At least one; the first is the one it is shown with.
    pub recipients: Vec<String>,
    pub header_id: String,
    pub automatic: bool,
    pub next_at: UtcMs,
    pub give_up_at: UtcMs,
}

const COLUMNS: &str = "id, desk_message_id, conversation_id, case_id, mailbox_id, recipient,
    header_id, date_at, automatic, state, attempts, next_at, give_up_at, leased_until, sha256,
    reason, detail, created_at, ended_at, open_recipients";

fn read(row: &Row<'_>) -> Result<OutboundMail, DbError> {
    let (state, open): (String, String) = (row.get(9)?, row.get(19)?);
    Ok(OutboundMail {
        id: row.get(0)?,
        desk_message_id: row.get(1)?,
        conversation_id: row.get(2)?,
        case_id: row.get(3)?,
        mailbox_id: row.get(4)?,
        recipient: row.get(5)?,
        header_id: row.get(6)?,
        date_at: row.get(7)?,
        automatic: row.get(8)?,
        state: OutboundState::from_key(&state).unwrap_or(OutboundState::Failed),
        attempts: row.get(10)?,
        next_at: row.get(11)?,
        give_up_at: row.get(12)?,
        leased_until: row.get(13)?,
        sha256: row.get(14)?,
        reason: row.get(15)?,
        detail: row.get(16)?,
        created_at: row.get(17)?,
        ended_at: row.get(18)?,
        open_recipients: open.lines().map(str::to_string).collect(),
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &NewOutbound) -> Result<OutboundId, Error> {
    let (id, now): (OutboundId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into outbound_mail (id, desk_message_id, conversation_id, case_id, mailbox_id,
         recipient, header_id, date_at, automatic, state, attempts, next_at, give_up_at,
         created_at, open_recipients)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', 0, ?10, ?11, ?8, ?12)",
        &[
            &id,
            &new.desk_message_id,
            &new.conversation_id,
            &new.case_id,
            &new.mailbox_id,
            &new.recipients.first().map(String::as_str).unwrap_or_default(),
            &new.header_id,
            &now,
            &new.automatic,
            &new.next_at,
            &new.give_up_at,
            &new.recipients.join("\n"),
        ],
    )?;
    Ok(id)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: OutboundId) -> Result<Option<OutboundMail>, Error> {
    Ok(tx.opt(&format!("select {COLUMNS} from outbound_mail where id = ?1"), &[&id], read)?)
}

pub(crate) fn of_message(
    tx: &mut Tx<'_>,
    desk_message_id: i64,
) -> Result<Option<OutboundMail>, Error> {
    let sql = format!("select {COLUMNS} from outbound_mail where desk_message_id = ?1");
    Ok(tx.opt(&sql, &[&desk_message_id], read)?)
}

/// The oldest mail of a conversation that has not left: those after it wait for it.
pub(super) fn first_open(
    tx: &mut Tx<'_>,
    conversation_id: i64,
) -> Result<Option<OutboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from outbound_mail
         where conversation_id = ?1 and state in ('queued', 'sending') order by id limit 1"
    );
    Ok(tx.opt(&sql, &[&conversation_id], read)?)
}

/// Whether anything was ever sent, or queued, in this conversation.
pub(crate) fn has_conversation(tx: &mut Tx<'_>, conversation_id: i64) -> Result<bool, Error> {
    let sql = "select 1 from outbound_mail where conversation_id = ?1 limit 1";
    Ok(tx.opt(sql, &[&conversation_id], |_| Ok(()))?.is_some())
}

/// Some have got it, these have not.
pub(super) fn set_open_recipients(
    tx: &mut Tx<'_>,
    id: OutboundId,
    open: &[String],
) -> Result<(), Error> {
    let sql = "update outbound_mail set open_recipients = ?2 where id = ?1";
    tx.exec(sql, &[&id, &open.join("\n")])?;
    Ok(())
}

/// Conversations with mail that has not left.
pub(crate) fn open_conversations(tx: &mut Tx<'_>) -> Result<Vec<i64>, Error> {
    let sql = "select distinct conversation_id from outbound_mail
        where state in ('queued', 'sending')";
    Ok(tx.query(sql, &[], |row| row.get(0))?)
}

/// Nobody is talking to a mail server any more: the program began anew.
pub(crate) fn drop_leases(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.exec(
        "update outbound_mail set state = 'queued', leased_until = null where state = 'sending'",
        &[],
    )?;
    Ok(())
}

/// The last mail of a conversation to an address, sent or on its way.
pub(crate) fn latest_to(
    tx: &mut Tx<'_>,
    conversation_id: i64,
    recipient: &str,
) -> Result<Option<OutboundMail>, Error> {
    let sql = format!(
        "select {COLUMNS} from outbound_mail
         where conversation_id = ?1 and recipient = ?2 order by id desc limit 1"
    );
    Ok(tx.opt(&sql, &[&conversation_id, &recipient], read)?)
}

/// Automatic mails to an address since an instant.
pub(crate) fn automatic_since(
    tx: &mut Tx<'_>,
    recipient: &str,
    since: UtcMs,
) -> Result<i64, Error> {
    Ok(tx.one(
        "select count(*) from outbound_mail
         where automatic = 1 and recipient = ?1 and created_at > ?2",
        &[&recipient, &since],
        |row| row.get(0),
    )?)
}

/// A try begins.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    id: OutboundId,
    leased_until: UtcMs,
    sha256: &str,
) -> Result<(), Error> {
    tx.exec(
        "update outbound_mail set state = 'sending', leased_until = ?2, sha256 = ?3,
         attempts = attempts + 1 where id = ?1",
        &[&id, &leased_until, &sha256],
    )?;
    Ok(())
}

/// It waits for its next try.
pub(super) fn wait(
    tx: &mut Tx<'_>,
    id: OutboundId,
    next_at: UtcMs,
    reason: &str,
    detail: &str,
) -> Result<(), Error> {
    tx.exec(
        "update outbound_mail set state = 'queued', leased_until = null, next_at = ?2,
         reason = ?3, detail = ?4 where id = ?1",
        &[&id, &next_at, &reason, &detail],
    )?;
    Ok(())
}

/// It is tried now, and for a while from now on.
pub(super) fn put_back(
    tx: &mut Tx<'_>,
    id: OutboundId,
    next_at: UtcMs,
    give_up_at: UtcMs,
) -> Result<(), Error> {
    tx.exec(
        "update outbound_mail set state = 'queued', leased_until = null, next_at = ?2,
         give_up_at = ?3, ended_at = null where id = ?1",
        &[&id, &next_at, &give_up_at],
    )?;
    Ok(())
}

/// Its way ends.
pub(super) fn end(
    tx: &mut Tx<'_>,
    id: OutboundId,
    state: OutboundState,
    reason: Option<&str>,
    detail: Option<&str>,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update outbound_mail set state = ?2, leased_until = null, reason = ?3, detail = ?4,
         ended_at = ?5 where id = ?1",
        &[&id, &state.key(), &reason, &detail, &now],
    )?;
    Ok(())
}

/// A page of one state, newest first, before `before` and not older than `since`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    state: OutboundState,
    since: UtcMs,
    before: Option<OutboundId>,
    limit: i64,
) -> Result<Vec<OutboundMail>, Error> {
    let before = before.unwrap_or(OutboundId(i64::MAX));
    let sql = format!(
        "select {COLUMNS} from outbound_mail
         where state = ?1 and id < ?2 and created_at >= ?3 order by id desc limit ?4"
    );
    Ok(tx.query(&sql, &[&state.key(), &before, &since, &limit], read)?)
}

pub(super) fn count(tx: &mut Tx<'_>, state: OutboundState) -> Result<i64, Error> {
    let sql = "select count(*) from outbound_mail where state = ?1";
    Ok(tx.one(sql, &[&state.key()], |row| row.get(0))?)
}
