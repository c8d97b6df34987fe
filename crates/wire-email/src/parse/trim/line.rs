//! What each line of a mail is.

use super::Line;
use super::words;

/// Mail programs wrap "On … wrote:" over this many lines, blank ones included.
const ATTRIBUTION_LINES_MAX: usize = 6;
const ATTRIBUTION_BYTES_MAX: usize = 500;
/// A text made of what looks like a beginning must not cost time without end.
const ATTRIBUTION_LOOKS_MAX: usize = 2_000;
const HEADER_LINES_MAX: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Empty,
    /// Begins with `>`.
    Quote,
    /// Part of "On … wrote:".
    Attribution,
    /// Part of a copied header, or the line that announces one.
    Header,
    /// `-- `
    Signature,
    /// `________`, above a footer or a copied header.
    Rule,
    /// "Sent from my …"
    SentFrom,
}

impl Kind {
    pub(super) fn starts_copy(self) -> bool {
        self == Self::Header
    }
}

/// Sorts all lines of a text.
pub(super) fn sort(text: &str) -> Vec<Line<'_>> {
    let line = |text| Line { text, kind: alone(text), role: words::Role::of(text) };
    let mut lines: Vec<_> = text.lines().map(line).collect();
    let mut at = 0;
    let mut looks = ATTRIBUTION_LOOKS_MAX;
    while at < lines.len() {
        let span = attribution(&lines[at..], &mut looks);
        if span > 0 {
            mark(&mut lines[at..at + span], Kind::Attribution);
            at += span;
            continue;
        }
        let span = header(&lines[at..]);
        if span > 0 {
            mark(&mut lines[at..at + span], Kind::Header);
            at += span;
            continue;
        }
        at += 1;
    }
    lines
}

fn mark(lines: &mut [Line<'_>], kind: Kind) {
    lines.iter_mut().for_each(|line| line.kind = kind);
}

/// What a line is when one looks at nothing else.
fn alone(text: &str) -> Kind {
    let line = text.trim();
    if line.is_empty() {
        Kind::Empty
    } else if line.starts_with('>') {
        Kind::Quote
    } else if matches!(line, "--" | "—" | "__" | "\u{2013}" | "--\u{ad}" | "- --") {
        Kind::Signature
    } else if words::is_rule(line) {
        Kind::Rule
    } else if words::announces_copy(line) {
        Kind::Header
    } else if words::sent_from(line) {
        Kind::SentFrom
    } else {
        Kind::Text
    }
}

/// How many of these lines are "On … wrote:"; 0 when none.
fn attribution(lines: &[Line<'_>], looks: &mut usize) -> usize {
    let first = lines[0].text.trim();
    if lines[0].kind != Kind::Text || !words::may_start_attribution(first) {
        return 0;
    }
    if *looks == 0 {
        return 0;
    }
    *looks -= 1;
    let mut joined = String::new();
    for (i, line) in lines.iter().take(ATTRIBUTION_LINES_MAX).enumerate() {
        let text = line.text.trim();
        // A wrapped "> wrote:" looks like a quoted line.
        let wrapped = i > 0 && line.kind == Kind::Quote && joined.contains('<');
        match line.kind {
            Kind::Text => {}
            Kind::Quote if wrapped => {}
            Kind::Empty if i > 0 && words::opens_attribution(first) => continue,
            _ => return 0,
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(text);
        if joined.len() > ATTRIBUTION_BYTES_MAX {
            return 0;
        }
        if words::is_attribution(&joined) {
            return i + 1;
        }
        if words::ends_sentence(text) {
            return 0;
        }
    }
    0
}

/// How many of these lines are a copied header with the rule above it; 0 when none.
fn header(lines: &[Line<'_>]) -> usize {
    let gap = |line: &Line<'_>| line.kind == Kind::Empty;
    let mut start = 0;
    if lines[0].kind == Kind::Rule {
        start = 1 + lines[1..].iter().take(2).take_while(|line| gap(line)).count();
    }
    let mut seen = words::Roles::default();
    let mut end = start;
    let mut wrapped = 0;
    for (i, line) in lines.iter().enumerate().skip(start).take(HEADER_LINES_MAX) {
        match (line.kind, line.role) {
            (Kind::Text, Some(role)) => {
                seen.add(role, line.text);
                end = i + 1;
                wrapped = 0;
            }
            // A long field goes on in the next line; blank lines come from paragraphs.
            (Kind::Text, None) if i > start && wrapped == 0 => {
                seen.add_words(line.text);
                wrapped = 1;
            }
            (Kind::Empty, _) if i > start && wrapped == 0 => wrapped = 1,
            _ => break,
        }
    }
    if seen.is_header() { with_wrapped_subject(lines, end) } else { 0 }
}

/// The last field may have been wrapped, too: up to the next blank line, if that is near.
fn with_wrapped_subject(lines: &[Line<'_>], end: usize) -> usize {
    match lines.get(end..end + 2) {
        Some([wrapped, blank])
            if wrapped.kind == Kind::Text
                && wrapped.text.starts_with([' ', '\t'])
                && blank.kind == Kind::Empty =>
        {
            end + 1
        }
        _ => end,
    }
}
