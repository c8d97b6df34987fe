//! `cargo xtask …`: the project's own tools. `cargo xtask` alone says what there is.

mod ci;
#[path = "../../crates/testkit/src/postgres/cluster.rs"]
mod cluster;
mod dev;
mod eval;
mod snapshots;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

const HELP: &str = "\
cargo xtask …
  tidy [PATH]       the house rules that a machine can judge (of PATH only, where one is given)
  test [ARGS]       every test, on SQLite and on a temporary PostgreSQL; ARGS go to cargo test
  ci [--e2e]        all that must pass before a change lands, end to end where CI is set too
  snapshots         writes the generated lists in snapshots/ again
  dev [ARGS]        the demo, built and started again whenever a source changes; ARGS go to it
  eval [DIR]        the product's filters against reference data (default ../shared/data)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<()> {
    let Some((verb, rest)) = args.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match verb.as_str() {
        "tidy" => tidy::run(rest.first().map_or("", String::as_str)),
        "test" => test::run(rest),
        "ci" => ci::run(rest),
        "snapshots" => snapshots::write(),
        "dev" => dev::run(rest),
        "eval" => eval::run(rest.first().map(String::as_str)),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {other}`\n{HELP}"),
    }
}

/// The top of the project.
fn top() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(PathBuf::from).unwrap_or(own)
}

/// Whether nobody looks on, so that a half that cannot run must fail instead of being said.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// The cargo that runs us, at the top of the project.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(top());
    command
}

/// The built product: the one that `SAMPARK_BIN` names, else a release build made now.
fn product() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("SAMPARK_BIN") {
        return Ok(PathBuf::from(named));
    }
    succeed(cargo().args(["build", "--release", "--quiet", "--package", "sampark"]))?;
    Ok(top().join("target/release/sampark"))
}

/// Runs to the end and fails where the command does.
fn succeed(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("could not start {program}"))?;
    ensure!(status.success(), "{program}: {status}");
    Ok(())
}
