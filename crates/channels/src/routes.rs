//! Every page of this room, each behind its guard.

use platform::web::{Guard, Routes};

use crate::permissions::ChannelPermission::{MailQueue, ManageMailboxes, ReadRawMail};
use crate::{inbound, mailbox, message_page, outbound};

/// The routes of this room.
pub fn routes() -> Routes {
    let queue = Guard::needs(MailQueue);
    let manage = Guard::needs(ManageMailboxes);
    let raw = Guard::needs(ReadRawMail);
    let read = Guard::needs(desk::DeskPermission::ReadCase);
    Routes::new()
        .get("/w/{ws}/queues/mail-in", queue, inbound::pages::list)
        .get("/w/{ws}/queues/mail-in/list", queue, inbound::pages::fragment)
        .get("/w/{ws}/queues/mail-in/{id}", queue, inbound::pages::show)
        .get("/w/{ws}/queues/mail-in/{id}/raw", raw, inbound::pages::raw)
        .post("/w/{ws}/queues/mail-in/{id}/rerun", queue, inbound::pages::rerun)
        .get("/w/{ws}/queues/mail-out", queue, outbound::pages::list)
        .get("/w/{ws}/queues/mail-out/list", queue, outbound::pages::fragment)
        .post("/w/{ws}/queues/mail-out/{id}/retry", queue, outbound::pages::retry)
        .post("/w/{ws}/queues/mail-out/{id}/discard", queue, outbound::pages::discard)
        .get("/w/{ws}/settings/mailboxes", manage, mailbox::pages::list)
        .post("/w/{ws}/settings/mailboxes", manage, mailbox::pages::create)
        .get("/w/{ws}/settings/mailboxes/list", manage, mailbox::pages::fragment)
        .get("/w/{ws}/settings/mailboxes/new", manage, mailbox::pages::new)
        .get("/w/{ws}/settings/mailboxes/{id}", manage, mailbox::pages::show)
        .post("/w/{ws}/settings/mailboxes/{id}", manage, mailbox::pages::update)
        .get("/w/{ws}/messages/{id}/frame", read, message_page::html)
        .post("/w/{ws}/messages/{id}/undo", read, message_page::undo)
        .get("/w/{ws}/files/{message}/{attachment}", read, message_page::file)
}
