//! The whole program from outside: cases made through HTTP by many clients, pages opened, all at
//! some number of cases. Processor time is the server's own, as Linux counts it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::machine;

const CLIENTS: usize = 64;
const OPENED: usize = 2_000;
const PASSWORD: &str = "a long enough password";

/// Measures at each number of cases, growing the same workspace.
pub fn run(program: &str, sizes: &[u64], seconds: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let house = House { program: program.into(), data: folder.path().join("data") };
    let link = house.say(&[
        "workspace",
        "create",
        "--slug",
        "bench",
        "--name",
        "Bench",
        "--admin",
        "a@bench.example",
    ])?;
    let link = link.lines().find(|line| line.contains("/join/")).context("no link was printed")?;
    let join = link.split("://").nth(1).and_then(|rest| rest.split_once('/')).context("a link")?.1;
    let user = ["--workspace", "bench", "--user", "a@bench.example"];
    let token = house.say(&[&["token", "create"], &user[..]].concat())?.trim().to_string();
    let mut cookie = None;
    let mut made = 0;
    for size in sizes {
        let cases = (size - made).to_string();
        house.say(&["seed", "--workspace", "bench", "--cases", &cases])?;
        made = *size;
        let began = Instant::now();
        let server = house.serve()?;
        println!("\n{size} cases · start to first answer {} ms", began.elapsed().as_millis());
        println!("memory at rest {:.1} MB", server.memory_mb());
        if cookie.is_none() {
            cookie = Some(server.choose_password(&format!("/{join}"))?);
        }
        let seat = cookie.as_deref().unwrap_or_default();
        pages(&server, seat)?;
        made += creates(&server, &token, seconds)?;
        println!("memory after {:.1} MB", server.memory_mb());
    }
    Ok(())
}

/// Processor time of each page, one after another on one connection.
fn pages(server: &Server, cookie: &str) -> Result<()> {
    let header = format!("cookie: {cookie}\r\n");
    let inbox = server.client()?.get("/w/bench/inbox?view=open", &header)?;
    let number = inbox
        .split("/w/bench/cases/")
        .filter_map(|rest| rest.split(['?', '"', '/']).next())
        .find(|part| part.len() == "CMP-2026-000001".len() && part.contains("-20"))
        .context("the inbox shows no case")?
        .to_string();
    for (what, path) in [
        ("open case page", format!("/w/bench/cases/{number}")),
        ("list of 50", "/w/bench/inbox?view=open".to_string()),
        ("find by number", format!("/w/bench/find?q={number}")),
        ("find by phone", "/w/bench/find?q=98765".to_string()),
        ("find by name", "/w/bench/find?q=asha+rao".to_string()),
    ] {
        let mut client = server.client()?;
        let size = client.get(&path, &header)?.len();
        let (cpu, began) = (server.cpu_s(), Instant::now());
        for _ in 0..OPENED {
            client.get(&path, &header)?;
        }
        let (cpu, wall) = (server.cpu_s() - cpu, began.elapsed().as_secs_f64());
        println!(
            "{what:16} {:7.3} ms CPU · {:7.3} ms wall · {} kB",
            cpu * 1e3 / OPENED as f64,
            wall * 1e3 / OPENED as f64,
            size / 1024,
        );
    }
    Ok(())
}

/// Durable creates through the API by 64 clients at once.
fn creates(server: &Server, token: &str, seconds: u64) -> Result<u64> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let (cpu, began) = (server.cpu_s(), Instant::now());
    let made: u64 = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| scope.spawn(move || one_client(server, token, client, until)))
            .collect();
        let counts: Result<Vec<u64>> =
            clients.into_iter().map(|client| client.join().expect("a client ends")).collect();
        counts.map(|counts| counts.iter().sum())
    })?;
    let (cpu, wall) = (server.cpu_s() - cpu, began.elapsed().as_secs_f64());
    println!(
        "create           {:7.3} ms CPU · {:.0} a second with {CLIENTS} clients",
        cpu * 1e3 / made as f64,
        made as f64 / wall,
    );
    Ok(made)
}

