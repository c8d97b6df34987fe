//! A Rust file split into code, text literals and comments, well enough to judge it line by line.

use std::ops::Range;

/// One string literal: where it stands, and what is between its quotes, escapes untouched.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal<'a> {
    pub range: Range<usize>,
    pub text: &'a str,
}

/// A scanned file. `code` and `prose` are as long as the file, so that every offset fits all three.
#[derive(Debug)]
pub struct Source<'a> {
    pub text: &'a str,
    /// The file with literals and comments blanked out.
    pub code: String,
    /// The file with only the literals blanked out.
    pub prose: String,
    pub literals: Vec<Literal<'a>>,
    tests: Vec<Range<usize>>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Source<'a> {
        let mut scan = Scan::new(text);
        while scan.at < text.len() {
            scan.step();
        }
        let code = blank(text, &scan.comments, &scan.quoted);
        let prose = blank(text, &[], &scan.quoted);
        let tests = test_ranges(&code);
        Source { text, code, prose, literals: scan.literals, tests }
    }

    /// The line, counted from 1, of an offset.
    pub fn line(&self, offset: usize) -> usize {
        line_of(self.text, offset)
    }

    /// Whether an offset is inside a `#[cfg(test)]` item or a `#[test]` function.
    pub fn in_test(&self, offset: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&offset))
    }

    /// The literal that begins exactly here, white space skipped.
    pub fn literal_at(&self, offset: usize) -> Option<&Literal<'a>> {
        let skipped = self.text[offset..].len() - self.text[offset..].trim_start().len();
        self.literals.iter().find(|literal| literal.range.start == offset + skipped)
    }
}

/// The line, counted from 1, of an offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Every place where `word` stands in `code` and is not a part of a longer word.
pub fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let first = word.starts_with(part) && before.is_some_and(part);
        let last = word.ends_with(part) && after.is_some_and(part);
        !first && !last
    })
}

/// The offset of the bracket that closes the one at `open`, in code without literals.
pub fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The block `{ … }` of the item that begins at `start`; none where a semicolon ends it first.
pub fn body_of(code: &str, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at < code.len() {
        match code.as_bytes()[at] {
            b'(' | b'[' => at = closing(code, at)?,
            b'{' => return closing(code, at).map(|end| at..end + 1),
            b';' => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    comments: Vec<Range<usize>>,
    /// Literals with their quotes, and character literals.
    quoted: Vec<Range<usize>>,
    literals: Vec<Literal<'a>>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Scan<'a> {
        Scan { text, at: 0, comments: vec![], quoted: vec![], literals: vec![] }
    }

    fn step(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let start = self.at;
        match rest {
            [b'/', b'/', ..] => {
                self.at = self.text[start..].find('\n').map_or(self.text.len(), |n| start + n);
                self.comments.push(start..self.at);
            }
            [b'/', b'*', ..] => self.block_comment(),
            [b'"', ..] => self.string(start, start + 1),
            [b'\'', ..] => self.character(),
            [b'r', ..] if !self.in_word() => self.raw_string(start + 1),
            [b'b' | b'c', b'r', ..] if !self.in_word() => self.raw_string(start + 2),
            _ => self.at += 1,
        }
    }

    /// Whether the byte before belongs to an identifier (so that `for"` is no raw string).
    fn in_word(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while self.at < bytes.len() {
            match &bytes[self.at..] {
                [b'/', b'*', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b'*', b'/', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.comments.push(start..self.at);
    }

    fn string(&mut self, start: usize, inside: usize) {
        let bytes = self.text.as_bytes();
        let mut end = inside;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.literal(start, inside..end.min(bytes.len()), 1);
    }

    fn raw_string(&mut self, hashes_at: usize) {
        let start = self.at;
        let hashes = self.text[hashes_at..].bytes().take_while(|byte| *byte == b'#').count();
        let quote = hashes_at + hashes;
        if self.text.as_bytes().get(quote) != Some(&b'"') {
            self.at += 1; // A raw identifier, or just a word that begins with r.
            return;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let inside = quote + 1;
        let end = self.text[inside..].find(&close).map_or(self.text.len(), |n| inside + n);
        self.literal(start, inside..end, close.len());
    }

    fn literal(&mut self, start: usize, inside: Range<usize>, close: usize) {
        self.at = (inside.end + close).min(self.text.len());
        self.quoted.push(start..self.at);
        self.literals.push(Literal { range: start..self.at, text: &self.text[inside] });
    }

    /// A character, or a lifetime, which has no closing quote after its first letter.
    fn character(&mut self) {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let mut chars = rest.char_indices();
        let end = match chars.next() {
            Some((_, '\\')) => {
                rest.char_indices().skip(2).find(|(_, c)| *c == '\'').map(|(n, _)| n)
            }
            Some(_) => chars.next().filter(|(_, c)| *c == '\'').map(|(n, _)| n),
            None => None,
        };
        match end {
            Some(n) => {
                self.at = start + 1 + n + 1;
                self.quoted.push(start..self.at);
            }
            None => self.at += 1,
        }
    }
}

fn blank(text: &str, comments: &[Range<usize>], quoted: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in comments.iter().chain(quoted) {
        for byte in &mut bytes[range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters became blanks, so what is left is still UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}

fn test_ranges(code: &str) -> Vec<Range<usize>> {
    let marks = ["#[cfg(test)]", "#[test]", "#[tokio::test"];
    let mut found = vec![];
    for mark in marks {
        for (at, _) in code.match_indices(mark) {
            let end = body_of(code, at).map_or(at, |body| body.end);
            found.push(at..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_comments_leave_the_code() {
        let check = |text: &str, code: &str, literals: &[&str]| {
            let source = Source::new(text);
            assert_eq!(source.code.split_whitespace().collect::<Vec<_>>().join(" "), code);
            let found: Vec<_> = source.literals.iter().map(|literal| literal.text).collect();
            assert_eq!(found, literals, "{text}");
            assert_eq!(source.code.len(), text.len());
        };
        check(r#"let a = "x\"y"; // "no""#, "let a = ;", &[r#"x\"y"#]);
        check("r#\"a \"b\" c\"# + br\"d\" + c\"e\"", "+ + c", &["a \"b\" c", "d", "e"]);
        check("/* a /* \"b\" */ c */ f()", "f()", &[]);
        let text = "x('\"', '\\'', '\\u{41}', \"नमस्ते\") as &'a str";
        check(text, "x( , , , ) as &'a str", &["नमस्ते"]);
        check("for x in r#type { bar\"z\" }", "for x in r#type { bar }", &["z"]);
    }

    #[test]
    fn test_code_is_known() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }\n\
                    #[cfg(test)]\nmod t;\nfn c() {}";
        let source = Source::new(text);
        let check =
            |name: &str, expect| assert_eq!(source.in_test(text.find(name).unwrap()), expect);
        check("a()", false);
        check("b()", true);
        check("c()", false);
    }

    #[test]
    fn words_stand_alone() {
        assert_eq!(words("fn fnord fn_x fn", "fn").collect::<Vec<_>>(), [0, 14]);
        assert_eq!(words(".t(a) x.t(b)", ".t(").count(), 2);
    }
}
