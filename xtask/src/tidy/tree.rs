//! The project's files, as git knows them; in tests, a handful made up on the spot.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Sin;
use super::source::Source;

/// Text files by their path from the top of the project, with `/` between folders.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Every file that is committed or could be: ignored ones are nobody's concern.
    pub fn read() -> Result<Tree> {
        let top = crate::top();
        let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listed = Command::new("git").args(args).current_dir(&top).output();
        let listed = listed.context("git is needed to know which files are the project's")?;
        ensure!(listed.status.success(), "git ls-files failed: is this a clone?");
        let names = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
        let mut files = BTreeMap::new();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            // A file deleted but not yet committed is no longer there; a binary one has no lines.
            if let Ok(text) = std::fs::read_to_string(top.join(name)) {
                files.insert(name.to_owned(), text);
            }
        }
        Ok(Tree { files })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Tree { files: files.iter().map(own).collect() }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Our own files with one of these endings; vendored ones are other people's.
    pub fn ending<'a>(&'a self, ends: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all().filter(move |(name, _)| {
            let end = name.rsplit_once('.').map_or("", |(_, end)| end);
            ends.contains(&end) && !is_vendored(name)
        })
    }

    /// Our own Rust files, scanned.
    pub fn rust(&self) -> impl Iterator<Item = (&str, Source<'_>)> {
        self.ending(&["rs"]).map(|(name, text)| (name, Source::new(text)))
    }

    /// The folder names under `crates/` that hold a crate.
    pub fn crates(&self) -> Vec<&str> {
        let manifests = self.files.keys().filter_map(|name| name.strip_suffix("/Cargo.toml"));
        let rooms = manifests.filter_map(|folder| folder.strip_prefix("crates/"));
        rooms.filter(|room| !room.contains('/')).collect()
    }
}

/// `crates/desk/src/case.rs` → `desk`.
pub fn crate_of(name: &str) -> Option<&str> {
    name.strip_prefix("crates/")?.split_once('/').map(|(own, _)| own)
}

pub fn is_vendored(name: &str) -> bool {
    name.split('/').any(|part| part == "vendor")
}

/// Whole files that no installation runs: tests, examples, and the kit that tests share.
pub fn is_test_file(name: &str) -> bool {
    let in_folder = name.split('/').any(|part| ["tests", "examples", "e2e"].contains(&part));
    in_folder || name.ends_with("/tests.rs") || crate_of(name) == Some("testkit")
}

pub fn sin(file: &str, line: usize, rule: &'static str, remedy: impl Into<String>) -> Sin {
    Sin { file: file.to_owned(), line, rule, remedy: remedy.into() }
}

/// For the rules' own tests: each sin as `file:line`.
#[cfg(test)]
pub fn places(sins: &[Sin]) -> Vec<String> {
    sins.iter().map(|sin| format!("{}:{}", sin.file, sin.line)).collect()
}
