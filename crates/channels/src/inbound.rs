//! Mail coming in: kept first, answered then, read afterwards.

mod accept;
mod bounce;
mod digest;
mod events;
mod loops;
pub(crate) mod pages;
mod queue;
pub(crate) mod store;
mod take;
mod thread;

use base::UtcMs;

use crate::mailbox::MailboxId;

pub use accept::{Accepted, Spooled, accept, accept_spooled, is_ours};
pub(crate) use digest::message_key;
pub use events::{InboundDone, InboundFailed, InboundReceived, InboundRerun};
pub use queue::{
    InboundPage, RawMail, count_inbound, find_inbound, inbound_raw, list_inbound, rerun_inbound,
};
pub(crate) use take::{Prepared, TakeMail, take_mail};
pub(crate) use thread::Place;

base::typed_id!(
    /// A mail that came in.
    InboundId,
);

/// What became of a mail that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboundState {
    /// Kept, not read yet.
    Received,
    /// In a conversation.
    Done,
    /// The same mail came before; it is in its conversation once.
    Duplicate,
    /// Nothing for the desk: an automatic answer or a report that belongs nowhere.
    Ignored,
    /// It could not be read or filed; a person looks, and runs it again.
    Failed,
}

/// A mail's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboundMail {
    pub id: InboundId,
    pub mailbox_id: MailboxId,
    pub recipient: String,
    /// Empty for the null path.
    pub envelope_from: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub state: InboundState,
    /// Why it is where it is: `channels-why-` and this is a key of the catalogue.
    pub reason: Option<String>,
    /// Technical words to the reason.
    pub detail: Option<String>,
    pub attempts: i64,
    pub received_at: UtcMs,
    pub taken_at: Option<UtcMs>,
    pub content_sha256: Option<String>,
    pub message_key: Option<String>,
    pub sender: Option<String>,
    /// Where its author wants answers, when that is elsewhere.
    pub reply_to: Option<String>,
    pub subject: Option<String>,
    pub conversation_id: Option<i64>,
    pub case_id: Option<i64>,
    pub desk_message_id: Option<i64>,
}

impl InboundState {
    pub const ALL: [InboundState; 5] = [
        InboundState::Received,
        InboundState::Failed,
        InboundState::Duplicate,
        InboundState::Ignored,
        InboundState::Done,
    ];

    pub fn key(self) -> &'static str {
        match self {
            InboundState::Received => "received",
            InboundState::Done => "done",
            InboundState::Duplicate => "duplicate",
            InboundState::Ignored => "ignored",
            InboundState::Failed => "failed",
        }
    }

    pub fn from_key(key: &str) -> Option<InboundState> {
        InboundState::ALL.into_iter().find(|state| state.key() == key)
    }
}
