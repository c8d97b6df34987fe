//! Mail of the installation itself: invitations and resets.
//!
//! It waits in the control database as a job; whoever can send mail adds the code for it. The text
//! carries a link that opens an account, so it is sealed while it waits.

use base::UtcMs;
use db::Tx;
use frame::{open_text, seal_text};
use platform::{Error, Job, Keys, WrongKey, enqueue};
use serde::{Deserialize, Serialize};

/// One mail to a person who signs in here; `body(keys)` opens the text for sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemMail {
    /// A checked address.
    pub to: String,
    pub subject: String,
    sealed_body: String,
    /// After this, what it says no longer works, and it need not be sent.
    pub expires_at: Option<UtcMs>,
}

impl Job for SystemMail {
    const KIND: &'static str = "system.mail";
}

const PURPOSE: &str = "system mail";

impl SystemMail {
    pub fn new(keys: &Keys, to: &str, subject: String, body: &str) -> SystemMail {
        let sealed_body = seal_text(keys, PURPOSE, body);
        SystemMail { to: to.to_string(), subject, sealed_body, expires_at: None }
    }

    pub fn expires_at(self, at: UtcMs) -> SystemMail {
        SystemMail { expires_at: Some(at), ..self }
    }

    /// The plain text, lines ended by `\n`.
    pub fn body(&self, keys: &Keys) -> Result<String, WrongKey> {
        open_text(keys, PURPOSE, &self.sealed_body).ok_or(WrongKey)
    }

    /// Queues it with the change that it tells of, in the control database.
    pub fn send(&self, control: &mut Tx<'_>) -> Result<(), Error> {
        let now = control.now();
        enqueue(control, self, now)?;
        Ok(())
    }
}
