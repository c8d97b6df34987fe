//! Encoded words of headers (RFC 2047), as they really come: with blanks inside, and with one
//! character cut in two between neighbours.

use super::charset;
use crate::codec;

/// The standard allows 75; some programs write a whole subject into one word.
const WORD_BYTES_MAX: usize = 4_096;

/// The text with its encoded words read.
pub(crate) fn decode(text: &str) -> String {
    rewrite(text, |word| word.to_owned())
}

/// The text with each run of encoded words replaced by a single one in UTF-8, so that a parser
/// that reads word by word finds no character cut in two.
pub(crate) fn merge(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    rewrite(text, |word| {
        let clean: String = word.chars().filter(|c| !c.is_control()).collect();
        format!("=?utf-8?B?{}?=", codec::base64(clean.as_bytes()))
    })
}

/// How long the encoded word is that `text` starts with.
pub(crate) fn length(text: &str) -> Option<usize> {
    word(text).map(|word| word.length)
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    length: usize,
}

fn rewrite(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let Some(first) = word(&rest[start..]) else {
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        out.push_str(&rest[..start]);
        rest = &rest[start + first.length..];
        let mut run = String::new();
        let (mut charset, mut bytes) = (first.charset, first.bytes);
        // Blanks between two encoded words are no part of the text.
        while let Some(next) = word(rest.trim_start()) {
            rest = &rest.trim_start()[next.length..];
            if !next.charset.eq_ignore_ascii_case(charset) {
                run.push_str(&charset::decode(&bytes, Some(charset)));
                bytes.clear();
                charset = next.charset;
            }
            bytes.extend_from_slice(&next.bytes);
        }
        run.push_str(&charset::decode(&bytes, Some(charset)));
        out.push_str(&write(&run));
    }
    out.push_str(rest);
    out
}

/// The encoded word that `text` starts with.
fn word(text: &str) -> Option<Word<'_>> {
    let inner = text.strip_prefix("=?")?;
    let (charset, inner) = inner.split_once('?')?;
    let plausible = |b: u8| b.is_ascii_graphic() && b != b'=';
    if charset.is_empty() || charset.len() > 60 || !charset.bytes().all(plausible) {
        return None;
    }
    let kind = *inner.as_bytes().first()?;
    let data = inner.get(1..)?.strip_prefix('?')?;
    let end = data.as_bytes().iter().take(WORD_BYTES_MAX);
    let end = end.zip(data.as_bytes().iter().skip(1)).position(|pair| pair == (&b'?', &b'='))?;
    let bytes = match kind {
        b'b' | b'B' => codec::base64_decode(&data.as_bytes()[..end]).0,
        b'q' | b'Q' => q_decode(&data.as_bytes()[..end]),
        _ => return None,
    };
    let length = text.len() - data.len() + end + 2;
    Some(Word { charset, bytes, length })
}

fn q_decode(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut i = 0;
    while i < data.len() {
        let escaped = (data[i] == b'=').then(|| codec::hex_pair(data.get(i + 1), data.get(i + 2)));
        match (data[i], escaped.flatten()) {
            (_, Some(b)) => {
                out.push(b);
                i += 2;
            }
            (b'_', None) => out.push(b' '),
            (b, None) => out.push(b),
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expect: &str) {
        assert_eq!(decode(input), expect);
    }

    #[test]
    fn words_are_read() {
        check("=?ISO-8859-1?Q?Patrik_F=E4ltstr=F6m?= x", "Patrik Fältström x");
        check("=?utf-8?B?4KSo4KSu4KS4?= =?utf-8?B?4KWN4KSk4KWH?=", "नमस्ते");
        check("a =?us-ascii?Q?b / c d?= e", "a b / c d e");
        check("=?utf-8*hi?q?ok?=", "ok");
        check("=?utf-8?Q?Was=3F??=", "Was??");
    }

    #[test]
    fn a_character_cut_in_two_is_joined() {
        check("=?utf-8?B?4KSo4A==?= =?utf-8?B?pK4=?=", "नम");
        assert_eq!(merge("=?utf-8?B?4KSo4A==?=\r\n =?utf-8?B?pK4=?= x"), "=?utf-8?B?4KSo4KSu?= x");
    }

    #[test]
    fn what_is_no_word_stays() {
        for text in ["=?", "=?utf-8?X?a?=", "a =?b", "=?utf-8?Q?open", "1 =? 2 ?="] {
            check(text, text);
        }
    }
}
