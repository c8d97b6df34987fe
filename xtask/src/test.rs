//! Every test on both databases, counted, so that neither half can go missing unseen.

use std::io::{BufRead, BufReader, Write};

use anyhow::{Context, Result, bail, ensure};

use crate::cluster::{Cluster, NOT_RUN, NoCluster, SHARED_CLUSTER};

const SLOWEST: usize = 5;

/// Runs `cargo test --workspace` with `args`, against one PostgreSQL cluster for all of it.
pub fn run(args: &[String]) -> Result<()> {
    let cluster = start_cluster()?;
    let (reader, writer) = std::io::pipe().context("no pipe for the tests' output")?;
    let mut command = crate::cargo();
    command.arg("test");
    if !args.iter().any(|arg| arg == "-p" || arg == "--package") {
        command.arg("--workspace");
    }
    // With the others' results at hand one mends all that is broken at once.
    command.arg("--no-fail-fast").args(args);
    if let Some(cluster) = &cluster {
        command.env(SHARED_CLUSTER, cluster.dsn("postgres"));
    }
    // Both streams in one pipe keep each program's heading above its results.
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().context("could not start cargo test")?;
    // The command keeps the pipe's other end open, which would keep us reading for ever.
    drop(command);
    let mut tally = Tally::default();
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        writeln!(out, "{line}")?;
        tally.read(&line);
    }
    let status = child.wait()?;
    write!(out, "{}", tally.summary())?;
    ensure!(status.success(), "tests failed");
    // A chosen few need not come in pairs.
    if args.is_empty() { tally.judge(cluster.is_some(), crate::in_ci()) } else { Ok(()) }
}

fn start_cluster() -> Result<Option<Cluster>> {
    match Cluster::shared().map_or_else(Cluster::start, Ok) {
        Ok(cluster) => Ok(Some(cluster)),
        Err(NoCluster::NotInstalled(why)) if !crate::in_ci() => {
            println!("{NOT_RUN} every test of the pair `::postgres` ({why})");
            Ok(None)
        }
        Err(why) => bail!("PostgreSQL's half of the tests cannot run: {why}"),
    }
}

/// What the harness said, counted line by line.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
    sqlite: usize,
    postgres: usize,
    not_run: usize,
    /// A test whose verdict is still to come, where tests run one at a time.
    pending: Option<String>,
    program: String,
    seconds: Vec<(f64, String)>,
}

impl Tally {
    fn read(&mut self, line: &str) {
        if let Some((_, program)) = line.split_once("Running ") {
            self.program = program.split(" (").next().unwrap_or(program).to_owned();
            if let Some(binary) = program.rsplit("deps/").next() {
                let name = binary.rsplit_once('-').map_or(binary, |(name, _)| name);
                self.program = format!("{name} {}", self.program);
            }
        } else if let Some((_, of)) = line.split_once("Doc-tests ") {
            self.program = format!("{of} (examples in its documentation)");
        } else if let Some(result) = line.strip_prefix("test result: ") {
            self.read_result(result);
        } else if line.contains(NOT_RUN) {
            self.not_run += 1;
            self.read_test(line.split(NOT_RUN).next().unwrap_or_default());
        } else {
            self.read_test(line);
        }
    }

    fn read_test(&mut self, line: &str) {
        let (name, verdict) =
            match line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... ")) {
                Some((name, "")) => {
                    self.pending = Some(name.to_owned());
                    return;
                }
                Some((name, verdict)) => (name.to_owned(), verdict),
                None => match (line, self.pending.take()) {
                    ("ok" | "FAILED", Some(name)) => (name, line),
                    (_, pending) => {
                        self.pending = pending;
                        return;
                    }
                },
            };
        if verdict == "ok" || verdict == "FAILED" {
            self.sqlite += usize::from(name.ends_with("::sqlite"));
            self.postgres += usize::from(name.ends_with("::postgres"));
        }
    }

    /// `ok. 8 passed; 0 failed; 0 ignored; …; finished in 1.91s`
    fn read_result(&mut self, result: &str) {
        let number = |before: &str| -> Option<usize> {
            result.split(before).next()?.rsplit(' ').next()?.parse().ok()
        };
        self.passed += number(" passed").unwrap_or(0);
        self.failed += number(" failed").unwrap_or(0);
        let took =
            result.rsplit("finished in ").next().and_then(|s| s.strip_suffix('s')?.parse().ok());
        self.seconds.extend(took.map(|seconds| (seconds, self.program.clone())));
    }

    /// How many of the `::postgres` tests really met PostgreSQL.
    fn on_postgres(&self) -> usize {
        self.postgres.saturating_sub(self.not_run)
    }

    fn summary(&self) -> String {
        let mut slowest = self.seconds.clone();
        slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut text = "\nslowest:\n".to_owned();
        for (seconds, program) in slowest.iter().take(SLOWEST) {
            text.push_str(&format!("  {seconds:>7.2} s  {program}\n"));
        }
        if self.not_run > 0 {
            text.push_str(&format!("{NOT_RUN} {} tests\n", self.not_run));
        }
        let (sqlite, postgres) = (self.sqlite, self.on_postgres());
        text.push_str(&format!("tests on SQLite: {sqlite} · on PostgreSQL: {postgres}\n"));
        text.push_str(&format!("{} passed, {} failed\n", self.passed, self.failed));
        text
    }

    fn judge(&self, has_postgres: bool, in_ci: bool) -> Result<()> {
        let (sqlite, postgres) = (self.sqlite, self.on_postgres());
        if !has_postgres && !in_ci {
            return Ok(());
        }
        ensure!(
            sqlite == postgres,
            "the databases' tests must come in pairs: {sqlite} and {postgres}"
        );
        ensure!(sqlite > 0 || !in_ci, "no test ran on either database");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &str) -> Tally {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| tally.read(line));
        tally
    }

    const PAIR: &str = "\
     Running unittests src/lib.rs (target/debug/deps/desk-0a1b)
test case::opens::sqlite ... ok
test case::opens::postgres ... ok
test case::plain ... ok
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.25s";

    #[test]
    fn pairs_are_counted_and_programs_timed() {
        let found = tally(PAIR);
        assert_eq!((found.sqlite, found.on_postgres(), found.passed, found.failed), (1, 1, 3, 0));
        assert_eq!(found.seconds, [(0.25, "desk unittests src/lib.rs".to_owned())]);
        assert!(found.judge(true, true).is_ok());
        assert!(
            found.summary().contains("tests on SQLite: 1 · on PostgreSQL: 1\n3 passed, 0 failed\n")
        );
    }

    #[test]
    fn a_missing_half_fails() {
        let lonely =
            tally("test a::sqlite ... ok\ntest b::sqlite ... FAILED\ntest b::postgres ... ok");
        assert!(lonely.judge(true, false).is_err());
        assert!(tally("test a ... ok").judge(true, true).is_err());
        assert!(tally("test a ... ok").judge(true, false).is_ok());
    }

    #[test]
    fn a_half_that_was_not_run_does_not_count() {
        let said =
            format!("test a::postgres ... {NOT_RUN} a::postgres (why)\nok\ntest a::sqlite ... ok");
        let found = tally(&said);
        assert_eq!((found.sqlite, found.on_postgres(), found.not_run), (1, 0, 1));
        assert!(found.judge(false, false).is_ok());
        assert!(found.judge(false, true).is_err());
        assert!(found.summary().contains("NOT RUN ON POSTGRESQL: 1 tests"));
    }
}
