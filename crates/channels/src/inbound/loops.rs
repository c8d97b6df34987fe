//! What must never be acknowledged: machines, lists, our own mailboxes, and anybody too often.

use wire_email::{Kind, Parsed};

/// Local parts that no person reads.
const MACHINES: [&str; 14] = [
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "noreply",
    "no-reply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "autoreply",
    "auto-reply",
    "listserv",
    "majordomo",
];

/// What is known of a mail's sender beside the mail.
pub(super) struct SenderFacts<'a> {
    /// In lower case.
    pub address: &'a str,
    /// Empty for the null path.
    pub envelope_from: &'a str,
    /// A mailbox of any workspace here.
    pub is_our_mailbox: bool,
    /// Acknowledgements to the address in the last 24 hours.
    pub acknowledged: i64,
}

/// Whether an automatic answer may go to the sender.
pub(super) fn may_acknowledge(mail: &Parsed, sender: &SenderFacts<'_>, most: i64) -> bool {
    *mail.kind() == Kind::Person
        && mail.may_be_acknowledged()
        && mail.auto_submitted.is_none()
        && mail.precedence.is_none()
        && mail.list_id.is_none()
        && !is_null_path(sender.envelope_from)
        && !is_machine(sender.address)
        && !sender.is_our_mailbox
        && sender.acknowledged < most
}

pub(super) fn is_null_path(envelope_from: &str) -> bool {
    matches!(envelope_from.trim(), "" | "<>")
}

pub(super) fn is_machine(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let list = local.starts_with("owner-") || local.ends_with("-request");
    let begins = |name: &str| {
        let rest = local.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', '-', '_', '.', '=']))
    };
    list || local.starts_with("bounce") || MACHINES.iter().any(|name| begins(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(head: &str) -> Parsed {
        let text = format!("From: Asha <asha@example.in>\r\nSubject: Brakes\r\n{head}\r\nHello");
        wire_email::parse(text.as_bytes()).unwrap()
    }

    fn check(head: &str, address: &str, envelope_from: &str, expect: bool) {
        let facts = SenderFacts { address, envelope_from, is_our_mailbox: false, acknowledged: 0 };
        assert_eq!(may_acknowledge(&mail(head), &facts, 5), expect, "{head} {address}");
    }

    #[test]
    fn only_people_are_acknowledged() {
        check("", "asha@example.in", "asha@example.in", true);
        check("Auto-Submitted: no\r\n", "asha@example.in", "asha@example.in", true);
        check("Auto-Submitted: auto-replied\r\n", "asha@example.in", "asha@example.in", false);
        check("Auto-Submitted: auto-generated\r\n", "asha@example.in", "a@example.in", false);
        check("Precedence: bulk\r\n", "asha@example.in", "asha@example.in", false);
        check("Precedence: list\r\n", "asha@example.in", "asha@example.in", false);
        check("Precedence: junk\r\n", "asha@example.in", "asha@example.in", false);
        check("List-Id: <x.example.in>\r\n", "asha@example.in", "asha@example.in", false);
        check("Return-Path: <>\r\n", "asha@example.in", "asha@example.in", false);
        check("", "asha@example.in", "", false);
        check("", "asha@example.in", "<>", false);
        for machine in [
            "MAILER-DAEMON@x.in",
            "no-reply@x.in",
            "noreply+7@x.in",
            "bounces-12@x.in",
            "news-request@x.in",
        ] {
            check("", machine, "a@x.in", false);
        }
        check("", "noreplyson@x.in", "a@x.in", true);
    }

    #[test]
    fn our_own_and_the_too_frequent_are_not() {
        let facts = |is_our_mailbox, acknowledged| SenderFacts {
            address: "asha@example.in",
            envelope_from: "asha@example.in",
            is_our_mailbox,
            acknowledged,
        };
        assert!(may_acknowledge(&mail(""), &facts(false, 4), 5));
        assert!(!may_acknowledge(&mail(""), &facts(false, 5), 5));
        assert!(!may_acknowledge(&mail(""), &facts(true, 0), 5));
    }
}
