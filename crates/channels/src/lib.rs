//! Channels: how customers' words come in and the desk's answers go out. E-mail, both ways.

mod desk_side;
mod inbound;
mod inline_images;
mod mailbox;
mod message_page;
mod outbound;
mod permissions;
mod queues;
mod receiver;
mod reference;
mod room;
mod routes;
mod setting;
pub mod spool;
mod system_mail;
mod why;

pub use inbound::{
    Accepted, InboundDone, InboundFailed, InboundId, InboundMail, InboundPage, InboundReceived,
    InboundRerun, InboundState, RawMail, Spooled, accept, accept_spooled, count_inbound,
    find_inbound, inbound_raw, is_ours, list_inbound, rerun_inbound,
};
pub use mailbox::{
    Mailbox, MailboxAdded, MailboxChanged, MailboxForm, MailboxId, Smtp, Tls, add_mailbox,
    change_mailbox, find_mailbox, list_mailboxes, probe_mailbox,
};
pub use outbound::{
    MailDiscarded, MailFailed, MailQueued, MailRetried, MailSent, MailUndone, OutboundId,
    OutboundMail, OutboundPage, OutboundState, Route, SmtpTransport, Transport, count_outbound,
    discard_outbound, find_outbound, list_outbound, retry_outbound, undo_send,
};
pub use permissions::ChannelPermission;
pub use receiver::{Listeners, MailReceiver, Receiving, receive_at, serve_mail};
pub use room::{CATALOGUE, Deps, recover, room};
pub use routes::routes;
pub use setting::MailSettings;
pub use spool::{Asked, DeliverError, Delivered, Drained, Piped, deliver_from_pipe, drain_spool};
