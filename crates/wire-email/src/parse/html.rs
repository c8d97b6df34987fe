//! HTML to plain text, for search, for replies and for mails that have nothing else.
//!
//! It keeps what a person sees: words, line breaks, list marks, and quoted blocks marked by `>`
//! so that the history of a conversation can be folded. It is no sanitiser.

use mail_parser::decoders::html::add_html_token;

const QUOTE_DEPTH_MAX: usize = 20;
const OUT_BYTES_MAX: usize = 2 * 1024 * 1024;
const TAG_BYTES_MAX: usize = 64 * 1024;
/// Each broken tag costs a look ahead; a page made of them must not cost time without end.
const BROKEN_TAGS_MAX: usize = 50;

/// The words of an HTML page with LF line ends.
pub(super) fn to_text(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while !rest.is_empty() && writer.out.len() < OUT_BYTES_MAX {
        let Some(start) = rest.find('<') else {
            writer.words(rest);
            break;
        };
        writer.words(&rest[..start]);
        rest = &rest[start..];
        rest = if rest.starts_with("<!--") {
            rest.find("-->").map_or("", |end| &rest[end + 3..])
        } else if starts_tag(rest) {
            let end = tag_end(rest, &mut writer.broken_tags);
            let after = &rest[end..];
            let tag = Tag::read(&rest[1..end]);
            writer.tag(&tag);
            if tag.hides() { skip_hidden(after, &tag.name) } else { after }
        } else {
            writer.words("<");
            &rest[1..]
        };
    }
    writer.finish()
}

/// Plain text as HTML that looks the same.
pub(super) fn from_text(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<div>{}</div>", text.replace('\n', "<br>\n"))
}

fn starts_tag(text: &str) -> bool {
    let second = text.as_bytes().get(1);
    second.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
}

/// The byte after the `>` that ends the tag, honouring quoted values as long as the page gets
/// its quotes right.
fn tag_end(text: &str, broken: &mut usize) -> usize {
    let mut quote = None;
    let look = if *broken < BROKEN_TAGS_MAX { TAG_BYTES_MAX } else { 0 };
    for (i, b) in text.bytes().enumerate().take(look) {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') if text.as_bytes()[i - 1] == b'=' => quote = Some(b),
            (Some(open), b) if b == open => quote = None,
            _ => {}
        }
    }
    // A quote that never ends: the first bracket will do.
    *broken += 1;
    text.find('>').map_or(text.len(), |end| end + 1)
}

/// What a `<style>` or `<script>` holds is no text.
fn skip_hidden<'a>(text: &'a str, name: &str) -> &'a str {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = text[at..].find("</") {
        let start = at + next + 2;
        let found = bytes.get(start..start + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return text[start..].find('>').map_or("", |end| &text[start + end + 1..]);
        }
        at = start;
    }
    ""
}

struct Tag {
    name: String,
    closes: bool,
    empty: bool,
}

impl Tag {
    fn read(text: &str) -> Self {
        let closes = text.starts_with('/');
        let name = text.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end.min(20)].to_ascii_lowercase();
        Self { name, closes, empty: text.trim_end_matches('>').ends_with('/') }
    }

    fn hides(&self) -> bool {
        let hidden = matches!(self.name.as_str(), "style" | "script" | "title" | "template");
        hidden && !self.closes && !self.empty
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    line: String,
    quotes: usize,
    /// Blank lines that a later word will bring.
    gap: usize,
    pre: usize,
    blank: bool,
    broken_tags: usize,
}

impl Writer {
    fn words(&mut self, text: &str) {
        if self.pre > 0 {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.end_line(0);
                }
                entities(line, &mut self.line);
            }
            return;
        }
        let mut decoded = String::with_capacity(text.len());
        entities(text, &mut decoded);
        for c in decoded.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.blank = !self.line.is_empty(),
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                c => {
                    if self.blank {
                        self.line.push(' ');
                        self.blank = false;
                    }
                    self.line.push(if c == '\u{a0}' { ' ' } else { c });
                }
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "br" => self.break_line(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table" | "dl" => {
                self.end_line(1);
            }
            "div" | "tr" | "section" | "article" | "header" | "footer" | "address" | "dt"
            | "dd" | "body" | "html" | "center" | "form" => self.end_line(0),
            "hr" => {
                self.end_line(0);
                self.line.push_str("________________________________");
                self.end_line(0);
            }
            "li" => {
                self.end_line(0);
                if !tag.closes {
                    self.line.push_str("- ");
                }
            }
            "td" | "th" => self.blank |= !self.line.is_empty(),
            "pre" => {
                self.end_line(0);
                self.pre = if tag.closes { self.pre.saturating_sub(1) } else { self.pre + 1 };
            }
            "blockquote" => {
                self.end_line(1);
                self.quotes = match tag.closes {
                    true => self.quotes.saturating_sub(1),
                    false => (self.quotes + 1).min(QUOTE_DEPTH_MAX),
                };
            }
            _ => {}
        }
    }

    /// `<br>`: a line of its own, even when it is empty.
    fn break_line(&mut self) {
        if self.line.trim().is_empty() {
            self.line.clear();
            self.gap = (self.gap + 1).min(2);
        } else {
            self.end_line(0);
        }
    }

    /// Ends the line and asks for `gap` blank lines before the next words.
    fn end_line(&mut self, gap: usize) {
        self.blank = false;
        if self.line.trim().is_empty() {
            self.line.clear();
            self.gap = self.gap.max(gap);
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
            for _ in 0..self.gap {
                self.out.push('\n');
            }
        }
        if self.quotes > 0 {
            self.out.push_str(&">".repeat(self.quotes));
            self.out.push(' ');
        }
        self.out.push_str(self.line.trim_end());
        self.line.clear();
        self.gap = gap;
    }

    fn finish(mut self) -> String {
        self.end_line(0);
        self.out
    }
}

/// Appends text with `&amp;` and its like resolved.
fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(34).position(|b| b == b';');
        let name = end.map(|end| &rest.as_bytes()[1..end]);
        let plausible = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
        match (end, name) {
            (Some(end), Some(name)) if !name.is_empty() && name.iter().all(plausible) => {
                add_html_token(out, &rest.as_bytes()[..=end], false);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expect: &str) {
        assert_eq!(to_text(html), expect);
    }

    #[test]
    fn words_and_lines_are_kept() {
        check(
            "<p>Guten&nbsp;Tag,</p><p>zwei<br>drei &amp; vier</p>",
            "Guten Tag,\n\nzwei\ndrei & vier",
        );
        check("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
        check("<ul><li>eins<li>zwei</ul>", "- eins\n- zwei");
        check("<td>a</td><td>b</td>", "a b");
        check("<pre>x\n  y</pre>", "x\n  y");
    }

    #[test]
    fn quoted_blocks_are_marked() {
        check("Ja.<blockquote>Kommst du?</blockquote>", "Ja.\n\n> Kommst du?");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        check("<style>p{}</style>a<script>if(a<b){}</script>b<!-- c --><title>t</title>", "ab");
        check("<a href=\"x>y\">link</a> 1 < 2 &unknown; &", "link 1 < 2 &unknown; &");
        check("<script>never closed", "");
    }
}
