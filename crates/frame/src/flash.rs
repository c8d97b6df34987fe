//! What is said once after an action: kept in a cookie between the redirect and the next page.
//!
//! The cookie carries a key of the catalogue and plain values, never text to be shown as it is.

use base::hex;
use platform::web::Seat;
use serde::{Deserialize, Serialize};
use ui::{L, Tone};

use crate::sealed::unhex;

pub(crate) const COOKIE: &str = "flash";
/// A browser that never comes back for its page forgets the message.
const LIVES_S: i64 = 60;
const BYTES_MAX: usize = 3_000;

/// A short message for the next page: `Flash::done("team-saved").with("name", name)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    key: String,
    args: Vec<(String, String)>,
    warn: bool,
    /// The address of a POST that takes the action back.
    undo: Option<String>,
}

impl Flash {
    /// Something was done.
    pub fn done(key: &str) -> Flash {
        Flash { key: key.into(), args: Vec::new(), warn: false, undo: None }
    }

    /// Something was not done, or only partly.
    pub fn warn(key: &str) -> Flash {
        Flash { warn: true, ..Flash::done(key) }
    }

    /// A value of the message.
    pub fn with(mut self, name: &str, value: impl ToString) -> Flash {
        self.args.push((name.into(), value.to_string()));
        self
    }

    /// Offers "Undo", which posts to this address of the same workspace.
    pub fn undo(mut self, action: &str) -> Flash {
        self.undo = Some(action.into());
        self
    }

    pub(crate) fn cookie(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        let value = hex(text.as_bytes());
        if value.len() > BYTES_MAX {
            // A browser would drop it; better no message than a broken one.
            return clear();
        }
        format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={LIVES_S}")
    }

    /// Reads the cookie back; an undo that leads out of this workspace is dropped.
    pub(crate) fn read(value: &str, seat: &Seat) -> Option<Flash> {
        let mut flash: Flash = serde_json::from_slice(&unhex(value)?).ok()?;
        let home = format!("/w/{}/", seat.workspace.slug);
        flash.undo = flash.undo.filter(|action| action.starts_with(&home));
        Some(flash)
    }

    pub(crate) fn tone(&self) -> Tone {
        if self.warn { Tone::Warn } else { Tone::Calm }
    }

    pub(crate) fn words(&self, l: L) -> String {
        let args: Vec<_> =
            self.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        l.tf(&self.key, &args)
    }

    pub(crate) fn undo_action(&self) -> Option<&str> {
        self.undo.as_deref()
    }
}

/// The header that forgets the message once it was shown.
pub(crate) fn clear() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_read_back_and_rubbish_is_not() {
        let flash = Flash::done("saved").with("name", "सुनीता").undo("/w/arohi/undo");
        let cookie = flash.cookie();
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        let back: Flash = serde_json::from_slice(&unhex(value).unwrap()).unwrap();
        assert_eq!(back, flash);
        for rubbish in ["", "7", "zz", "é", "7b"] {
            let read = unhex(rubbish).and_then(|bytes| serde_json::from_slice(&bytes).ok());
            assert_eq!(read, None::<Flash>, "{rubbish}");
        }
        let long = Flash::done("saved").with("name", "x".repeat(9_000));
        assert!(long.cookie().contains("Max-Age=0"));
    }
}
