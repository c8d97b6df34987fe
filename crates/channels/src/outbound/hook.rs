//! Hears that the desk queued a message, inside the same transaction: the mail's row, its
//! Message-ID and its job are on the disk together with the message, or not at all.

use std::sync::Arc;

use base::Entropy;
use db::{DbError, Hook, StoredEvent, Tx};
use desk::{Channel, MessageQueued};
use platform::{Actor, Error, heard, record, setting};

use super::send::knock;
use super::{MailQueued, compose, store};
use crate::desk_side::{self, OutgoingMessage};
use crate::inbound;
use crate::mailbox;
use crate::reference::{MailRef, store as refs};
use crate::setting::MailSettings;

/// The listener. Message-IDs are drawn from `entropy`.
pub(crate) fn hook(entropy: Arc<dyn Entropy>) -> Hook {
    Arc::new(move |tx: &mut Tx<'_>, event: &StoredEvent| {
        let Some(queued) = heard::<MessageQueued>(event) else { return Ok(()) };
        if queued.channel != Channel::Email {
            return Ok(());
        }
        let mut random = [0u8; 16];
        entropy.fill(&mut random);
        queue(tx, &queued, random).map_err(|error| match error {
            Error::Db(error) => error,
            other => DbError::Refused(other.to_string()),
        })
    })
}

fn queue(tx: &mut Tx<'_>, queued: &MessageQueued, random: [u8; 16]) -> Result<(), Error> {
    let actor = Actor::system(base::Zone::india());
    let message = desk_side::outgoing_message(tx, queued.message_id.0, None)?;
    let conversation_id = queued.conversation_id.0;
    let own = match message.mailbox_id {
        Some(id) => mailbox::store::find(tx, mailbox::MailboxId(id))?,
        None => None,
    };
    let found = match own {
        Some(mailbox) => Some(mailbox),
        None => mailbox::store::first_active(tx)?,
    };
    let recipients = recipients(tx, conversation_id, &message)?;
    let Some(mailbox) = found.filter(|_| !recipients.is_empty()) else {
        // The person who wrote sees at once why it cannot leave.
        return desk_side::mark_failed(tx, &actor, queued.message_id.0, ("no-mailbox", ""));
    };
    let settings = setting::<MailSettings>(tx)?;
    let now = tx.now();
    let delay_ms = if message.automatic { 0 } else { settings.undo_ms.max(0) };
    let header_id = wire_email::address::new_message_id(random, &compose::id_domain(&mailbox));
    let known = MailRef {
        conversation_id,
        desk_message_id: queued.message_id.0,
        outbound: true,
        header_id: header_id.clone(),
    };
    refs::insert(tx, &inbound::message_key(&header_id), &known)?;
    let new = store::NewOutbound {
        desk_message_id: queued.message_id.0,
        conversation_id,
        case_id: queued.case_id.0,
        mailbox_id: mailbox.id,
        recipients,
        header_id,
        automatic: message.automatic,
        next_at: now.plus_ms(delay_ms),
        give_up_at: now.plus_ms(settings.retry_ms_max),
    };
    let id = store::insert(tx, &new)?;
    record(tx, &actor, &MailQueued { outbound_id: id.0, case_id: queued.case_id.0 })?;
    knock(tx, conversation_id)
}

/// Whom it goes to: as the desk names them. The author of the mail that opened the conversation
/// may have asked for answers elsewhere.
fn recipients(
    tx: &mut Tx<'_>,
    conversation_id: i64,
    message: &OutgoingMessage,
) -> Result<Vec<String>, Error> {
    let opening = inbound::store::opening_of(tx, conversation_id)?;
    let (author, elsewhere) = match opening {
        Some(mail) => (mail.sender, mail.reply_to),
        None => (None, None),
    };
    let mut found: Vec<String> = Vec::new();
    for named in message.to.iter().chain(&message.cc) {
        let address = named.address.trim().to_lowercase();
        let is_author = author.as_deref() == Some(address.as_str());
        let address = elsewhere.clone().filter(|_| is_author).unwrap_or(address);
        if !address.is_empty() && !found.contains(&address) {
            found.push(address);
        }
    }
    Ok(found)
}
