//! What happens to accounts.

use platform::Event;
use serde::{Deserialize, Serialize};

use super::AccountId;

/// An organisation was added, or its record changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSaved {
    pub account_id: AccountId,
    pub is_new: bool,
    pub fields: Vec<String>,
}

impl Event for AccountSaved {
    const KIND: &'static str = "account.saved";
    const SUBJECT: &'static str = "account";
    fn subject_id(&self) -> i64 {
        self.account_id.0
    }
}
