//! Settings of a workspace, with history: who changed what, when, from what.

mod store;

use base::UtcMs;
use db::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actor::{Actor, MemberId};
use crate::error::Error;
use crate::event::{Event, record};
use crate::permission::PlatformPermission;

/// A setting has a type, a name and a default.
pub trait Setting: Serialize + DeserializeOwned + Default {
    const KEY: &'static str;
}

/// One past value.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingChange {
    pub key: String,
    /// JSON.
    pub value: String,
    pub changed_at: UtcMs,
    pub changed_by: MemberId,
}

/// A setting got a new value; the value itself stays in the history.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct SettingChanged {
    pub key: String,
    pub version: i64,
}

impl Event for SettingChanged {
    const KIND: &'static str = "setting.changed";
    const SUBJECT: &'static str = "setting";
    fn subject_id(&self) -> i64 {
        self.version
    }
}

/// The setting's value, or its default where nobody has set it.
pub fn setting<S: Setting>(tx: &mut Tx<'_>) -> Result<S, Error> {
    let Some(text) = store::value(tx, S::KEY)? else { return Ok(S::default()) };
    serde_json::from_str(&text).map_err(|error| Error::Internal(format!("{}: {error}", S::KEY)))
}

/// Changes a setting and keeps the old value in its history.
pub fn change_setting<S: Setting>(tx: &mut Tx<'_>, actor: &Actor, value: &S) -> Result<(), Error> {
    actor.require(PlatformPermission::ManageSettings)?;
    let text = serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))?;
    let version = store::put(tx, S::KEY, &text, actor.member_id)?;
    record(tx, actor, &SettingChanged { key: S::KEY.into(), version })?;
    Ok(())
}

/// Past values, newest first, at most 100.
pub fn setting_history(tx: &mut Tx<'_>, key: &str) -> Result<Vec<SettingChange>, Error> {
    store::history(tx, key)
}
