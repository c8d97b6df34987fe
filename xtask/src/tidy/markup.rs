//! No text a person reads stands inside `html! { … }`: it comes from the catalogue.
//!
//! In maud a literal is text where it stands by itself, and an attribute's value after `=`.

use super::Sin;
use super::source::{Source, closing, words};
use super::tree::{Tree, is_test_file, sin};

const RULE: &str = "markup";

/// Attributes that are read out or shown.
const SPOKEN: [&str; 6] =
    ["title", "alt", "placeholder", "aria-label", "aria-description", "label"];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, source) in tree.rust().filter(|(name, _)| !is_test_file(name)) {
        for at in words(&source.code, "html!").filter(|at| !source.in_test(*at)) {
            let open = source.code[at..].find(['{', '(', '[']).map(|n| at + n);
            let end = open.and_then(|open| closing(&source.code, open));
            let Some((open, end)) = open.zip(end) else { continue };
            for offset in (Body { source: &source, at: open + 1, end }).spoken() {
                let remedy = "put the words into i18n/*.ftl and write (l.t(\"key\"))";
                sins.push(sin(name, source.line(offset), RULE, remedy));
            }
        }
    }
    sins
}

struct Body<'s, 'a> {
    source: &'s Source<'a>,
    at: usize,
    end: usize,
}

impl Body<'_, '_> {
    /// Where literals with letters stand that a person would read.
    fn spoken(mut self) -> Vec<usize> {
        let mut found = vec![];
        while self.at < self.end {
            if let Some(literal) =
                self.source.literal_at(self.at).filter(|l| l.range.start == self.at)
            {
                if literal.text.chars().any(char::is_alphabetic) && self.is_read(literal.range.end)
                {
                    found.push(self.at);
                }
                self.at = literal.range.end;
                continue;
            }
            match self.source.code.as_bytes()[self.at] {
                // Rust inside: whatever it holds is not markup.
                b'(' | b'[' => {
                    self.at = closing(&self.source.code, self.at).map_or(self.end, |at| at + 1);
                }
                b'{' if self.attribute().is_some_and(|name| !SPOKEN.contains(&name)) => {
                    self.at = closing(&self.source.code, self.at).map_or(self.end, |at| at + 1);
                }
                b'@' => self.skip_control(),
                _ => self.at += 1,
            }
        }
        found
    }

    /// `@if … {`, `@for … {`, `@match … {`, `@let … ;`: Rust up to the block or the semicolon.
    fn skip_control(&mut self) {
        let code = &self.source.code;
        let is_let = code[self.at..].starts_with("@let");
        while self.at < self.end {
            match code.as_bytes()[self.at] {
                b'(' | b'[' => self.at = closing(code, self.at).unwrap_or(self.end),
                b'{' if is_let => self.at = closing(code, self.at).unwrap_or(self.end),
                b'{' if !is_let => return,
                b';' if is_let => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The name of the attribute whose value begins here.
    fn attribute(&self) -> Option<&str> {
        // Of the text, not the code: there a value that was blanked out would not be seen.
        let name = self.source.text[..self.at].trim_end().strip_suffix('=')?.trim_end();
        let part = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_' || c == ':');
        name.rsplit(part).next()
    }

    /// Judges the literal at `self.at`, which ends at `end`, by what stands around it.
    fn is_read(&self, end: usize) -> bool {
        let before = self.source.text[..self.at].trim_end();
        let after = self.source.code[end..self.end].trim_start();
        if let Some(name) = self.attribute() {
            return SPOKEN.contains(&name);
        }
        // A quoted class, id or attribute name, and the pattern of a match arm.
        let is_name = before.ends_with(['.', '#']) || after.starts_with('=');
        let is_pattern =
            before.ends_with('|') || after.starts_with('|') || after.starts_with("if ");
        !is_name && !is_pattern
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    fn sins(markup: &str) -> Vec<String> {
        let text = format!("fn f() {{\nhtml! {{\n{markup}\n}}\n}}\n");
        places(&check(&Tree::of(&[("crates/a/src/pages.rs", &text)])))
    }

    #[test]
    fn words_in_markup_are_caught() {
        let check =
            |markup: &str| assert_eq!(sins(markup), ["crates/a/src/pages.rs:3"], "{markup}");
        check("p { \"Hello\" }");
        check("p class=\"big\" { (name) \", नमस्ते\" }");
        check("input placeholder=\"Search\";");
        check("img alt={ \"A picture of \" (name) };");
        check("@if a == \"b\" { \"yes\" }");
        check("@match a { \"b\" => { \"yes\" } _ => {} }");
        check("@match a { \"b\" => \"yes\", _ => {} }");
        check("@let a = \"b\"; span { \"yes\" }");
    }

    #[test]
    fn what_is_no_text_is_left_alone() {
        let check = |markup: &str| assert_eq!(sins(markup), [""; 0], "{markup}");
        check("p class=\"big\" id={ \"case-\" (id) } { (l.t(\"hello\")) \" · \" }");
        check("div.\"w-1/2\" #\"main\" \"data-x\"=\"y\" [cond] {}");
        check("@if let Some(\"x\") = a { br; } @else if b == \"c\" { hr; }");
        check("@match a { \"b\" | \"c\" => { br; } _ => {} }");
        check("@let a = f(\"b\"); @for x in [\"a\", \"b\"] { (x) }");
        check("(ui::button(\"save\", html! { br; }))");
    }

    #[test]
    fn markup_inside_rust_inside_markup_is_judged_too() {
        assert_eq!(sins("(card(html! { \"Hi\" }))"), ["crates/a/src/pages.rs:3"]);
    }
}
