//! Looking at mailboxes.

use db::Tx;
use platform::{Actor, Error};

use super::{Mailbox, MailboxId, store};
use crate::permissions::ChannelPermission;

/// All mailboxes, by address.
pub fn list_mailboxes(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Mailbox>, Error> {
    actor.require(ChannelPermission::ManageMailboxes)?;
    store::all(tx)
}

pub fn find_mailbox(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Mailbox, Error> {
    actor.require(ChannelPermission::ManageMailboxes)?;
    store::find(tx, id)?.ok_or(Error::NotFound)
}
