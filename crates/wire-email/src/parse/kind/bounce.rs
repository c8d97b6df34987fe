//! Bounces: the delivery reports of RFC 3464, and what servers write that know nothing of it.

mod notice;
mod reason;
mod told;

use serde::Serialize;

use crate::parse::Parsed;
use crate::parse::head::{self, Head};
use crate::parse::mime::Leaf;

const RECIPIENTS_MAX: usize = 100;
const BLOCKS_MAX: usize = 500;
const REASON_CHARS_MAX: usize = 400;

/// A report that a mail was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounce {
    pub recipients: Vec<FailedRecipient>,
    /// The Message-ID of the mail that was not delivered.
    pub original_message_id: Option<String>,
}

/// One address of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailedRecipient {
    pub address: String,
    #[serde(skip)]
    pub action: Action,
    /// The address itself is bad: sending to it again is of no use.
    pub hard: bool,
    /// The enhanced status, `5.1.1`.
    pub dsn: Option<String>,
    /// What the server said, in its own words.
    pub reason: String,
}

/// What happened to a recipient's mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Failed,
    /// The server goes on trying.
    Delayed,
    Delivered,
}

impl Bounce {
    /// Whether any recipient did not get the mail.
    pub fn is_failure(&self) -> bool {
        self.recipients.iter().any(|r| r.action != Action::Delivered)
    }
}

/// The report of a `message/delivery-status` part.
pub(super) fn reported(leaves: &[&Leaf<'_>], text: &str) -> Option<Bounce> {
    const TYPES: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];
    let leaf = leaves.iter().find(|leaf| TYPES.contains(&leaf.kind.value.as_str()))?;
    let bytes = leaf.bytes(&mut Vec::new());
    let mut recipients: Vec<FailedRecipient> = Vec::new();
    let mut rest = &bytes[..];
    let text = told::report(text);
    for _ in 0..BLOCKS_MAX {
        if rest.is_empty() || recipients.len() >= RECIPIENTS_MAX {
            break;
        }
        let (block, after) = head::split(rest, &mut Vec::new());
        rest = if after.len() < rest.len() { after } else { &[] };
        if let Some(recipient) = recipient(&block, text)
            && !recipients.iter().any(|r| r.address == recipient.address)
        {
            recipients.push(recipient);
        }
    }
    if recipients.is_empty() {
        let to = returned(leaves, |head| Some(head.addresses("to").first()?.email.clone()));
        let words = told::reason(text);
        recipients.extend(to.map(|to| failed(to, Action::Failed, reason::status(&words), &words)));
    }
    (!recipients.is_empty())
        .then(|| Bounce { recipients, original_message_id: original_message_id(leaves) })
}

fn recipient(block: &Head<'_>, text: &str) -> Option<FailedRecipient> {
    let address = ["original-recipient", "final-recipient", "x-actual-recipient"]
        .iter()
        .filter_map(|name| block.raw(name))
        .find_map(|value| typed_address(&value))?;
    let action = match block.raw("action").unwrap_or_default().to_ascii_lowercase() {
        a if a.starts_with("delayed") => Action::Delayed,
        a if a.starts_with("deliver") || a.starts_with("relay") || a.starts_with("expand") => {
            Action::Delivered
        }
        _ => Action::Failed,
    };
    let diagnostic = block.raw("diagnostic-code").unwrap_or_default();
    let mut words = match diagnostic.split_once(';') {
        Some((_, words)) => words.trim().to_owned(),
        None => diagnostic,
    };
    if words.is_empty() {
        // Some servers tell the reason to the person only.
        words = told::about(text, &address).unwrap_or_default();
    }
    let status = block.raw("status").unwrap_or_default();
    // A status of 5.0.0 says nothing; the server's words may say more.
    let dsn = reason::status(&status).filter(|status| !status.ends_with(".0.0"));
    let dsn = dsn.or_else(|| reason::status(&words)).or_else(|| reason::status(&status));
    Some(failed(address, action, dsn, &words))
}

fn failed(address: String, action: Action, dsn: Option<String>, words: &str) -> FailedRecipient {
    FailedRecipient {
        address,
        action,
        hard: action == Action::Failed && reason::is_hard(dsn.as_deref(), words),
        dsn,
        reason: words.chars().take(REASON_CHARS_MAX).collect(),
    }
}

/// The address in `rfc822; asha@example.com`.
fn typed_address(value: &str) -> Option<String> {
    let value = value.split_once(';').map_or(value, |(_, address)| address);
    let address = value.trim().trim_matches(['<', '>', ' ', '"']);
    address.contains('@').then(|| address.to_owned())
}

/// The report of a server that writes to people only.
pub(super) fn described(
    mail: &Parsed,
    named: &[String],
    leaves: &[&Leaf<'_>],
    from_server: bool,
) -> Option<Bounce> {
    if let Some(bounce) = notice::bounce(&mail.text) {
        return Some(bounce);
    }
    let report = told::report(&mail.text);
    let says = told::speaks_of_failure(&mail.subject) || told::speaks_of_failure(report);
    if named.is_empty() && !(from_server && says) {
        return None;
    }
    let delayed = told::speaks_of_delay(&mail.subject) || told::speaks_of_delay(report);
    let action = if delayed { Action::Delayed } else { Action::Failed };
    let ours: Vec<_> = mail.to.iter().chain(&mail.cc).map(|addr| addr.email.as_str()).collect();
    let mut found = told::recipients(report, &ours);
    for address in named {
        if !found.iter().any(|(known, _)| known == address) {
            found.push((address.clone(), told::about(report, address).unwrap_or_default()));
        }
    }
    if found.is_empty() {
        let address = told::any_address(report, &ours)
            .or_else(|| returned(leaves, |head| Some(head.addresses("to").first()?.email.clone())))
            .or_else(|| told::copied_recipient(&mail.text[report.len()..]))
            .or_else(|| told::any_address(report, &[]));
        found.extend(address.map(|address| (address, String::new())));
    }
    let recipients = found.into_iter().take(RECIPIENTS_MAX).map(|(address, mut words)| {
        if !told::has_code(&words) {
            let more = told::reason(report);
            words = format!("{words} {more} {}", mail.subject).trim().to_owned();
        }
        failed(address, action, reason::status(&words), &words)
    });
    let recipients = recipients.collect();
    Some(Bounce { recipients, original_message_id: original_message_id(leaves) })
}

/// The Message-ID of the mail that came back with the report.
fn original_message_id(leaves: &[&Leaf<'_>]) -> Option<String> {
    returned(leaves, |head| head.ids("message-id").into_iter().next())
}

/// Something from the header of the mail that came back with the report.
fn returned<T>(leaves: &[&Leaf<'_>], find: impl Fn(&Head<'_>) -> Option<T>) -> Option<T> {
    const TYPES: [&str; 4] =
        ["message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers"];
    let back = leaves.iter().filter(|leaf| TYPES.contains(&leaf.kind.value.as_str()));
    back.into_iter().find_map(|leaf| {
        let bytes = leaf.bytes(&mut Vec::new());
        find(&head::split(&bytes, &mut Vec::new()).0)
    })
}
