//! What makes two mails the same: their bytes without what servers add on the way.

use ring::digest::{Context, SHA256, digest};

/// Fields that servers write on the way: two copies of one mail differ in them.
const TRACE: [&str; 16] = [
    "received",
    "return-path",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-delivered-to",
    "x-envelope-from",
    "authentication-results",
    "received-spf",
    "x-received",
    "x-spam-status",
    "x-spam-score",
    "x-spam-level",
    "x-spam-checker-version",
    "delivery-date",
];
/// Nobody reads a header beyond this.
const HEADER_BYTES_MAX: usize = 512 * 1024;

/// The digest of a mail's content, in lower-case hexadecimal. Ends of lines count as one kind.
pub(super) fn content(raw: &[u8]) -> String {
    let mut context = Context::new(&SHA256);
    let mut at = 0;
    let mut skipping = false;
    while at < raw.len().min(HEADER_BYTES_MAX) {
        let end = raw[at..].iter().position(|b| *b == b'\n').map_or(raw.len(), |n| at + n + 1);
        let line = trimmed(&raw[at..end]);
        at = end;
        if line.is_empty() {
            break;
        }
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            skipping = is_trace(line) || line.starts_with(b"From ");
        }
        if !skipping {
            context.update(line);
            context.update(b"\n");
        }
    }
    context.update(b"\n");
    let body = &raw[at..];
    let body = &body[..body.len() - body.iter().rev().take_while(|b| is_end(**b)).count()];
    body.split(|b| *b == b'\n').for_each(|line| {
        context.update(trimmed(line));
        context.update(b"\n");
    });
    base::hex(context.finish().as_ref())
}

/// A Message-ID as a key: itself when it is short, else its digest. An index takes no endless
/// key, and a cut one would make two mails one.
pub(crate) fn message_key(message_id: &str) -> String {
    let id = message_id.trim();
    if id.len() <= 200 && !id.contains('\0') {
        return id.to_string();
    }
    format!("sha256:{}", base::hex(digest(&SHA256, id.as_bytes()).as_ref()))
}

fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn is_trace(line: &[u8]) -> bool {
    let name = line.split(|b| *b == b':').next().unwrap_or_default();
    TRACE.iter().any(|trace| name.trim_ascii().eq_ignore_ascii_case(trace.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_a_mail_took_makes_no_difference() {
        let one = b"Received: from a\r\n by b\r\nSubject: x\r\n\r\nhello\r\n";
        let two = b"Delivered-To: care@x\nReturn-Path: <a@b>\nSubject: x\n\nhello";
        assert_eq!(content(one), content(two));
    }

    #[test]
    fn other_words_are_another_mail() {
        let of = |text: &str| content(text.as_bytes());
        assert_ne!(of("Subject: x\n\nhello"), of("Subject: x\n\nhello!"));
        assert_ne!(of("Subject: x\n\nhello"), of("Subject: y\n\nhello"));
        assert_ne!(of("Subject: x\n\nReceived: a"), of("Subject: x\n\nReceived: b"));
        assert_eq!(of(""), of("\r\n"));
    }

    #[test]
    fn long_ids_become_digests_and_stay_apart() {
        let (one, two) = (format!("{}a", "x".repeat(900)), format!("{}b", "x".repeat(900)));
        assert_ne!(message_key(&one), message_key(&two));
        assert!(message_key(&one).len() < 100);
        assert_eq!(message_key(" a@b "), "a@b");
    }
}
