//! Bytes to text, whatever the mail claims or forgets to claim about its charset.

use encoding_rs::{Encoding, UTF_8};

/// The guess looks at this much: enough to be sure, little enough to be quick.
const GUESS_BYTES_MAX: usize = 64 * 1024;

/// Decodes `bytes` by the charset that was declared; where that is missing, unknown or plainly
/// wrong, by what the bytes look like. NUL becomes the replacement character.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(clean_label).unwrap_or_default();
    without_nul(decode_labelled(bytes, &label))
}

fn decode_labelled(bytes: &[u8], label: &str) -> String {
    if !matches!(label, "utf-7" | "unicode-1-1-utf-7") && !label.starts_with("iso-2022") {
        if bytes.is_ascii() && !is_wide(label) {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        // Text in an old charset is practically never valid UTF-8 by chance, but UTF-8 is often
        // declared as something else.
        if let Ok(text) = std::str::from_utf8(bytes)
            && !is_wide(label)
        {
            return text.trim_start_matches('\u{feff}').to_owned();
        }
    }
    match named(label) {
        Some(Named::Known(encoding)) => {
            let (text, broken) = encoding.decode_with_bom_removal(bytes);
            if broken && !is_wide(label) { guess(bytes) } else { text.into_owned() }
        }
        Some(Named::Other(decoder)) => decoder(bytes),
        None => guess(bytes),
    }
}

enum Named {
    Known(&'static Encoding),
    Other(fn(&[u8]) -> String),
}

fn named(label: &str) -> Option<Named> {
    let known = Encoding::for_label(label.as_bytes())
        // These two only name what a browser must refuse to read.
        .filter(|e| *e != encoding_rs::REPLACEMENT && *e != encoding_rs::X_USER_DEFINED)
        .filter(|_| !matches!(label, "us-ascii" | "ascii" | "ansi_x3.4-1968"));
    if let Some(encoding) = known {
        return Some(Named::Known(encoding));
    }
    if matches!(label, "" | "us-ascii" | "ascii" | "ansi_x3.4-1968") {
        return None;
    }
    let other = mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes());
    other.map(Named::Other)
}

/// UTF-8, or the charset that its bytes look most like.
pub(crate) fn guess(bytes: &[u8]) -> String {
    guess_encoding(bytes).decode(bytes).0.into_owned()
}

fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // A mail that is UTF-8 but for a few damaged bytes stays UTF-8.
    let lossy = String::from_utf8_lossy(bytes);
    let damaged = lossy.chars().filter(|c| *c == '\u{fffd}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if whole > damaged * 4 {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES_MAX)], true);
    detector.guess(None, false)
}

/// Text of a header line that carries bare bytes without saying what they are.
pub(crate) fn header(bytes: &[u8], sample: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => guess_encoding(sample).decode(bytes).0.into_owned(),
    }
}

fn clean_label(label: &str) -> String {
    let label = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    // RFC 2231 lets a language follow: utf-8*en.
    label.split('*').next().unwrap_or_default().replace("iso8859", "iso-8859").replace("_", "-")
}

fn is_wide(label: &str) -> bool {
    label.starts_with("utf-16") || label.starts_with("utf-32") || label.starts_with("ucs-2")
}

fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], label: &str, expect: &str) {
        assert_eq!(decode(bytes, Some(label)), expect);
    }

    #[test]
    fn declared_charsets_are_read() {
        check(b"gr\xfc\xdfe", "iso-8859-1", "grüße");
        check(b"gr\xfc\xdfe", "\"ISO8859-1\"", "grüße");
        check(b"\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251", "Привет");
        check(b"\x1b$B%O%m!<\x1b(B", "iso-2022-jp", "ハロー");
        check(b"\x8e\x84", "cp850", "Ää");
        check("नमस्ते".as_bytes(), "utf-8", "नमस्ते");
    }

    #[test]
    fn wrong_or_missing_declarations_do_no_harm() {
        check("नमस्ते".as_bytes(), "us-ascii", "नमस्ते");
        check("für".as_bytes(), "iso-8859-1", "für");
        check(b"Gr\xfc\xdfe aus M\xfcnchen", "utf-8", "Grüße aus München");
        check(b"Gr\xfc\xdfe aus M\xfcnchen", "x-unknown", "Grüße aus München");
        check(b"a\0b", "utf-8", "a\u{fffd}b");
    }
}
