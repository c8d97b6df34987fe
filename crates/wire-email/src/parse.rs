//! Reading mail: from the bytes of a customer's program to what the desk works with.
//!
//! Nothing here panics, and nothing grows beyond its bound, whatever the bytes are. What cannot
//! be read is named in [`Parsed::problems`]; the rest is read all the same.

mod addresses;
mod attachment;
mod body;
mod charset;
mod head;
mod html;
mod inspect;
mod kind;
mod mime;
mod trim;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;

use crate::address::Addr;
pub use attachment::Attachment;
pub use kind::{Action, Bounce, FailedRecipient, Kind};
pub use trim::trim_reply;

const SUBJECT_CHARS_MAX: usize = 1_000;

/// A mail as it was understood. Message-IDs stand without their angle brackets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// The author; when From holds no address, the first of Reply-To, Sender or Return-Path.
    pub from: Option<Addr>,
    pub sender: Option<Addr>,
    pub reply_to: Vec<Addr>,
    pub to: Vec<Addr>,
    pub cc: Vec<Addr>,
    /// The recipients that servers on the way recorded: Delivered-To, X-Original-To and such.
    pub delivered_to: Vec<String>,
    pub subject: String,
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    /// Oldest first.
    pub references: Vec<String>,
    /// The Date header, UTC milliseconds; when it is missing or impossible, the last Received.
    pub date_ms: Option<i64>,
    /// The whole text, LF line ends; made from the HTML when there is nothing else.
    pub text: String,
    /// The text without quoted history and signature. Never empty when `text` is not.
    pub reply_text: String,
    /// As it came: show it only in a sandbox.
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    /// The keyword of Auto-Submitted (RFC 3834), unless it is `no`.
    pub auto_submitted: Option<String>,
    /// `bulk`, `list`, `junk`, `auto_reply`.
    pub precedence: Option<String>,
    /// The identifier of the mailing list it came through.
    pub list_id: Option<String>,
    /// The envelope's sender or else Return-Path; empty for the null path of bounces and
    /// auto-replies.
    pub return_path: Option<String>,
    /// X-Auto-Response-Suppress asks for no automatic answer.
    pub wants_no_answer: bool,
    pub spam: Spam,
    pub problems: Vec<Problem>,
    kind: Kind,
}

/// What a spam filter on the way wrote into the header.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Spam {
    pub flagged: Option<bool>,
    pub score: Option<f32>,
}

/// What was wrong with a mail that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    NoHeader,
    NoSender,
    NoBlankLine,
    NoBoundary,
    BadDate,
    BadEncoding,
    CutOff,
    TooManyFields,
    TooManyParts,
    TooDeep,
    TextTooLong,
    /// The reader itself failed; only the plain bytes were taken over.
    ReaderFailed,
}

impl Problem {
    /// A stable name, for logs and for the translated sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoHeader => "no-header",
            Self::NoSender => "no-sender",
            Self::NoBlankLine => "no-blank-line",
            Self::NoBoundary => "no-boundary",
            Self::BadDate => "bad-date",
            Self::BadEncoding => "bad-encoding",
            Self::CutOff => "cut-off",
            Self::TooManyFields => "too-many-fields",
            Self::TooManyParts => "too-many-parts",
            Self::TooDeep => "too-deep",
            Self::TextTooLong => "text-too-long",
            Self::ReaderFailed => "reader-failed",
        }
    }
}

/// Nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// There is not a single character in it.
    #[error("the mail is empty")]
    Empty,
}

/// Reads a mail. The caller bounds its size.
pub fn parse(raw: &[u8]) -> Result<Parsed, ParseError> {
    parse_enveloped(raw, None)
}

/// Reads a mail that came with an envelope. Its sender, empty for the null path, tells a machine
/// more surely than anything in the header, where not every server writes it.
pub fn parse_received(raw: &[u8], mail_from: &str) -> Result<Parsed, ParseError> {
    parse_enveloped(raw, Some(mail_from))
}

fn parse_enveloped(raw: &[u8], mail_from: Option<&str>) -> Result<Parsed, ParseError> {
    if raw.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(ParseError::Empty);
    }
    let unix;
    let mut raw = raw;
    if !raw.contains(&b'\n') && raw.contains(&b'\r') {
        unix = raw.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect::<Vec<_>>();
        raw = &unix;
    }
    // Ours does not panic as far as we know; of what it stands on we know less.
    let read = catch_unwind(AssertUnwindSafe(|| read(raw, mail_from)));
    Ok(read.unwrap_or_else(|_| Parsed {
        text: charset::guess(&raw[..raw.len().min(body::TEXT_BYTES_MAX)]).replace('\0', "\u{fffd}"),
        problems: vec![Problem::ReaderFailed],
        ..Parsed::default()
    }))
}

