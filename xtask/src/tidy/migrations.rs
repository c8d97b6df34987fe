//! Migrations are named `0001_what_it_brings.sql`, without gaps, and never change once released.
//! A second series (say, the control database's) stands in a folder of its own below the first.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::Result;

use super::Sin;
use super::tree::{Tree, sin};

const RULE: &str = "migrations";
const DIGITS: usize = 4;

/// A twin for one database only, beside the text for both.
const TWINS: [&str; 2] = [".sqlite", ".postgres"];

pub fn check(tree: &Tree) -> Vec<Sin> {
    let mut folders: BTreeMap<&str, Vec<(&str, Option<u32>)>> = BTreeMap::new();
    for (name, _) in tree.all() {
        let Some((folder, file)) = name.rsplit_once('/') else { continue };
        if is_series(folder) && file.ends_with(".sql") {
            folders.entry(folder).or_default().push((name, number(file)));
        }
    }
    folders.into_values().flat_map(|files| folder(&files)).collect()
}

fn is_series(folder: &str) -> bool {
    let mut parts = folder.rsplit('/');
    parts.next() == Some("migrations") || parts.next() == Some("migrations")
}

fn folder(files: &[(&str, Option<u32>)]) -> Vec<Sin> {
    let mut sins = vec![];
    let mut last = 0;
    for (name, number) in files {
        match number {
            None => {
                let remedy = "name it 0001_what_it_brings.sql, a second series in its own folder";
                sins.push(sin(name, 1, RULE, remedy));
            }
            Some(number) if *number != last && *number != last + 1 => {
                let remedy = format!("number {number} follows {last}: leave no gap");
                sins.push(sin(name, 1, RULE, remedy));
                last = *number;
            }
            Some(number) if *number == last && !is_twin(name) => {
                let remedy = format!("number {number} is taken: take the next one");
                sins.push(sin(name, 1, RULE, remedy));
            }
            Some(number) => last = *number,
        }
    }
    sins
}

fn number(file: &str) -> Option<u32> {
    let (digits, rest) = file.split_once('_')?;
    let name =
        TWINS.iter().fold(rest.strip_suffix(".sql")?, |name, twin| name.trim_end_matches(twin));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let well_named = digits.len() == DIGITS && !name.is_empty() && name.chars().all(plain);
    well_named.then(|| digits.parse().ok()).flatten()
}

fn is_twin(name: &str) -> bool {
    TWINS.iter().any(|twin| name.ends_with(&format!("{twin}.sql")))
}

/// What an installation has already run must stay as it was; the newest tag tells what that is.
pub fn changed_since_release() -> Result<Vec<Sin>> {
    let git = |args: &[&str]| -> Result<Option<String>> {
        let out = Command::new("git").args(args).current_dir(crate::top()).output()?;
        Ok(out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned()))
    };
    let Some(release) = git(&["describe", "--tags", "--abbrev=0"])? else { return Ok(vec![]) };
    let range = ["diff", "--name-only", "--diff-filter=MDR", &release, "--", "*/migrations/**.sql"];
    let changed = git(&range)?.unwrap_or_default();
    let remedy = format!("released with {release}: leave it as it was and add a new one");
    Ok(changed.lines().map(|name| sin(name, 1, RULE, remedy.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    #[test]
    fn gaps_doubles_and_odd_names_are_caught() {
        let check = |names: &[&str], expect: &[&str]| {
            let paths: Vec<_> = names.iter().map(|n| format!("crates/a/migrations/{n}")).collect();
            let files: Vec<_> = paths.iter().map(|path| (&**path, "")).collect();
            let found = places(&check(&Tree::of(&files)));
            let expect: Vec<_> =
                expect.iter().map(|name| format!("crates/a/migrations/{name}:1")).collect();
            assert_eq!(found, expect);
        };
        check(&["0001_contact.sql", "0002_account.sql"], &[]);
        check(&["0001_a.postgres.sql", "0001_a.sqlite.sql", "0002_b.sql"], &[]);
        check(&["0001_a.sql", "0003_b.sql"], &["0003_b.sql"]);
        check(&["0001_a.sql", "0001_b.sql"], &["0001_b.sql"]);
        check(&["0001_a.sql", "2_b.sql", "fix.sql"], &["2_b.sql", "fix.sql"]);
        check(&["0001_a.sql", "control/0001_b.sql", "control/3_c.sql"], &["control/3_c.sql"]);
    }
}
