//! The house rules that a machine can judge. Each rule stands in a file of its own, with a test
//! that plants the sin and sees it caught.

mod dead;
mod floors;
mod leftovers;
mod lengths;
mod markup;
mod migrations;
mod paths;
mod required;
mod source;
mod sql;
mod tables;
mod tree;
mod unwraps;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use tree::Tree;

/// One breach of a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sin {
    pub file: String,
    pub line: usize,
    pub rule: &'static str,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Sin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.rule, self.remedy)
    }
}

const RULES: [fn(&Tree) -> Vec<Sin>; 12] = [
    floors::check,
    sql::check,
    tables::check,
    lengths::check,
    leftovers::check,
    dead::check,
    unwraps::check,
    words::check,
    markup::check,
    migrations::check,
    required::check,
    paths::check,
];

/// Judges the tree that stands on the disk, and tells of what is under `path`.
pub fn run(path: &str) -> Result<()> {
    let tree = Tree::read()?;
    let mut sins: Vec<Sin> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    sins.extend(migrations::changed_since_release()?);
    sins.retain(|sin| sin.file.starts_with(path));
    sins.sort();
    for sin in &sins {
        println!("{sin}");
    }
    match sins.len() {
        0 => {
            println!("tidy: {} files, nothing to mend", tree.len());
            Ok(())
        }
        many => bail!("tidy: {many} to mend"),
    }
}
