//! Whether an address is bad for good, from a server's status and words.
//!
//! Hard is only what says that the address or its domain does not exist, has moved, or takes no
//! mail at all. A full mailbox, a filter, a size limit and a blocked sender are not the
//! address's fault: the customer can be reached again another day.

/// The first `4.x.x` or `5.x.x` that stands alone.
pub(super) fn status(text: &str) -> Option<String> {
    let edge = |c: char| !(c.is_ascii_alphanumeric() || c == '.');
    text.split(edge).take(5_000).map(|word| word.trim_end_matches('.')).find_map(|word| {
        let mut parts = word.split('.');
        let class = parts.next().filter(|class| matches!(*class, "2" | "4" | "5"))?;
        let subject = parts.next()?.parse::<u16>().ok().filter(|n| *n < 10)?;
        let detail = parts.next()?.parse::<u16>().ok().filter(|n| *n < 1000)?;
        parts.next().is_none().then(|| format!("{class}.{subject}.{detail}"))
    })
}

pub(super) fn is_hard(dsn: Option<&str>, words: &str) -> bool {
    let words = words.to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let later = dsn.is_some_and(|status| status.starts_with('4'));
    // 5.1.7 to 5.1.9 speak of the sender's address; 5.2.0 of a mailbox that is there.
    let other = matches!(dsn, Some("5.1.7" | "5.1.8" | "5.1.9" | "5.2.0"));
    if later || other || says(&NOT_ITS_FAULT) {
        return false;
    }
    if says(&NO_SUCH_USER) || says(&NO_SUCH_HOST) || says(&TAKES_NO_MAIL) {
        return true;
    }
    if words.contains("recipient address rejected") && words.contains("access denied") {
        return true;
    }
    match dsn {
        Some("5.4.4" | "5.3.2" | "5.7.27") => true,
        Some(status) => status.starts_with("5.1."),
        None => false,
    }
}

const NOT_ITS_FAULT: [&str; 52] = [
    "mailbox full",
    "mailbox is full",
    "mailfolder is full",
    "quota",
    "storage",
    "disk full",
    "not enough space",
    "insufficient",
    "exceeded",
    "exceeds",
    "too large",
    "too big",
    "message size",
    "disabled",
    "suspend",
    "inactive",
    "deactivated",
    "not active",
    "temporarily",
    "blacklist",
    "blocklist",
    "blocked",
    "block list",
    "spamhaus",
    "dnsbl",
    "rbl",
    "spam",
    "virus",
    "reputation",
    "too many",
    "rate limit",
    "throttl",
    "greylist",
    "timed out",
    "connection refused",
    "no route to host",
    "sender rejected",
    "sender address rejected",
    "sender denied",
    "yourself",
    "reverse dns",
    "unverifiable",
    "dmarc",
    "relaying denied",
    "relay access denied",
    "too old",
    "hop count",
    "mail loop",
    "loops back",
    "policy violation",
    // By then the server had taken the recipient.
    "after end of data",
    "unexpected name server reply",
];

const NO_SUCH_USER: [&str; 49] = [
    "user unknown",
    "unknown user",
    "no such user",
    "no such mailbox",
    "no such recipient",
    "no such address",
    "no such person",
    "no such account",
    "no such local user",
    "does not exist",
    "doesn't exist",
    "do not exist",
    "not exist",
    "user not found",
    "user is not found",
    "mailbox not found",
    "recipient not found",
    "address not found",
    "account not found",
    "not our customer",
    "not a known user",
    "not recognized",
    "not a valid",
    "invalid recipient",
    "invalid address",
    "invalid mailbox",
    "invalid user",
    "invalid final delivery",
    "invalid local",
    "unknown recipient",
    "unknown address",
    "unknown local",
    "unknown mailbox",
    "unknown account",
    "unknown or illegal",
    "recipient unknown",
    "address unknown",
    "unrouteable",
    "unroutable",
    "mailbox unavailable",
    "no valid recipients",
    "no mailbox",
    "user not exist",
    "no account",
    "doesn't have a",
    "not listed in",
    "no longer valid",
    "has moved",
    "unbekannt",
];

const NO_SUCH_HOST: [&str; 14] = [
    "host unknown",
    "unknown host",
    "host not found",
    "domain not found",
    "domain name not found",
    "name or service not known",
    "no mx",
    "nxdomain",
    "mail exchanger",
    "domain is not reachable",
    "unknown domain",
    "bad destination host",
    "bad domain",
    "unable to route",
];

const TAKES_NO_MAIL: [&str; 7] = [
    "does not accept mail",
    "not accept any mail",
    "not accepting network messages",
    "null mx",
    "nullmx",
    "does not accept email",
    "is not accepting mail",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dsn: Option<&str>, words: &str, hard: bool) {
        assert_eq!(is_hard(dsn, words), hard, "{dsn:?} {words}");
    }

    #[test]
    fn a_missing_address_is_hard_and_a_full_one_is_not() {
        check(Some("5.1.1"), "550 5.1.1 <a@b>: Recipient address rejected: User unknown", true);
        check(None, "550 No such user here", true);
        check(Some("5.4.4"), "Host or domain name not found", true);
        check(Some("5.2.2"), "552 5.2.2 Mailbox full", false);
        check(None, "552 disk quota exceeded", false);
        check(Some("5.2.1"), "550 5.2.1 The email account is disabled", false);
        check(Some("5.1.1"), "550 5.7.1 IP address blacklisted by recipient", false);
        check(Some("5.7.1"), "554 5.7.1 Message refused", false);
        check(Some("4.4.1"), "connect: Connection timed out", false);
        check(None, "", false);
    }

    #[test]
    fn a_status_stands_alone() {
        assert_eq!(status("host [192.0.2.5]: 550-5.1.1 gone").as_deref(), Some("5.1.1"));
        assert_eq!(status("(#5.4.4)").as_deref(), Some("5.4.4"));
        assert_eq!(status("5.1.1.7 and 15.1.1 and 5.1"), None);
    }
}
