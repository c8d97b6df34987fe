//! Mail going out: a row and its job in the transaction that queued the message, then the mail
//! server, as often as it takes, with the very same mail each time.

mod compose;
mod events;
mod hook;
pub(crate) mod pages;
mod queue;
mod send;
pub(crate) mod store;
mod transport;

use base::UtcMs;

use crate::mailbox::MailboxId;

pub(crate) use compose::signing_key;
pub use events::{MailDiscarded, MailFailed, MailQueued, MailRetried, MailSent, MailUndone};
pub(crate) use hook::hook;
pub use queue::{
    OutboundPage, count_outbound, discard_outbound, find_outbound, list_outbound, retry_outbound,
    undo_send,
};
pub(crate) use send::{SendMail, knock, send_mail};
pub use transport::{Route, SmtpTransport, Transport};

base::typed_id!(
    /// A mail that goes out.
    OutboundId,
);

/// Where a mail going out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboundState {
    /// Waits for its time: an undo, a retry, or the mail before it.
    Queued,
    /// A mail server is being talked to.
    Sending,
    Sent,
    /// The server will never take it, or it was tried for too long; a person looks.
    Failed,
    /// A person gave it up.
    Discarded,
    /// Its author took it back before it left.
    Undone,
}

/// A mail's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundMail {
    pub id: OutboundId,
    pub desk_message_id: i64,
    pub conversation_id: i64,
    pub case_id: i64,
    pub mailbox_id: MailboxId,
    /// The first addressee.
    pub recipient: String,
    /// All who have not got it yet.
    pub open_recipients: Vec<String>,
    /// The Message-ID, without angle brackets.
    pub header_id: String,
    /// The Date header.
    pub date_at: UtcMs,
    pub automatic: bool,
    pub state: OutboundState,
    pub attempts: i64,
    pub next_at: UtcMs,
    pub give_up_at: UtcMs,
    pub leased_until: Option<UtcMs>,
    /// The composed mail's file, from the first try on.
    pub sha256: Option<String>,
    /// Why it is not sent: `channels-why-` and this is a key of the catalogue.
    pub reason: Option<String>,
    /// The mail server's own words.
    pub detail: Option<String>,
    pub created_at: UtcMs,
    pub ended_at: Option<UtcMs>,
}

impl OutboundState {
    pub const ALL: [OutboundState; 6] = [
        OutboundState::Queued,
        OutboundState::Sending,
        OutboundState::Failed,
        OutboundState::Sent,
        OutboundState::Discarded,
        OutboundState::Undone,
    ];

    pub fn key(self) -> &'static str {
        match self {
            OutboundState::Queued => "queued",
            OutboundState::Sending => "sending",
            OutboundState::Sent => "sent",
            OutboundState::Failed => "failed",
            OutboundState::Discarded => "discarded",
            OutboundState::Undone => "undone",
        }
    }

    pub fn from_key(key: &str) -> Option<OutboundState> {
        OutboundState::ALL.into_iter().find(|state| state.key() == key)
    }
}
