//! What happens to cases. All of these have the case as their subject, so that a page that follows
//! `case:12` hears of its messages too. They hold ids and plain facts, never a customer's words.

use people::ContactId;
use platform::Event;
use serde::{Deserialize, Serialize};

use crate::case::CaseId;
use crate::conversation::ConversationId;
use crate::kinds::{CaseType, Channel, StatusType};
use crate::message::MessageId;
use crate::queue::QueueId;
use crate::status::StatusId;
use platform::MemberId;

/// Declares events about a case.
macro_rules! case_events {
    ($(
        $(#[$meta:meta])*
        $name:ident = $kind:literal { $($(#[$doc:meta])* $field:ident: $type:ty),* $(,)? }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            pub case_id: CaseId,
            pub contact_id: ContactId,
            $($(#[$doc])* pub $field: $type),*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            const SUBJECT: &'static str = "case";
            fn subject_id(&self) -> i64 {
                self.case_id.0
            }
            fn contact_id(&self) -> Option<i64> {
                Some(self.contact_id.0)
            }
        }
    )+};
}

case_events! {
    /// A case began. Its first message, if there is one, is part of this event.
    CaseOpened = "case.opened" {
        number: String,
        case_type: CaseType,
        channel: Channel,
        conversation_id: ConversationId,
        message_id: Option<MessageId>,
        queue_id: Option<QueueId>,
        owner_id: Option<MemberId>,
        /// True when a machine wrote the message: nobody wants an acknowledgement.
        auto: bool,
    }

    /// A finished case goes on: the customer wrote again, or a member said so.
    CaseReopened = "case.reopened" {
        from: StatusType,
        status_id: StatusId,
        message_id: Option<MessageId>,
    }

    /// Another owner, another queue, or both.
    CaseAssigned = "case.assigned" {
        from_owner: Option<MemberId>,
        to_owner: Option<MemberId>,
        from_queue: Option<QueueId>,
        to_queue: Option<QueueId>,
    }

    CaseStatusChanged = "case.status_changed" {
        from: StatusType,
        to: StatusType,
        from_status: StatusId,
        to_status: StatusId,
    }

    /// Fields of the case changed; the names of the fields.
    CaseChanged = "case.changed" {
        fields: Vec<String>,
    }

    /// The customer's message went on with a live case.
    MessageReceived = "message.received" {
        message_id: MessageId,
        channel: Channel,
        auto: bool,
    }

    /// A message to the customer waits for its carrier.
    MessageQueued = "message.queued" {
        message_id: MessageId,
        conversation_id: ConversationId,
        channel: Channel,
    }

    /// A colleague wrote a note.
    MessageNoted = "message.noted" {
        message_id: MessageId,
    }

    /// The carrier handed it over.
    MessageSent = "message.sent" {
        message_id: MessageId,
    }

    MessageDelivered = "message.delivered" {
        message_id: MessageId,
    }

    MessageReadByCustomer = "message.read" {
        message_id: MessageId,
    }

    /// It could not be sent; the message's row says why.
    MessageFailed = "message.failed" {
        message_id: MessageId,
    }

    /// It came back; the message's row says why.
    MessageBounced = "message.bounced" {
        message_id: MessageId,
    }
}
