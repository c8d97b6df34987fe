//! A PostgreSQL cluster that lives in a temporary folder and dies with the process that began it.
//!
//! Only the standard library, so that `xtask` can share this very file.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The environment variable that names a running cluster, so that many test binaries share one.
pub const SHARED_CLUSTER: &str = "SAMPARK_TEST_PG";

/// What is printed when PostgreSQL's half of a test could not run; `xtask test` counts these lines.
pub const NOT_RUN: &str = "NOT RUN ON POSTGRESQL:";

/// How folders of temporary clusters begin; the owner's process id follows.
const FOLDER: &str = "sampark-pg-";

/// Another process may take the free port between our look and PostgreSQL's bind.
const PORT_TRIES_MAX: u32 = 3;

/// Why there is no cluster.
#[derive(Debug, Clone)]
pub enum NoCluster {
    /// PostgreSQL's server programs are not installed.
    NotInstalled(String),
    /// They are there, but the cluster did not start.
    Failed(String),
}

impl std::fmt::Display for NoCluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoCluster::NotInstalled(why) | NoCluster::Failed(why) => f.write_str(why),
        }
    }
}

impl From<NoCluster> for String {
    fn from(no: NoCluster) -> String {
        no.to_string()
    }
}

/// A running cluster: our own, or one that somebody else keeps for us.
#[derive(Debug)]
pub struct Cluster {
    server: String,
    own: Option<Own>,
}

/// The watcher stops the server and removes the folder as soon as its standard input closes,
/// which happens when we drop it and also when this process is killed.
#[derive(Debug)]
struct Own {
    watcher: Child,
    lifeline: Option<ChildStdin>,
}

impl Cluster {
    /// Makes and starts a new cluster in a temporary folder. Needs no rights and no set-up beyond
    /// the installed programs; as root it runs them as the system user `postgres`.
    pub fn start() -> Result<Cluster, NoCluster> {
        let bin = server_programs()?;
        let user = unprivileged_user().map_err(NoCluster::Failed)?;
        sweep_stale(&bin, user.as_ref());
        let mut last = String::new();
        for _ in 0..PORT_TRIES_MAX {
            match start_once(&bin, user.as_ref()) {
                Ok(cluster) => return Ok(cluster),
                Err(why) => last = why,
            }
        }
        Err(NoCluster::Failed(last))
    }

    /// The cluster that [`SHARED_CLUSTER`] names, where it is set.
    pub fn shared() -> Option<Cluster> {
        let dsn = std::env::var(SHARED_CLUSTER).ok().filter(|dsn| !dsn.is_empty())?;
        Some(Cluster { server: without_database(&dsn), own: None })
    }

    /// The address of one database of this cluster, as a `postgresql://` URL.
    pub fn dsn(&self, database: &str) -> String {
        format!("{}/{database}", self.server)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(own) = &mut self.own {
            drop(own.lifeline.take());
            // The watcher has nothing left to tell us; the folder is gone when it ends.
            let _ = own.watcher.wait();
        }
    }
}

/// `postgresql://user@host:port/name?x=y` → `postgresql://user@host:port`.
fn without_database(dsn: &str) -> String {
    let start = dsn.find("://").map_or(0, |at| at + 3);
    let end = dsn[start..].find('/').map_or(dsn.len(), |at| start + at);
    dsn[..end].to_owned()
}

/// The folder of the newest installed server: Debian keeps one per version off the PATH.
fn server_programs() -> Result<PathBuf, NoCluster> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
        .max();
    if let Some((_, bin)) = newest {
        return Ok(bin);
    }
    let asked = Command::new("pg_config").arg("--bindir").output();
    let bin = asked
        .ok()
        .filter(|out| out.status.success())
        .map(|out| PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()));
    bin.filter(|bin| bin.join("initdb").exists()).ok_or_else(|| {
        NoCluster::NotInstalled(
            "PostgreSQL's server programs are not installed (looked in /usr/lib/postgresql/*/bin \
             and asked pg_config). On Debian: apt-get install postgresql"
                .to_owned(),
        )
    })
}

/// PostgreSQL refuses to run as root, so root hands the cluster to this user.
#[derive(Debug)]
struct SystemUser {
    name: &'static str,
    uid: u32,
    gid: u32,
}

fn unprivileged_user() -> Result<Option<SystemUser>, String> {
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    let name = "postgres";
    let missing = |why| format!("root needs the system user `{name}` to run PostgreSQL: {why}");
    let uid = id(&["-u", name]).map_err(missing)?;
    let gid = id(&["-g", name]).map_err(missing)?;
    Ok(Some(SystemUser { name, uid, gid }))
}

fn id(args: &[&str]) -> Result<u32, String> {
    let out = Command::new("id").args(args).output().map_err(|e| format!("id: {e}"))?;
    let text = String::from_utf8_lossy(&out.stdout);
    text.trim().parse().map_err(|_| format!("`id {}` gave no number", args.join(" ")))
}

