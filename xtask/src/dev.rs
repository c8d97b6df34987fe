//! The demo, built and started again whenever a source changes.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, SystemTime};

use anyhow::Result;

const LOOK_EVERY: Duration = Duration::from_millis(400);
const WATCHED: [&str; 4] = ["crates", "assets", "Cargo.toml", "Cargo.lock"];

/// Runs until it is interrupted.
pub fn run(args: &[String]) -> Result<()> {
    let mut demo: Option<Child> = None;
    let mut seen = None;
    loop {
        let now = newest_change();
        if seen != Some(now) {
            seen = Some(now);
            // While the new one does not build, the old one goes on.
            if build() {
                stop(demo.take());
                demo = Some(start(args)?);
            }
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

fn build() -> bool {
    crate::succeed(crate::cargo().args(["build", "--package", "sampark"])).is_ok()
}

fn start(args: &[String]) -> Result<Child> {
    let top = crate::top();
    let program = top.join("target/debug/sampark");
    Ok(Command::new(program).arg("demo").args(args).current_dir(top).spawn()?)
}

/// Asks politely, so that the demo can finish what it has in hand.
fn stop(demo: Option<Child>) {
    let Some(mut demo) = demo else { return };
    let _ = Command::new("kill").arg(demo.id().to_string()).status();
    let _ = demo.wait();
}

fn newest_change() -> SystemTime {
    let top = crate::top();
    WATCHED.iter().map(|name| newest_under(&top.join(name))).max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// A folder's own time counts too: it moves when a file is removed.
fn newest_under(path: &Path) -> SystemTime {
    let own = fs::metadata(path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    inside.map(|entry| newest_under(&entry.path())).fold(own, SystemTime::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_anywhere_below_is_seen() {
        let top = std::env::temp_dir().join(format!("sampark-dev-{}", std::process::id()));
        let deep = top.join("a/b");
        fs::create_dir_all(&deep).unwrap();
        let before = newest_under(&top);
        let later = before + Duration::from_secs(5);
        let file = fs::File::create(deep.join("c.rs")).unwrap();
        file.set_modified(later).unwrap();
        assert_eq!(newest_under(&top), later);
        fs::remove_dir_all(&top).unwrap();
    }
}
