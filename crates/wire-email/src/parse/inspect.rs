//! What `sampark mail inspect` and `sampark mail bounce` print.

use serde_json::{Value, json};

use super::{Kind, Parsed};

impl Parsed {
    /// One JSON object with what was read of `file`.
    pub fn inspect_json(&self, file: &str) -> Value {
        let emails = |list: &[crate::Addr]| -> Vec<String> {
            list.iter().map(|addr| addr.email.clone()).collect()
        };
        let files = self.attachments.iter().map(|a| {
            json!({
                "name": a.name,
                "type": a.mime,
                "size": a.size,
                "sha256": a.sha256,
                "content_id": a.content_id,
                "inline": a.inline,
            })
        });
        json!({
            "file": file,
            "from_email": self.from.as_ref().map(|a| &a.email),
            "from_name": self.from.as_ref().map(|a| &a.name),
            "reply_to": emails(&self.reply_to),
            "to": emails(&self.to),
            "cc": emails(&self.cc),
            "subject": self.subject,
            "message_id": self.message_id,
            "in_reply_to": self.in_reply_to.first(),
            "references": self.references,
            "date_ms": self.date_ms,
            "text": self.text,
            "reply_text": self.reply_text,
            "html": self.html,
            "attachments": files.collect::<Vec<_>>(),
            "auto_submitted": self.auto_submitted,
            "problems": self.problems,
        })
    }

    /// One JSON object that tells whether `file` is a bounce, and of whom.
    pub fn bounce_json(&self, file: &str) -> Value {
        let recipients = match self.kind() {
            Kind::Bounce(bounce) => &bounce.recipients[..],
            _ => &[],
        };
        json!({
            "file": file,
            "is_bounce": matches!(self.kind(), Kind::Bounce(_)),
            "recipients": recipients,
        })
    }
}
