//! Every word a person reads is in the catalogue, in English and Hindi, and none is there in vain.

use std::collections::{BTreeMap, BTreeSet};

use super::Sin;
use super::floors;
use super::source::{Source, words};
use super::tree::{Tree, crate_of, is_test_file, sin};

const RULE: &str = "words";
const LANGUAGES: [&str; 2] = ["en", "hi"];

/// Key → line, of one `.ftl` file.
type Keys<'a> = BTreeMap<&'a str, usize>;

pub fn check(tree: &Tree) -> Vec<Sin> {
    let rooms = tree.crates();
    let catalogues: BTreeMap<&str, [Keys; 2]> =
        rooms.iter().map(|room| (*room, LANGUAGES.map(|lang| keys(tree, room, lang)))).collect();
    let mut sins = vec![];
    let mut used = Used::default();
    for (name, source) in tree.rust() {
        used.learn(&source);
        if let Some(room) = crate_of(name).filter(|_| !is_test_file(name)) {
            sins.extend(unknown(name, &source, room, &catalogues));
        }
    }
    for (_, text) in tree.ending(&["ftl", "js", "mjs"]) {
        used.learn_text(text);
    }
    for (room, [en, hi]) in &catalogues {
        sins.extend(lacking(room, "hi", en, hi));
        sins.extend(lacking(room, "en", hi, en));
        for (key, line) in en.iter().filter(|(key, _)| !used.has(key)) {
            let remedy = format!("`{key}` is used nowhere: remove it from every language");
            sins.push(sin(&file(room, "en"), *line, RULE, remedy));
        }
    }
    sins
}

fn file(room: &str, lang: &str) -> String {
    format!("crates/{room}/i18n/{lang}.ftl")
}

fn keys<'a>(tree: &'a Tree, room: &str, lang: &str) -> Keys<'a> {
    let text = tree.get(&file(room, lang)).unwrap_or_default();
    let key = |(at, line): (usize, &'a str)| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain))
            .then_some((key, at + 1))
    };
    text.lines().enumerate().filter_map(key).collect()
}

/// What this language has and the other has not.
fn lacking(room: &str, other: &str, these: &Keys, those: &Keys) -> Vec<Sin> {
    let absent = these.keys().filter(|key| !those.contains_key(*key));
    let remedy = |key: &&str| format!("`{key}` is missing here: translate it");
    absent.map(|key| sin(&file(room, other), 1, RULE, remedy(key))).collect()
}

/// Calls of `.t("…")` and `.tf("…"` whose key is in no catalogue that this crate can see.
fn unknown(
    name: &str,
    source: &Source,
    room: &str,
    catalogues: &BTreeMap<&str, [Keys; 2]>,
) -> Vec<Sin> {
    let visible = |other: &str| other == room || floors::below(other, room);
    let known = |key: &str| {
        catalogues.iter().any(|(other, [en, _])| visible(other) && en.contains_key(key))
    };
    let mut sins = vec![];
    for call in [".t(", ".tf("] {
        for at in words(&source.code, call).filter(|at| !source.in_test(*at)) {
            let Some(literal) = source.literal_at(at + call.len()) else { continue };
            if !known(literal.text) {
                let remedy = format!("`{}` is not in crates/{room}/i18n/en.ftl", literal.text);
                sins.push(sin(name, source.line(at), RULE, remedy));
            }
        }
    }
    sins
}

/// Every literal that could be a key, and every beginning that is completed while running.
#[derive(Default)]
struct Used {
    whole: BTreeSet<String>,
    beginnings: BTreeSet<String>,
}

impl Used {
    fn learn(&mut self, source: &Source) {
        for literal in &source.literals {
            match literal.text.split_once('{') {
                None => self.whole.insert(literal.text.to_owned()),
                Some((start, _)) if start.ends_with('-') => {
                    self.beginnings.insert(start.to_owned())
                }
                Some(_) => continue,
            };
        }
    }

    /// Messages that stand in other messages, and keys that scripts ask for.
    fn learn_text(&mut self, text: &str) {
        let part = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
        for inside in text.split(['{', '"', '\'', '`']).skip(1) {
            let word = inside.trim_start().split(part).next().unwrap_or_default();
            self.whole.insert(word.to_owned());
        }
    }

    fn has(&self, key: &str) -> bool {
        self.whole.contains(key) || self.beginnings.iter().any(|start| key.starts_with(start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    fn sins(source: &str, en: &str, hi: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("crates/ui/Cargo.toml", ""),
            ("crates/ui/i18n/en.ftl", "save = Save"),
            ("crates/ui/i18n/hi.ftl", "save = सहेजें"),
            ("crates/ui/src/lib.rs", "const KEY: &str = \"save\";"),
            ("crates/desk/Cargo.toml", ""),
            ("crates/desk/src/case.rs", source),
            ("crates/desk/i18n/en.ftl", en),
            ("crates/desk/i18n/hi.ftl", hi),
        ]);
        places(&check(&tree))
    }

    #[test]
    fn a_key_that_nobody_wrote_is_caught() {
        let en = "# heading\ncase-open = Open\ncase-count = { $count ->\n\
                  \u{20}  [one] One\n   *[other] Many\n  }\n";
        let good = "fn f(l: L) { l.t(\"case-open\"); l.tf(\n\"case-count\", &[]); l.t(\"save\") }";
        assert_eq!(sins(good, en, en), [""; 0]);
        let bad = format!("{good}\nfn g(l: L) {{ l.t(\"case-opne\"); }}\n");
        assert_eq!(sins(&bad, en, en), ["crates/desk/src/case.rs:3"]);
    }

    #[test]
    fn a_missing_translation_is_caught() {
        let source = "fn f(l: L) { l.t(\"a\"); l.t(\"b\") }";
        assert_eq!(sins(source, "a = A\nb = B", "a = अ"), ["crates/desk/i18n/hi.ftl:1"]);
    }

    #[test]
    fn a_word_in_vain_is_caught_and_one_made_while_running_is_not() {
        let source = "fn f(l: L) { l.t(&format!(\"status-{}\", s)); [(\"role-lead\", 1)] }";
        let words = "status-open = x\nrole-lead = { brand }\nbrand = x\nidle = x";
        assert_eq!(sins(source, words, words), ["crates/desk/i18n/en.ftl:4"]);
    }
}