fn one_client(server: &Server, token: &str, client: usize, until: Instant) -> Result<u64> {
    let mut connection = server.client()?;
    let mut made = 0;
    let stamp = std::process::id();
    while Instant::now() < until {
        let body = format!(
            "{{\"subject\":\"Brake noise\",\"type\":\"complaint\",\"text\":\"It grinds when it is \
             cold, and this is the second visit.\",\"contact\":{{\"name\":\"Asha Rao\",\
             \"email\":\"c{stamp}-{client}-{made}-{}@bench.example\"}}}}",
            server.port
        );
        let header = format!(
            "authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n",
            body.len()
        );
        let answer = connection.ask("POST", "/api/v1/cases", &header, &body)?;
        ensure!(answer.status == 201, "{}: {}", answer.status, answer.body);
        made += 1;
    }
    Ok(made)
}

struct House {
    program: PathBuf,
    data: PathBuf,
}

impl House {
    /// Runs a command of the program and returns what it prints.
    fn say(&self, words: &[&str]) -> Result<String> {
        let done =
            Command::new(&self.program).args(words).arg("--data").arg(&self.data).output()?;
        let (out, err) =
            (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        ensure!(done.status.success(), "{words:?}: {out}{err}");
        Ok(out.into_owned())
    }

    fn serve(&self) -> Result<Server> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let listen = format!("127.0.0.1:{port}");
        let mut child = Command::new(&self.program)
            .args(["serve", "--listen", &listen, "--data"])
            .arg(&self.data)
            .stderr(Stdio::piped())
            .spawn()?;
        let log = child.stderr.take().context("the server has a log")?;
        let server = Server { child, port };
        let mut lines = BufReader::new(log).lines();
        let ready = lines.by_ref().any(|line| line.is_ok_and(|line| line.contains("listening")));
        ensure!(ready, "the server ended before it listened");
        // The rest of the log is read on, so that the server never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        ensure!(server.client()?.get("/readyz", "")?.contains("ok"), "the server is not ready");
        Ok(server)
    }
}

struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn cpu_s(&self) -> f64 {
        machine::cpu_s_of(&self.child.id().to_string())
    }

    fn memory_mb(&self) -> f64 {
        machine::memory_kb_of(&self.child.id().to_string()) as f64 / 1024.0
    }

    fn client(&self) -> Result<Client> {
        let stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], self.port)))?;
        stream.set_nodelay(true)?;
        Ok(Client { reader: BufReader::new(stream) })
    }

    /// Uses the first-run link; the answer signs in.
    fn choose_password(&self, join: &str) -> Result<String> {
        let body = format!("password={}&again={0}", PASSWORD.replace(' ', "+"));
        let header = format!(
            "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
            body.len()
        );
        let answer = self.client()?.ask("POST", join, &header, &body)?;
        let cookie = answer.cookies.iter().find(|cookie| cookie.starts_with("sampark_session="));
        let cookie = cookie.with_context(|| format!("not signed in: {}", answer.body))?;
        Ok(cookie.split(';').next().unwrap_or_default().to_string())
    }
}

struct Answer {
    status: u16,
    cookies: Vec<String>,
    body: String,
}

struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    fn get(&mut self, path: &str, header: &str) -> Result<String> {
        let answer = self.ask("GET", path, header, "")?;
        ensure!(answer.status == 200, "{path}: {}", answer.status);
        Ok(answer.body)
    }

    fn ask(&mut self, method: &str, path: &str, header: &str, body: &str) -> Result<Answer> {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{header}\r\n{body}");
        self.reader.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let (mut length, mut cookies) = (0, Vec::new());
        loop {
            line.clear();
            ensure!(self.reader.read_line(&mut line)? > 0, "the server hung up");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "set-cookie" => cookies.push(value.to_string()),
                _ => {}
            }
        }
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes)?;
        Ok(Answer { status, cookies, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

/// Which program to measure: the release build beside this one.
pub fn program() -> Result<String> {
    let own = std::env::current_exe()?;
    let beside: &Path = own.parent().context("a program stands in a folder")?;
    Ok(beside.join("sampark").display().to_string())
}
