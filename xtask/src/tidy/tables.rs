//! A room's tables are its own: other rooms use its functions, or a view that it publishes.

use std::collections::BTreeMap;

use super::Sin;
use super::sql::is_sql;
use super::tree::{Tree, crate_of, is_test_file, sin};

/// Words before the name of a table that is read or written.
const BEFORE_A_TABLE: [&str; 4] = ["from", "join", "into", "update"];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let owners = owners(tree);
    let mut sins = vec![];
    for (name, source) in tree.rust().filter(|(name, _)| !is_test_file(name)) {
        let Some(room) = crate_of(name) else { continue };
        let statements = source.literals.iter().filter(|literal| is_sql(literal.text));
        for literal in statements.filter(|literal| !source.in_test(literal.range.start)) {
            for table in tables(literal.text) {
                if let Some(owner) = owners.get(&table).filter(|owner| **owner != room) {
                    let remedy = format!("`{table}` is {owner}'s: use {owner}'s functions");
                    sins.push(sin(name, source.line(literal.range.start), "tables", remedy));
                }
            }
        }
    }
    sins
}

/// Table → the room whose migration makes it.
fn owners(tree: &Tree) -> BTreeMap<String, &str> {
    let mut owners = BTreeMap::new();
    for (name, text) in tree.ending(&["sql"]) {
        let Some(room) = crate_of(name).filter(|_| name.contains("/migrations/")) else { continue };
        let text = text.to_lowercase();
        for made in text.split("create table ").skip(1) {
            let made = made.trim_start().trim_start_matches("if not exists ");
            owners.insert(first_word(made), room);
        }
    }
    owners
}

fn tables(statement: &str) -> Vec<String> {
    let statement = statement.to_lowercase();
    let words: Vec<&str> = statement.split_whitespace().filter(|word| *word != "\\").collect();
    let pairs = words.windows(2).filter(|pair| BEFORE_A_TABLE.contains(&pair[0]));
    pairs.map(|pair| first_word(pair[1])).filter(|word| !word.is_empty()).collect()
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn a_neighbours_table_is_caught() {
        let text = "fn f() {\n q(\"select a from case_row c\\\n join contact on 1 = 1\");\n\
                    q(\"update contact set a = 1\"); }\n\
                    fn g() { q(\"select a from contact_card\"); q(\"from contact\") }";
        let tree = Tree::of(&[
            ("crates/people/migrations/0001_a.sql", "CREATE TABLE contact (\n id) STRICT;"),
            ("crates/people/migrations/0002_b.sql", "create view contact_card as select 1"),
            ("crates/desk/migrations/0001_a.sql", "create table if not exists case_row(id)"),
            ("crates/desk/src/case/store.rs", text),
            ("crates/people/src/contact/store.rs", "fn f() { q(\"delete from contact\") }"),
            ("crates/desk/tests/a.rs", text),
        ]);
        let expect = ["crates/desk/src/case/store.rs:2", "crates/desk/src/case/store.rs:4"];
        assert_eq!(places(&check(&tree)), expect);
    }
}
