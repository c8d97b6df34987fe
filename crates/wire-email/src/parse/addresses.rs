//! Address lists, as strict programs and careless ones write them (RFC 5322 §3.4).
//!
//! `Rao, Asha <asha@mail.example>` is one person whose name was not quoted, and
//! `Asha asha@mail.example` has an address all the same.

use super::words;
use crate::address::Addr;

/// Stands for a blank that does not separate words; no mail uses it.
const HARD_BLANK: &str = "\u{e000}";

/// All addresses of a list, groups dissolved. Entries without an address are left out.
pub(super) fn list(line: &str, max: usize) -> Vec<Addr> {
    let mut reader = Reader { rest: line, entry: Entry::default(), before: String::new() };
    let mut out = Vec::new();
    while out.len() < max && !reader.rest.is_empty() {
        out.extend(reader.next());
    }
    out
}

/// What was read of one entry.
#[derive(Default)]
struct Entry {
    words: String,
    angle: Option<String>,
    comment: String,
}

struct Reader<'a> {
    rest: &'a str,
    entry: Entry,
    /// A name that was cut off by a comma of its own.
    before: String,
}

impl Reader<'_> {
    /// Reads up to the next comma or semicolon that separates entries.
    fn next(&mut self) -> Option<Addr> {
        while let Some(c) = self.rest.chars().next() {
            let after = &self.rest[c.len_utf8()..];
            match c {
                ',' | ';' => {
                    self.rest = after;
                    return self.finish(c == ',');
                }
                // A group's name, or "mailto:".
                ':' if self.entry.angle.is_none() => {
                    self.entry.words.clear();
                    self.before.clear();
                    self.rest = after;
                }
                '"' => self.quoted(after),
                '<' => self.angle(after),
                '(' => self.comment(after),
                '=' if let Some(length) = words::length(self.rest) => {
                    let (word, after) = self.rest.split_at(length);
                    self.entry.words.push_str(word);
                    self.rest = after;
                }
                '>' => self.rest = after,
                c => {
                    self.entry.words.push(c);
                    self.rest = after;
                }
            }
        }
        self.finish(false)
    }

    fn quoted(&mut self, after: &str) {
        let Some(end) = closing_quote(after) else {
            // It never closes, so it opens nothing.
            self.rest = &self.rest[1..];
            return;
        };
        let local = after[end + 1..].starts_with('@');
        let mut escaped = false;
        let plain = after[..end].chars().filter(|c| {
            escaped = *c == '\\' && !escaped;
            !escaped
        });
        let plain: String = plain.collect();
        // A quoted local part is rare; it must not be taken apart at its blanks.
        let plain = if local { format!("\"{}\"", plain.replace(' ', HARD_BLANK)) } else { plain };
        self.entry.words.push_str(&plain);
        self.rest = &self.rest[end + 2..];
    }

    fn angle(&mut self, after: &str) {
        let end = after.find(['>', '<', ',']).unwrap_or(after.len());
        let closed = after[end..].starts_with('>');
        self.entry.angle = Some(after[..end].trim().to_owned());
        self.rest = &self.rest[1 + end + usize::from(closed)..];
    }

    fn comment(&mut self, after: &str) {
        let mut depth = 1;
        for (i, c) in after.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.entry.comment = after[..i].trim().to_owned();
                self.rest = &self.rest[i + 2..];
                return;
            }
        }
        self.entry.words.push('(');
        self.rest = &self.rest[1..];
    }

    fn finish(&mut self, comma: bool) -> Option<Addr> {
        let entry = std::mem::take(&mut self.entry);
        let before = std::mem::take(&mut self.before);
        let mut name = entry.words.split_whitespace().collect::<Vec<_>>();
        let email = match &entry.angle {
            Some(angle) => angle.clone(),
            None => match name.iter().rposition(|word| word.contains('@')) {
                Some(at) => name.remove(at).to_owned(),
                None => {
                    if comma && !name.is_empty() {
                        self.before = join(&before, &name.join(" "));
                    }
                    return None;
                }
            },
        };
        let mut name = name.join(" ");
        if entry.angle.is_some() {
            name = join(&before, &name);
        }
        let name = if name.is_empty() { entry.comment } else { name };
        addr(&name, &email)
    }
}

