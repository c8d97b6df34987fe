//! Outside tests nothing panics without a sentence that says why it cannot happen.

use super::Sin;
use super::source::{Source, words};
use super::tree::{Tree, is_test_file, sin};

const REASON_CHARACTERS_MIN: usize = 12;

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, source) in tree.rust() {
        if is_test_file(name) || name.starts_with("bench/") {
            continue;
        }
        let remedy = "handle it, or write .expect(\"why this cannot fail\")";
        let bare = words(&source.code, ".unwrap()").chain(words(&source.code, ".unwrap_err()"));
        let unexplained = words(&source.code, ".expect(").filter(|at| !has_reason(&source, *at));
        for at in bare.chain(unexplained).filter(|at| !source.in_test(*at)) {
            sins.push(sin(name, source.line(at), "unwrap", remedy));
        }
    }
    sins
}

fn has_reason(source: &Source, at: usize) -> bool {
    let reason = source.literal_at(at + ".expect(".len());
    reason.is_some_and(|reason| reason.text.chars().count() >= REASON_CHARACTERS_MIN)
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn a_panic_without_a_reason_is_caught() {
        let text = "fn f() {\n a.unwrap();\n b.expect(\"oh\");\n c.expect(why);\n\
                    d.expect(\n \"checked two lines above\");\n e.unwrap_or(1); }\n\
                    #[test]\nfn g() { a.unwrap() }";
        let tree = Tree::of(&[("crates/a/src/lib.rs", text), ("crates/a/tests/b.rs", text)]);
        let expect = [2, 3, 4].map(|line| format!("crates/a/src/lib.rs:{line}"));
        assert_eq!(places(&check(&tree)), expect);
    }
}
