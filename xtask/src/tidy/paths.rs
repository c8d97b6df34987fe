//! Nothing in the tree names the machine it was written on, or papers that are not in it.

use super::Sin;
use super::source::line_of;
use super::tree::{Tree, is_vendored, sin};

/// Written in pieces, so that this file does not catch itself.
const PLACES: [&str; 4] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/tmp/bash", "_"),
];

const PAPERS: [&str; 5] = [
    concat!("HOUSE", ".md"),
    concat!("MISSION", ".md"),
    concat!("EXPERIENCE", ".md"),
    concat!("CONTRACT", ".md"),
    concat!("facts/", "stack.md"),
];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, text) in tree.all().filter(|(name, _)| !is_vendored(name)) {
        for place in PLACES {
            for (at, _) in text.match_indices(place).filter(|(at, _)| begins_a_path(text, *at)) {
                let remedy = format!("{place} is one machine's folder: use a relative path");
                sins.push(sin(name, line_of(text, at), "machine path", remedy));
            }
        }
        for paper in PAPERS {
            for (at, _) in text.match_indices(paper) {
                let remedy = format!("{paper} is not in this project: say it here instead");
                sins.push(sin(name, line_of(text, at), "foreign paper", remedy));
            }
        }
    }
    sins
}

/// `https://example.org/…/` and `$DIR/…/` hold the same letters and are no machine's.
fn begins_a_path(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !"}_-.)>*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn a_machine_and_a_paper_are_caught() {
        let text =
            format!("a\ncd {}x\nsee {}\nhttps://h.example{}y", PLACES[1], PAPERS[0], PLACES[1]);
        let tree = Tree::of(&[("docs/a.md", &text), ("assets/vendor/x.js", &text)]);
        assert_eq!(places(&check(&tree)), ["docs/a.md:2", "docs/a.md:3"]);
    }
}
