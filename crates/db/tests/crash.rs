//! `kill -9` at random points: whatever was acknowledged is there, and the chain verifies.
//!
//! This program starts itself again as the child that writes and is killed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use base::{Entropy, SystemEntropy};
use db::{
    Db, DbError, Location, Migration, NewEvent, Options, PgServer, Schema, SqliteLimits,
    verify_chain,
};
use testkit::{Place, on_both};

const PLACE: &str = "SAMPARK_CRASH_PLACE";
const ROUND: &str = "SAMPARK_CRASH_ROUND";
const ROUNDS: usize = 10;
const WRITERS: usize = 6;

fn schema() -> Schema {
    let sql = "CREATE TABLE kept (id INTEGER NOT NULL PRIMARY KEY, tag TEXT NOT NULL UNIQUE,
        number INTEGER NOT NULL, body TEXT NOT NULL) STRICT;";
    Schema {
        migrations: vec![Migration { name: "test/0001_kept", sql }],
        version: 1,
        compat_min: 1,
    }
}

fn location(place: &str) -> Location {
    if place.starts_with("postgresql://") {
        Location::Postgres { server: PgServer::new(place), schema: "ws".into() }
    } else {
        Location::Sqlite { path: place.into(), limits: SqliteLimits::default() }
    }
}

fn keep(db: &Db, tag: String) -> Result<(), DbError> {
    db.write_blocking(move |tx| {
        let id: i64 = tx.next_id()?;
        let number = tx.number("CMP", 2026)?;
        let body = "x".repeat(300);
        tx.exec(
            "insert into kept (id, tag, number, body) values (?1, ?2, ?3, ?4)",
            &[&id, &tag, &number, &body],
        )?;
        tx.append_event(NewEvent {
            kind: "row.kept",
            actor_id: 0,
            subject_kind: "row",
            subject_id: id,
            contact_id: None,
            payload: "{}".into(),
        })?;
        Ok(())
    })
}

/// Does nothing by itself: it is the child's part, in which the parent kills it.
#[test]
fn child() {
    let (Ok(place), Ok(round)) = (std::env::var(PLACE), std::env::var(ROUND)) else { return };
    let db = Db::open(location(&place), &schema(), Options::default()).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (db, round) = (&db, &round);
            scope.spawn(move || {
                for turn in 0.. {
                    let tag = format!("{round}/{writer}/{turn}");
                    keep(db, tag.clone()).unwrap();
                    let line = format!("\nkept {tag}\n");
                    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

/// Lets a child write until a random number of acknowledgements came, kills it, and returns all
/// that it had told.
fn killed_child(place: &str, round: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(PLACE, place)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut dice = [0u8; 2];
    SystemEntropy::new().fill(&mut dice);
    let until = 1 + usize::from(u16::from_be_bytes(dice)) % 400;
    let mut told = Vec::new();
    // A line without its end was cut off by the kill: it was not told.
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while said.read_line(&mut line).unwrap() > 0 {
        if let Some(tag) = line.strip_suffix('\n').and_then(|l| l.strip_prefix("kept ")) {
            told.push(tag.to_string());
            if told.len() == until {
                child.kill().unwrap();
            }
        }
        line.clear();
    }
    assert!(!child.wait().unwrap().success());
    assert!(told.len() >= until, "the child ended by itself after {}", told.len());
    told
}

fn place_name(place: &Place) -> String {
    let file = place.path().join("ws.db");
    place.dsn().map_or_else(|| file.to_str().unwrap().to_string(), str::to_string)
}

on_both!(what_was_acknowledged_survives_a_kill, |backend| {
    let place = backend.place();
    let name = place_name(&place);
    let mut told = BTreeSet::new();
    for round in 0..ROUNDS {
        told.extend(killed_child(&name, round));
        let db = Db::open(location(&name), &schema(), Options::default()).unwrap();
        let kept: Vec<(String, i64)> = db
            .read(|tx| {
                tx.query("select tag, number from kept order by number", &[], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
            })
            .unwrap();
        let numbers: Vec<i64> = kept.iter().map(|(_, number)| *number).collect();
        assert_eq!(numbers, (1..=kept.len() as i64).collect::<Vec<_>>());
        let kept_tags: BTreeSet<String> = kept.into_iter().map(|(tag, _)| tag).collect();
        assert!(told.is_subset(&kept_tags), "{:?}", told.difference(&kept_tags));
        // At most one change of each writer was under way without an answer.
        assert!(kept_tags.len() - told.len() <= WRITERS * (round + 1));
        let report = db.read(verify_chain).unwrap();
        assert_eq!((report.events, report.fault), (kept_tags.len() as i64, None));
    }
});
