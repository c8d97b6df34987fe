//! What each room and the project must have: a README that says what it is for, and the
//! generated lists that reviewers read.

use super::Sin;
use super::tree::{Tree, sin};

const SNAPSHOTS: [&str; 4] = ["openapi.json", "routes.txt", "permissions.txt", "metrics.txt"];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for room in tree.crates() {
        let file = format!("crates/{room}/README.md");
        if tree.get(&file).is_none_or(|text| text.trim().is_empty()) {
            let remedy = "write the room's nouns, its invariants and what it does not do";
            sins.push(sin(&file, 1, "readme", remedy));
        }
    }
    for name in SNAPSHOTS {
        let file = format!("snapshots/{name}");
        if tree.get(&file).is_none_or(|text| text.trim().is_empty()) {
            sins.push(sin(&file, 1, "snapshot", "run `cargo xtask snapshots` and commit it"));
        }
    }
    sins
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn what_is_missing_or_empty_is_caught() {
        let tree = Tree::of(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/a/README.md", " \n"),
            ("snapshots/openapi.json", "{}"),
            ("snapshots/routes.txt", "GET /"),
            ("snapshots/metrics.txt", "x"),
        ]);
        assert_eq!(places(&check(&tree)), ["crates/a/README.md:1", "snapshots/permissions.txt:1"]);
    }
}
