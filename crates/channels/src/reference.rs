//! Which Message-ID belongs to which conversation: both those we drew and those customers wrote.

pub(crate) mod store;

/// A Message-ID that is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailRef {
    pub conversation_id: i64,
    pub desk_message_id: i64,
    /// We drew it.
    pub outbound: bool,
    /// As it stands in headers, without angle brackets.
    pub header_id: String,
}
