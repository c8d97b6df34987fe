//! Header fields, folded and encoded (RFC 5322, 2047, 2231).

use crate::address::Addr;
use crate::codec;

/// Where a header line is folded, when it can be.
const LINE_COLUMNS: usize = 76;
/// RFC 2047: an encoded word has at most 75 characters; this many bytes fit into one.
const WORD_BYTES: usize = 42;
/// A longer name or subject is cut: no program shows it, and servers refuse endless headers.
const TEXT_CHARS_MAX: usize = 900;
const EMAIL_BYTES_MAX: usize = 320;
const ID_BYTES_MAX: usize = 900;

/// The header block of a mail or of a part while it is written.
#[derive(Default)]
pub(super) struct Head {
    out: Vec<u8>,
}

impl Head {
    /// A field of our own words: ASCII and short.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(name, value.split(' ').map(str::to_owned).collect());
    }

    /// A field of a person's words, such as the subject.
    pub(super) fn unstructured(&mut self, name: &str, value: &str) {
        let value = one_line(value, TEXT_CHARS_MAX);
        if is_plain(&value) {
            self.fold(name, value.split(' ').map(str::to_owned).collect());
        } else {
            self.fold(name, encoded_words(&value));
        }
    }

    /// An address list; nothing is written for an empty one.
    pub(super) fn addresses(&mut self, name: &str, list: &[Addr]) {
        let mut tokens = Vec::new();
        let list: Vec<_> = list.iter().filter(|a| !email(&a.email).is_empty()).collect();
        for (i, addr) in list.iter().enumerate() {
            let comma = if i + 1 < list.len() { "," } else { "" };
            let email = email(&addr.email);
            let words = display_name(&addr.name);
            if words.is_empty() {
                tokens.push(format!("{email}{comma}"));
            } else {
                tokens.extend(words);
                tokens.push(format!("<{email}>{comma}"));
            }
        }
        if !tokens.is_empty() {
            self.fold(name, tokens);
        }
    }

    /// Message-IDs; nothing is written for none.
    pub(super) fn ids(&mut self, name: &str, ids: &[String]) {
        let tokens: Vec<_> = ids.iter().filter_map(|id| angle_id(id)).collect();
        if !tokens.is_empty() {
            self.fold(name, tokens);
        }
    }

    /// A MIME field with parameters: `attachment; filename="…"`.
    pub(super) fn with_params(&mut self, name: &str, value: &str, params: &[(&str, &str)]) {
        let mut tokens = vec![value.to_owned()];
        for (key, value) in params {
            for param in parameter(key, value) {
                let last = tokens.len() - 1;
                tokens[last].push(';');
                tokens.push(param);
            }
        }
        self.fold(name, tokens);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    fn fold(&mut self, name: &str, tokens: Vec<String>) {
        let mut line = format!("{name}:");
        for token in tokens {
            if line.len() + 1 + token.len() > LINE_COLUMNS && !line.ends_with(':') {
                self.out.extend_from_slice(line.as_bytes());
                self.out.extend_from_slice(b"\r\n");
                line.clear();
            }
            line.push(' ');
            line.push_str(&token);
        }
        self.out.extend_from_slice(line.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }
}

/// `Sun, 22 Nov 2026 09:30:00 +0000`.
pub(super) fn date(ms: i64) -> String {
    // The year has four digits in a mail; a wild clock must not write anything else.
    let seconds = ms.div_euclid(1000).clamp(0, 253_402_300_799);
    mail_parser::DateTime::from_timestamp(seconds).to_rfc822()
}

/// One line without control characters, no longer than `chars_max`.
fn one_line(text: &str, chars_max: usize) -> String {
    let text: String = text
        .chars()
        .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'))
        .take(chars_max)
        .collect();
    text.trim().to_owned()
}

/// Whether a text may stand in a header as it is, and be read back exactly.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| (32..=126).contains(&b))
        && !text.contains("  ")
        && !text.contains("=?")
        && text.split(' ').all(|word| word.len() < LINE_COLUMNS - 10)
}

fn encoded_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = rest.len().min(WORD_BYTES);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (word, after) = rest.split_at(cut);
        words.push(format!("=?utf-8?B?{}?=", codec::base64(word.as_bytes())));
        rest = after;
    }
    words
}

fn display_name(name: &str) -> Vec<String> {
    let name = one_line(name, TEXT_CHARS_MAX);
    if name.is_empty() {
        return Vec::new();
    }
    if !is_plain(&name) || name.len() > LINE_COLUMNS - 10 {
        return encoded_words(&name);
    }
    let simple = |b: u8| b.is_ascii_alphanumeric() || b" !#$%&'*+-/=?^_`{|}~".contains(&b);
    if name.bytes().all(simple) {
        return name.split(' ').map(str::to_owned).collect();
    }
    vec![format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))]
}

/// The address with everything removed that could end it early. Empty when nothing usable is
/// left.
fn email(text: &str) -> String {
    let bad = |c: char| c.is_control() || c.is_whitespace() || "<>,;()[]\\\"".contains(c);
    let clean: String = text.chars().filter(|c| !bad(*c)).collect();
    if clean.len() > EMAIL_BYTES_MAX { String::new() } else { clean }
}

fn angle_id(id: &str) -> Option<String> {
    let bad = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>');
    let clean: String = id.chars().filter(|c| !bad(*c)).collect();
    (!clean.is_empty() && clean.len() <= ID_BYTES_MAX).then(|| format!("<{clean}>"))
}

/// A parameter, in the continued and encoded form of RFC 2231 where it needs one.
fn parameter(key: &str, value: &str) -> Vec<String> {
    let value = one_line(value, 200);
    let plain = |b: u8| (32..=126).contains(&b) && !matches!(b, b'"' | b'\\');
    if value.bytes().all(plain) && value.len() <= 60 {
        return vec![format!("{key}=\"{value}\"")];
    }
    let mut pieces = vec![String::from("utf-8''")];
    for c in value.chars() {
        let mut buffer = [0; 4];
        let coded = percent(c.encode_utf8(&mut buffer).as_bytes());
        let last = pieces.len() - 1;
        if pieces[last].len() + coded.len() > 54 {
            pieces.push(coded);
        } else {
            pieces[last].push_str(&coded);
        }
    }
    if let [only] = &pieces[..] {
        return vec![format!("{key}*={only}")];
    }
    let numbered = pieces.iter().enumerate();
    numbered.map(|(i, piece)| format!("{key}*{i}*={piece}")).collect()
}

fn percent(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &b in bytes {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_') {
            out.push(b as char);
        } else {
            out.push('%');
            out.push(codec::upper_hex(b >> 4) as char);
            out.push(codec::upper_hex(b & 15) as char);
        }
    }
    out
}
