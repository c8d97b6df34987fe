//! Writing mail: from an [`Outgoing`] to the bytes that go on the wire.
//!
//! The same input gives the same bytes, so that a second attempt at sending is the same mail
//! with the same Message-ID. Nothing a person typed can add a header: control characters are
//! taken out of every field before it is written.

mod header;
mod part;

use crate::address::Addr;
use header::Head;

/// The newest references that are kept, besides the first.
const REFERENCES_MAX: usize = 20;

/// A mail to be sent. Message-IDs are written without angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outgoing {
    pub from: Addr,
    pub to: Vec<Addr>,
    pub cc: Vec<Addr>,
    pub reply_to: Vec<Addr>,
    pub subject: String,
    pub message_id: String,
    /// The instant of the Date header, UTC milliseconds.
    pub date_ms: i64,
    pub in_reply_to: Option<String>,
    /// Oldest first.
    pub references: Vec<String>,
    /// Set for acknowledgements and notices, so that no machine answers them (RFC 3834).
    pub automatic: Option<Automatic>,
    pub text: String,
    /// The same words as HTML, when there is more to show than plain text.
    pub html: Option<String>,
    pub attachments: Vec<Attached>,
}

/// Why a mail was written without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// In answer to a mail: an acknowledgement.
    Replied,
    /// By itself: a notice, a reminder, a password reset.
    Generated,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attached {
    pub name: String,
    /// `type/subtype`; anything else is sent as `application/octet-stream`.
    pub mime: String,
    /// Set for a picture that the HTML shows as `cid:…`.
    pub content_id: Option<String>,
    pub bytes: Vec<u8>,
}

/// The mail as bytes: lines end in CR LF, and everything is ASCII unless an address is not.
pub fn compose(mail: &Outgoing) -> Vec<u8> {
    let mut head = Head::default();
    head.text("Date", &header::date(mail.date_ms));
    head.addresses("From", std::slice::from_ref(&mail.from));
    head.addresses("Reply-To", &mail.reply_to);
    head.addresses("To", &mail.to);
    head.addresses("Cc", &mail.cc);
    head.unstructured("Subject", &mail.subject);
    head.ids("Message-ID", std::slice::from_ref(&mail.message_id));
    if let Some(parent) = &mail.in_reply_to {
        head.ids("In-Reply-To", std::slice::from_ref(parent));
    }
    head.ids("References", &bounded_references(mail));
    if let Some(why) = mail.automatic {
        head.text("Auto-Submitted", why.keyword());
        // What programs look at that do not know RFC 3834.
        head.text("Precedence", "bulk");
        head.text("X-Auto-Response-Suppress", "All");
    }
    head.text("MIME-Version", "1.0");
    let mut out = head.into_bytes();
    part::body(mail).write(&mut out);
    out
}

impl Automatic {
    fn keyword(self) -> &'static str {
        match self {
            Self::Replied => "auto-replied",
            Self::Generated => "auto-generated",
        }
    }
}

/// The first reference and the last twenty, and the parent at the end (RFC 5322 §3.6.4). A long
/// conversation would otherwise outgrow what mail servers accept.
fn bounded_references(mail: &Outgoing) -> Vec<String> {
    let mut all = mail.references.clone();
    if let Some(parent) = &mail.in_reply_to
        && !all.contains(parent)
    {
        all.push(parent.clone());
    }
    if all.len() > REFERENCES_MAX + 1 {
        all.drain(1..all.len() - REFERENCES_MAX);
    }
    all
}

#[cfg(test)]
mod tests;
