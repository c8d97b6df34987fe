//! Which parts are the text of a mail and which are files that came with it.

use super::attachment::{self, Attachment, attachment};
use super::mime::{Leaf, Node};
use super::{Problem, html};
use crate::codec;

/// A longer text is cut; the raw mail still has all of it.
pub(super) const TEXT_BYTES_MAX: usize = 1024 * 1024;
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;

const UUENCODED_MAX: usize = 50;

/// What a reader sees of a mail.
pub(super) struct Content {
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
}

pub(super) fn collect(tree: &Node<'_>, problems: &mut Vec<Problem>) -> Content {
    let mut collector = Collector { attachments: Vec::new(), problems };
    let shown = collector.node(tree, Place::Root);
    let mut attachments = collector.attachments;
    let mut html = shown.html;
    if let Some(html) = &mut html {
        cut(html, HTML_BYTES_MAX, problems);
    }
    let mut text = shown.text.unwrap_or_default();
    if text.trim().is_empty()
        && let Some(html) = &html
    {
        text = html::to_text(html).replace('\0', "\u{fffd}");
    }
    let mut text = text.trim_end().trim_start_matches(['\n', '\u{feff}']).to_owned();
    cut(&mut text, TEXT_BYTES_MAX, problems);
    if let Some(html) = &html {
        for file in &mut attachments {
            let id = file.content_id.as_deref().unwrap_or_default();
            file.inline |= !id.is_empty() && html.contains(&format!("cid:{id}"));
        }
    }
    Content { text, html, attachments }
}

fn cut(text: &mut String, bytes_max: usize, problems: &mut Vec<Problem>) {
    if text.len() > bytes_max {
        let mut at = bytes_max;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.truncate(at);
        problems.push(Problem::TextTooLong);
    }
}

/// The two forms of a piece of text; either may be missing.
#[derive(Default)]
struct Shown {
    text: Option<String>,
    html: Option<String>,
}

impl Shown {
    fn is_empty(&self) -> bool {
        self.text.is_none() && self.html.is_none()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The mail itself, or the first part of one in several parts.
    Root,
    /// A part after the first.
    Later,
    /// One of several forms of the same.
    Alternative,
}

struct Collector<'p> {
    attachments: Vec<Attachment>,
    problems: &'p mut Vec<Problem>,
}

