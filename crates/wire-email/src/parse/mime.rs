//! The tree of parts (RFC 2046), bounded in depth and number.
//!
//! It is our own because the tree must be cut off before it can hurt: a mail of a hundred
//! thousand nested parts costs a few kilobytes to send.

use super::head::{self, Head, Structured};
use super::{Problem, charset};
use crate::codec;

const DEPTH_MAX: usize = 16;
const PARTS_MAX: usize = 400;

/// A part that holds no further parts, or several that do.
pub(crate) enum Node<'a> {
    Leaf(Box<Leaf<'a>>),
    Many { kind: Structured, parts: Vec<Node<'a>> },
}

/// A part with contents of its own. An attached mail is one too: it is not opened.
pub(crate) struct Leaf<'a> {
    pub head: Head<'a>,
    pub kind: Structured,
    pub disposition: Structured,
    pub content_id: Option<String>,
    encoded: &'a [u8],
}

/// What is left to spend on one mail.
pub(crate) struct Budget {
    parts: usize,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { parts: PARTS_MAX }
    }
}

/// Reads the part with these fields and this body, and all that it holds.
pub(crate) fn tree<'a>(
    head: Head<'a>,
    body: &'a [u8],
    default: &str,
    depth: usize,
    budget: &mut Budget,
    problems: &mut Vec<Problem>,
) -> Node<'a> {
    budget.parts = budget.parts.saturating_sub(1);
    let mut kind = head.structured("content-type").unwrap_or_default();
    if !kind.value.contains('/') {
        kind.value = if kind.value == "text" { "text/plain" } else { default }.to_owned();
    }
    if kind.value.starts_with("multipart/") && depth < DEPTH_MAX && budget.parts > 0 {
        let parts = split_parts(body, kind.param("boundary"), budget.parts, problems);
        if !parts.is_empty() {
            let digest = kind.value == "multipart/digest";
            let default = if digest { "message/rfc822" } else { "text/plain" };
            let mut nodes = Vec::with_capacity(parts.len());
            for part in parts {
                let (head, body) = split_part(part, problems);
                nodes.push(tree(head, body, default, depth + 1, budget, problems));
            }
            return Node::Many { kind, parts: nodes };
        }
        problems.push(Problem::NoBoundary);
        kind.value = "text/plain".to_owned();
    } else if kind.value.starts_with("multipart/") {
        problems.push(Problem::TooDeep);
    }
    let disposition = head.structured("content-disposition").unwrap_or_default();
    let content_id = head.ids("content-id").into_iter().next().or_else(|| head.raw("content-id"));
    let content_id = content_id.filter(|id| !id.is_empty());
    Node::Leaf(Box::new(Leaf { head, kind, disposition, content_id, encoded: body }))
}

/// A part may start with its blank line, having no fields at all.
fn split_part<'a>(part: &'a [u8], problems: &mut Vec<Problem>) -> (Head<'a>, &'a [u8]) {
    if let Some(body) = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n")) {
        return (Head::default(), body);
    }
    head::split(part, problems)
}

fn split_parts<'a>(
    body: &'a [u8],
    boundary: Option<&str>,
    parts_max: usize,
    problems: &mut Vec<Problem>,
) -> Vec<&'a [u8]> {
    let delimiter = match boundary {
        Some(boundary) => [b"--", boundary.trim_end().as_bytes()].concat(),
        None => match guessed_delimiter(body) {
            Some(delimiter) => delimiter,
            None => return Vec::new(),
        },
    };
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    let mut closed = false;
    for line in body.split_inclusive(|&b| b == b'\n') {
        let bare = line.trim_ascii_end();
        if let Some(after) = bare.strip_prefix(&delimiter[..])
            && (after.is_empty() || after == b"--")
        {
            if let Some(start) = start.take() {
                parts.push(without_last_break(&body[start..at]));
            }
            if after == b"--" {
                closed = true;
                break;
            }
            if parts.len() >= parts_max {
                problems.push(Problem::TooManyParts);
                closed = true;
                break;
            }
            start = Some(at + line.len());
        }
        at += line.len();
    }
    if let Some(start) = start {
        parts.push(&body[start.min(body.len())..]);
    }
    if !closed && !parts.is_empty() {
        problems.push(Problem::CutOff);
    }
    parts
}

fn guessed_delimiter(body: &[u8]) -> Option<Vec<u8>> {
    let mut lines = body.split(|&b| b == b'\n').take(50).map(<[u8]>::trim_ascii_end);
    let found = lines.find(|line| line.len() > 4 && line.starts_with(b"--") && line[2] != b' ');
    found.map(<[u8]>::to_vec)
}

fn without_last_break(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

impl<'a> Leaf<'a> {
    /// The contents with the transfer encoding undone.
    pub(crate) fn bytes(&self, problems: &mut Vec<Problem>) -> Vec<u8> {
        let encoding = self.head.raw("content-transfer-encoding").unwrap_or_default();
        match encoding.to_ascii_lowercase().trim_matches(['"', '\'', ';', ' ']) {
            "base64" => {
                let (bytes, dirty) = codec::base64_decode(self.encoded);
                if dirty {
                    problems.push(Problem::BadEncoding);
                }
                bytes
            }
            "quoted-printable" => codec::quoted_printable_decode(self.encoded),
            _ => self.encoded.to_vec(),
        }
    }

    /// The contents as text with LF line ends.
    pub(crate) fn text(&self, problems: &mut Vec<Problem>) -> String {
        let bytes = self.bytes(problems);
        let mut label = self.kind.param("charset").map(str::to_owned);
        if label.is_none() && self.kind.value == "text/html" {
            label = meta_charset(&bytes);
        }
        let text = charset::decode(&bytes, label.as_deref());
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
    }

    /// The file name that the sender gave, as it was given.
    pub(crate) fn file_name(&self) -> Option<&str> {
        self.disposition.param("filename").or_else(|| self.kind.param("name"))
    }

    pub(crate) fn is_attachment(&self) -> bool {
        self.disposition.value == "attachment"
    }
}

/// `<meta charset=…>` near the start of an HTML page.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let after = start.split_once("<meta").and_then(|(_, rest)| rest.split_once("charset="))?.1;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    Some(label[..end.unwrap_or(label.len())].to_owned()).filter(|label| !label.is_empty())
}
