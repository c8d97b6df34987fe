//! Adding and changing mailboxes.

use db::Tx;
use desk::{QueueId, list_queues};
use platform::control::workspace::{claim_address, release_address};
use platform::{Actor, App, Error, Workspace, record};

use super::{MailboxAdded, MailboxChanged, MailboxForm, MailboxId, SECRET_PURPOSE};
use super::{checked_address, store};
use crate::permissions::ChannelPermission;

/// Adds a mailbox. Its address becomes this workspace's in the whole installation first: a claim
/// without a mailbox only refuses mail, a mailbox without its claim would lose it.
pub async fn add_mailbox(
    app: &App,
    workspace: &Workspace,
    actor: &Actor,
    form: &MailboxForm,
) -> Result<MailboxId, Error> {
    actor.require(ChannelPermission::ManageMailboxes)?;
    let (address, rest) = (checked_address(&form.address), form.check());
    let (address, checked) = match (address, rest) {
        (Ok(address), Ok(checked)) => (address, checked),
        (Err(error), Ok(_)) => return Err(error.into()),
        (Err(error), Err(Error::Invalid(mut others))) => {
            others.insert(0, error);
            return Err(Error::Invalid(others));
        }
        (_, Err(error)) => return Err(error),
    };
    let taken = workspace.db.read(|tx| store::by_address(tx, address.as_str()))?;
    if taken.is_some() {
        return Err(Error::field("address", "channels-error-mailbox-exists"));
    }
    let (claimed, workspace_id) = (address.clone(), workspace.id);
    app.control().write(move |tx| claim_address(tx, &claimed, workspace_id)).await?;
    let secret = sealed(app, &form.smtp_secret);
    let (by, kept) = (actor.clone(), address.clone());
    let added = workspace
        .db
        .write(move |tx| {
            check_queue(tx, checked.queue_id)?;
            let id = store::insert(tx, &kept, &checked, secret.as_ref())?;
            record(tx, &by, &MailboxAdded { mailbox_id: id.0 })?;
            Ok(id)
        })
        .await;
    let made_meanwhile = || workspace.db.read(|tx| store::by_address(tx, address.as_str()));
    if added.is_err() && matches!(made_meanwhile(), Ok(None)) {
        let gone = address.as_str().to_string();
        app.control().write(move |tx| release_address(tx, &gone, workspace_id)).await?;
    }
    added
}

/// Changes everything but the address, if nobody else changed it since `version`.
pub async fn change_mailbox(
    app: &App,
    workspace: &Workspace,
    actor: &Actor,
    (id, version): (MailboxId, i64),
    form: &MailboxForm,
) -> Result<(), Error> {
    actor.require(ChannelPermission::ManageMailboxes)?;
    let checked = form.check()?;
    let secret = sealed(app, &form.smtp_secret);
    let by = actor.clone();
    workspace
        .db
        .write(move |tx| {
            let before = store::find(tx, id)?.ok_or(Error::NotFound)?;
            let needs_secret = before.has_secret && !checked.smtp.user.is_empty();
            if needs_secret && secret.is_none() && !before.smtp.is_same_account(&checked.smtp) {
                // Else whoever may change the host would be sent the kept password.
                return Err(Error::field("smtp_secret", "channels-error-secret-again"));
            }
            if checked.queue_id != before.queue_id {
                check_queue(tx, checked.queue_id)?;
            }
            if !store::update(tx, id, version, &checked)? {
                return Err(Error::Conflict);
            }
            match secret {
                Some(secret) => store::set_secret(tx, id, Some(&secret))?,
                // A password without a user name is never used.
                None if checked.smtp.user.is_empty() => store::set_secret(tx, id, None)?,
                None => {}
            }
            let version = version + 1;
            let changed = MailboxChanged { mailbox_id: id.0, version, active: checked.active };
            record(tx, &by, &changed)?;
            Ok(())
        })
        .await
}

/// A queue is one that takes work now. One that was closed later may stay: the desk then finds
/// another for new cases.
fn check_queue(tx: &mut Tx<'_>, id: Option<QueueId>) -> Result<(), Error> {
    let Some(id) = id else { return Ok(()) };
    match list_queues(tx)?.iter().any(|queue| queue.id == id && queue.active) {
        true => Ok(()),
        false => Err(Error::field("queue", "error-choose-from-list")),
    }
}

fn sealed(app: &App, secret: &str) -> Option<Vec<u8>> {
    (!secret.is_empty()).then(|| app.keys().seal(SECRET_PURPOSE, secret.as_bytes()))
}
