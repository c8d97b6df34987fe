//! The new words of a reply: without quoted history and signature.
//!
//! A mail program says "On … wrote:", or copies a header, or marks lines by `>`; each in the
//! language of its owner. Every line is sorted into a kind first; what is kept is decided from
//! the order of the kinds. Whatever is folded away stays in the mail's text.

mod line;
mod words;

use line::Kind;

/// A signature is short; what follows `--` at greater length is not one.
const SIGNATURE_LINES_MAX: usize = 25;
/// Words below a quoted mail that are no answer: a footer, a signature.
const FOOTER_LINES_MAX: usize = 6;

/// The part of a mail's text that its writer added. Empty when all of it is quoted.
pub fn trim_reply(text: &str) -> String {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    let mut lines: Vec<Line<'_>> = line::sort(&text);
    cut_signature(&mut lines);
    lines.iter_mut().filter(|line| line.kind == Kind::Rule).for_each(|l| l.kind = Kind::Text);
    lines.retain(|line| line.kind != Kind::SentFrom);
    cut_copied_mail(&mut lines);
    cut_quoted_mail(&mut lines);
    let mut out = String::new();
    for line in &lines {
        out.push_str(line.text.trim_end());
        out.push('\n');
    }
    out.trim_end().trim_start_matches('\n').to_owned()
}

/// A line and what it is.
struct Line<'a> {
    text: &'a str,
    kind: Kind,
    /// The field of a copied header that it may be.
    role: Option<words::Role>,
}

fn has_text(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| line.kind == Kind::Text)
}

fn text_lines(lines: &[Line<'_>]) -> usize {
    lines.iter().filter(|line| line.kind == Kind::Text).count()
}

/// Cuts at `-- ` and at the rule above a footer.
fn cut_signature(lines: &mut Vec<Line<'_>>) {
    for at in 0..lines.len() {
        let max = match lines[at].kind {
            Kind::Signature => SIGNATURE_LINES_MAX,
            // Directly under words it underlines a heading.
            Kind::Rule if at == 0 || lines[at - 1].kind == Kind::Empty => FOOTER_LINES_MAX + 2,
            _ => continue,
        };
        let after = &lines[at + 1..];
        let own =
            after.iter().position(|line| matches!(line.kind, Kind::Attribution | Kind::Header));
        let own = &after[..own.unwrap_or(after.len())];
        if has_text(&lines[..at]) && text_lines(own) <= max {
            lines.truncate(at);
            return;
        }
        lines[at].kind = Kind::Text;
    }
}

/// A mail that was copied below with its header. Above it stands what is new; when nothing does,
/// it was forwarded without a word, and then it is itself what the writer wanted to say.
fn cut_copied_mail(lines: &mut Vec<Line<'_>>) {
    while let Some(at) = lines.iter().position(|line| line.kind.starts_copy()) {
        let quoted_before = lines[..at].iter().any(|l| matches!(l.kind, Kind::Attribution));
        if has_text(&lines[..at]) || quoted_before {
            lines.truncate(at);
            return;
        }
        let rest = lines[at..]
            .iter()
            .position(|line| !line.kind.starts_copy() && line.kind != Kind::Empty);
        let end = rest.map_or(lines.len(), |rest| at + rest);
        lines.drain(..end);
    }
}

/// A mail that was quoted below or above the answer, or in between.
fn cut_quoted_mail(lines: &mut Vec<Line<'_>>) {
    if let Some(at) = lines.iter().position(|line| line.kind == Kind::Attribution) {
        let after = &lines[at + 1..];
        let after = &after[after.iter().take_while(|l| l.kind == Kind::Attribution).count()..];
        let first = after.iter().map(|line| line.kind).find(|kind| *kind != Kind::Empty);
        let answered_above = has_text(&lines[..at]);
        match (answered_above, first) {
            // Nothing marks where the quoted mail ends: it is all the rest.
            (true, None | Some(Kind::Text | Kind::Attribution)) => lines.truncate(at),
            (true, Some(_)) if !answers_within(after) && footer_only(after) => lines.truncate(at),
            _ => {}
        }
    }
    lines.retain(|line| line.kind != Kind::Attribution);
    if !has_text(lines) {
        lines.clear();
        return;
    }
    while lines.last().is_some_and(|line| matches!(line.kind, Kind::Quote | Kind::Empty)) {
        lines.pop();
    }
    // The answer stands below the whole quoted mail.
    let first_text = lines.iter().position(|line| line.kind == Kind::Text).unwrap_or(0);
    if !answers_within(lines) && !lines[first_text..].iter().any(|l| l.kind == Kind::Quote) {
        lines.drain(..first_text);
    }
}

/// Whether there are words between quoted lines that are more than the wrapped end of one.
fn answers_within(lines: &[Line<'_>]) -> bool {
    let quote = |line: &Line<'_>| line.kind == Kind::Quote;
    let (Some(first), Some(last)) = (lines.iter().position(quote), lines.iter().rposition(quote))
    else {
        return false;
    };
    let inner = &lines[first..=last];
    // The wrapped end of a quoted line stands alone, between quoted lines.
    inner.windows(2).any(|pair| {
        let kinds = (pair[0].kind, pair[1].kind);
        matches!(kinds, (Kind::Empty | Kind::Text, Kind::Text) | (Kind::Text, Kind::Empty))
    })
}

fn footer_only(after: &[Line<'_>]) -> bool {
    let last = after.iter().rposition(|line| line.kind == Kind::Quote);
    text_lines(&after[last.map_or(0, |last| last + 1)..]) <= FOOTER_LINES_MAX
}

#[cfg(test)]
mod tests;
