//! Header blocks: split, unfolded, bounded, and read field by field.

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::{Problem, addresses, charset, words};
use crate::address::Addr;

/// Far more than any real mail has; what comes after is not looked at.
const FIELDS_MAX: usize = 1_000;
const FIELD_BYTES_MAX: usize = 64 * 1024;
const ADDRESSES_MAX: usize = 500;
const IDS_MAX: usize = 200;
/// A header that is longer has no blank line after it.
const HEADER_BYTES_MAX: usize = 512 * 1024;

/// The fields of a mail or a part, in their order, with lowercase names.
#[derive(Default)]
pub(crate) struct Head<'a> {
    fields: Vec<(String, &'a [u8])>,
}

/// A parsed `Content-Type` or `Content-Disposition`.
#[derive(Default)]
pub(crate) struct Structured {
    /// `text/plain`, `attachment`: always lowercase.
    pub value: String,
    params: Vec<(String, String)>,
}

impl Structured {
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }
}

/// Splits a mail or a part into its fields and its body.
pub(crate) fn split<'a>(raw: &'a [u8], problems: &mut Vec<Problem>) -> (Head<'a>, &'a [u8]) {
    let mut head = Head::default();
    let mut at = 0;
    let mut junk = 0;
    let last_known = last_known_field(raw);
    while at < raw.len() {
        let end = field_end(raw, at);
        let line = &raw[at..end];
        if line.iter().all(|b| matches!(b, b'\r' | b'\n')) {
            if head.fields.is_empty() && junk == 0 && at < 4 {
                // Blank lines before the first field.
                at = end;
                continue;
            }
            return (head, &raw[end..]);
        }
        match field(line) {
            Some((name, value)) if head.fields.len() < FIELDS_MAX => {
                head.fields.push((name, &value[..value.len().min(FIELD_BYTES_MAX)]));
            }
            Some(_) => problems.push(Problem::TooManyFields),
            None if line.starts_with(b"From ") || line.starts_with(b">From ") => {}
            None => {
                // Lines of other programs, and continuations that lost their indent, stand
                // between real fields.
                junk += 1;
                if at >= last_known {
                    // The blank line between header and body is missing.
                    problems.push(Problem::NoBlankLine);
                    return (head, &raw[at..]);
                }
            }
        }
        at = end;
    }
    (head, &[])
}

/// Where the last field begins, before the first blank line, that no text has by chance.
fn last_known_field(raw: &[u8]) -> usize {
    const KNOWN: [&str; 14] = [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "received",
        "return-path",
        "reply-to",
        "in-reply-to",
        "references",
    ];
    let (mut at, mut last, mut begun) = (0, 0, false);
    for line in raw[..raw.len().min(HEADER_BYTES_MAX)].split_inclusive(|&b| b == b'\n') {
        if line.trim_ascii().is_empty() {
            if begun {
                break;
            }
        } else {
            begun = true;
        }
        if field(line).is_some_and(|(name, _)| KNOWN.contains(&name.as_str())) {
            last = at.max(1);
        }
        at += line.len();
    }
    last
}

/// Where the field that starts at `at` ends: after its continuation lines.
fn field_end(raw: &[u8], at: usize) -> usize {
    let mut end = at;
    loop {
        let Some(newline) = raw[end..].iter().position(|&b| b == b'\n') else {
            return raw.len();
        };
        let blank = raw[end..end + newline].iter().all(|b| *b == b'\r');
        end += newline + 1;
        if blank || !matches!(raw.get(end), Some(b' ' | b'\t')) {
            return end;
        }
        // A continuation of nothing but blanks ends the header for some programs.
        let next = raw[end..].iter().position(|&b| b == b'\n').unwrap_or(raw.len() - end);
        if raw[end..end + next].iter().all(u8::is_ascii_whitespace) {
            return end;
        }
    }
}

