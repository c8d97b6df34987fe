//! The small encodings of mail: base64, quoted-printable, base32 and hexadecimal.
//!
//! Decoding is lenient, because what a customer's program sent is to be read and not judged;
//! encoding is strict.

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Encodes as base64 with padding and without line breaks.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let b = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let word = u32::from(b[0]) << 16 | u32::from(b[1]) << 8 | u32::from(b[2]);
        for i in 0..4 {
            if i <= chunk.len() {
                out.push(BASE64[(word >> (18 - 6 * i)) as usize & 63] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Encodes as base64 in lines of 76 columns, each ended by CR LF.
pub(crate) fn base64_lines(bytes: &[u8], out: &mut Vec<u8>) {
    for chunk in bytes.chunks(57) {
        out.extend_from_slice(base64(chunk).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

/// Decodes base64, skipping whatever is not of its alphabet. The second value tells whether
/// anything but white space had to be skipped.
pub(crate) fn base64_decode(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut word, mut bits, mut dirty) = (0u32, 0u32, false);
    for &b in bytes {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // Padding ends a quantum; some programs glue several encoded pieces together.
            b'=' => {
                (word, bits) = (0, 0);
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                dirty = true;
                continue;
            }
        };
        word = word << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    (out, dirty)
}

/// Lowercase base32 without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut word, mut bits) = (0u32, 0u32);
    for &b in bytes {
        word = word << 8 | u32::from(b);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(BASE32[(word >> bits) as usize & 31] as char);
        }
        word &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(BASE32[(word << (5 - bits)) as usize & 31] as char);
    }
    out
}

/// Lowercase hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0'));
    }
    out
}

/// SHA-256 as lowercase hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

/// Encodes text whose lines end in CR LF as quoted-printable (RFC 2045 §6.7).
pub(crate) fn quoted_printable(text: &[u8], out: &mut Vec<u8>) {
    let mut lines = text.split(|&b| b == b'\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        quoted_line(line, out);
        if lines.peek().is_some() {
            out.extend_from_slice(b"\r\n");
        }
    }
}

fn quoted_line(line: &[u8], out: &mut Vec<u8>) {
    let mut column = 0;
    for (i, &b) in line.iter().enumerate() {
        let last = i + 1 == line.len();
        let plain = match b {
            b' ' | b'\t' => !last,
            // A dot or "From " at a line's start is damaged by careless programs.
            b'.' | b'F' => i != 0,
            b'=' => false,
            _ => (33..=126).contains(&b),
        };
        let width = if plain { 1 } else { 3 };
        if column + width > 75 {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if plain {
            out.push(b);
        } else {
            out.extend_from_slice(&[b'=', upper_hex(b >> 4), upper_hex(b & 15)]);
        }
        column += width;
    }
}

/// Decodes quoted-printable. What is no valid escape is kept as it stands.
pub(crate) fn quoted_printable_decode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let (body, end) = split_line_end(line);
        // White space before a line's end was added in transport.
        let body = trim_end_blanks(body);
        let mut i = 0;
        let mut soft = false;
        while i < body.len() {
            if body[i] != b'=' {
                out.push(body[i]);
                i += 1;
            } else if i + 1 == body.len() {
                soft = true;
                i += 1;
            } else if let Some(b) = hex_pair(body.get(i + 1), body.get(i + 2)) {
                out.push(b);
                i += 3;
            } else {
                out.push(b'=');
                i += 1;
            }
        }
        if !soft {
            out.extend_from_slice(end);
        }
    }
    out
}

/// Decodes one line of a uuencoded file; `None` when it is not one.
pub(crate) fn uu_line(line: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let value = |b: u8| (32..=96).contains(&b).then(|| (b - 32) & 63);
    let length = usize::from(value(*line.first()?)?);
    let coded = &line[1..];
    if coded.len() < length.div_ceil(3) * 4 && coded.len() < (length * 4).div_ceil(3) {
        return None;
    }
    let mut bytes = Vec::with_capacity(length + 2);
    for four in coded.chunks(4) {
        let mut word = 0u32;
        for i in 0..4 {
            // Blanks at a line's end get lost on the way.
            word = word << 6 | u32::from(value(*four.get(i).unwrap_or(&32))?);
        }
        bytes.extend_from_slice(&word.to_be_bytes()[1..]);
    }
    out.extend_from_slice(bytes.get(..length)?);
    Some(())
}

fn split_line_end(line: &[u8]) -> (&[u8], &[u8]) {
    let cut = if line.ends_with(b"\r\n") {
        line.len() - 2
    } else if line.ends_with(b"\n") {
        line.len() - 1
    } else {
        line.len()
    };
    line.split_at(cut)
}

fn trim_end_blanks(line: &[u8]) -> &[u8] {
    let blank = |b: &&u8| matches!(**b, b' ' | b'\t');
    &line[..line.len() - line.iter().rev().take_while(blank).count()]
}

/// The byte written as two hexadecimal digits.
pub(crate) fn hex_pair(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |b: Option<&u8>| (*b? as char).to_digit(16);
    Some((digit(high)? * 16 + digit(low)?) as u8)
}

pub(crate) fn upper_hex(nibble: u8) -> u8 {
    b"0123456789ABCDEF"[usize::from(nibble & 15)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(base64_decode(coded.as_bytes()), (plain.as_bytes().to_vec(), false));
        }
    }

    #[test]
    fn base64_reads_on_after_rubbish() {
        assert_eq!(base64_decode(b"Zm\r\n9v!Zm9v"), (b"foofoo".to_vec(), true));
    }

    #[test]
    fn base32_of_the_rfc() {
        assert_eq!(base32(b"fooba"), "mzxw6ytb");
        assert_eq!(base32(b"foob"), "mzxw6yq");
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_escape() {
        assert_eq!(quoted_printable_decode(b"a=3Db=ZZ =\r\nc \r\nd"), b"a=b=ZZ c\r\nd");
    }

    proptest! {
        #[test]
        fn base64_returns(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut lines = Vec::new();
            base64_lines(&bytes, &mut lines);
            prop_assert_eq!(base64_decode(&lines).0, bytes);
        }

        #[test]
        fn quoted_printable_returns(text in "([ -~\\t=\u{900}-\u{97f}]{0,120}\r\n){0,5}") {
            let mut coded = Vec::new();
            quoted_printable(text.as_bytes(), &mut coded);
            prop_assert!(coded.split(|b| *b == b'\n').all(|line| line.len() <= 77));
            prop_assert_eq!(quoted_printable_decode(&coded), text.as_bytes());
        }
    }
}
