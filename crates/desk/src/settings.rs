//! How the desk takes work in.

pub(crate) mod pages;

use platform::Setting;
use serde::{Deserialize, Serialize};

use crate::kinds::CaseType;
use crate::queue::QueueId;

const REOPEN_DAYS: i64 = 14;

/// What happens with a customer's message that nobody has sorted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskSettings {
    /// Where it waits; None is the oldest active queue.
    pub intake_queue_id: Option<QueueId>,
    pub intake_type: CaseType,
    /// A customer's answer so many days after the end reopens a case; later it opens a new one.
    pub reopen_days: i64,
}

impl Default for DeskSettings {
    fn default() -> Self {
        DeskSettings {
            intake_queue_id: None,
            intake_type: CaseType::Query,
            reopen_days: REOPEN_DAYS,
        }
    }
}

impl Setting for DeskSettings {
    const KEY: &'static str = "desk";
}
