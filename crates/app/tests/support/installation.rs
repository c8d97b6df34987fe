//! An installation in a temporary folder and its server as a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::{Backend, Place};

pub const WORKSPACE: &str = "care";
pub const MAILBOX: &str = "care@desk.example";
const ADMIN: &str = "admin@desk.example";

/// The product itself, a long way from its time in a release build.
const READY_WITHIN: Duration = Duration::from_secs(60);
const LOG_LINES_MAX: usize = 60;

/// An installation with one workspace, one mailbox and one token.
pub struct Installation {
    place: Place,
    /// Where the server listens, the same after each start.
    pub web: SocketAddr,
    pub lmtp: SocketAddr,
    relay: SocketAddr,
    pub token: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Installation {
    /// Made anew; its mail goes to `relay`.
    pub fn new(backend: Backend, relay: SocketAddr) -> Installation {
        let mut made = Installation {
            place: backend.place(),
            web: own_port(),
            lmtp: own_port(),
            relay,
            token: String::new(),
            log: Arc::default(),
        };
        made.run(&["workspace", "create", "--slug", WORKSPACE, "--name", "Care", "--admin", ADMIN]);
        let mailbox = ["mailbox", "create", "--workspace", WORKSPACE, "--address", MAILBOX];
        made.run(&[&mailbox[..], &["--name", "Care"]].concat());
        let token = made.run(&["token", "create", "--workspace", WORKSPACE, "--user", ADMIN]);
        made.token = token.split_whitespace().last().expect("a token is printed").to_string();
        made
    }

    /// The program with this installation's data.
    pub fn program(&self, args: &[&str]) -> Command {
        // Another build, a release for instance, can be put to the same proof.
        let built = std::env::var("SAMPARK_BIN");
        let mut command = Command::new(built.as_deref().unwrap_or(env!("CARGO_BIN_EXE_sampark")));
        command.args(args).env("SAMPARK_DATA", self.place.path()).env("SAMPARK_LOG", "info");
        match self.place.dsn() {
            Some(dsn) => command.env("SAMPARK_DATABASE", dsn),
            None => command.env_remove("SAMPARK_DATABASE"),
        };
        command
    }

    /// Runs a command to its end, which must be a good one.
    pub fn run(&self, args: &[&str]) -> String {
        let out = self.program(args).output().unwrap();
        assert!(out.status.success(), "sampark {args:?} failed:\n{}", said(&out));
        String::from_utf8(out.stdout).unwrap()
    }

    /// Runs a command with this on its standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Output {
        let mut command = self.program(args);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        // A program that ends without reading has said why.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Starts the server and waits until it says that it listens.
    pub fn start(&self) -> Server {
        let (web, lmtp, relay) =
            (self.web.to_string(), self.lmtp.to_string(), self.relay.to_string());
        let args = ["serve", "--listen", &web, "--lmtp", &lmtp, "--relay", &relay];
        let mut command = self.program(&args);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (ready, is_ready) = mpsc::channel();
        let log = self.log.clone();
        // Reads to the end: a server whose log nobody reads would stand still.
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let listens = line.contains("listening");
                keep(&log, line);
                if listens {
                    // The second word of it comes too late for whoever waited.
                    let _ = ready.send(());
                }
            }
        });
        let server = Server { child };
        if let Err(why) = is_ready.recv_timeout(READY_WITHIN) {
            panic!("the server did not start ({why}):\n{}", self.log());
        }
        server
    }

    /// The last lines that the servers of this installation logged.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// What `sampark doctor` says, and whether it is content.
    pub fn doctor(&self) -> (bool, String) {
        let out = self.program(&["doctor"]).output().unwrap();
        (out.status.success(), said(&out))
    }
}

/// A running server; it ends with this value, as by a power cut.
pub struct Server {
    child: Child,
}

impl Server {
    /// `kill -9`.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // One that ended by itself cannot be killed; waiting for it is all that is left.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn keep(log: &Mutex<Vec<String>>, line: String) {
    let mut log = log.lock().unwrap();
    if log.len() >= LOG_LINES_MAX {
        log.remove(0);
    }
    log.push(line);
}

fn said(out: &Output) -> String {
    [String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)].concat()
}

/// A free port below those that the kernel hands out by itself: while the server is down, no
/// outgoing connection may sit on it.
fn own_port() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = std::process::id() as u16 % 8_000;
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = 12_000 + (start + step) % 16_000;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
