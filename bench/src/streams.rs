//! Memory of idle live streams, and how long a change takes to reach all of them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Instant;

use platform::web::{Guard, Routes, live};
use platform::{Error, PlatformPermission, Setting, change_setting};
use testkit::Backend;

use crate::admission::installation;
use crate::machine::{cpu_s, memory_kb};

const STREAMS: usize = 2_000;
const CHANGES: usize = 20;

#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Greeting(String);

impl Setting for Greeting {
    const KEY: &'static str = "bench.greeting";
}

pub fn run() -> anyhow::Result<()> {
    let place = Backend::Sqlite.place();
    let (app, cookie, _) = installation(&place)?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build()?;
    let guard = Guard::needs(PlatformPermission::ReadMembers);
    let router = Routes::new().get("/w/arohi/live", guard, live).build(app.clone());
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    runtime.spawn(async move { axum::serve(listener, router).await });

    let request = format!("GET /w/arohi/live HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n");
    let mut open = Vec::with_capacity(STREAMS);
    // The first ones make pools and arenas that the others share.
    let mut before_kb = 0;
    for turn in 0..STREAMS + 100 {
        if turn == 100 {
            before_kb = memory_kb();
        }
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut reader = BufReader::with_capacity(64, stream);
        wait_for(&mut reader, "event: ready")?;
        open.push(reader);
    }
    let each = (memory_kb() - before_kb) as f64 / STREAMS as f64;
    println!("{STREAMS} idle streams: {each:.1} kB each");

    let workspace = app.workspace("arohi")?;
    let (began, cpu) = (Instant::now(), cpu_s());
    for turn in 0..CHANGES {
        let system = workspace.system();
        workspace.db.write_blocking(move |tx| {
            change_setting(tx, &system, &Greeting(turn.to_string()))?;
            Ok::<_, Error>(())
        })?;
        for reader in &mut open {
            wait_for(reader, "event: change")?;
        }
    }
    let took_ms = began.elapsed().as_secs_f64() * 1e3 / CHANGES as f64;
    let cpu_us = (cpu_s() - cpu) * 1e6 / (CHANGES * open.len()) as f64;
    println!("a change reaches all of them in {took_ms:.0} ms");
    println!("{cpu_us:.1} µs CPU a stream and change, its reader included");
    Ok(())
}

fn wait_for(reader: &mut impl BufRead, what: &str) -> anyhow::Result<()> {
    let mut line = String::new();
    loop {
        line.clear();
        anyhow::ensure!(reader.read_line(&mut line)? > 0, "the stream ended");
        if line.starts_with(what) {
            return Ok(());
        }
    }
}
