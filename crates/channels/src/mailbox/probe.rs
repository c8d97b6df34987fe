//! A try of a mailbox's mail server with what was typed, before it is saved.

use platform::{Actor, App, Error, Workspace};
use wire_email::client::Probe;

use super::{MailboxForm, MailboxId, open_secret, store};
use crate::outbound::{Route, SmtpTransport, Transport};
use crate::permissions::ChannelPermission;

/// Connects and logs in as for sending. The kept password is only tried at the server it is for.
pub async fn probe_mailbox(
    app: &App,
    workspace: &Workspace,
    actor: &Actor,
    id: Option<MailboxId>,
    form: &MailboxForm,
) -> Result<Probe, Error> {
    actor.require(ChannelPermission::ManageMailboxes)?;
    let smtp = form.check()?.smtp;
    if smtp.host.is_empty() {
        return Err(Error::field("smtp_host", "channels-error-nothing-to-try"));
    }
    let mut password = Some(form.smtp_secret.clone()).filter(|secret| !secret.is_empty());
    if let Some(id) = id.filter(|_| password.is_none() && !smtp.user.is_empty()) {
        let look = |tx: &mut db::Tx<'_>| {
            let mailbox = store::find(tx, id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((mailbox, store::secret(tx, id)?))
        };
        let (mailbox, secret) = workspace.db.read(look)?;
        if secret.is_some() && !mailbox.smtp.is_same_account(&smtp) {
            return Err(Error::field("smtp_secret", "channels-error-secret-again"));
        }
        password = secret.and_then(|sealed| open_secret(app.keys(), &sealed));
    }
    let route = Route::of(&smtp, password);
    let probe = SmtpTransport::new(None).probe(&route).await;
    probe.ok_or_else(|| Error::field("smtp_host", "channels-error-nothing-to-try"))
}
