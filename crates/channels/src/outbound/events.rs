//! What happens to mail going out. Ids only.

use platform::Event;
use serde::{Deserialize, Serialize};

macro_rules! outbound_event {
    ($($(#[$doc:meta])* $name:ident $kind:literal)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize)]
        pub struct $name {
            pub outbound_id: i64,
            pub case_id: i64,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            const SUBJECT: &'static str = "outbound_mail";
            fn subject_id(&self) -> i64 {
                self.outbound_id
            }
        }
    )+};
}

outbound_event! {
    /// A mail waits to be sent.
    MailQueued "mail.queued"
    /// A mail server took it.
    MailSent "mail.sent"
    /// It was not taken, and will be tried again.
    MailRetried "mail.retried"
    /// It will not be tried again by itself.
    MailFailed "mail.refused"
    /// A person gave it up.
    MailDiscarded "mail.discarded"
    /// Its author took it back in time.
    MailUndone "mail.undone"
}