impl Collector<'_> {
    fn node(&mut self, node: &Node<'_>, place: Place) -> Shown {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf, place),
            Node::Many { kind, parts } => match kind.value.as_str() {
                "multipart/alternative" => self.alternative(parts),
                "multipart/related" => {
                    self.related(parts, kind.param("start").unwrap_or_default(), place)
                }
                _ => self.sequence(parts, place),
            },
        }
    }

    fn leaf(&mut self, leaf: &Leaf<'_>, place: Place) -> Shown {
        let named = leaf.file_name().is_some();
        let text = matches!(leaf.kind.value.as_str(), "text/plain" | "text/html" | "text");
        if !text || leaf.is_attachment() || (named && place == Place::Later) {
            // Only mail programs read it; it shows nothing and would look like a file.
            if leaf.kind.value != "text/x-amp-html" {
                self.attach(leaf);
            }
            return Shown::default();
        }
        let text = leaf.text(self.problems);
        if leaf.kind.value == "text/html" {
            return Shown { html: Some(text), text: None };
        }
        let flowed = leaf.kind.param("format").is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
        let joined = leaf.kind.param("delsp").is_some_and(|d| d.eq_ignore_ascii_case("yes"));
        let text = if flowed { unflow(&text, joined) } else { text };
        Shown { text: Some(self.without_uuencoded(text)), html: None }
    }

    /// Before MIME, files stood in the text itself, between `begin 644 name` and `end`.
    fn without_uuencoded(&mut self, text: String) -> String {
        if !text.contains("begin ") || !text.contains("\nend") {
            return text;
        }
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < lines.len() {
            match uuencoded(&lines[at..]) {
                Some((name, bytes, used)) if self.attachments.len() < UUENCODED_MAX => {
                    let number = self.attachments.len() + 1;
                    self.attachments.push(attachment::from_text(name, bytes, number));
                    at += used;
                }
                _ => {
                    out.push_str(lines[at]);
                    at += 1;
                }
            }
        }
        out
    }

    fn attach(&mut self, leaf: &Leaf<'_>) {
        let number = self.attachments.len() + 1;
        self.attachments.push(attachment(leaf, number, self.problems));
    }

    /// The last form of each kind is the richest (RFC 2046 §5.1.4).
    fn alternative(&mut self, parts: &[Node<'_>]) -> Shown {
        let mut shown = Shown::default();
        for part in parts {
            let next = self.node(part, Place::Alternative);
            if next.text.as_ref().is_some_and(|text| !text.trim().is_empty())
                && shown.text.as_ref().is_none_or(|text| text.trim().is_empty())
            {
                shown.text = next.text;
            }
            if next.html.is_some() {
                shown.html = next.html;
            }
        }
        shown
    }

    fn related(&mut self, parts: &[Node<'_>], start: &str, place: Place) -> Shown {
        let start = start.trim_matches(['<', '>', ' ']);
        let is_root = |node: &Node<'_>| match node {
            Node::Leaf(leaf) => leaf.content_id.as_deref() == Some(start) && !start.is_empty(),
            Node::Many { .. } => false,
        };
        let root = parts.iter().position(is_root).unwrap_or(0);
        let mut shown = Shown::default();
        for (i, part) in parts.iter().enumerate() {
            if i == root {
                shown = self.node(part, place);
            } else {
                let more = self.node(part, Place::Later);
                shown = self.join(shown, more);
            }
        }
        shown
    }

    fn sequence(&mut self, parts: &[Node<'_>], place: Place) -> Shown {
        let mut shown = Shown::default();
        for part in parts {
            let at = if shown.is_empty() { place } else { Place::Later };
            let next = self.node(part, at);
            shown = self.join(shown, next);
        }
        shown
    }

    /// Two pieces one after the other, in each form in which there is one.
    fn join(&mut self, first: Shown, second: Shown) -> Shown {
        if first.is_empty() {
            return second;
        }
        if second.is_empty() {
            return first;
        }
        let html = (first.html.is_some() || second.html.is_some()).then(|| {
            let as_html = |shown: &Shown| match (&shown.html, &shown.text) {
                (Some(html), _) => html.clone(),
                (None, Some(text)) => html::from_text(text),
                (None, None) => String::new(),
            };
            format!("{}\n{}", as_html(&first), as_html(&second))
        });
        let as_text = |shown: Shown| match (shown.text, shown.html) {
            (Some(text), _) => text,
            (None, Some(html)) => html::to_text(&html),
            (None, None) => String::new(),
        };
        let (first, second) = (as_text(first), as_text(second));
        Shown { text: Some(format!("{}\n\n{}", first.trim_end(), second)), html }
    }
}

/// The uuencoded file that these lines begin with: its name, its bytes, its lines.
fn uuencoded<'t>(lines: &[&'t str]) -> Option<(&'t str, Vec<u8>, usize)> {
    let (mode, name) = lines[0].strip_prefix("begin ")?.trim_end().split_once(' ')?;
    if !(3..=4).contains(&mode.len()) || !mode.bytes().all(|b| (b'0'..=b'7').contains(&b)) {
        return None;
    }
    let mut bytes = Vec::new();
    for (i, line) in lines.iter().enumerate().skip(1) {
        let line = line.trim_end_matches(['\n', '\r']);
        if line == "end" {
            return Some((name, bytes, i + 1));
        }
        if !matches!(line, "`" | "" | " ") {
            codec::uu_line(line.as_bytes(), &mut bytes)?;
        }
    }
    None
}

/// Joins the lines that `format=flowed` broke (RFC 3676). Quoted lines join only their like.
fn unflow(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        if open == Some(depth) && words != "-- " {
            out.push_str(words);
        } else {
            if open.is_some() || !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth.min(50)));
            if depth > 0 && !words.is_empty() {
                out.push(' ');
            }
            out.push_str(words);
        }
        // The separator of a signature ends in a blank and is no flowed line.
        open = (words.ends_with(' ') && words != "-- ").then_some(depth);
        if open.is_some() && delete_space {
            out.pop();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined() {
        let text = "One \ntwo\n> three \n> four\n-- \nAsha";
        assert_eq!(unflow(text, false), "One two\n> three four\n-- \nAsha");
        assert_eq!(unflow("न \nम", true), "नम");
        assert_eq!(unflow("a\n\n b", false), "a\n\nb");
    }
}
