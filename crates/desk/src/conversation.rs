//! A conversation: one customer, one channel, one thread of messages.

mod receive;
mod store;

use base::{EmailAddress, UtcMs};
use db::Tx;
use people::ContactId;
use platform::Error;
use serde::Serialize;

use crate::case::{CaseId, CaseNumber};
use crate::kinds::{Channel, ConversationState};

pub use receive::{InboundMessage, Outcome, Received, Thread, receive};
pub(crate) use receive::{heard, record_heard};
pub(crate) use store::{begin, set_state, spoke};

base::typed_id!(
    /// A thread of messages with one customer.
    ConversationId,
);

/// A conversation, as its row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub contact_id: ContactId,
    pub channel: Channel,
    pub subject: String,
    pub state: ConversationState,
    /// The carrier's own number of the mailbox it came through.
    pub mailbox_id: Option<i64>,
    pub last_message_at: UtcMs,
}

/// For carriers: the conversation of the case with this number, if the address takes part in it:
/// as the customer's, as a writer of one of its messages, or as somebody they were sent to.
pub fn conversation_of(
    tx: &mut Tx<'_>,
    number: &CaseNumber,
    address: &EmailAddress,
) -> Result<Option<(CaseId, ConversationId)>, Error> {
    store::joined_by(tx, number, address)
}

pub(crate) fn must_find(tx: &mut Tx<'_>, id: ConversationId) -> Result<Conversation, Error> {
    store::conversation(tx, id)?.ok_or(Error::NotFound)
}
