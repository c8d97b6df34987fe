//! What happens to mailboxes.

use platform::Event;
use serde::{Deserialize, Serialize};

/// A mailbox was added.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxAdded {
    pub mailbox_id: i64,
}

/// A mailbox was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxChanged {
    pub mailbox_id: i64,
    pub version: i64,
    pub active: bool,
}

impl Event for MailboxAdded {
    const KIND: &'static str = "mailbox.added";
    const SUBJECT: &'static str = "mailbox";
    fn subject_id(&self) -> i64 {
        self.mailbox_id
    }
}

impl Event for MailboxChanged {
    const KIND: &'static str = "mailbox.changed";
    const SUBJECT: &'static str = "mailbox";
    fn subject_id(&self) -> i64 {
        self.mailbox_id
    }
}
