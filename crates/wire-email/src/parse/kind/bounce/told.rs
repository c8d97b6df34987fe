//! What a server tells a person about a mail that failed, in words.

/// Reports are short; what is longer is the mail that came back.
const LINES_MAX: usize = 400;
const REPORT_BYTES_MAX: usize = 64 * 1024;
const REASON_LINES_MAX: usize = 8;

/// The report without the copy of the mail below it.
pub(super) fn report(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n').take(LINES_MAX) {
        if end + line.len() > REPORT_BYTES_MAX {
            break;
        }
        let lower = line.trim().to_lowercase();
        if COPY_FOLLOWS.iter().any(|words| lower.contains(words)) {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

const COPY_FOLLOWS: [&str; 9] = [
    "copy of the message",
    "copy of the original",
    "copy of your message",
    "below this line",
    "original message follows",
    "original message:",
    "original mail as follows",
    "copy of the mail",
    "message headers follow",
];

pub(super) fn speaks_of_failure(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    FAILURE.iter().any(|words| lower.contains(words)) || speaks_of_delay(&lower)
}

pub(super) fn speaks_of_delay(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    DELAY.iter().any(|words| lower.contains(words))
}

const FAILURE: [&str; 44] = [
    "undeliver",
    "delivery status",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "delivery error",
    "delivery report",
    "delivery notification",
    "delivery problem",
    "failure notice",
    "failure notification",
    "failed delivery",
    "returned mail",
    "returned to sender",
    "mail system error",
    "error sending your mail",
    "trouble delivering",
    "not be delivered",
    "not delivered",
    "not been delivered",
    "was not able to deliver",
    "wasn't able to deliver",
    "unable to deliver",
    "couldn't be delivered",
    "did not reach the following",
    "could not send",
    "nondeliverable",
    "non-deliver",
    "non delivery",
    "invalid final delivery",
    "permanent error",
    "permanent fatal error",
    "fatal errors",
    "user unknown",
    "no such user",
    "invalid user address",
    "recipient rejected",
    "mail could not",
    "message could not",
    "unzustellbar",
    "nicht zugestellt",
    "non remis",
    "no se pudo entregar",
    "не может быть доставлено",
];

const DELAY: [&str; 8] = [
    "not yet been delivered",
    "still being retried",
    "message delayed",
    "delivery delayed",
    "delayed mail",
    "will be retried until",
    "delivery attempts will continue",
    "temporary failure report",
];

/// The addresses that stand at a line's beginning, each with what is said about it.
pub(super) fn recipients(report: &str, ours: &[&str]) -> Vec<(String, String)> {
    let lines: Vec<&str> = report.lines().collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some((address, rest)) = leading_address(line) else {
            continue;
        };
        let known = found.iter().any(|(known, _)| known.eq_ignore_ascii_case(&address));
        if known || ours.iter().any(|own| own.eq_ignore_ascii_case(&address)) {
            continue;
        }
        let words = following(rest, &lines[i + 1..], &address);
        found.push((address, words));
    }
    found
}

/// What is said about an address in a report.
pub(super) fn about(report: &str, address: &str) -> Option<String> {
    let lines: Vec<&str> = report.lines().take(LINES_MAX).collect();
    let address = address.to_lowercase();
    lines.iter().enumerate().find_map(|(i, line)| {
        let lower = line.to_lowercase();
        let at = lower.find(&address)?;
        let rest = line.get(at + address.len()..).unwrap_or_default();
        let words = following(rest, &lines[i + 1..], &address);
        (!words.is_empty()).then_some(words)
    })
}

/// Whether these words give a code, and so a reason.
pub(super) fn has_code(words: &str) -> bool {
    words
        .as_bytes()
        .windows(4)
        .any(|w| matches!(w, [b'4' | b'5', b'0'..=b'5', b'0'..=b'9', b' ' | b'-' | b':' | b',']))
        || super::reason::status(words).is_some()
}

/// The line that says most when nothing is said about a single address.
pub(super) fn reason(report: &str) -> String {
    let lines: Vec<&str> = report.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| has_code(line));
    let at = at.or_else(|| lines.iter().position(|line| speaks_of_failure(line)));
    let at = at.or_else(|| lines.iter().position(|line| line.contains('@')));
    at.map_or_else(String::new, |at| following(lines[at], &lines[at + 1..], ""))
}

pub(super) fn any_address(report: &str, ours: &[&str]) -> Option<String> {
    let words = report.split(|c: char| c.is_whitespace() || "<>()[],;\"'".contains(c));
    let mut words = words.take(5_000).filter_map(address_in);
    words.find(|address| {
        let lower = address.to_lowercase();
        let server = ["postmaster@", "mailer-daemon@", "abuse@", "support@"];
        !ours.iter().any(|own| own.eq_ignore_ascii_case(address))
            && !server.iter().any(|name| lower.starts_with(name))
    })
}

/// Whom the copied mail was to, as its header says.
pub(super) fn copied_recipient(text: &str) -> Option<String> {
    let lines = text.lines().take(LINES_MAX);
    let mut to = lines.filter_map(|line| line.trim().strip_prefix("To:"));
    to.find_map(|to| any_address(to, &[]))
}

fn leading_address(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start_matches([' ', '\t', '*', '-', '>']);
    // Sendmail: 554 <asha@mail.example>... Host unknown
    let coded =
        line.get(..5).filter(|start| start.starts_with(['4', '5']) && start.ends_with(" <"));
    let line = coded.map_or(line, |_| &line[4..]);
    let open = line.strip_prefix('<');
    let start = open.unwrap_or(line);
    let edge = |c: char| c.is_whitespace() || "<>()[],;\"'".contains(c);
    let end = start.find(edge).unwrap_or(start.len());
    let address = address_in(&start[..end])?;
    Some((address, &start[end..]))
}

fn address_in(word: &str) -> Option<String> {
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_matches(['.', '-', ':', '=']);
    let (local, domain) = word.rsplit_once('@')?;
    let good = !local.is_empty() && domain.contains('.') && word.len() <= 254;
    (good && !local.contains(':')).then(|| word.to_owned())
}

/// The words from here to the next blank line or the next other address, on one line.
fn following(first: &str, after: &[&str], own: &str) -> String {
    let mut words = first.trim().trim_start_matches(['>', ':', ' ', '-']).to_owned();
    for line in after.iter().take(REASON_LINES_MAX) {
        let line = line.trim();
        let next =
            leading_address(line).is_some_and(|(address, _)| !address.eq_ignore_ascii_case(own));
        if line.is_empty() && !words.is_empty() || next {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(line);
    }
    words
}
