//! Functions of at most 70 lines, lines of at most 100 columns.

use super::Sin;
use super::source::{Source, body_of, words};
use super::tree::{Tree, sin};

const FUNCTION_LINES_MAX: usize = 70;
const COLUMNS_MAX: usize = 100;

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut sins = vec![];
    for (name, text) in tree.ending(&["rs", "js", "mjs", "css"]) {
        for (at, line) in text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS_MAX {
                let remedy = format!("{columns} columns, {COLUMNS_MAX} fit: break the line");
                sins.push(sin(name, at + 1, "line length", remedy));
            }
        }
    }
    for (name, source) in tree.rust() {
        for (at, end) in functions(&source) {
            let lines = source.line(end) - source.line(at) + 1;
            if lines > FUNCTION_LINES_MAX {
                let remedy =
                    format!("{lines} lines, {FUNCTION_LINES_MAX} fit: split it by what it does");
                sins.push(sin(name, source.line(at), "function length", remedy));
            }
        }
    }
    sins
}

/// Where each function with a body begins and ends.
fn functions(source: &Source) -> Vec<(usize, usize)> {
    let code = &source.code;
    // `fn` before a bracket is the type of a function, not one.
    let is_item = |at: &usize| code[at + 2..].trim_start().starts_with(|c: char| c != '(');
    let body = |at: usize| Some((at, body_of(code, at)?.end - 1));
    words(code, "fn").filter(is_item).filter_map(body).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn long_functions_and_lines_are_caught() {
        let body = "    f();\n".repeat(69);
        // An array type's semicolon does not hide the body that follows it.
        let text =
            format!("fn short() {{}}\nfn long(a: [u8; 2]) {{\n{body}}}\ntrait T {{ fn x(); }}");
        let wide = format!("// {}", "ä".repeat(98));
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", &text),
            ("assets/a.css", &wide),
            ("assets/vendor/b.css", &wide),
        ]);
        assert_eq!(places(&check(&tree)), ["assets/a.css:1", "crates/a/src/lib.rs:2"]);
    }

    #[test]
    fn what_fits_is_left_alone() {
        let text = format!("fn long() {{\n{}}}\n// {}", "    f();\n".repeat(68), "ä".repeat(97));
        assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", &text)])), []);
    }
}
