//! The one door for every way in: LMTP, SMTP, the pipe, the spool.
//!
//! It reads nothing of the mail. It finds the mailbox, puts the sealed bytes on the disk, then
//! the row that names them; only then the sender hears "accepted". Whatever fails before, the
//! sender still has the mail.

use std::sync::Arc;

use base::UtcMs;
use platform::control::workspace::for_address;
use platform::{App, Error, Workspace, enqueue, record, setting};

use super::{InboundId, InboundReceived, TakeMail, store};
use crate::mailbox::{self, Mailbox};
use crate::setting::MailSettings;

/// The answer to a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// On the disk.
    Kept(InboundId),
    /// This spooled mail was taken before.
    Known(InboundId),
    /// Not now; the sender keeps it and comes again.
    Later,
    /// No mailbox of this installation has the address.
    NoMailbox,
    /// The mailbox takes no mail any more.
    Closed,
    TooLarge {
        bytes_max: i64,
    },
}

/// A mail that waited in the spool folder.
#[derive(Clone, Debug)]
pub struct Spooled {
    /// Unique; the same one twice is one mail.
    pub id: String,
}

/// A mail that nobody has read for so long makes the next one knock again.
const WAIT_MS_MAX: i64 = UtcMs::MINUTE;

/// Takes a mail for one recipient.
pub async fn accept(app: &App, envelope_from: &str, recipient: &str, raw: &[u8]) -> Accepted {
    answered(keep(app, envelope_from, recipient, raw, None).await)
}

/// Takes a mail out of the spool; a second time does nothing.
pub async fn accept_spooled(
    app: &App,
    envelope_from: &str,
    recipient: &str,
    raw: &[u8],
    spooled: Spooled,
) -> Accepted {
    answered(keep(app, envelope_from, recipient, raw, Some(spooled.id)).await)
}

/// Whether mail to this address would be taken, as far as one can tell before the mail is there.
pub fn is_ours(app: &App, recipient: &str) -> Accepted {
    answered(home(app, recipient).map(|found| match found {
        Some((_, mailbox)) if mailbox.active => Accepted::Kept(InboundId(0)),
        Some(_) => Accepted::Closed,
        None => Accepted::NoMailbox,
    }))
}

/// Whether an address is a mailbox of any workspace here, itself or with a plus.
pub(super) fn is_our_mailbox(app: &App, address: &str) -> Result<bool, Error> {
    let plain = wire_email::address::without_plus(address);
    app.control().read(|tx| {
        let exact = for_address(tx, address)?.is_some();
        Ok(exact || for_address(tx, &plain)?.is_some())
    })
}

/// Trouble of ours is never a reason for the sender to give up.
fn answered(kept: Result<Accepted, Error>) -> Accepted {
    kept.unwrap_or_else(|error| {
        tracing::warn!(%error, "A mail could not be kept; its sender will come again.");
        Accepted::Later
    })
}

async fn keep(
    app: &App,
    envelope_from: &str,
    recipient: &str,
    raw: &[u8],
    spool_id: Option<String>,
) -> Result<Accepted, Error> {
    let Some((workspace, mailbox)) = home(app, recipient)? else {
        return Ok(Accepted::NoMailbox);
    };
    if !mailbox.active {
        return Ok(Accepted::Closed);
    }
    let bytes_max = workspace.db.read(setting::<MailSettings>)?.mail_bytes_max;
    if raw.len() as i64 > bytes_max {
        return Ok(Accepted::TooLarge { bytes_max });
    }
    let (files, bytes) = (workspace.files.clone(), raw.to_vec());
    let stored = tokio::task::spawn_blocking(move || files.put(&bytes))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(format!("the mail could not be written: {error}")))?;
    let new = store::NewInbound {
        mailbox_id: mailbox.id,
        recipient: bounded(recipient),
        envelope_from: bounded(envelope_from),
        sha256: stored.sha256,
        size_bytes: stored.size_bytes,
        spool_id,
    };
    let system = workspace.system();
    let kept = workspace
        .db
        .write(move |tx| {
            if let Some(spool_id) = &new.spool_id
                && let Some(known) = store::by_spool_id(tx, spool_id)?
            {
                return Ok::<_, Error>(Accepted::Known(known));
            }
            let now = tx.now();
            // Where one waits already, its job goes on until none is left. One that waits for
            // long may have lost its job: a knock too many does no harm.
            let oldest = store::next_received(tx, new.mailbox_id)?;
            let knock = oldest.is_none_or(|mail| now.since(mail.received_at) > WAIT_MS_MAX);
            let id = store::insert(tx, &new)?;
            let received = InboundReceived { inbound_id: id.0, mailbox_id: new.mailbox_id.0 };
            record(tx, &system, &received)?;
            if knock {
                enqueue(tx, &TakeMail { mailbox_id: new.mailbox_id }, now)?;
            }
            Ok(Accepted::Kept(id))
        })
        .await?;
    if let Accepted::Kept(_) = kept {
        app.metrics().mail_in.add(1);
    }
    Ok(kept)
}

/// The mailbox that a recipient is, or is a plus-address of.
fn home(app: &App, recipient: &str) -> Result<Option<(Arc<Workspace>, Mailbox)>, Error> {
    let exact = recipient.trim().to_lowercase();
    let plain = wire_email::address::without_plus(&exact);
    let found = app.control().read(|tx| {
        for address in [&exact, &plain] {
            if let Some(slug) = for_address(tx, address)? {
                return Ok::<_, Error>(Some((slug, address.clone())));
            }
        }
        Ok(None)
    })?;
    let Some((slug, address)) = found else { return Ok(None) };
    let workspace = app.workspace(&slug)?;
    let mailbox = workspace.db.read(|tx| mailbox::store::by_address(tx, &address))?;
    Ok(mailbox.map(|mailbox| (workspace, mailbox)))
}

/// An envelope's path is bounded by its protocol; what comes by pipe is bounded here.
fn bounded(path: &str) -> String {
    path.trim().chars().filter(|c| !c.is_control()).take(320).collect()
}