fn field(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().position(|&b| b == b':')?;
    let name = line[..colon].trim_ascii_end();
    let ok = |b: u8| b.is_ascii_graphic();
    if name.is_empty() || name.len() > 100 || !name.iter().all(|b| ok(*b)) {
        return None;
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    Some((name, &line[colon + 1..]))
}

impl<'a> Head<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    fn first(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| *value)
    }

    /// A field as one line of Unicode, encoded words left as they are.
    fn line(&self, bytes: &[u8]) -> String {
        let bytes = charset_text(bytes, self);
        let mut out = String::with_capacity(bytes.len());
        for c in bytes.chars() {
            match c {
                '\r' | '\n' => {}
                '\t' => out.push(' '),
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
        out
    }

    /// The bare words of the first such field, trimmed.
    pub(crate) fn raw(&self, name: &str) -> Option<String> {
        self.first(name).map(|value| self.line(value).trim().to_owned())
    }

    /// The first such field as text a person reads.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.first(name).map(|value| tidy(&words::decode(&self.line(value))))
    }

    /// All addresses of all such fields, groups dissolved. Entries without `@` are left out.
    pub(crate) fn addresses(&self, name: &str) -> Vec<Addr> {
        let mut out = Vec::new();
        for value in self.all(name) {
            out.extend(addresses::list(&self.line(value), ADDRESSES_MAX - out.len()));
        }
        out
    }

    /// Message-IDs without their angle brackets.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        let mut out = Vec::new();
        for value in self.all(name) {
            ids_of(&self.line(value), &mut out);
        }
        out.truncate(IDS_MAX);
        out
    }

    /// The instant of a date field, UTC milliseconds.
    pub(crate) fn date_ms(&self, name: &str) -> Option<i64> {
        self.first(name).and_then(|value| date_ms(&self.line(value)))
    }

    /// The instant at which the last server on the way took the mail.
    pub(crate) fn received_ms(&self) -> Option<i64> {
        let line = self.line(self.first("received")?);
        date_ms(line.rsplit_once(';')?.1)
    }

    pub(crate) fn structured(&self, name: &str) -> Option<Structured> {
        let line = words::merge(&self.line(self.first(name)?)) + "\n";
        match MessageStream::new(line.as_bytes()).parse_content_type() {
            HeaderValue::ContentType(value) => Some(structured(&value)),
            _ => None,
        }
    }
}

fn structured(value: &ContentType<'_>) -> Structured {
    let mut name = value.c_type.trim().to_ascii_lowercase();
    if let Some(subtype) = &value.c_subtype {
        name = format!("{name}/{}", subtype.trim().to_ascii_lowercase());
    }
    // A forgotten semicolon glues the first parameter to the name.
    name.truncate(name.find([' ', ';', ',']).unwrap_or(name.len()));
    let params = value.attributes.iter().flatten();
    let params = params.map(|p| (p.name.to_ascii_lowercase(), words::decode(&p.value)));
    Structured { value: name, params: params.collect() }
}

fn charset_text(bytes: &[u8], head: &Head<'_>) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    // All the bare bytes of the header together tell better what they are than one name alone.
    let odd = head.fields.iter().filter(|(_, value)| !value.is_ascii());
    let sample: Vec<u8> = odd.flat_map(|(_, value)| value.iter().copied()).take(8192).collect();
    charset::header(bytes, &sample)
}

/// One line, trimmed, without the replacement of control characters.
fn tidy(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.trim().chars().take(2_000).collect()
}

fn ids_of(line: &str, out: &mut Vec<String>) {
    let mut push = |id: &str| {
        let id: String = id.chars().filter(|c| !c.is_whitespace()).take(998).collect();
        if !id.is_empty() && !out.contains(&id) && out.len() < IDS_MAX {
            out.push(id);
        }
    };
    if !line.contains('<') {
        // Some programs leave the brackets out.
        line.split_whitespace().filter(|id| id.contains('@')).for_each(push);
        return;
    }
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, after)) = after.split_once('>') else {
            push(after);
            return;
        };
        push(id);
        rest = after;
    }
}

fn date_ms(line: &str) -> Option<i64> {
    let line = line.replace(['\r', '\n'], " ");
    let date = mail_parser::DateTime::parse_rfc822(line.trim())?;
    let in_range = (1970..=9999).contains(&date.year) && date.hour < 24 && date.second <= 60;
    (in_range && date.minute < 60 && date.day <= 31).then(|| date.to_timestamp() * 1000)
}
