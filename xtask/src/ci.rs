//! What must pass before a change lands: the same here and on the machine that decides.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

type Step = (&'static str, fn() -> Result<()>);

/// From this step on nothing works without the built product.
const BUILD: &str = "release build";
const OK: &str = "ok";

const STEPS: [Step; 7] = [
    ("format", format),
    ("lints", lints),
    ("tidy", || crate::tidy::run("")),
    ("tests", || crate::test::run(&[])),
    ("snapshots", crate::snapshots::check),
    (BUILD, release),
    ("reference data", || crate::eval::run(None)),
];

/// All steps, whatever fails before them, so that one run tells everything that is to mend.
pub fn run(args: &[String]) -> Result<()> {
    let mut steps = STEPS.to_vec();
    if crate::in_ci() || args.iter().any(|arg| arg == "--e2e") {
        steps.push(("end to end", end_to_end));
    }
    let mut table: Vec<(&str, Duration, &str)> = vec![];
    let mut is_built = true;
    for (name, step) in steps {
        if !is_built {
            table.push((name, Duration::ZERO, "not run"));
            continue;
        }
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = step();
        if let Err(error) = &outcome {
            println!("{name}: {error:#}");
            is_built = name != BUILD;
        }
        table.push((name, start.elapsed(), if outcome.is_ok() { OK } else { "FAILED" }));
    }
    println!("\n── summary");
    for (name, took, verdict) in &table {
        println!("{name:<16} {:>7.1} s  {verdict}", took.as_secs_f64());
    }
    let bad = table.iter().filter(|(_, _, verdict)| *verdict != OK).map(|(name, ..)| *name);
    let bad: Vec<_> = bad.collect();
    if bad.is_empty() { Ok(()) } else { bail!("failed: {}", bad.join(", ")) }
}

fn format() -> Result<()> {
    crate::succeed(crate::cargo().args(["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    let args = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    crate::succeed(crate::cargo().args(args))
}

fn release() -> Result<()> {
    crate::product().map(drop)
}

fn end_to_end() -> Result<()> {
    let top = crate::top();
    let program = crate::product()?;
    crate::succeed(Command::new(top.join("e2e/run")).env("SAMPARK_BIN", program).current_dir(top))
}
