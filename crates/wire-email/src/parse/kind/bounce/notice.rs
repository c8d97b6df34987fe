//! Bounces that a sending service reports as JSON in a mail (Amazon SES through SNS).

use serde_json::Value;

use super::{Action, Bounce, failed};
use super::{RECIPIENTS_MAX, reason};

/// The bounce in a notification's text, if it is one.
pub(super) fn bounce(text: &str) -> Option<Bounce> {
    if !text.trim_start().starts_with('{') || !text.contains("notificationType") {
        return None;
    }
    // Mail programs wrap the one long line it comes in.
    let outer: Value = serde_json::from_str(&text.replace(['\n', '\r'], "")).ok()?;
    let inner: Value = serde_json::from_str(outer.get("Message")?.as_str()?).ok()?;
    if inner.get("notificationType")?.as_str()? != "Bounce" {
        return None;
    }
    let list = inner.pointer("/bounce/bouncedRecipients")?.as_array()?;
    let recipients = list.iter().take(RECIPIENTS_MAX).filter_map(|entry| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
        let address = text("emailAddress");
        let words = text("diagnosticCode").trim_start_matches("smtp;").trim();
        let dsn = reason::status(text("status"));
        (!address.is_empty()).then(|| failed(address.to_owned(), Action::Failed, dsn, words))
    });
    let headers = inner.pointer("/mail/commonHeaders/messageId").and_then(Value::as_str);
    let id = headers.map(|id| id.trim_matches(['<', '>']).to_owned());
    Some(Bounce { recipients: recipients.collect(), original_message_id: id })
}
