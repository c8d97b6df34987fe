//! The queue of mail going out, for people: what waits and why, try now, give up, take back.

use base::UtcMs;
use db::Tx;
use desk::MessageId;
use platform::{Actor, Error, record, setting};

use super::send::knock;
use super::{
    MailDiscarded, MailQueued, MailUndone, OutboundId, OutboundMail, OutboundState, store,
};
use crate::desk_side;
use crate::permissions::ChannelPermission;
use crate::setting::MailSettings;

/// Rows of one page of the queue.
pub const ROWS_MAX: i64 = 50;

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundPage {
    /// Newest first.
    pub mails: Vec<OutboundMail>,
    pub has_more: bool,
}

/// Mails of one state, queued since an instant, newest first, older than `before`.
pub fn list_outbound(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: OutboundState,
    since: UtcMs,
    before: Option<OutboundId>,
) -> Result<OutboundPage, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    let mut mails = store::list(tx, state, since, before, ROWS_MAX + 1)?;
    let has_more = mails.len() as i64 > ROWS_MAX;
    mails.truncate(ROWS_MAX as usize);
    Ok(OutboundPage { mails, has_more })
}

pub fn find_outbound(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OutboundId,
) -> Result<OutboundMail, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    store::find(tx, id)?.ok_or(Error::NotFound)
}

/// How many mails are in a state that somebody should look at.
pub fn count_outbound(tx: &mut Tx<'_>, actor: &Actor, state: OutboundState) -> Result<i64, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    store::count(tx, state)
}

/// Tries a waiting or failed mail at once, and for the whole time again. One that a server is
/// being asked about just now stays as it is.
pub fn retry_outbound(tx: &mut Tx<'_>, actor: &Actor, id: OutboundId) -> Result<(), Error> {
    let mail = find_outbound(tx, actor, id)?;
    if !matches!(mail.state, OutboundState::Queued | OutboundState::Failed) {
        return Ok(());
    }
    let now = tx.now();
    let retry_ms = setting::<MailSettings>(tx)?.retry_ms_max;
    store::put_back(tx, id, now, now.plus_ms(retry_ms))?;
    record(tx, actor, &MailQueued { outbound_id: id.0, case_id: mail.case_id })?;
    knock(tx, mail.conversation_id)
}

/// Gives up a waiting or failed mail; the mails behind it go on.
pub fn discard_outbound(tx: &mut Tx<'_>, actor: &Actor, id: OutboundId) -> Result<(), Error> {
    let mail = find_outbound(tx, actor, id)?;
    if !matches!(mail.state, OutboundState::Queued | OutboundState::Failed) {
        return Err(Error::Conflict);
    }
    let detail = mail.detail.as_deref();
    store::end(tx, id, OutboundState::Discarded, Some("discarded"), detail)?;
    record(tx, actor, &MailDiscarded { outbound_id: id.0, case_id: mail.case_id })?;
    if mail.state == OutboundState::Queued {
        desk_side::mark_failed(tx, actor, mail.desk_message_id, ("discarded", ""))?;
    }
    knock(tx, mail.conversation_id)
}

/// Takes a reply back that has not begun to leave; its words become its author's draft again.
/// Too late is a conflict.
pub fn undo_send(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<String, Error> {
    let text = desk_side::own_words(tx, actor, id)?;
    let mail = store::of_message(tx, id.0)?.ok_or(Error::NotFound)?;
    if mail.state != OutboundState::Queued || mail.attempts > 0 {
        return Err(Error::Conflict);
    }
    store::end(tx, mail.id, OutboundState::Undone, Some("undone"), None)?;
    record(tx, actor, &MailUndone { outbound_id: mail.id.0, case_id: mail.case_id })?;
    desk_side::take_back(tx, actor, &mail, &text)?;
    knock(tx, mail.conversation_id)?;
    Ok(text)
}
