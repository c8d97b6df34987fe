//! The body: a tree of parts, each with its own header block.

use super::header::Head;
use super::{Attached, Outgoing};
use crate::codec;

/// RFC 5322 §2.1.1: a line has at most 998 characters without its end.
const LINE_BYTES_MAX: usize = 998;

/// One part of the body.
pub(super) enum Part<'a> {
    Text { subtype: &'static str, text: &'a str },
    File { file: &'a Attached, inline: bool },
    Many { subtype: &'static str, parts: Vec<Part<'a>>, boundary: String },
}

/// Plain text; with HTML an alternative; pictures of the HTML related to it; files around all.
pub(super) fn body(mail: &Outgoing) -> Part<'_> {
    let shown = |file: &&Attached| mail.html.is_some() && file.content_id.is_some();
    let (pictures, files): (Vec<_>, Vec<_>) = mail.attachments.iter().partition(shown);
    let seed = seed(mail);
    let many = |subtype, parts| Part::Many {
        subtype,
        parts,
        boundary: format!("=_{}_{subtype}", &seed[..40]),
    };
    let mut root = Part::Text { subtype: "plain", text: &mail.text };
    if let Some(html) = &mail.html {
        let mut shown = Part::Text { subtype: "html", text: html };
        if !pictures.is_empty() {
            let pictures = pictures.into_iter().map(|file| Part::File { file, inline: true });
            shown = many("related", std::iter::once(shown).chain(pictures).collect());
        }
        root = many("alternative", vec![root, shown]);
    }
    if !files.is_empty() {
        let files = files.into_iter().map(|file| Part::File { file, inline: false });
        root = many("mixed", std::iter::once(root).chain(files).collect());
    }
    root
}

/// A digest over everything, so that a boundary cannot stand in the text it separates and is
/// still the same at a second attempt.
fn seed(mail: &Outgoing) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let html = mail.html.as_deref().unwrap_or_default();
    for text in [&mail.message_id, &mail.subject, &mail.text, html] {
        context.update(&(text.len() as u64).to_be_bytes());
        context.update(text.as_bytes());
    }
    for file in &mail.attachments {
        context.update(&(file.bytes.len() as u64).to_be_bytes());
        context.update(&file.bytes);
    }
    codec::hex(context.finish().as_ref())
}

impl Part<'_> {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text { subtype, text } => write_text(subtype, text, out),
            Self::File { file, inline } => write_file(file, *inline, out),
            Self::Many { subtype, parts, boundary } => {
                let mut head = Head::default();
                let mime = format!("multipart/{subtype}");
                head.with_params("Content-Type", &mime, &[("boundary", boundary)]);
                finish_head(head, out);
                for part in parts {
                    out.extend_from_slice(format!("\r\n--{boundary}\r\n").as_bytes());
                    part.write(out);
                }
                out.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
            }
        }
    }
}

fn finish_head(head: Head, out: &mut Vec<u8>) {
    out.extend_from_slice(&head.into_bytes());
    out.extend_from_slice(b"\r\n");
}

fn write_text(subtype: &str, text: &str, out: &mut Vec<u8>) {
    let mut text = wire_lines(text);
    if !text.ends_with(b"\r\n") {
        text.extend_from_slice(b"\r\n");
    }
    let encoding = encoding_for(&text);
    let mut head = Head::default();
    let mime = format!("text/{subtype}");
    head.with_params("Content-Type", &mime, &[("charset", "utf-8")]);
    head.text("Content-Transfer-Encoding", encoding);
    finish_head(head, out);
    match encoding {
        "7bit" => out.extend_from_slice(&text),
        "base64" => codec::base64_lines(&text, out),
        _ => codec::quoted_printable(&text, out),
    }
}

/// Text with CR LF at every line's end and no NUL, which no mail may carry.
fn wire_lines(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    let mut bytes = text.bytes().filter(|b| *b != 0).peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                out.extend_from_slice(b"\r\n");
            }
            b'\n' => out.extend_from_slice(b"\r\n"),
            _ => out.push(b),
        }
    }
    out
}

/// Whatever is shortest and still passes every server on the way: quoted-printable triples a
/// Hindi text, base64 adds a third.
fn encoding_for(text: &[u8]) -> &'static str {
    let mut lines = text.split(|&b| b == b'\n');
    let safe = lines.all(|line| line.len() <= LINE_BYTES_MAX && !line.starts_with(b"From "));
    let odd = text.iter().filter(|b| !matches!(b, 9 | 10 | 13 | 32..=126)).count();
    if odd == 0 && safe {
        "7bit"
    } else if odd * 6 > text.len() {
        "base64"
    } else {
        "quoted-printable"
    }
}

fn write_file(file: &Attached, inline: bool, out: &mut Vec<u8>) {
    let mut head = Head::default();
    let name = if file.name.trim().is_empty() { "file" } else { file.name.as_str() };
    head.with_params("Content-Type", &mime_of(file), &[("name", name)]);
    head.text("Content-Transfer-Encoding", "base64");
    let kind = if inline { "inline" } else { "attachment" };
    head.with_params("Content-Disposition", kind, &[("filename", name)]);
    if let Some(id) = &file.content_id {
        head.ids("Content-ID", std::slice::from_ref(id));
    }
    finish_head(head, out);
    codec::base64_lines(&file.bytes, out);
}

/// The type when it is well formed. Mails and multiparts may not be in base64 (RFC 2046), so
/// they travel as plain bytes.
fn mime_of(file: &Attached) -> String {
    let token = |text: &str| {
        let ok = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
        !text.is_empty() && text.len() <= 100 && text.bytes().all(ok)
    };
    let mime = file.mime.trim().to_ascii_lowercase();
    match mime.split_once('/') {
        Some(("message" | "multipart", _)) | None => "application/octet-stream".to_owned(),
        Some((kind, subtype)) if token(kind) && token(subtype) => mime,
        Some(_) => "application/octet-stream".to_owned(),
    }
}
