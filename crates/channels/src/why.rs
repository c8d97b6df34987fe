//! Why a mail is where it is, in the reader's words.

use ui::L;

/// The words of a reason that a row keeps by its key.
pub(crate) fn words(l: L, reason: &str) -> String {
    l.t(&format!("channels-why-{reason}")).to_string()
}
