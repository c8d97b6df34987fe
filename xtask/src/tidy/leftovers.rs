//! Nothing half-done lands: no reminders, stubs, skipped tests, debug prints or sleeping tests.

use super::Sin;
use super::source::{line_of, words};
use super::tree::{Tree, is_test_file, sin};

const RULE: &str = "leftover";

/// Written in pieces, so that this file does not catch itself.
const REMINDERS: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];

const STUBS: [(&str, &str); 4] = [
    ("dbg!", "remove the debug print"),
    ("todo!", "write it, or leave the verb out until it is written"),
    ("unimplemented!", "write it, or leave the verb out until it is written"),
    ("#[ignore", "make the test run everywhere, or remove it"),
];

/// An example in the documentation that nobody compiles.
const SKIPPED_EXAMPLE: &str = concat!("```", "ignore");

const SLEEPS: [&str; 3] = ["thread::sleep", "time::sleep", "sleep(Duration"];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, source) in tree.rust() {
        for (at, word) in reminders(&source.prose) {
            sins.push(sin(name, source.line(at), RULE, format!("{word}: do it now or file it")));
        }
        for (stub, remedy) in STUBS {
            for at in words(&source.code, stub) {
                sins.push(sin(name, source.line(at), RULE, remedy));
            }
        }
        for at in SLEEPS.iter().flat_map(|sleep| words(&source.code, sleep)) {
            if is_test_file(name) || source.in_test(at) {
                let remedy = "a test waits for what happens, never for time: use a set clock";
                sins.push(sin(name, source.line(at), RULE, remedy));
            }
        }
    }
    for (name, source) in tree.rust() {
        for (at, _) in source.prose.match_indices(SKIPPED_EXAMPLE) {
            let remedy = "let the example compile (```no_run), or mark it ```text";
            sins.push(sin(name, source.line(at), RULE, remedy));
        }
    }
    for (name, text) in tree.ending(&["js", "mjs", "css", "sql", "ftl", "toml", "sh", "html"]) {
        for (at, word) in reminders(text) {
            sins.push(sin(name, line_of(text, at), RULE, format!("{word}: do it now or file it")));
        }
        for at in words(text, "waitForTimeout") {
            let remedy = "a test waits for what appears, never for time";
            sins.push(sin(name, line_of(text, at), RULE, remedy));
        }
    }
    // Two spellings of a sleep can match at one place.
    sins.dedup();
    sins
}

fn reminders(text: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    REMINDERS.into_iter().flat_map(|word| words(text, word).map(move |at| (at, word)))
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    fn caught(name: &str, text: &str) -> bool {
        !check(&Tree::of(&[(name, text)])).is_empty()
    }

    #[test]
    fn each_leftover_is_caught() {
        for word in REMINDERS {
            assert!(caught("crates/a/src/lib.rs", &format!("// {word}: later")));
            assert!(caught("assets/a.css", &format!("/* {word} */")));
        }
        for (stub, _) in STUBS {
            assert!(caught("crates/a/src/lib.rs", &format!("fn f() {{ {stub} }}")));
        }
        assert!(caught("crates/a/src/lib.rs", &format!("/// {SKIPPED_EXAMPLE}")));
        assert!(caught("e2e/a.test.mjs", "await page.waitForTimeout(500)"));
        assert!(!caught("crates/a/src/lib.rs", "fn f() { x(\"dbg!\") } // XXXL"));
    }

    #[test]
    fn only_tests_may_not_sleep() {
        let text = "fn f() { thread::sleep(a) }\n#[cfg(test)]\nmod t { fn g() { time::sleep(a) } }";
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", text),
            ("crates/a/tests/b.rs", "sleep(Duration::X)"),
        ]);
        assert_eq!(places(&check(&tree)), ["crates/a/src/lib.rs:3", "crates/a/tests/b.rs:1"]);
    }
}
