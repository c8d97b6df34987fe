//! Generated lists that reviewers read: checked in, written by the product itself, kept fresh.

use std::fs;

use anyhow::{Context, Result, ensure};

/// A subcommand of the product that prints, and the file that keeps what it printed.
const GENERATORS: [(&str, &str); 4] = [
    ("openapi", "openapi.json"),
    ("routes", "routes.txt"),
    ("permissions", "permissions.txt"),
    ("metrics", "metrics.txt"),
];

/// Writes every list again.
pub fn write() -> Result<()> {
    for (verb, file) in GENERATORS {
        let path = crate::top().join("snapshots").join(file);
        fs::write(&path, generate(verb)?).with_context(|| format!("snapshots/{file}"))?;
        println!("snapshots/{file}");
    }
    Ok(())
}

/// Fails where a list is not what the product says today.
pub fn check() -> Result<()> {
    let mut stale = vec![];
    for (verb, file) in GENERATORS {
        let kept = fs::read_to_string(crate::top().join("snapshots").join(file));
        if kept.unwrap_or_default() != generate(verb)? {
            stale.push(file);
        }
    }
    let stale = stale.join(", ");
    ensure!(
        stale.is_empty(),
        "stale in snapshots/: {stale}. Run `cargo xtask snapshots`, look, commit"
    );
    println!("snapshots: {} lists, all fresh", GENERATORS.len());
    Ok(())
}

fn generate(verb: &str) -> Result<String> {
    let mut command = crate::cargo();
    command.args(["run", "--quiet", "--package", "sampark", "--", verb]);
    let out = command.output().context("could not start cargo")?;
    let said = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "`sampark {verb}` failed:\n{said}");
    Ok(String::from_utf8(out.stdout)?)
}
