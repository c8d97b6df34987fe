//! What happens to contacts.

use platform::Event;
use serde::{Deserialize, Serialize};

use super::{ContactId, NoteId};

/// A person became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAdded {
    pub contact_id: ContactId,
}

/// A person's record changed; the names of its fields, never what they hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactChanged {
    pub contact_id: ContactId,
    pub fields: Vec<String>,
}

/// Somebody wrote a note about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactNoted {
    pub contact_id: ContactId,
    pub note_id: NoteId,
}

impl Event for ContactAdded {
    const KIND: &'static str = "contact.added";
    const SUBJECT: &'static str = "contact";
    fn subject_id(&self) -> i64 {
        self.contact_id.0
    }
    fn contact_id(&self) -> Option<i64> {
        Some(self.contact_id.0)
    }
}

impl Event for ContactChanged {
    const KIND: &'static str = "contact.changed";
    const SUBJECT: &'static str = "contact";
    fn subject_id(&self) -> i64 {
        self.contact_id.0
    }
    fn contact_id(&self) -> Option<i64> {
        Some(self.contact_id.0)
    }
}

impl Event for ContactNoted {
    const KIND: &'static str = "contact.noted";
    const SUBJECT: &'static str = "contact";
    fn subject_id(&self) -> i64 {
        self.contact_id.0
    }
    fn contact_id(&self) -> Option<i64> {
        Some(self.contact_id.0)
    }
}
