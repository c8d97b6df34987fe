//! What a workspace may set about its mail.

use base::UtcMs;
use platform::Setting;
use serde::{Deserialize, Serialize};

/// Limits and delays of mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// A larger mail is refused while the sender still has it.
    pub mail_bytes_max: i64,
    /// Acknowledgements to one address in 24 hours: what ends a loop that nothing else saw.
    pub acknowledgements_max: i64,
    /// How long a reply that a person wrote can be taken back.
    pub undo_ms: i64,
    /// How long an undeliverable mail is tried again.
    pub retry_ms_max: i64,
    /// Whether a new case from a person is acknowledged.
    pub acknowledge: bool,
}

impl Default for MailSettings {
    fn default() -> Self {
        MailSettings {
            mail_bytes_max: 25 * 1024 * 1024,
            acknowledgements_max: 5,
            undo_ms: 10 * UtcMs::SECOND,
            retry_ms_max: 2 * UtcMs::DAY,
            acknowledge: true,
        }
    }
}

impl Setting for MailSettings {
    const KEY: &'static str = "mail";
}
