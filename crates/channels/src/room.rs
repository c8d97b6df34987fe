//! What this room tells the house about itself, and how it is started.

use std::sync::Arc;

use base::Entropy;
use db::{Migration, Tx};
use platform::{App, Error, Permission, RoleGrant, Room, Scope, enqueue, forget_waiting};
use ui::i18n::Catalogue;

use crate::inbound::{self, TakeMail, take_mail};
use crate::outbound::{self, SendMail, Transport, send_mail};
use crate::permissions::ChannelPermission;
use crate::system_mail::send_system_mail;

/// The words of this room.
pub const CATALOGUE: Catalogue = Catalogue {
    room: "channels",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// What the room is given.
pub struct Deps {
    /// What carries mails out of the house.
    pub transport: Arc<dyn Transport>,
    /// Where Message-IDs are drawn from.
    pub entropy: Arc<dyn Entropy>,
}

/// The room's part of every workspace.
pub fn room(deps: Deps) -> Room {
    let mut room = Room {
        name: "channels",
        migrations: vec![Migration {
            name: "channels/0001_mail",
            sql: include_str!("../migrations/0001_mail.sql"),
        }],
        permissions: ChannelPermission::LIST.to_vec(),
        role_grants: role_grants(),
        hooks: vec![outbound::hook(deps.entropy)],
        ..Room::default()
    };
    let (transport, system) = (deps.transport.clone(), deps.transport);
    room.handlers.add(take_mail);
    room.handlers.add(move |seat, job: SendMail| send_mail(transport.clone(), seat, job));
    room.handlers.add(move |seat, job| send_system_mail(system.clone(), seat, job));
    room
}

fn role_grants() -> Vec<RoleGrant> {
    let grant = |role, permission: ChannelPermission| RoleGrant {
        role,
        key: permission.key(),
        scope: Scope::All,
    };
    vec![
        grant("Administrator", ChannelPermission::ManageMailboxes),
        grant("Administrator", ChannelPermission::MailQueue),
        grant("Administrator", ChannelPermission::ReadRawMail),
        grant("Team lead", ChannelPermission::MailQueue),
    ]
}

/// Knocks again for whatever waits, instead of the knocks that wait: they never pile up, however
/// often the program starts.
fn nudge(tx: &mut Tx<'_>) -> Result<(), Error> {
    forget_waiting::<SendMail>(tx)?;
    forget_waiting::<TakeMail>(tx)?;
    for conversation_id in outbound::store::open_conversations(tx)? {
        outbound::knock(tx, conversation_id)?;
    }
    let now = tx.now();
    for mailbox_id in inbound::store::waiting_mailboxes(tx)? {
        enqueue(tx, &TakeMail { mailbox_id }, now)?;
    }
    Ok(())
}

/// After a start: whatever was under way when the program ended goes on at once, instead of
/// waiting until the leases of a program that is no more run out. Call it once, before the
/// workers start. (One process has an installation open at a time.)
pub fn recover(app: &App) -> Result<(), Error> {
    for row in app.workspaces()? {
        let workspace = app.workspace(&row.slug)?;
        workspace.db.write_blocking(|tx| {
            outbound::store::drop_leases(tx)?;
            nudge(tx)
        })?;
    }
    Ok(())
}
