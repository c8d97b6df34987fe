//! SQL stands only in `store.rs` and `store/`, so that one knows where a table is touched.
//! Exempt are the data floor itself and test code, which looks at rows from outside.

use super::Sin;
use super::tree::{Tree, crate_of, is_test_file, sin};

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, source) in tree.rust() {
        let is_exempt = crate_of(name).is_none_or(|own| own == "db");
        if is_exempt || is_store(name) || is_test_file(name) {
            continue;
        }
        for literal in &source.literals {
            if is_sql(literal.text) && !source.in_test(literal.range.start) {
                let remedy = "move this statement into the noun's store.rs";
                sins.push(sin(name, source.line(literal.range.start), "sql", remedy));
            }
        }
    }
    sins
}

fn is_store(name: &str) -> bool {
    name.split('/').any(|part| part == "store" || part == "store.rs")
}

/// Whether a literal is a statement. Those are written in one case throughout; a sentence's
/// "Select … from" is none.
pub fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
    let is = |at: usize, word: &str| {
        words.get(at).is_some_and(|found| *found == word || *found == word.to_uppercase())
    };
    (0..words.len()).any(|at| {
        (is(at, "insert") && is(at + 1, "into"))
            || (is(at, "delete") && is(at + 1, "from"))
            || (is(at, "update") && is(at + 2, "set"))
            || (is(at, "(select") || (at == 0 && (is(0, "select") || is(0, "with"))))
                && (at..words.len()).any(|later| is(later, "from"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn statements_outside_the_store_are_caught() {
        let text = "fn f() {\n  q(\"select id\\\n from x\");\n  \
                    q(r#\"insert into x values (?1)\"#);\n\
                    }\n#[cfg(test)]\nmod tests { const Q: &str = \"delete from x\"; }";
        let tree = Tree::of(&[
            ("crates/desk/src/case.rs", text),
            ("crates/desk/src/case/store.rs", text),
            ("crates/desk/src/store/case.rs", text),
            ("crates/desk/tests/case.rs", text),
            ("crates/db/src/lib.rs", text),
        ]);
        let expect = ["crates/desk/src/case.rs:2", "crates/desk/src/case.rs:4"];
        assert_eq!(places(&check(&tree)), expect);
    }

    #[test]
    fn a_sentence_is_no_statement() {
        let check = |text: &str, expect| assert_eq!(is_sql(text), expect, "{text}");
        check("UPDATE cases SET a = 1", true);
        check("with x as (select 1) select a from x", true);
        check("count(*) where a in (select b from c)", true);
        check("Select a queue from the list", false);
        check("update the whole set", false);
        check("deleted from the queue", false);
    }
}
