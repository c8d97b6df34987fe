//! What happens to mail coming in. Ids only: who wrote, and what, stays in the rows.

use platform::Event;
use serde::{Deserialize, Serialize};

/// A mail was kept and its sender answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct InboundReceived {
    pub inbound_id: i64,
    pub mailbox_id: i64,
}

/// A mail was read and filed, found to be a duplicate, or set aside.
#[derive(Debug, Serialize, Deserialize)]
pub struct InboundDone {
    pub inbound_id: i64,
    pub state: String,
    pub case_id: Option<i64>,
}

/// A mail could not be read or filed.
#[derive(Debug, Serialize, Deserialize)]
pub struct InboundFailed {
    pub inbound_id: i64,
    pub reason: String,
}

/// A person had a mail read again.
#[derive(Debug, Serialize, Deserialize)]
pub struct InboundRerun {
    pub inbound_id: i64,
}

macro_rules! inbound_event {
    ($($name:ident $kind:literal)+) => {$(
        impl Event for $name {
            const KIND: &'static str = $kind;
            const SUBJECT: &'static str = "inbound_mail";
            fn subject_id(&self) -> i64 {
                self.inbound_id
            }
        }
    )+};
}

inbound_event! {
    InboundReceived "mail.received"
    InboundDone "mail.filed"
    InboundFailed "mail.failed"
    InboundRerun "mail.rerun"
}