/// A command that runs as `user` where we are root, else as ourselves.
fn command(user: Option<&SystemUser>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([
        format!("--reuid={}", user.uid),
        format!("--regid={}", user.gid),
        "--init-groups".to_owned(),
    ]);
    command.arg("--").arg(program).env("USER", user.name);
    command
}

/// Starts the server, says so, waits for its standard input to close, and clears everything away.
const WATCHER: &str = r#"
bin=$1 dir=$2 port=$3
cd "$dir" || exit 1
{
  "$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
  printf '%s\n' "listen_addresses = '127.0.0.1'" "port = $port" \
    "unix_socket_directories = '$dir'" 'fsync = off' 'synchronous_commit = off' \
    'full_page_writes = off' 'autovacuum = off' 'max_connections = 300' 'jit = off' \
    'shared_buffers = 128MB' 'max_wal_size = 1GB' "timezone = 'UTC'" >> data/postgresql.conf &&
  "$bin/pg_ctl" -D data -w -t 60 -l server.log start
} > setup.log 2>&1 && echo ready || { tail -n 5 setup.log; tail -n 5 server.log 2>/dev/null; }
exec >/dev/null 2>&1
read -r _forever
"$bin/pg_ctl" -D data -w -m immediate stop
cd / && rm -rf "$dir"
"#;

fn start_once(bin: &Path, user: Option<&SystemUser>) -> Result<Cluster, String> {
    let dir = new_folder(user).map_err(|e| format!("no folder for a PostgreSQL cluster: {e}"))?;
    let port = free_port().map_err(|e| format!("no free loopback port: {e}"))?;
    let mut watcher = command(user, Path::new("sh"))
        .args(["-c", WATCHER, "sampark-pg"])
        .args([bin, dir.as_path()])
        .arg(port.to_string())
        // A key combination that stops the tests must not reach the watcher before it cleans up.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("could not start PostgreSQL: {e}"))?;
    let lifeline = watcher.stdin.take();
    let said = watcher.stdout.take().map(read_verdict).unwrap_or_default();
    let own = Own { watcher, lifeline };
    let cluster =
        Cluster { server: format!("postgresql://postgres@127.0.0.1:{port}"), own: Some(own) };
    match said.as_str() {
        "ready" => Ok(cluster),
        _ => Err(format!("PostgreSQL in {} did not start:\n{said}", bin.display())),
    }
}

/// Reads to the end, or to the word that says all is well (a daemon may keep the pipe open).
fn read_verdict(stdout: impl std::io::Read) -> String {
    let mut said = String::new();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if line == "ready" {
            return line;
        }
        said.push_str(&line);
        said.push('\n');
    }
    said
}

fn new_folder(user: Option<&SystemUser>) -> std::io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("{FOLDER}{}-{count}", std::process::id()));
    fs::create_dir(&dir)?;
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o700))?;
    if let Some(user) = user {
        std::os::unix::fs::chown(&dir, Some(user.uid), Some(user.gid))?;
    }
    Ok(dir)
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Removes what is left where even the watcher was killed (a power cut, an out-of-memory kill).
fn sweep_stale(bin: &Path, user: Option<&SystemUser>) {
    if !Path::new("/proc/self").exists() {
        return; // Here nobody can tell whose owner still lives.
    }
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(FOLDER)) else { continue };
        let owner = rest.split('-').next().unwrap_or_default();
        // A watcher names its folder on its command line; while it lives it cleans up by itself.
        if owner.parse::<u32>().is_err()
            || Path::new("/proc").join(owner).exists()
            || is_watched(&entry.path())
        {
            continue;
        }
        let data = entry.path().join("data");
        let _ = command(user, &bin.join("pg_ctl"))
            .arg("-D")
            .arg(data)
            .args(["-w", "-m", "immediate", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        // Another user's folder stays where it is: it is theirs to sweep.
        let _ = fs::remove_dir_all(entry.path());
    }
}

fn is_watched(dir: &Path) -> bool {
    let dir = dir.to_string_lossy().into_owned();
    fs::read_dir("/proc").into_iter().flatten().flatten().any(|process| {
        fs::read(process.path().join("cmdline")).is_ok_and(|line| {
            let mut words = line.split(|byte| *byte == 0);
            words.any(|word| word == b"sampark-pg")
                && line.split(|byte| *byte == 0).any(|word| word == dir.as_bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_address_loses_its_database_only() {
        let check = |dsn, expect| assert_eq!(without_database(dsn), expect);
        check(
            "postgresql://postgres@127.0.0.1:5433/postgres",
            "postgresql://postgres@127.0.0.1:5433",
        );
        check("postgresql://postgres@127.0.0.1:5433", "postgresql://postgres@127.0.0.1:5433");
        check("postgresql://a@h/b?connect_timeout=3", "postgresql://a@h");
    }
}