impl Parsed {
    /// Who or what wrote this: a person, a machine that answers, a server that failed.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether an automatic answer may be sent: only to a person, never to a machine, a list or
    /// the null path (RFC 3834 §2).
    pub fn may_be_acknowledged(&self) -> bool {
        let null_path = self.return_path.as_deref() == Some("");
        let bulk = self.precedence.is_some() || self.spam.flagged == Some(true);
        let wanted = !bulk && !null_path && !self.wants_no_answer;
        self.kind == Kind::Person && self.from.is_some() && wanted
    }
}

fn read(raw: &[u8], mail_from: Option<&str>) -> Parsed {
    let mut problems = Vec::new();
    let (head, body) = head::split(raw, &mut problems);
    let (head, body) = if head.is_empty() {
        problems.push(Problem::NoHeader);
        (head, raw)
    } else {
        (head, body)
    };
    let mut mail = envelope(&head, &mut problems);
    if let Some(mail_from) = mail_from {
        mail.return_path = Some(mail_from.trim().to_owned());
    }
    let mut budget = mime::Budget::new();
    let outline = kind::Outline::of(&head);
    let tree = mime::tree(head, body, "text/plain", 0, &mut budget, &mut problems);
    let content = body::collect(&tree, &mut problems);
    mail.text = content.text;
    mail.html = content.html;
    mail.attachments = content.attachments;
    mail.reply_text = trim_reply(&mail.text);
    mail.kind = kind::of(&outline, &mail, &tree);
    problems.sort_by_key(|p| *p as u8);
    problems.dedup();
    mail.problems = problems;
    mail
}

fn envelope(head: &head::Head<'_>, problems: &mut Vec<Problem>) -> Parsed {
    let first = |name: &str| head.addresses(name).into_iter().next();
    let return_path = head.raw("return-path").map(|path| {
        path.trim_matches(['<', '>', ' ']).chars().filter(|c| !c.is_whitespace()).collect()
    });
    let from = first("from").or_else(|| {
        problems.push(Problem::NoSender);
        let path = || head.addresses("return-path").into_iter().next();
        first("reply-to").or_else(|| first("sender")).or_else(path)
    });
    let date_ms = head.date_ms("date").or_else(|| {
        problems.push(Problem::BadDate);
        head.received_ms()
    });
    let keyword = |name: &str| {
        let value = head.raw(name)?.to_ascii_lowercase();
        let word = value.split([';', ' ', '(']).next().unwrap_or_default().to_owned();
        (!word.is_empty() && word != "no").then_some(word)
    };
    let bulk = |word: &String| matches!(word.as_str(), "bulk" | "list" | "junk" | "auto_reply");
    Parsed {
        from,
        sender: first("sender"),
        reply_to: head.addresses("reply-to"),
        to: head.addresses("to"),
        cc: head.addresses("cc"),
        delivered_to: delivered_to(head),
        subject: subject(head),
        message_id: head.ids("message-id").into_iter().next(),
        in_reply_to: head.ids("in-reply-to"),
        references: head.ids("references"),
        date_ms,
        auto_submitted: keyword("auto-submitted"),
        precedence: keyword("precedence").filter(bulk),
        list_id: head.raw("list-id").map(|id| id.chars().take(300).collect()),
        return_path,
        wants_no_answer: wants_no_answer(head),
        spam: spam(head),
        ..Parsed::default()
    }
}

fn wants_no_answer(head: &head::Head<'_>) -> bool {
    let value = head.raw("x-auto-response-suppress").unwrap_or_default().to_ascii_lowercase();
    value.split([',', ' ', ';']).any(|word| matches!(word, "all" | "oof" | "autoreply"))
}

fn subject(head: &head::Head<'_>) -> String {
    let subject = head.text("subject").unwrap_or_default();
    subject.chars().take(SUBJECT_CHARS_MAX).collect()
}

fn delivered_to(head: &head::Head<'_>) -> Vec<String> {
    const FIELDS: [&str; 5] =
        ["x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to"];
    let mut out = Vec::new();
    for addr in FIELDS.iter().flat_map(|name| head.addresses(name)) {
        if !out.contains(&addr.email) && out.len() < 50 {
            out.push(addr.email);
        }
    }
    out
}

fn spam(head: &head::Head<'_>) -> Spam {
    let status = head.raw("x-spam-status").unwrap_or_default().to_ascii_lowercase();
    let flag = head.raw("x-spam-flag").or_else(|| head.raw("x-spam")).unwrap_or_default();
    let flagged = match flag.to_ascii_lowercase().get(..2) {
        Some("ye") | Some("tr") => Some(true),
        Some("no") | Some("fa") => Some(false),
        _ if status.starts_with("yes") => Some(true),
        _ if status.starts_with("no") => Some(false),
        _ => None,
    };
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && !"+-.".contains(c));
        text[..end.unwrap_or(text.len())].parse::<f32>().ok().filter(|score| score.is_finite())
    };
    let in_status = ["score=", "hits="].iter().find_map(|key| status.split_once(key));
    let score = in_status.and_then(|(_, rest)| number(rest.trim_start()));
    let score = score.or_else(|| number(head.raw("x-spam-score")?.trim()));
    Spam { flagged, score }
}

#[cfg(test)]
mod tests;