fn join(before: &str, name: &str) -> String {
    match (before.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (false, true) => before.to_owned(),
        (false, false) => format!("{before}, {name}"),
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    })
}

fn addr(name: &str, email: &str) -> Option<Addr> {
    let email = email.trim().trim_matches(['\'', '.', ' ']).replace(HARD_BLANK, " ");
    let email = email.strip_prefix("mailto:").unwrap_or(&email);
    let (local, domain) = email.rsplit_once('@')?;
    let bad = |c: char| c.is_control() || c.is_whitespace();
    let local_ok = !local.contains(bad) || local.starts_with('"');
    if local.is_empty() || domain.is_empty() || domain.contains(bad) || !local_ok {
        return None;
    }
    let name = words::decode(name);
    let name: String = name.chars().filter(|c| !c.is_control()).take(2_000).collect();
    let name = name.trim();
    // Some programs put one pair of quotes into another.
    let unquoted = ['"', '\''].iter().find_map(|q| name.strip_prefix(*q)?.strip_suffix(*q));
    let name = unquoted.unwrap_or(name).trim();
    let name = if name.eq_ignore_ascii_case(email) { "" } else { name };
    Some(Addr::new(name, email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(line: &str, expect: &[(&str, &str)]) {
        let read = list(line, 100);
        let read: Vec<_> = read.iter().map(|a| (a.name.as_str(), a.email.as_str())).collect();
        assert_eq!(read, expect, "{line}");
    }

    const A: &str = "a@b.example";

    #[test]
    fn strict_addresses() {
        check("a@b.example", &[("", A)]);
        check("<a@b.example>", &[("", A)]);
        check(
            "\"Rao, \\\"A\\\"\" <a@b.example>, c@d.example",
            &[("Rao, \"A\"", A), ("", "c@d.example")],
        );
        check("=?utf-8?Q?Rao,_Asha?= <a@b.example>", &[("Rao, Asha", A)]);
        check("=?utf-8?B?4KSo4A==?= =?utf-8?B?pK4=?= <a@b.example>", &[("नम", A)]);
        check("a@b.example (Asha Rao)", &[("Asha Rao", A)]);
        check("Team: Asha <a@b.example>, c@d.example;", &[("Asha", A), ("", "c@d.example")]);
        check("undisclosed-recipients:;", &[]);
        check("\"a b\"@c.example", &[("", "\"a b\"@c.example")]);
    }

    #[test]
    fn careless_addresses() {
        check("Rao, Asha <a@b.example>", &[("Rao, Asha", A)]);
        check("Dr. Asha Rao, M.Sc., PhD <a@b.example>", &[("Dr. Asha Rao, M.Sc., PhD", A)]);
        check("Asha Rao a@b.example", &[("Asha Rao", A)]);
        check("'Asha' <a@b.example>", &[("Asha", A)]);
        check("a@b.example <a@b.example>", &[("", A)]);
        check("c@d.example <a@b.example>", &[("c@d.example", A)]);
        check("Asha (Pune) <a@b.example>", &[("Asha", A)]);
        check("Asha <mailto:a@b.example>", &[("Asha", A)]);
        check("mailto:a@b.example", &[("", A)]);
        check("Asha <<a@b.example>>", &[("Asha", A)]);
        check("\"Asha <a@b.example>", &[("Asha", A)]);
        check("Asha <a@b.example", &[("Asha", A)]);
        check("Asha (Pune <a@b.example>", &[("Asha (Pune", A)]);
        check("\"Us\" <>, nobody, <a@b.example>", &[("nobody", A)]);
        check(",, ;a@b.example;;", &[("", A)]);
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "([a@<>,;:\"() \\\\=?Q.]|\\PC){0,60}") {
            for addr in list(&line, 10) {
                prop_assert!(addr.email.contains('@'));
            }
        }
    }
}
