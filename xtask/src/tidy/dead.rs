//! No file that nothing reaches: a Rust file without its `mod` line, a sheet or script never named.

use std::collections::BTreeSet;

use super::Sin;
use super::source::{Source, words};
use super::tree::{Tree, crate_of, sin};

const RULE: &str = "dead file";

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    let alive = reached(tree);
    for (name, _) in tree.ending(&["rs"]) {
        if !alive.contains(name) {
            let remedy = "no `mod` line reaches it: add one, or remove the file";
            sins.push(sin(name, 1, RULE, remedy));
        }
    }
    for (name, _) in tree.ending(&["ftl", "css", "js", "mjs", "sql"]) {
        if !is_named(tree, name) {
            sins.push(sin(
                name,
                1,
                RULE,
                "nothing includes it: name it where it is used, or remove it",
            ));
        }
    }
    sins
}

/// The Rust files that cargo's targets reach by `mod` and `#[path]`.
fn reached(tree: &Tree) -> BTreeSet<String> {
    let mut alive = BTreeSet::new();
    let mut next: Vec<String> =
        tree.ending(&["rs"]).map(|(name, _)| name).filter(|n| is_root(n)).map(Into::into).collect();
    while let Some(name) = next.pop() {
        let Some(text) = tree.get(&name) else { continue };
        if alive.insert(name.clone()) {
            next.extend(children(&name, &Source::new(text)));
        }
    }
    alive
}

/// Where cargo begins: libraries, programs, integration tests, examples, benchmarks, fuzz targets.
fn is_root(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let Some((file, folders)) = parts.split_last() else { return false };
    match folders.last() {
        Some(&"src") => matches!(*file, "lib.rs" | "main.rs"),
        Some(&"tests" | &"examples" | &"benches") => !folders.contains(&"src"),
        Some(&"bin") => folders.contains(&"src"),
        Some(&"fuzz_targets") => true,
        Some(_) if *file == "main.rs" => {
            let above = folders.iter().rev().nth(1);
            matches!(above, Some(&"bin" | &"tests" | &"examples" | &"benches"))
        }
        _ => *file == "build.rs",
    }
}

fn children(name: &str, source: &Source) -> Vec<String> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let is_top = is_root(name) || file == "mod.rs";
    let own = match file.strip_suffix(".rs") {
        Some(stem) if !is_top => format!("{folder}/{stem}"),
        _ => folder.to_owned(),
    };
    let mut found = vec![];
    for at in words(&source.code, "mod") {
        let rest = source.code[at + 3..].trim_start();
        let Some((child, _)) = rest.split_once(';') else { continue };
        let child = child.trim_end().trim_start_matches("r#");
        if !child.is_empty() && child.chars().all(|c| c.is_alphanumeric() || c == '_') {
            found.push(format!("{own}/{child}.rs"));
            found.push(format!("{own}/{child}/mod.rs"));
        }
    }
    for mark in ["#[path", "include!("] {
        for (at, _) in source.code.match_indices(mark) {
            let literal = source.literals.iter().find(|literal| literal.range.start > at);
            found.extend(literal.map(|literal| join(folder, literal.text)));
        }
    }
    found
}

/// `a/b` and `../c/d.rs` → `a/c/d.rs`.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether another file says this one's name; scripts that the test runner finds say it by theirs.
fn is_named(tree: &Tree, name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    if file.ends_with(".test.mjs") || file.ends_with(".test.js") {
        return true;
    }
    // Catalogues all have the same name, and migrations could: their own crate must name them.
    let own = crate_of(name).map(|own| format!("crates/{own}/"));
    let near = own.filter(|_| file.ends_with(".ftl") || file.ends_with(".sql"));
    let near = near.unwrap_or_default();
    let says = |(other, text): (&str, &str)| {
        let is_prose = other.ends_with(".md") || other.ends_with(".ftl");
        other != name && !is_prose && other.starts_with(&near) && text.contains(file)
    };
    tree.all().any(says)
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn rust_files_without_a_mod_line_are_caught() {
        let tree = Tree::of(&[
            (
                "crates/a/src/lib.rs",
                "mod case;\npub mod kept { }\n#[path = \"../../b/src/x.rs\"]\nmod y;",
            ),
            ("crates/a/src/case.rs", "mod store; // mod lost;"),
            ("crates/a/src/case/store.rs", ""),
            ("crates/a/src/case/lost.rs", ""),
            ("crates/a/src/lost.rs", ""),
            ("crates/a/src/bin/tool.rs", ""),
            ("crates/a/tests/story.rs", "mod world;"),
            ("crates/a/tests/world/mod.rs", "mod people;"),
            ("crates/a/tests/world/people.rs", ""),
            ("crates/b/src/x.rs", ""),
        ]);
        let expect = ["crates/a/src/case/lost.rs:1", "crates/a/src/lost.rs:1"];
        assert_eq!(places(&check(&tree)), expect);
    }

    #[test]
    fn sheets_scripts_and_words_that_nothing_names_are_caught() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "include_str!(\"../i18n/en.ftl\"); const S: &str = \"a.css\";"),
            ("crates/a/i18n/en.ftl", ""),
            ("crates/b/i18n/en.ftl", ""),
            ("assets/a.css", ""),
            ("assets/b.css", ""),
            ("assets/app.js", "import \"./menu_controller.js\""),
            ("assets/menu_controller.js", ""),
            ("assets/vendor/turbo.js", ""),
            ("README.md", "b.css app.js"),
            ("e2e/mail.test.mjs", ""),
            ("crates/a/migrations/0001_lost.sql", ""),
        ]);
        let expect = [
            "assets/app.js:1",
            "assets/b.css:1",
            "crates/a/migrations/0001_lost.sql:1",
            "crates/b/i18n/en.ftl:1",
        ];
        assert_eq!(places(&check(&tree)), expect);
    }
}
