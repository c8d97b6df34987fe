//! The commands of SMTP and LMTP, read strictly.

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Helo(String),
    Ehlo(String),
    Lhlo(String),
    Mail { path: String, size: Option<usize> },
    Rcpt { path: String },
    Data,
    Rset,
    Noop,
    Quit,
    Help,
}

/// An answer to a line that is no good command: code and words.
pub(super) type Refusal = (u16, &'static str);

const PATH_BYTES_MAX: usize = 512;
const UNKNOWN: Refusal = (500, "5.5.2 What is this?");
const BAD_SYNTAX: Refusal = (501, "5.5.4 This cannot be understood");
const BAD_ADDRESS: Refusal = (501, "5.1.3 This is no address");
const BAD_PARAMETER: Refusal = (555, "5.5.4 This parameter is not known here");
const NOT_OFFERED: Refusal = (502, "5.5.1 This is not offered here");

/// Reads one line, without its line end.
pub(super) fn parse(line: &[u8]) -> Result<Command, Refusal> {
    let line = std::str::from_utf8(line).map_err(|_| UNKNOWN)?;
    if line.chars().any(|c| c.is_control()) {
        return Err(UNKNOWN);
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let bare = |command: Command| if rest.is_empty() { Ok(command) } else { Err(BAD_SYNTAX) };
    match verb.to_ascii_uppercase().as_str() {
        "HELO" => Ok(Command::Helo(host(rest)?)),
        "EHLO" => Ok(Command::Ehlo(host(rest)?)),
        "LHLO" => Ok(Command::Lhlo(host(rest)?)),
        "MAIL" => mail(rest),
        "RCPT" => rcpt(rest),
        "DATA" => bare(Command::Data),
        "RSET" => bare(Command::Rset),
        "QUIT" => bare(Command::Quit),
        "NOOP" => Ok(Command::Noop),
        "HELP" => Ok(Command::Help),
        // Who asks whether an address exists collects addresses.
        "VRFY" | "EXPN" | "STARTTLS" | "AUTH" | "BDAT" | "ETRN" | "TURN" => Err(NOT_OFFERED),
        _ => Err(UNKNOWN),
    }
}

fn host(text: &str) -> Result<String, Refusal> {
    if text.is_empty() || text.len() > 255 || text.contains(' ') {
        return Err(BAD_SYNTAX);
    }
    Ok(text.to_owned())
}

fn mail(rest: &str) -> Result<Command, Refusal> {
    let (path, params) = path(rest, "FROM:")?;
    let mut size = None;
    for param in params.split_ascii_whitespace() {
        let (key, value) = param.split_once('=').unwrap_or((param, ""));
        match (key.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", digits) => {
                let digits = digits.parse::<u64>().map_err(|_| BAD_SYNTAX)?;
                size = Some(usize::try_from(digits).unwrap_or(usize::MAX));
            }
            ("BODY", "7BIT" | "8BITMIME") | ("SMTPUTF8", "") => {}
            _ => return Err(BAD_PARAMETER),
        }
    }
    Ok(Command::Mail { path, size })
}

fn rcpt(rest: &str) -> Result<Command, Refusal> {
    let (path, params) = path(rest, "TO:")?;
    if path.is_empty() {
        return Err(BAD_ADDRESS);
    }
    if !params.is_empty() {
        return Err(BAD_PARAMETER);
    }
    Ok(Command::Rcpt { path })
}

/// The address between `FROM:<` and `>`, and what follows it.
fn path<'a>(text: &'a str, keyword: &str) -> Result<(String, &'a str), Refusal> {
    let start = text.get(..keyword.len()).ok_or(BAD_SYNTAX)?;
    if !start.eq_ignore_ascii_case(keyword) {
        return Err(BAD_SYNTAX);
    }
    // Many clients put a blank after the colon; it does no harm.
    let text = text[keyword.len()..].trim_start().strip_prefix('<').ok_or(BAD_SYNTAX)?;
    let end = closing(text).ok_or(BAD_SYNTAX)?;
    let after = &text[end + 1..];
    if !after.is_empty() && !after.starts_with(' ') {
        return Err(BAD_SYNTAX);
    }
    let mut address = &text[..end];
    // A source route is ignored (RFC 5321 appendix C).
    if address.starts_with('@') {
        address = address.split_once(':').ok_or(BAD_ADDRESS)?.1;
    }
    if is_path(address) { Ok((address.to_owned(), after.trim())) } else { Err(BAD_ADDRESS) }
}

/// Where the `>` stands that is not part of a quoted local part.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (i, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(i),
            _ => {}
        }
    }
    None
}

fn is_path(address: &str) -> bool {
    if address.is_empty() || address.eq_ignore_ascii_case("postmaster") {
        return true;
    }
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let plain = !local.is_empty()
        && local.chars().all(|c| !c.is_whitespace() && !"\"(),:;<>@[\\]".contains(c));
    let literal = domain.starts_with('[') && domain.ends_with(']') && domain.len() > 2;
    let inner = if literal { &domain[1..domain.len() - 1] } else { domain };
    let name = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '.' | '_') || !c.is_ascii() || literal && c == ':'
    };
    address.len() <= PATH_BYTES_MAX
        && (quoted || plain)
        && !inner.is_empty()
        && inner.chars().all(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn path_of(line: &str) -> String {
        match parse(line.as_bytes()) {
            Ok(Command::Mail { path, .. } | Command::Rcpt { path }) => path,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn good_commands() {
        assert_eq!(path_of("MAIL FROM:<>"), "");
        assert_eq!(
            path_of("mail from: <a@b.example> SIZE=10 BODY=8BITMIME SMTPUTF8"),
            "a@b.example"
        );
        assert_eq!(path_of("RCPT TO:<@x.example,@y.example:a@b.example>"), "a@b.example");
        assert_eq!(path_of("RCPT TO:<\"a > b\"@c.example>"), "\"a > b\"@c.example");
        assert_eq!(path_of("RCPT TO:<postmaster>"), "postmaster");
        assert_eq!(path_of("RCPT TO:<आशा@उदाहरण.example>"), "आशा@उदाहरण.example");
        assert_eq!(path_of("RCPT TO:<a@[IPv6:::1]>"), "a@[IPv6:::1]");
        let size = Command::Mail { path: "a@b".into(), size: Some(7) };
        assert_eq!(parse(b"MAIL FROM:<a@b> SIZE=7"), Ok(size));
    }

    #[test]
    fn bad_commands() {
        for (line, code) in [
            ("", 500),
            ("GET / HTTP/1.1", 500),
            ("MAIL a@b", 501),
            ("MAIL FROM:a@b", 501),
            ("MAIL FROM:<a@b", 501),
            ("MAIL FROM:<a b@c>", 501),
            ("MAIL FROM:<a@b>x", 501),
            ("MAIL FROM:<a@b> FOO=1", 555),
            ("MAIL FROM:<a@b> SIZE=x", 501),
            ("RCPT TO:<>", 501),
            ("RCPT TO:<a>", 501),
            ("RCPT TO:<a@b> NOTIFY=NEVER", 555),
            ("DATA now", 501),
            ("VRFY a", 502),
            ("EHLO", 501),
            ("NOOP \u{7}", 500),
        ] {
            assert_eq!(parse(line.as_bytes()).unwrap_err().0, code, "{line}");
        }
        assert_eq!(parse(b"EHLO \xff").unwrap_err().0, 500);
    }
}
