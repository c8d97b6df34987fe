//! The queue of mail coming in, for people: what came, what became of it, run it again.

use db::Tx;
use platform::{Actor, Error, Workspace, enqueue, record};

use super::{InboundId, InboundMail, InboundRerun, InboundState, TakeMail, store};
use crate::permissions::ChannelPermission;

/// Rows of one page of a queue.
pub const ROWS_MAX: i64 = 50;

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboundPage {
    /// Newest first.
    pub mails: Vec<InboundMail>,
    pub has_more: bool,
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMail {
    pub bytes: Vec<u8>,
}

/// Mails that came in, newest first, of one state or of all, older than `before`.
pub fn list_inbound(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: Option<InboundState>,
    before: Option<InboundId>,
) -> Result<InboundPage, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    let mut mails = store::list(tx, state, before, ROWS_MAX + 1)?;
    let has_more = mails.len() as i64 > ROWS_MAX;
    mails.truncate(ROWS_MAX as usize);
    Ok(InboundPage { mails, has_more })
}

pub fn find_inbound(tx: &mut Tx<'_>, actor: &Actor, id: InboundId) -> Result<InboundMail, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    store::find(tx, id)?.ok_or(Error::NotFound)
}

/// How many mails are in a state that somebody should look at.
pub fn count_inbound(tx: &mut Tx<'_>, actor: &Actor, state: InboundState) -> Result<i64, Error> {
    actor.require(ChannelPermission::MailQueue)?;
    store::count(tx, state)
}

/// Has a mail read again that failed or was set aside.
pub fn rerun_inbound(tx: &mut Tx<'_>, actor: &Actor, id: InboundId) -> Result<(), Error> {
    let mail = find_inbound(tx, actor, id)?;
    if !matches!(mail.state, InboundState::Failed | InboundState::Ignored) {
        return Ok(());
    }
    store::put_back(tx, id)?;
    record(tx, actor, &InboundRerun { inbound_id: id.0 })?;
    let now = tx.now();
    enqueue(tx, &TakeMail { mailbox_id: mail.mailbox_id }, now)?;
    Ok(())
}

/// The mail as it came. Reading the file is work for a thread that may wait.
pub fn inbound_raw(
    workspace: &Workspace,
    actor: &Actor,
    id: InboundId,
) -> Result<(InboundMail, RawMail), Error> {
    actor.require(ChannelPermission::ReadRawMail)?;
    let mail = workspace.db.read(|tx| find_inbound(tx, actor, id))?;
    let bytes = workspace.files.get(&mail.sha256).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Internal(error.to_string()),
    })?;
    Ok((mail, RawMail { bytes }))
}
