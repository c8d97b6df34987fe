//! Bounces: the delivery reports of RFC 3464, and what servers write that know nothing of it.

use serde::Serialize;

use crate::parse::Parsed;
use crate::parse::head::{self, Head};
use crate::parse::mime::Leaf;

const RECIPIENTS_MAX: usize = 100;
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
pub(super) fn reported(leaves: &[&Leaf<'_>]) -> Option<Bounce> {
    const TYPES: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];
    let leaf = leaves.iter().find(|leaf| TYPES.contains(&leaf.kind.value.as_str()))?;
    let bytes = leaf.bytes(&mut Vec::new());
    let mut recipients: Vec<FailedRecipient> = Vec::new();
    let mut rest = &bytes[..];
    while !rest.is_empty() && recipients.len() < RECIPIENTS_MAX {
        let (block, after) = head::split(rest, &mut Vec::new());
        rest = if after.len() < rest.len() { after } else { &[] };
        if let Some(recipient) = recipient(&block)
            && !recipients.iter().any(|r| r.address == recipient.address)
        {
            recipients.push(recipient);
        }
    }
    (!recipients.is_empty())
        .then(|| Bounce { recipients, original_message_id: original_message_id(leaves) })
}

fn recipient(block: &Head<'_>) -> Option<FailedRecipient> {
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
    let reason = match diagnostic.split_once(';') {
        Some((_, words)) => words.trim().to_owned(),
        None => diagnostic,
    };
    let status = block.raw("status").unwrap_or_default();
    let in_words = enhanced_status(&reason);
    // A status of 5.0.0 says nothing; the server's words may say more.
    let dsn = enhanced_status(&status).filter(|s| !s.ends_with(".0.0")).or(in_words);
    let dsn = dsn.or_else(|| enhanced_status(&status));
    Some(FailedRecipient {
        address,
        action,
        hard: action == Action::Failed && is_hard(dsn.as_deref(), &reason),
        dsn,
        reason: reason.chars().take(REASON_CHARS_MAX).collect(),
    })
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
    failed: &[String],
    leaves: &[&Leaf<'_>],
    from_server: bool,
) -> Option<Bounce> {
    if !from_server || !(speaks_of_failure(&mail.subject) || !failed.is_empty()) {
        return None;
    }
    let dsn = enhanced_status(&mail.text);
    let line = mail.text.lines().find(|line| speaks_of_failure(line) || reply_code(line));
    let reason: String = line.unwrap_or_default().trim().chars().take(REASON_CHARS_MAX).collect();
    let ours: Vec<_> = mail.to.iter().chain(&mail.cc).map(|addr| addr.email.clone()).collect();
    let found = failed.iter().cloned().chain(addresses_in(&mail.text));
    let mut recipients: Vec<FailedRecipient> = Vec::new();
    for address in found.filter(|address| !ours.contains(address)).take(20) {
        if recipients.iter().all(|r| r.address != address) {
            recipients.push(FailedRecipient {
                address,
                action: Action::Failed,
                hard: is_hard(dsn.as_deref(), &mail.text),
                dsn: dsn.clone(),
                reason: reason.clone(),
            });
        }
        if failed.is_empty() {
            break;
        }
    }
    Some(Bounce { recipients, original_message_id: original_message_id(leaves) })
}

fn speaks_of_failure(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "undeliver",
        "delivery status",
        "delivery failure",
        "delivery has failed",
        "failure notice",
        "returned mail",
        "mail delivery failed",
        "could not be delivered",
        "delivery notification",
        "mail system error",
        "nondeliverable",
        "non-deliver",
        "unzustellbar",
        "message delayed",
        "delivery delayed",
        "mail delivery",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

fn reply_code(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.windows(4).any(|w| matches!(w, [b'4' | b'5', b'0'..=b'5', b'0'..=b'9', b' ' | b'-']))
}

/// The first `4.x.x` or `5.x.x` that stands alone.
fn enhanced_status(text: &str) -> Option<String> {
    let edge = |c: char| !(c.is_ascii_alphanumeric() || c == '.');
    text.split(edge).take(20_000).map(|word| word.trim_end_matches('.')).find_map(|word| {
        let mut parts = word.split('.');
        let class = parts.next().filter(|c| matches!(*c, "2" | "4" | "5"))?;
        let subject = parts.next()?.parse::<u16>().ok().filter(|n| *n < 10)?;
        let detail = parts.next()?.parse::<u16>().ok().filter(|n| *n < 1000)?;
        parts.next().is_none().then(|| format!("{class}.{subject}.{detail}"))
    })
}

/// Only what says that the address or its domain does not exist, or has moved, is hard. A full
/// mailbox, a filter and a size limit are not the address's fault.
fn is_hard(dsn: Option<&str>, words: &str) -> bool {
    match dsn {
        Some("5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1" | "5.1.0") => true,
        Some(status) if status.starts_with("5.0") || status == "5.5.0" => says_unknown(words),
        Some(_) => false,
        None => says_unknown(words),
    }
}

fn says_unknown(words: &str) -> bool {
    const WORDS: [&str; 14] = [
        "user unknown",
        "unknown user",
        "no such user",
        "does not exist",
        "doesn't exist",
        "not found",
        "no mailbox",
        "mailbox unavailable",
        "invalid recipient",
        "unknown recipient",
        "recipient unknown",
        "unrouteable",
        "host unknown",
        "no such recipient",
    ];
    let words = words.to_lowercase();
    WORDS.iter().any(|word| words.contains(word))
}

fn addresses_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c));
    words.take(20_000).filter_map(|word| {
        let word = word.trim_matches(['.', '-']);
        let (local, domain) = word.rsplit_once('@')?;
        let good = !local.is_empty() && domain.contains('.') && word.len() <= 254;
        good.then(|| word.to_owned())
    })
}

/// The Message-ID of the mail that came back with the report.
fn original_message_id(leaves: &[&Leaf<'_>]) -> Option<String> {
    let types = ["message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers"];
    let returned = leaves.iter().filter(|leaf| types.contains(&leaf.kind.value.as_str()));
    returned.into_iter().find_map(|leaf| {
        let bytes = leaf.bytes(&mut Vec::new());
        let (head, _) = head::split(&bytes, &mut Vec::new());
        head.ids("message-id").into_iter().next()
    })
}
